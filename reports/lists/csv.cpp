#include <ostream>

#include "lists/layout.h"
#include "lists/valid_text.h"

namespace vigie::lists {
namespace {

void append_value(std::string_view value, std::string& line) {
  if (value.find_first_of(",\"\r\n") == std::string_view::npos) {
    line += value;
    return;
  }
  line += '"';
  for (const char c : value) {
    if (c == '"') line += '"';
    line += c;
  }
  line += '"';
}

class Csv : public Layout {
 public:
  Csv(const std::vector<Column>& columns, std::ostream& out) : out_(out) {
    Row names;
    for (const Column& column : columns) names.push_back(column.name);
    row(names);
  }

  void row(const Row& values) final {
    line_.clear();
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i > 0) line_ += ',';
      append_value(valid_text(values[i], valid_), line_);
    }
    out_ << line_ << '\n';
  }

  void end() final {}

 private:
  std::ostream& out_;
  std::string line_;  // both reused from row to row
  std::string valid_;
};

}  // namespace

std::unique_ptr<Layout> make_csv(const std::vector<Column>& columns, std::ostream& out) {
  return std::make_unique<Csv>(columns, out);
}

}  // namespace vigie::lists
