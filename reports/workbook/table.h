#pragma once
// A list as a sheet: its columns (workbook/column.h) as cells.
//
//   write_sheets(book, "Accès par service", "Aucun accès.", kAccess, report.access);

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "domain/day.h"
#include "domain/french.h"
#include "findings/severity.h"
#include "workbook/cell_text.h"
#include "workbook/column.h"
#include "workbook/sheet.h"
#include "workbook/text_height.h"

namespace vigie::workbook {

// Writes a row, one cell a column, as high as its texts ask for.
class CellWriter {
 public:
  CellWriter(Book& book, Sheet& sheet) : book_(&book), sheet_(&sheet) {}

  template <class Row>
  void write(RowIndex at, std::span<const Column<Row>> columns, const Row& row) const {
    int lines = 1;
    for (ColumnIndex i = 0; const Column<Row>& column : columns) {
      const auto put_value = [&](const auto& value) {
        if constexpr (kIsText<Row, std::decay_t<decltype(value)>>)
          lines = std::max(lines, put_text({at, i}, column, row, std::invoke(value, row)));
        else
          put({at, i}, column, row, value);
      };
      std::visit(put_value, column.value);
      ++i;
    }
    if (lines > 1) sheet_->height(at, height_of(lines));
  }

 private:
  // Returns the lines that it takes.
  template <class Row, class Text>
  int put_text(Place place, const Column<Row>& column, const Row& row, const Text& text) const {
    if (column.rule_link)
      put_words(place, text, put_link(place, text) ? Style::kLink : Style::kText);
    else if (column.sentence)
      sheet_->text(place, french::spaced(text), column.text_style);
    else
      put_words(place, text, is_marked(column, row) ? Style::kMarked : column.text_style);
    return column.text_style == Style::kRaw ? 1 : lines_of(text, column.width);
  }

  template <class Text>
  void put_words(Place place, const Text& text, Style style) const {
    sheet_->words(place, cell_text(text, text.c_str(), book_->scratch()), style);
  }

  template <class Row, class Number>
  void put(Place place, const Column<Row>&, const Row& row, Number Row::*number) const {
    sheet_->number(place, row.*number, Style::kNumber);
  }

  template <class Row>
  void put(Place place, const Column<Row>&, const Row& row, Day Row::*day) const {
    sheet_->day(place, row.*day, Style::kDay);
  }

  template <class Row>
  void put(Place place, const Column<Row>&, const Row& row, Severity Row::*severity) const {
    sheet_->words(place, french_name(row.*severity).data(), style_of(row.*severity));
  }

  template <class Row>
  void put(Place place, const Column<Row>&, const Row& row, const char* (*words)(const Row&)) const {
    sheet_->words(place, words(row), Style::kText);
  }

  template <class Row>
  void put(Place place, const Column<Row>& column, const Row& row,
           std::optional<std::int64_t> (*number)(const Row&)) const {
    const Style style = column.is_change ? Style::kChange : Style::kNumber;
    if (const auto known = number(row))
      sheet_->number(place, *known, style);
    else
      sheet_->blank(place, style);
  }

  template <class Row>
  static bool is_marked(const Column<Row>& column, const Row& row) {
    return column.marked != nullptr && row.*column.marked;
  }

  bool put_link(Place place, std::string_view rule) const {
    const RowIndex row = book_->rule_row(rule);
    return row != 0 && sheet_->link(place, "Règles", row);
  }

  Book* book_;
  Sheet* sheet_;
};

template <class Row>
std::vector<Heading> headings(std::span<const Column<Row>> columns) {
  std::vector<Heading> out;
  for (const Column<Row>& column : columns) out.push_back({column.heading, column.width, column.printed});
  return out;
}

// Headings at `header`, rows below, or the sentence where there are none. Returns the last row written.
template <class Row>
RowIndex write_table(Book& book, Sheet& sheet, RowIndex header, std::span<const Column<Row>> columns,
                     std::span<const Row> rows, const std::string& none) {
  const std::vector<Heading> heads = headings(columns);
  sheet.begin_table(header, heads);
  if (rows.empty()) {
    sheet.text({header + 1, 0}, none, Style::kSentence);
    return header + 1;
  }
  const CellWriter cells(book, sheet);
  RowIndex at = header;
  for (const Row& row : rows) cells.write(++at, columns, row);
  sheet.end_table(header, at, heads);
  for (ColumnIndex i = 0; const Column<Row>& column : columns) {
    if (column.bars) sheet.bars({{header + 1, i}, {at, i}});
    ++i;
  }
  return at;
}

// Of a list without rows: as many are printed that the sentence in their place can be read.
inline constexpr std::ptrdiff_t kColumnsOfNothing = 7;

// A whole sheet of one table.
template <class Row>
void write_sheet(Book& book, const std::string& name, const std::string& none, std::span<const Column<Row>> columns,
                 std::span<const Row> rows) {
  Sheet sheet = book.add_sheet(name);
  sheet.widths(headings(columns));
  sheet.freeze_above(1);
  sheet.repeat_when_printed(0);
  const RowIndex last = write_table(book, sheet, 0, columns, rows, none);
  auto printed = std::count_if(columns.begin(), columns.end(), [](const auto& column) { return column.printed; });
  if (rows.empty()) printed = std::min<std::ptrdiff_t>(printed, kColumnsOfNothing);
  sheet.print({{0, 0}, {last, static_cast<ColumnIndex>(printed - 1)}});
}

// Sheets `NAME (2)`, `NAME (3)`, … with what the first cannot hold.
template <class Row>
void write_continuations(Book& book, const std::string& name, std::span<const Column<Row>> columns,
                         std::span<const Row> rows) {
  for (int number = 2; !rows.empty(); ++number) {
    const std::size_t taken = std::min<std::size_t>(rows.size(), book.limits().rows_per_sheet);
    write_sheet(book, name + " (" + std::to_string(number) + ")", "", columns, rows.first(taken));
    rows = rows.subspan(taken);
  }
}

template <class Row>
void write_sheets(Book& book, const std::string& name, const std::string& none,
                  std::span<const Column<Row>> all_columns, const std::vector<Row>& all_rows) {
  const std::vector<Column<Row>> columns = shown(all_columns, book.report().several_sources);
  const std::span<const Row> rows(all_rows);
  const std::size_t taken = std::min<std::size_t>(rows.size(), book.limits().rows_per_sheet);
  write_sheet<Row>(book, name, none, columns, rows.first(taken));
  write_continuations<Row>(book, name, columns, rows.subspan(taken));
}

}  // namespace vigie::workbook
