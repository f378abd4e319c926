#pragma once
// A column of a list: what is shown is declared, not programmed.
//
//   constexpr Column<AccessRow> kAccess[] = {
//       {.heading = "Service", .width = 16, .value = &AccessRow::service},
//       {.heading = "Personnes", .width = 13, .value = &AccessRow::persons, .bars = true},
//   };
//
// Strings are texts, whole numbers are numbers, days are dates and severities coloured words. A function may stand for
// a member: it gives a text, one of our own words, or a number that is not always there.

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "domain/day.h"
#include "domain/shared_text.h"
#include "findings/severity.h"
#include "workbook/styles.h"

namespace vigie::workbook {

template <class Row>
struct Column {
  using Value = std::variant<std::string Row::*, SharedText Row::*, int Row::*, std::int64_t Row::*, Day Row::*,
                             Severity Row::*, std::string (*)(const Row&), const char* (*)(const Row&),
                             std::optional<std::int64_t> (*)(const Row&)>;

  const char* heading = "";
  double width = 10;  // characters; room for the heading's longest word and the filter's button
  Value value;
  bool only_several_sources = false;
  bool printed = true;     // those that are not come last
  bool rule_link = false;  // the value is the id of a rule: links to it
  bool bars = false;
  bool is_change = false;  // a number that is shown with its sign
  bool sentence = false;   // a text in French words, shown with no-break spaces
  Style text_style = Style::kText;
  bool Row::*marked = nullptr;  // stands out where this is true
};

// Whether a column's value gives a text, by std::invoke with the row.
template <class Row, class Value>
inline constexpr bool kIsText = std::is_same_v<Value, std::string Row::*> || std::is_same_v<Value, SharedText Row::*> ||
                                std::is_same_v<Value, std::string (*)(const Row&)>;

// The columns that one report shows.
template <class Row>
std::vector<Column<Row>> shown(std::span<const Column<Row>> columns, bool several_sources) {
  std::vector<Column<Row>> out;
  std::copy_if(columns.begin(), columns.end(), std::back_inserter(out),
               [=](const Column<Row>& column) { return several_sources || !column.only_several_sources; });
  return out;
}

}  // namespace vigie::workbook
