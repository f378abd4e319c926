#include "store/history.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "intake/record.h"
#include "store/records.h"
#include "store/schema.h"

namespace vigie::store {
namespace {

// Column of a file that names a convention, or an account; empty: none does.
std::string_view convention_column(FileId file) { return file == FileId::kConventions ? "numero" : "convention"; }

std::string_view account_column(FileId file) {
  for (const FieldSpec& field : spec(file).fields)
    if (field.name == "identifiant") return field.name;
  return {};
}

class HistoryReader {
 public:
  HistoryReader(const Store& store, const HistoryFilter& filter) : store_(store), filter_(filter) {}

  std::vector<HistoryRow> read() {
    auto sources = store_.prepare("SELECT id, name FROM source ORDER BY name");
    while (sources.step()) {
      const std::string name = sources.text(1);
      if (!filter_.sources.empty() && std::ranges::find(filter_.sources, name) == filter_.sources.end()) continue;
      for (std::size_t i = 0; i < kFileCount; ++i)
        if (filter_.file.empty() || filter_.file == spec(file_at(i)).name)
          read_file(file_at(i), sources.integer(0), name);
    }
    keep_newest();
    std::ranges::stable_sort(
        rows_, {}, [](const HistoryRow& row) { return std::tie(row.source, row.file, row.key, row.as_of, row.field); });
    return std::move(rows_);
  }

 private:
  void read_file(FileId file, SourceNumber source, const std::string& source_name) {
    const std::string_view account = account_column(file);
    if (!filter_.account.empty() && account.empty()) return;
    std::string where = " WHERE r.id BETWEEN ?1 AND ?2 AND i.as_of >= ?3";
    if (!filter_.convention.empty()) where.append(" AND r.").append(convention_column(file)).append(" = ?4");
    if (!filter_.account.empty()) where.append(" AND r.").append(account).append(" = ?5");
    where += " ORDER BY i.id DESC, r.id LIMIT ?6";
    const std::string table(spec(file).name);
    const std::string fields = ", r." + with_prefix(field_columns(file));
    read_rows(store_.prepare_large("SELECT i.as_of, 'added', '', '', ''" + fields + " FROM " + table +
                                   " r JOIN import i ON i.id = r.added_in" + where),
              file, source, source_name);
    auto changes =
        store_.prepare_large("SELECT i.as_of, c.kind, c.field, c.old, c.new" + fields + " FROM change c JOIN " + table +
                             " r ON r.id = c.record JOIN import i ON i.id = c.import AND c.file = ?7" + where);
    changes.bind(7, static_cast<std::int64_t>(index(file)));
    read_rows(std::move(changes), file, source, source_name);
  }

  static std::string with_prefix(std::string columns) {
    for (std::size_t at = columns.find(", "); at != std::string::npos; at = columns.find(", ", at + 4))
      columns.insert(at + 2, "r.");
    return columns;
  }

  void read_rows(Statement rows, FileId file, SourceNumber source, const std::string& source_name) {
    const auto [first, last] = id_range(source);
    rows.bind(1, first).bind(2, last);
    rows.bind(3, filter_.since ? std::int64_t{filter_.since->count()} : INT64_MIN);
    if (!filter_.convention.empty()) rows.bind(4, std::string_view(filter_.convention));
    if (!filter_.account.empty()) rows.bind(5, std::string_view(filter_.account));
    rows.bind(6, filter_.newest == 0 ? INT64_MAX : static_cast<std::int64_t>(filter_.newest));
    while (rows.step())
      rows_.push_back({.source = source_name,
                       .file = csv_name(file),
                       .key = intake::key_text(file, read_fields(rows, 5, file)),
                       .as_of = rows.day(0),
                       .change = rows.text(1),
                       .field = rows.text(2),
                       .before = rows.text(3),
                       .after = rows.text(4)});
  }

  void keep_newest() {
    if (filter_.newest == 0 || rows_.size() <= filter_.newest) return;
    std::ranges::stable_sort(rows_, std::greater(), &HistoryRow::as_of);
    rows_.resize(filter_.newest);
  }

  const Store& store_;
  const HistoryFilter& filter_;
  std::vector<HistoryRow> rows_;
};

}  // namespace

std::vector<HistoryRow> history(const Store& store, const HistoryFilter& filter) {
  return HistoryReader(store, filter).read();
}

std::vector<std::string> known_conventions(const Store& store, SourceNumber source) {
  const auto [first, last] = id_range(source);
  auto rows = store.prepare("SELECT DISTINCT numero FROM conventions WHERE id BETWEEN ? AND ? ORDER BY numero");
  rows.with(first, last);
  std::vector<std::string> numbers;
  while (rows.step()) numbers.push_back(rows.text(0));
  return numbers;
}

bool knows_account(const Store& store, SourceNumber source, std::string_view account) {
  const auto [first, last] = id_range(source);
  for (std::size_t i = 0; i < kFileCount; ++i) {
    const FileId file = file_at(i);
    const std::string_view column = account_column(file);
    if (column.empty()) continue;
    auto rows = store.prepare("SELECT 1 FROM " + std::string(spec(file).name) + " WHERE id BETWEEN ? AND ? AND " +
                              std::string(column) + " = ? LIMIT 1");
    if (rows.with(first, last, account).step()) return true;
  }
  return false;
}

}  // namespace vigie::store
