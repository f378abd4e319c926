#pragma once
// A workbook under construction and its sheets: what xlsxwriter does, in our types, each of its errors an exception.
//
// Rows of a sheet are written from top to bottom: where the book streams (Limits::rows_in_memory), a row is gone once a
// later one begins. Rows and columns count from 0. A Sheet is a handle: it lives no longer than its Book.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "domain/day.h"
#include "summary/report.h"
#include "workbook/limits.h"
#include "workbook/styles.h"

struct lxw_workbook;
struct lxw_worksheet;

namespace vigie::workbook {

using RowIndex = std::uint32_t;
using ColumnIndex = std::uint16_t;

struct Place {
  RowIndex row = 0;
  ColumnIndex column = 0;
};

struct Range {
  Place first;
  Place last;
};

// A column as a sheet knows it.
struct Heading {
  const char* text = "";
  double width = 0;     // characters
  bool printed = true;  // those that are not come last
};

// Columns that one text runs over, and their width together in characters.
struct Measure {
  ColumnIndex first = 0;
  ColumnIndex last = 0;
  double width = 0;
};

class Book;

class Sheet {
 public:
  void text(Place place, const std::string& text, Style style);  // any text: see workbook/cell_text.h
  void words(Place place, const char* words, Style style);       // our own, known to be clean
  void number(Place place, std::int64_t number, Style style);
  void day(Place place, Day day, Style style);  // not given: an empty cell; before 1900-03-01 the format has none: text
  void blank(Place place, Style style);

  // A link to the beginning of a row; the cell is to be written afterwards. False once the sheet holds as many as it
  // can.
  bool link(Place place, std::string_view sheet, RowIndex row);

  void merge(RowIndex row, ColumnIndex first, ColumnIndex last, Style style);  // then write the first cell
  // Merged, and the row as high as the text asks for.
  void paragraph(RowIndex row, Measure measure, const std::string& text, Style style);
  void height(RowIndex row, double points);
  void widths(std::span<const Heading> columns);
  void freeze_above(RowIndex row);

  // Headings in one row. begin_table() once, rows below it, then end_table() with the last of them.
  void begin_table(RowIndex row, std::span<const Heading> columns);
  void end_table(RowIndex header, RowIndex last, std::span<const Heading> columns);

  void bars(Range range);  // a bar in each cell, as long as its number is large
  void print(Range area);  // the cells that are printed
  void print_on_one_page();
  void print_without_header();
  void repeat_when_printed(RowIndex row);
  void hide_grid();
  void open_here();  // the sheet that the reader sees first

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] lxw_worksheet* handle() const { return sheet_; }

 private:
  friend class Book;
  Sheet(Book& book, lxw_worksheet* sheet, std::string name);

  Book* book_;
  lxw_worksheet* sheet_;
  std::string name_;
  std::uint32_t links_left_;
};

class Book {
 public:
  // The report outlives the book. Temporary files, nameless, go to the file's folder.
  Book(const summary::Report& report, const std::filesystem::path& file, const Limits& limits);
  ~Book();
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;

  Sheet add_sheet(std::string name);  // A4 landscape, as wide as the page, with the report's title and day above
  void close();                       // makes the file; nothing can be written afterwards

  [[nodiscard]] const summary::Report& report() const { return report_; }
  [[nodiscard]] const Limits& limits() const { return limits_; }
  [[nodiscard]] bool streams() const { return streams_; }
  [[nodiscard]] lxw_workbook* handle() const { return workbook_.get(); }
  [[nodiscard]] const Styles& styles() const { return styles_; }

  // The row of a rule in `Règles`; 0, the headings', where it is not in the catalogue.
  [[nodiscard]] RowIndex rule_row(std::string_view rule) const;

  // How many rows fit below a heading at `header`; at least 1.
  [[nodiscard]] RowIndex rows_below(RowIndex header) const;

  std::string& scratch() { return scratch_; }

 private:
  struct Free {
    void operator()(lxw_workbook* workbook) const;
  };

  void describe();
  void check_streamed_rows() const;

  const summary::Report& report_;
  Limits limits_;
  bool streams_;
  std::unique_ptr<lxw_workbook, Free> workbook_;
  Styles styles_;
  std::unordered_map<std::string_view, RowIndex> rule_rows_;
  std::string scratch_;
};

}  // namespace vigie::workbook
