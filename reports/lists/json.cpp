#include <algorithm>
#include <ostream>

#include "lists/layout.h"
#include "lists/valid_text.h"

namespace vigie::lists {
namespace {

// As JSON writes whole numbers: no plus, no leading zero.
bool is_integer(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.empty() || (text.front() == '0' && text.size() > 1)) return false;
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

void append_escaped(char c, std::string& line) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const auto code = static_cast<unsigned char>(c);
  if (c == '"' || c == '\\') {
    line.append(1, '\\').append(1, c);
  } else if (code < 0x20) {
    line.append("\\u00").append(1, kDigits[code >> 4]).append(1, kDigits[code & 0xF]);
  } else {
    line += c;
  }
}

void append_string(std::string_view text, std::string& line) {
  line += '"';
  for (const char c : text) append_escaped(c, line);
  line += '"';
}

class Json : public Layout {
 public:
  Json(const std::vector<Column>& columns, std::ostream& out) : columns_(columns), out_(out) {}

  void row(const Row& values) final {
    line_ = is_empty_ ? "[\n  {" : ",\n  {";
    is_empty_ = false;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (i > 0) line_ += ", ";
      append_string(columns_[i].name, line_);
      line_ += ": ";
      append_value(columns_[i].kind, values[i]);
    }
    out_ << line_ << '}';
  }

  void end() final { out_ << (is_empty_ ? "[]\n" : "\n]\n"); }

 private:
  void append_value(ColumnKind kind, const std::string& value) {
    if (value.empty())
      line_ += "null";
    else if (kind == ColumnKind::kInteger && is_integer(value))
      line_ += value;
    else
      append_string(valid_text(value, valid_), line_);
  }

  std::vector<Column> columns_;
  std::ostream& out_;
  std::string line_;  // both reused from row to row
  std::string valid_;
  bool is_empty_ = true;
};

}  // namespace

std::unique_ptr<Layout> make_json(const std::vector<Column>& columns, std::ostream& out) {
  return std::make_unique<Json>(columns, out);
}

}  // namespace vigie::lists
