#include "store/withdrawn.h"

#include <string>

#include "store/records.h"

namespace vigie::store {
namespace {

// Since when a withdrawn record `r` is over; `i`: the import that withdrew it.
constexpr std::string_view kSince = "CASE WHEN r.date_cloture < i.as_of THEN r.date_cloture ELSE i.as_of END";

std::string withdrawn_records(std::string_view columns, std::string_view table) {
  return "SELECT " + std::string(columns) + ", " + std::string(kSince) + " FROM " + std::string(table) +
         " r JOIN import i ON i.id = r.withdrawn_in WHERE r.id BETWEEN ?1 AND ?2 AND ";
}

}  // namespace

explain::Withdrawn withdrawn(const Store& store, SourceNumber source, std::string_view account) {
  const auto [first, last] = id_range(source);
  explain::Withdrawn gone;
  auto memberships =
      store.prepare(withdrawn_records("r.convention, r.groupe", "appartenances") + "r.identifiant = ?3 ORDER BY r.id");
  memberships.with(first, last, account);
  while (memberships.step())
    gone.memberships.push_back(
        {.convention = memberships.text(0), .group = memberships.text(1), .since = memberships.day(2)});
  auto grants = store.prepare(withdrawn_records("r.convention, r.groupe, r.service, r.role", "habilitations") +
                              "(r.convention, r.groupe) IN (SELECT convention, groupe FROM appartenances"
                              " WHERE id BETWEEN ?1 AND ?2 AND identifiant = ?3) ORDER BY r.id");
  grants.with(first, last, account);
  while (grants.step())
    gone.grants.push_back({.convention = grants.text(0),
                           .group = grants.text(1),
                           .service = grants.text(2),
                           .role = grants.text(3),
                           .since = grants.day(4)});
  return gone;
}

std::optional<Day> withdrawn_on(const Store& store, SourceNumber source, std::string_view account) {
  const auto [first, last] = id_range(source);
  auto rows = store.prepare(
      "SELECT i.as_of FROM utilisateurs r JOIN import i ON i.id = r.withdrawn_in"
      " WHERE r.id BETWEEN ? AND ? AND r.identifiant = ?");
  if (!rows.with(first, last, account).step()) return std::nullopt;
  return rows.day(0);
}

}  // namespace vigie::store
