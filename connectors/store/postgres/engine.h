#pragma once
// A store in a schema of a PostgreSQL database.
//
// Who writes holds the schema's run lock, an advisory lock of its connection: it goes with the connection, however that
// ends, and a second one to write is turned away with a BusyError, but where both share the store (Location::shared).
// Who only reads may not change anything. A private database is the connection's temporary tables of the same names;
// nothing else is in its search path.

#include <memory>
#include <optional>
#include <string>

#include "store/database.h"
#include "store/location.h"

namespace vigie::store {

std::unique_ptr<Engine> postgres_engine(const Location& location);

// Location::session of who holds the run lock; nothing where nobody does. Takes no lock.
std::optional<std::string> postgres_lock_holder(const Location& location);

}  // namespace vigie::store
