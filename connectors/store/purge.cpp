#include "store/purge.h"

#include "store/imports.h"
#include "store/records.h"

namespace vigie::store {
namespace {

// Removes what `where` chooses of a table, and says how many rows. Its parameters: the source, the day, the first and
// the last id of the source's records, the file that the rows are about.
class Remover {
 public:
  Remover(const Store& store, SourceNumber source, Day before, FileId file = {})
      : store_(store),
        source_(source),
        before_(before),
        ids_(id_range(source)),
        file_(static_cast<std::int64_t>(index(file))) {}

  std::int64_t remove(const std::string& table, const std::string& where) const {
    const std::string rows = " FROM " + table + " WHERE " + where + kAllParameters;
    auto count = store_.prepare("SELECT count(*)" + rows);
    bind(count).step();
    const std::int64_t found = count.integer(0);
    count.reset();
    if (found > 0) {
      auto remove = store_.prepare("DELETE" + rows);
      bind(remove).run();
    }
    return found;
  }

 private:
  // A statement's types are told by what its parameters are compared with: each stands in every one.
  static constexpr const char* kAllParameters =
      " AND CAST(?1 AS BIGINT) IS NOT NULL AND CAST(?2 AS BIGINT) IS NOT NULL AND CAST(?3 AS BIGINT) <= CAST(?4 AS "
      "BIGINT) AND CAST(?5 AS BIGINT) IS NOT NULL";

  Statement& bind(Statement& statement) const {
    return statement.with(source_, before_, ids_.first, ids_.second, file_);
  }

  const Store& store_;
  SourceNumber source_;
  Day before_;
  std::pair<std::int64_t, std::int64_t> ids_;
  std::int64_t file_;
};

const std::string kOldImports = "(SELECT id FROM import WHERE source = ?1 AND as_of < ?2)";
const std::string kGoneRecord = "id BETWEEN ?3 AND ?4 AND withdrawn_in IN " + kOldImports;
const std::string kGoneFinding = "source = ?1 AND resolved = 1 AND resolved_on < ?2";
const std::string kGoneClosing =
    "source = ?1 AND state IN ('confirmed', 'obsolete') AND due_on < ?2 AND first_seen < ?2 AND coalesce(sent_on, "
    "first_seen) < ?2 AND coalesce(ended_on, first_seen) < ?2";
// The last mail to somebody who knows of something open tells when to remind.
const std::string kGoneMail =
    "source = ?1 AND state <> 'queued' AND as_of < ?2 AND NOT EXISTS (SELECT 1 FROM mail_life l WHERE l.mail = mail.id "
    "AND l.ended_on >= ?2) AND (EXISTS (SELECT 1 FROM mail later WHERE later.source = mail.source AND later.address = "
    "mail.address AND later.convention = mail.convention AND later.as_of > mail.as_of) OR NOT EXISTS (SELECT 1 FROM "
    "told t WHERE t.source = mail.source AND t.address = mail.address AND t.convention = mail.convention))";

void purge_records(const Store& store, SourceNumber source, Day before, Purged& purged) {
  const Imports imports(store, source);
  for (std::size_t i = 0; i < kFileCount; ++i) {
    const std::string table(spec(file_at(i)).name);
    const std::string of_gone_record =
        "file = ?5 AND record IN (SELECT id FROM " + table + " WHERE " + kGoneRecord + ")";
    std::vector<intake::RecordNumber> gone;
    auto ids = store.prepare_large("SELECT id FROM " + table + " WHERE " + kGoneRecord);
    const auto [first, last] = id_range(source);
    ids.with(source, before, first, last);
    while (ids.step()) gone.push_back(static_cast<intake::RecordNumber>(ids.integer(0) - first));
    if (gone.empty()) continue;
    const Remover remover(store, source, before, file_at(i));
    purged.changes += remover.remove("change", of_gone_record);
    remover.remove("kept", of_gone_record);
    purged.records += remover.remove(table, kGoneRecord);
    imports.forget(file_at(i), gone);
  }
  const Remover remover(store, source, before);
  remover.remove("afas_manager", "source = ?1 AND import IN " + kOldImports +
                                     " AND account NOT IN (SELECT identifiant FROM utilisateurs WHERE id BETWEEN ?3 "
                                     "AND ?4)");
}

Purged purge(const Store& store, SourceNumber source, Day before) {
  const Remover remover(store, source, before);
  Purged purged;
  purge_records(store, source, before, purged);
  purged.rejects = remover.remove(
      "reject", "import IN " + kOldImports + " AND import <> (SELECT max(id) FROM import WHERE source = ?1)");
  remover.remove("told", "source = ?1 AND finding IN (SELECT id FROM finding WHERE " + kGoneFinding + ")");
  purged.findings = remover.remove("finding", kGoneFinding);
  remover.remove("told_closing", "source = ?1 AND action IN (SELECT id FROM action WHERE " + kGoneClosing + ")");
  purged.closings = remover.remove("action", kGoneClosing);
  remover.remove("mail_life", "mail IN (SELECT id FROM mail WHERE " + kGoneMail + ")");
  purged.mails = remover.remove("mail", kGoneMail);
  remover.remove("failed_write_back", "source = ?1 AND reported = 1 AND as_of < ?2");
  purged.plans = remover.remove("plan",
                                "source = ?1 AND state IN ('gone', 'replaced') AND held_on < ?2 AND "
                                "coalesce(approved_on, held_on) < ?2");
  return purged;
}

}  // namespace

std::vector<Purged> purge(const Store& store, Day before) {
  store.begin_purging();
  std::vector<Purged> all;
  Transaction transaction(store);
  auto sources = store.prepare("SELECT id, name FROM source ORDER BY name");
  while (sources.step()) {
    all.push_back(purge(store, sources.integer(0), before));
    all.back().source = sources.text(1);
  }
  transaction.commit();
  store.checkpoint();
  return all;
}

}  // namespace vigie::store
