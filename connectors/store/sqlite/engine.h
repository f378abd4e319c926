#pragma once
// A store in a file of SQLite's.

#include <memory>
#include <string>

#include "store/database.h"

namespace vigie::store {

std::unique_ptr<Engine> sqlite_engine(const std::string& file);

// Copies the store as it is at this moment to a file that is not there yet, readable by its owner and group only, and
// reads it over; who writes to the store meanwhile goes on. What it could not finish is left beside, for the caller to
// remove.
void sqlite_copy(const std::string& store, const std::string& file);

}  // namespace vigie::store
