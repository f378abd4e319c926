#pragma once
// A statement with parameters by name (":date") as ODBC has it: with '?' in their places.
//
//   parse("UPDATE a SET fin = :date WHERE id = :id").sql == "UPDATE a SET fin = ? WHERE id = ?", .parameters ==
//   {"date", "id"}
//
// What stands in quotes or in a comment, and PostgreSQL's "::", is no parameter. A name may stand more than once.

#include <string>
#include <string_view>
#include <vector>

namespace vigie::odbc {

struct NamedStatement {
  std::string sql;
  std::vector<std::string> parameters;  // in the order of the '?'
};

NamedStatement parse_named(std::string_view text);

}  // namespace vigie::odbc
