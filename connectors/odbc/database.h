#pragma once
// A source's database, which ODBC leads to: how it is reached, and what is said where it is not.

#include <memory>
#include <string>

#include "drops/refusal.h"
#include "odbc/odbc.h"

namespace vigie::odbc {

struct Database {
  std::string connection;    // ODBC's connection string; may hold a password
  std::string password;      // put into the string where it is not empty
  int connect_seconds = 15;  // how long it may take to be reached
  int query_seconds = 600;   // how long it may let wait for rows; 0: without an end

  // As messages name it, without user and password.
  [[nodiscard]] std::string name() const;

  bool operator==(const Database&) const = default;
};

enum class Purpose : std::uint8_t { kRead, kWrite };

// A connection with what drivers need to be told: rows come through a cursor, texts in UTF-8. To read, it is one that
// refuses changes, as far as the database can. Throws Error.
std::unique_ptr<Connection> connect(const Database& database, Purpose purpose);

// Begins a transaction of which every query sees the same state.
void begin_reading(Connection& connection);

// Why a source's database cannot be reached. The driver's words name a server, a user, a database; what was sent to
// them is not repeated. `source`: its name in the configuration.
drops::Refusal unreachable(const Error& error, const Database& database, const std::string& source);

// The driver's first words, for messages: of what was refused before any data was touched.
std::string words_of(const Error& error);

// What a SQLSTATE means, and what to do: "(SQLSTATE 42501): …". The driver's words may repeat data.
std::string meaning_of(const Error& error);

}  // namespace vigie::odbc
