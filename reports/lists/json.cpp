#include <algorithm>
#include <ostream>
#include <utility>

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

void write_escaped(char c, std::ostream& out) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const auto code = static_cast<unsigned char>(c);
  if (c == '"' || c == '\\')
    out << '\\' << c;
  else if (c == '\n')
    out << "\\n";
  else if (c == '\t')
    out << "\\t";
  else if (code < 0x20)
    out << "\\u00" << kDigits[code >> 4] << kDigits[code & 0xF];
  else
    out << c;
}

void write_string(std::string_view text, std::ostream& out) {
  out << '"';
  for (const char c : text) write_escaped(c, out);
  out << '"';
}

class Json : public Layout {
 public:
  Json(std::vector<Column> columns, std::ostream& out) : columns_(std::move(columns)), out_(out) {}

  void row(const Row& values) final {
    out_ << (empty_ ? "[\n  {" : ",\n  {");
    empty_ = false;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (i > 0) out_ << ", ";
      write_string(columns_[i].name, out_);
      out_ << ": ";
      write_value(columns_[i].kind, values[i]);
    }
    out_ << '}';
  }

  void end() final { out_ << (empty_ ? "[]\n" : "\n]\n"); }

 private:
  void write_value(ColumnKind kind, const std::string& value) {
    if (value.empty())
      out_ << "null";
    else if (kind == ColumnKind::kInteger && is_integer(value))
      out_ << value;
    else
      write_string(valid_text(value, valid_), out_);
  }

  std::vector<Column> columns_;
  std::ostream& out_;
  std::string valid_;
  bool empty_ = true;
};

}  // namespace

std::unique_ptr<Layout> make_json(const std::vector<Column>& columns, std::ostream& out) {
  return std::make_unique<Json>(columns, out);
}

}  // namespace vigie::lists
