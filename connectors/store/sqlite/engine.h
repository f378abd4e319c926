#pragma once
// A store in a file of SQLite's.

#include <memory>
#include <string>

#include "store/database.h"

namespace vigie::store {

std::unique_ptr<Engine> sqlite_engine(const std::string& file);

}  // namespace vigie::store
