#include <algorithm>
#include <ostream>
#include <utility>

#include "domain/text.h"
#include "lists/cell_width.h"
#include "lists/layout.h"

namespace vigie::lists {
namespace {

constexpr std::size_t kMeasuredRows = 500;
constexpr std::size_t kWidestText = 48;
constexpr std::size_t kGap = 2;
constexpr std::string_view kEllipsis = "…";

std::string cut(const std::string& text, std::size_t widest) {
  if (text.size() <= widest || cell_width(text) <= widest) return text;
  std::string_view rest = text;
  std::size_t kept = 0;
  for (std::size_t width = 1; !rest.empty(); kept = text.size() - rest.size()) {  // one cell is the ellipsis's
    width += cell_width(next_code_point(rest));
    if (width > widest) break;
  }
  return text.substr(0, kept).append(kEllipsis);
}

// A mark that turns the direction would turn the columns after it too.
std::string without_marks(std::string text) {
  for (const std::string_view mark : {"\u061C", "\u200E", "\u200F"})
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
      text.replace(at, mark.size(), " ");
  return text;
}

class TerminalTable : public Layout {
 public:
  TerminalTable(std::vector<Column> columns, std::ostream& out, std::string when_empty)
      : columns_(std::move(columns)), out_(out), when_empty_(std::move(when_empty)), widths_(columns_.size()) {
    Row names;
    for (const Column& column : columns_) names.push_back(column.name);
    measured_.push_back(std::move(names));
  }

  void row(const Row& values) final {
    Row cells = shown(values);
    if (!measuring_) {
      write(cells);
      return;
    }
    measured_.push_back(std::move(cells));
    if (measured_.size() > kMeasuredRows) write_measured();
  }

  void end() final {
    if (!measuring_) return;
    if (measured_.size() > 1 || when_empty_.empty())
      write_measured();
    else
      out_ << when_empty_ << '\n';
  }

 private:
  [[nodiscard]] Row shown(const Row& values) const {
    Row cells;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      std::string text = without_marks(one_line(values[i]));
      const bool may_be_cut = columns_[i].kind == ColumnKind::kText && i + 1 < columns_.size();
      cells.push_back(may_be_cut ? cut(text, kWidestText) : std::move(text));
    }
    return cells;
  }

  void write_measured() {
    for (const Row& cells : measured_)
      for (std::size_t i = 0; i < cells.size(); ++i) widths_[i] = std::max(widths_[i], cell_width(cells[i]));
    for (const Row& cells : measured_) write(cells);
    measured_.clear();
    measuring_ = false;
  }

  // No blanks at the end of a line.
  void write(const Row& cells) {
    std::string line;
    std::size_t blanks = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::size_t width = cell_width(cells[i]);
      const std::size_t missing = widths_[i] - std::min(widths_[i], width);
      const bool to_the_right = columns_[i].kind == ColumnKind::kInteger;
      if (to_the_right) blanks += missing;
      if (width > 0) line.append(std::exchange(blanks, 0), ' ').append(cells[i]);
      blanks += kGap + (to_the_right ? 0 : missing);
    }
    out_ << line << '\n';
  }

  std::vector<Column> columns_;
  std::ostream& out_;
  std::string when_empty_;
  std::vector<std::size_t> widths_;
  std::vector<Row> measured_;  // the header, and the rows that wait until the widths are known
  bool measuring_ = true;
};

}  // namespace

std::unique_ptr<Layout> make_table(std::vector<Column> columns, std::ostream& out, std::string when_empty) {
  return std::make_unique<TerminalTable>(std::move(columns), out, std::move(when_empty));
}

}  // namespace vigie::lists
