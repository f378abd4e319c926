#pragma once
// Where a store is: a file of SQLite's, or a schema of a PostgreSQL database that ODBC leads to.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace vigie::store {

struct Location {
  Location() = default;
  Location(std::string path) : file(std::move(path)) {}                 // NOLINT: a path is a location
  Location(const std::filesystem::path& path) : file(path.string()) {}  // NOLINT
  Location(const char* path) : file(path) {}                            // NOLINT

  std::string file;  // of SQLite; empty: the store is behind ODBC

  std::string connection;         // ODBC's connection string; may hold a password
  std::string password;           // put into the string where it is not empty
  std::string schema = "vigie";   // lower case letters, digits and '_'
  int connect_seconds = 15;       // how long a server that cannot be reached is tried again before a run gives up
  bool shared = false;            // others that share it may write beside: each claims what it works on (database.h)
  std::string session = "vigie";  // what the server shows of who is connected: at most 63 bytes of ASCII

  [[nodiscard]] bool is_file() const { return connection.empty(); }

  // As messages name it, without user and password: "/var/lib/vigie/vigie.db", or "vigie at db.example:5432, schema
  // vigie".
  [[nodiscard]] std::string name() const;

  bool operator==(const Location&) const = default;
};

}  // namespace vigie::store
