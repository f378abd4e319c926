#include <string>

#include "store/imports.h"
#include "store/records.h"

namespace vigie::store {
namespace {

void read_closings(const Store& store, SourceNumber source, Past& past) {
  const auto [first, last] = id_range(source);
  auto rows = store.prepare(
      "SELECT u.identifiant, c.old, c.seen_on FROM change c JOIN utilisateurs u ON u.id = c.record "
      "WHERE c.file = ? AND c.record BETWEEN ? AND ? AND c.field = 'date_cloture' AND c.seen_on IS NOT NULL "
      "AND u.date_cloture IS NOT NULL AND u.withdrawn_in IS NULL ORDER BY c.record, c.id");
  rows.with(static_cast<std::int64_t>(index(FileId::kAccounts)), first, last);
  while (rows.step()) {
    const auto closes_on = Day::parse(rows.view(1));
    past.closings[rows.text(0)].push_back({closes_on.value_or(Day::never()), rows.day(2)});
  }
}

std::optional<std::string>* field_of(FirstGroup& group, std::string_view field) {
  if (field == "libelle") return &group.label;
  if (field == "parent") return &group.parent;
  if (field == "responsable") return &group.manager;
  if (field == "origine") return &group.origin;
  return nullptr;
}

// Values before the first change of each field; or after it, where the first import that brought the record with the
// column is the one that changed it (until then the column was lacking).
void read_groups(const Store& store, SourceNumber source, Past& past) {
  const auto [first, last] = id_range(source);
  auto rows = store.prepare(
      "SELECT g.convention, g.code, c.field, c.old, c.new, c.import, "
      "(SELECT min(i.id) FROM import i JOIN import_file f ON f.import = i.id AND f.file = ?1 "
      "WHERE i.source = ?4 AND i.good = 1 AND i.id >= g.added_in AND f.columns & CASE c.field "
      "WHEN 'libelle' THEN CAST(?5 AS BIGINT) WHEN 'parent' THEN ?6 WHEN 'responsable' THEN ?7 ELSE ?8 END <> 0 AND " +
      brought_by_import("?1", "g.id") +
      ") FROM change c JOIN groupes g ON g.id = c.record "
      "WHERE c.file = ?1 AND c.record BETWEEN ?2 AND ?3 AND c.field IN ('libelle', 'parent', 'responsable', 'origine') "
      "ORDER BY c.id");
  using namespace field::groups;
  rows.with(static_cast<std::int64_t>(index(FileId::kGroups)), first, last, source, column_bit(kLabel),
            column_bit(kParent), column_bit(kManager), column_bit(kOrigin));
  while (rows.step()) {
    auto* value = field_of(past.groups[group_key(rows.view(0), rows.view(1))], rows.view(2));
    if (!value->has_value()) *value = rows.text(rows.integer(5) == rows.integer(6) ? 4 : 3);
  }
}

void read_afas_managers(const Store& store, SourceNumber source, ImportNumber last_good, Past& past) {
  auto rows = store.prepare("SELECT account FROM afas_manager WHERE source = ? AND import < ?");
  rows.with(source, last_good);
  while (rows.step()) past.afas_managers.insert(rows.text(0));
}

}  // namespace

Past Imports::past() const {
  Past past;
  const auto good = last_good();
  if (!good) return past;
  read_closings(store_, source_, past);
  read_groups(store_, source_, past);
  read_afas_managers(store_, source_, good->number, past);
  return past;
}

}  // namespace vigie::store
