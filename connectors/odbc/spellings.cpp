#include "odbc/spellings.h"

#include <utility>
#include <vector>

#include "domain/text.h"
#include "intake/table_builder.h"
#include "odbc/values.h"

namespace vigie::odbc {
namespace {

constexpr std::string_view kFields[] = {"service", "role"};

// Few spellings for many rows: each is kept once, and its number for each row.
class SpellingsOfRows {
 public:
  void add(Spelling spelling) {
    const auto [found, is_new] = numbers_.emplace(std::move(spelling), static_cast<std::uint32_t>(spellings_.size()));
    if (is_new) spellings_.push_back(&found->first);
    of_rows_.push_back(found->second);
  }

  [[nodiscard]] const Spelling& of_row(std::size_t row) const { return *spellings_[of_rows_[row]]; }

 private:
  std::map<Spelling, std::uint32_t> numbers_;
  std::vector<const Spelling*> spellings_;
  std::vector<std::uint32_t> of_rows_;
};

Spelling spelling_of(FileId file, const intake::Columns& columns, std::span<const std::string_view> values) {
  Spelling spelling;
  const auto fields = spec(file).fields;
  for (std::size_t i = 0; i < fields.size(); ++i)
    for (const std::string_view name : kFields)
      if (const int column = columns.of_field[i]; fields[i].name == name && column != intake::Columns::kAbsent)
        spelling.emplace(name, trim(values[static_cast<std::size_t>(column)]));
  return spelling;
}

}  // namespace

std::map<std::string, Spelling> read_spellings(const Database& database, const std::string& query, FileId file,
                                               const intake::ColumnSettings& settings) {
  const auto connection = connect(database, Purpose::kRead);
  Statement statement(*connection, query);
  statement.describe();
  const auto names = names_of(statement);
  const auto columns = intake::match_columns(file, {names.begin(), names.end()}, settings);
  intake::TableBuilder builder(file, columns, 0);
  SpellingsOfRows spellings;
  RowValues values;
  std::uint32_t line = 0;
  for (statement.execute(); statement.fetch();) {
    const auto row = values.of(statement);
    builder.add_row(line++, row, {});
    spellings.add(spelling_of(file, columns, row));
  }
  std::map<std::string, Spelling> found;
  const intake::Table table = builder.take();
  for (const intake::Row& row : table.rows)
    found.emplace(intake::key_text(file, intake::decode_key(file, row.key())), spellings.of_row(row.line));
  return found;
}

}  // namespace vigie::odbc
