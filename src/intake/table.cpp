#include "intake/table.h"

#include "domain/names.h"

namespace vigie::intake {
namespace {

constexpr std::array<Names, 6> kReasons = {{
    {"field-count", "Nombre de champs inattendu"},
    {"missing-value", "Valeur obligatoire absente"},
    {"bad-date", "Date illisible"},
    {"bad-value", "Valeur non reconnue"},
    {"duplicate-key", "Clé déjà présente dans le fichier"},
    {"unknown-reference", "Référence inconnue"},
}};

constexpr std::uint32_t tag_of(std::uint64_t key_digest) { return static_cast<std::uint32_t>(key_digest >> 32); }

}  // namespace

std::string_view name(RejectReason reason) { return names_of(kReasons, reason).code; }

std::string_view french_reason(std::string_view name) {
  const auto reason = find_by_code<RejectReason>(kReasons, name);
  return reason ? names_of(kReasons, *reason).french : name;
}

Tables no_tables() {
  Tables tables;
  for (std::size_t i = 0; i < kFileCount; ++i) tables[i].file = file_at(i);
  return tables;
}

// The slot that matches, or the free one where the probe ends.
template <typename Matches>
std::size_t KeyIndex::probe(std::uint64_t key_digest, Matches matches) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = key_digest & mask;
  while (slots_[at].row != kNone && !(slots_[at].tag == tag_of(key_digest) && matches(slots_[at].row)))
    at = (at + 1) & mask;
  return at;
}

Index KeyIndex::insert(const std::vector<Row>& rows, Index row) {
  if (2 * (used_ + 1) > slots_.size()) grow(rows);
  const Row& added = rows[row];
  const std::size_t at = probe(added.key_digest, [&](Index other) {
    return rows[other].key_digest == added.key_digest && rows[other].key() == added.key();
  });
  if (slots_[at].row != kNone) return slots_[at].row;
  slots_[at] = {tag_of(added.key_digest), row};
  ++used_;
  return kNone;
}

Index KeyIndex::find(const std::vector<Row>& rows, std::string_view key, std::uint64_t key_digest) const {
  if (slots_.empty()) return kNone;
  return slots_[probe(key_digest, [&](Index row) { return rows[row].key() == key; })].row;
}

void KeyIndex::reserve(std::size_t rows) {
  std::size_t size = 64;
  while (size < 2 * rows) size *= 2;
  if (size > slots_.size() && used_ == 0) slots_.assign(size, {});
}

void KeyIndex::grow(const std::vector<Row>& rows) {
  std::vector<Slot> old(slots_.empty() ? 64 : 2 * slots_.size());
  old.swap(slots_);
  for (const Slot& slot : old)
    if (slot.row != kNone) slots_[probe(rows[slot.row].key_digest, [](Index) { return false; })] = slot;
}

}  // namespace vigie::intake
