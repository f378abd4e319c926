#pragma once
// Statements that change data, tried without being carried out: whether the database knows their tables and columns,
// and lets its user change them.

#include <cstddef>
#include <string>
#include <vector>

#include "odbc/database.h"
#include "odbc/named_statement.h"

namespace vigie::odbc {

struct TrialFault {
  std::size_t statement = 0;  // of those given
  std::string why;            // with the driver's words: no data is touched
};

// Nothing is changed, whatever the statements say: they are only prepared, and their plans asked for, in transactions
// that are rolled back. An empty one is not tried. Throws Error where the database cannot be reached or is lost.
std::vector<TrialFault> try_statements(const Database& database, const std::vector<NamedStatement>& statements);

}  // namespace vigie::odbc
