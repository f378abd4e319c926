#pragma once
// Changes that are written to a source's database: in one transaction, each to exactly one row, or none of them.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "odbc/database.h"
#include "odbc/named_statement.h"

namespace vigie::odbc {

struct Change {
  std::size_t statement = 0;        // of those given
  std::vector<std::string> values;  // of its parameters
};

struct WriteBack {
  // kUnknown: the database was lost while it committed; nobody can tell.
  enum class End { kCommitted, kUndone, kUnknown };

  End end = End::kUndone;
  std::optional<std::size_t> failed;  // the change that does not go; nothing: it is none's fault
  std::optional<std::size_t> at;      // the change at which it stopped
  std::string why;                    // for the log: without data
  std::string french;
  bool unreachable = false;
};

// `source`: its name in the configuration.
WriteBack write_back(const Database& database, const std::string& source, const std::vector<NamedStatement>& statements,
                     const std::vector<Change>& changes);

}  // namespace vigie::odbc
