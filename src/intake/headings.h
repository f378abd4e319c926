#pragma once
// Which column of a file holds which field of the contract.
//
// Headings are matched without regard to case, accents, blanks, `-`, `_` and apostrophes; the portal's own column
// headings are aliases ("Adresse mail" is mail, "Date de clôture" is date_cloture). Unknown columns are ignored and
// named.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/contract.h"

namespace vigie::intake {

// What the configuration adds for one source and file.
struct ColumnSettings {
  std::map<std::string, std::string> headings;  // further heading -> field
  std::map<std::string, std::string> defaults;  // field -> value, for a column that the export lacks
};

struct Columns {
  static constexpr int kAbsent = -1;
  std::vector<int> of_field;                  // column of each field of the file, kAbsent where there is none
  std::vector<std::string> defaults;          // of each field; used where the column is absent
  std::size_t count = 0;                      // columns that each row must have
  ColumnMask mask = 0;                        // fields with a column or a default
  std::vector<std::string> unknown;           // headings that nobody knows
  std::vector<std::string> missing_required;  // fields: the drop is refused
  std::vector<std::string> doubled;           // fields with two columns: the drop is refused
};

Columns match_columns(FileId file, const std::vector<std::string_view>& headings, const ColumnSettings& settings);

// The field that a heading means; nothing where nobody knows it.
std::optional<std::size_t> field_of_heading(FileId file, std::string_view heading, const ColumnSettings& settings);

}  // namespace vigie::intake
