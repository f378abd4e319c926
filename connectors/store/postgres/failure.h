#pragma once
// What PostgreSQL and its driver refuse, said to people: what, where, what to do. Never a statement, never data, never
// a password.

#include <string>

#include "odbc/odbc.h"

namespace vigie::store {

// Of a connection that is open. Throws BusyError where another session has what is asked for, else StoreError.
[[noreturn]] void fail(const odbc::Error& error, const std::string& place);

// Of a connection that could not be opened: a StoreError.
[[noreturn]] void fail_to_connect(const odbc::Error& error, const std::string& place);

// Whether a server that could not be reached may be reached a little later.
bool may_pass(const odbc::Error& error);

}  // namespace vigie::store
