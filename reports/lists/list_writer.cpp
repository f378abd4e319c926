#include "lists/list_writer.h"

#include <array>
#include <cassert>
#include <utility>

#include "lists/layout.h"

namespace vigie::lists {
namespace {

constexpr std::array<std::pair<std::string_view, Format>, 4> kFormats = {{
    {"table", Format::kTable},
    {"csv", Format::kCsv},
    {"json", Format::kJson},
    {"markdown", Format::kMarkdown},
}};

std::unique_ptr<Layout> make_layout(Format format, std::vector<Column> columns, std::ostream& out,
                                    std::string when_empty) {
  assert(!columns.empty());
  switch (format) {
    case Format::kCsv:
      return make_csv(columns, out);
    case Format::kJson:
      return make_json(columns, out);
    case Format::kMarkdown:
      return make_markdown(columns, out);
    case Format::kTable:
      break;
  }
  return make_table(std::move(columns), out, std::move(when_empty));
}

}  // namespace

std::optional<Format> find_format(std::string_view name) {
  for (const auto& [known, format] : kFormats)
    if (known == name) return format;
  return std::nullopt;
}

ListWriter::ListWriter(Format format, std::vector<Column> columns, std::ostream& out, std::string when_empty)
    : layout_(make_layout(format, std::move(columns), out, std::move(when_empty))) {}

ListWriter::~ListWriter() = default;

void ListWriter::row(const Row& values) { layout_->row(values); }

void ListWriter::end() { layout_->end(); }

}  // namespace vigie::lists
