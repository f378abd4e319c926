#pragma once
// The values of a database's rows as a drop has them.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "odbc/odbc.h"

namespace vigie::odbc {

// A number without a fraction of zeros, a moment at midnight without its time; any other value as it is.
std::string_view as_written(ColumnKind kind, std::string_view text);

// The headings of a result, and the values of the row that was fetched last, valid until the next: UTF-8, what is not
// is read as Windows-1252.
std::vector<std::string> names_of(const Statement& statement);

class RowValues {
 public:
  std::span<const std::string_view> of(const Statement& statement);

 private:
  std::vector<std::string_view> values_;
  std::vector<std::string> converted_;
};

// A row as a line of CSV: ';' between the values, those in quotes that need it.
void append_row(std::string& line, std::span<const std::string_view> values);

}  // namespace vigie::odbc
