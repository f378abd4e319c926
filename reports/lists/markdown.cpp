#include <ostream>

#include "domain/text.h"
#include "lists/layout.h"

namespace vigie::lists {
namespace {

std::string escaped(std::string_view text) {
  std::string cell;
  for (const char c : text) {
    if (c == '|' || c == '\\') cell += '\\';
    cell += c;
  }
  return cell;
}

class Markdown : public Layout {
 public:
  Markdown(const std::vector<Column>& columns, std::ostream& out) : out_(out) {
    Row names;
    for (const Column& column : columns) names.push_back(column.name);
    row(names);
    for (const Column& column : columns) out_ << (column.kind == ColumnKind::kInteger ? "| ---: " : "| --- ");
    out_ << "|\n";
  }

  void row(const Row& values) final {
    for (const std::string& value : values) out_ << "| " << escaped(one_line(value)) << (value.empty() ? "" : " ");
    out_ << "|\n";
  }

  void end() final {}

 private:
  std::ostream& out_;
};

}  // namespace

std::unique_ptr<Layout> make_markdown(const std::vector<Column>& columns, std::ostream& out) {
  return std::make_unique<Markdown>(columns, out);
}

}  // namespace vigie::lists
