#pragma once
// What SQLite refuses, said to people: what, where, what to do. Never a statement, never data.

#include <string>

struct sqlite3;

namespace vigie::store {

// "the store /var/lib/vigie/vigie.db", or "the private copy of the store in /var/lib/vigie".
std::string place_of(sqlite3* connection);

// For SQLite's code, an extended one too. Throws BusyError where another process has the file, else StoreError.
[[noreturn]] void fail(int code, const std::string& place);

// For what the connection met last.
[[noreturn]] void fail(sqlite3* connection);

}  // namespace vigie::store
