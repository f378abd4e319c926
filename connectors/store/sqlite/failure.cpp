#include "store/sqlite/failure.h"

#include <string_view>

#include <sqlite3.h>

#include "error.h"

namespace vigie::store {
namespace {

constexpr int kPrimary = 0xff;  // an extended code's lowest byte is the code that it extends

bool is_busy(int code) { return code == SQLITE_BUSY || code == SQLITE_LOCKED || code == SQLITE_PROTOCOL; }

// What it is, and what to do; nothing for what a healthy store never answers.
std::string_view meaning(int code) {
  switch (code) {
    case SQLITE_CORRUPT:
      return "is damaged: keep a copy of it, restore the last backup, and check the disk";
    case SQLITE_NOTADB:
      return "is no SQLite database: check store.connection, or restore the last backup";
    case SQLITE_READONLY:
      return "cannot be written: check the owner and the permissions of the file and its folder, and that the disk is "
             "not mounted read-only";
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return "cannot be opened, or a file beside it cannot (-wal, -shm, -journal): check store.connection, that the "
             "folder is there, its owner and its permissions";
    case SQLITE_FULL:
      return "has no room left on its disk: free some space, then run again";
    case SQLITE_IOERR:
      return "cannot be read or written, its disk reports an error: check that the disk is there and healthy, then run "
             "again";
    case SQLITE_NOLFS:
    case SQLITE_TOOBIG:
      return "has outgrown what its file system or SQLite can hold: move it to another disk (store.connection)";
    case SQLITE_NOMEM:
      return "cannot be worked on, there is not enough memory: free some, then run again";
    default:
      return {};
  }
}

}  // namespace

std::string place_of(sqlite3* connection) {
  const char* file = sqlite3_db_filename(connection, "main");
  if (file != nullptr && *file != '\0') return std::string("the store ") + file;
  return std::string("the private copy of the store in ") + (sqlite3_temp_directory ? sqlite3_temp_directory : "");
}

void fail(int code, const std::string& place) {
  const int primary = code & kPrimary;
  if (is_busy(primary)) throw BusyError(place + " is locked by another process");
  const std::string_view known = meaning(primary);
  const std::string number = " (SQLite's error " + std::to_string(code) + ")";
  if (!known.empty()) throw StoreError(place + " " + std::string(known) + number);
  throw StoreError(place + " refused a statement: " + sqlite3_errstr(primary) + number +
                   "; was it changed by another program? restore the last backup, or keep a copy and report it");
}

void fail(sqlite3* connection) { fail(sqlite3_extended_errcode(connection), place_of(connection)); }

}  // namespace vigie::store
