#pragma once
// Writes a list of the command line row by row; of a long list nothing but the rows at hand is in memory.
//
// csv       RFC 4180 with LF line ends: a header row, and quotes only where a value needs them
// json      one array of objects with the columns' names; empty = null, integers are numbers
// markdown  a table, for documents
// table     aligned for a terminal: the first rows set the widths, long texts but the last of a row are cut with "…",
//           and later rows that are wider stand out of line rather than lose a word
//
// All but `table` keep each value whole. The output is valid UTF-8 whatever the values are: a byte that belongs to no
// character becomes U+FFFD. No control character of a value reaches a terminal or a document.
//
//   ListWriter list(format, {{"rule"}, {"age_days", ColumnKind::kInteger}}, std::cout, "No finding is open.");
//   list.row({"group-empty", "12"});
//   list.end();
//
// Errors of the stream are the caller's to look at, on the stream.

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::lists {

enum class Format : std::uint8_t { kTable, kCsv, kJson, kMarkdown };

std::optional<Format> find_format(std::string_view name);  // "table"

enum class ColumnKind : std::uint8_t { kText, kInteger };

struct Column {
  std::string name;
  ColumnKind kind = ColumnKind::kText;
};

// As many values as there are columns. In a column of integers, text that is none is written as text.
using Row = std::vector<std::string>;

class Layout;

class ListWriter {
 public:
  // `when_empty`: what a table says in place of its header when it has no row. `out` must outlive the writer.
  ListWriter(Format format, std::vector<Column> columns, std::ostream& out, std::string when_empty = {});
  ListWriter(const ListWriter&) = delete;
  ListWriter& operator=(const ListWriter&) = delete;
  ~ListWriter();

  void row(const Row& values);
  void end();  // once, after the last row: nothing is complete before

 private:
  std::unique_ptr<Layout> layout_;
};

}  // namespace vigie::lists
