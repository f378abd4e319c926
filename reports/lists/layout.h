#pragma once
// One format of a list. `row` for each row, then `end`, once.

#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "lists/list_writer.h"

namespace vigie::lists {

class Layout {
 public:
  Layout() = default;
  Layout(const Layout&) = delete;
  Layout& operator=(const Layout&) = delete;
  virtual ~Layout() = default;

  virtual void row(const Row& values) = 0;
  virtual void end() = 0;
};

std::unique_ptr<Layout> make_csv(const std::vector<Column>& columns, std::ostream& out);
std::unique_ptr<Layout> make_json(const std::vector<Column>& columns, std::ostream& out);
std::unique_ptr<Layout> make_markdown(const std::vector<Column>& columns, std::ostream& out);
std::unique_ptr<Layout> make_table(std::vector<Column> columns, std::ostream& out, std::string when_empty);

}  // namespace vigie::lists
