#include "store/records.h"

namespace vigie::store {

std::string brought_by_import(std::string_view file, std::string_view record) {
  const auto of_record = [&](std::string_view table) {
    return std::string(table) + ".file = " + std::string(file) + " AND " + std::string(table) +
           ".record = " + std::string(record);
  };
  return "NOT EXISTS (SELECT 1 FROM kept k WHERE k.import = i.id AND " + of_record("k") + ") AND " +
         "coalesce((SELECT w.kind FROM change w WHERE " + of_record("w") +
         " AND w.kind IN ('withdrawn', 'returned') AND w.import <= i.id ORDER BY w.id DESC LIMIT 1), '') <> "
         "'withdrawn'";
}

void bind_fields(Statement& statement, int first, FileId file, const intake::Record& record) {
  const auto fields = spec(file).fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const int parameter = first + static_cast<int>(i);
    const FieldKind kind = fields[i].kind;
    if (intake::is_text(kind))
      statement.bind(parameter, record[i].text);
    else if (kind == FieldKind::kDay)
      statement.bind(parameter, Day(record[i].number));
    else if (kind == FieldKind::kLevel)
      record[i].number == 0 ? statement.bind_null(parameter) : statement.bind(parameter, record[i].number);
    else
      statement.bind(parameter, intake::enumeration_word(kind, record[i].number));
  }
}

intake::Record read_fields(const Statement& statement, int first, FileId file) {
  intake::Record record;
  const auto fields = spec(file).fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const int column = first + static_cast<int>(i);
    const FieldKind kind = fields[i].kind;
    if (intake::is_text(kind))
      record[i].text = statement.view(column);
    else if (kind == FieldKind::kDay)
      record[i].number = statement.day(column).count();
    else if (kind == FieldKind::kLevel)
      record[i].number = statement.small(column);
    else
      record[i].number = intake::enumeration_code(kind, statement.view(column));
  }
  return record;
}

}  // namespace vigie::store
