#include "store/findings.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "store/records.h"

namespace vigie::store {
namespace {

constexpr std::string_view kSelect =
    "SELECT id, f.rule, convention, subject, severity, resolved, first_seen, "
    "CASE resolved WHEN 0 THEN coalesce(j.as_of, last_seen) ELSE last_seen END, returns, services, partner, detail, "
    "partner_detail, remedy, about_group, about_account, resolved_on, severity_before, severity_since, "
    "returned_on FROM finding f "
    "LEFT JOIN judged j ON j.source = f.source AND j.rule = f.rule WHERE f.source = ? ORDER BY id";

Finding read_finding(const Statement& row, SharedTexts& texts) {
  return {.id = row.integer(0),
          .rule = texts.get(row.view(1)),
          .convention = texts.get(row.view(2)),
          .subject = texts.get(row.view(3)),
          .severity = static_cast<Severity>(row.integer(4)),
          .severity_before = static_cast<Severity>(row.integer(17)),
          .severity_since = row.day(18),
          .resolved = row.integer(5) != 0,
          .first_seen = row.day(6),
          .last_seen = row.day(7),
          .resolved_on = row.day(16),
          .returns = row.small(8),
          .returned_on = row.day(19),
          .services = texts.get(row.view(9)),
          .partner = texts.get(row.view(10)),
          .detail = row.view(11),
          .partner_detail = row.view(12),
          .remedy = texts.get(row.view(13)),
          .group = texts.get(row.view(14)),
          .account = texts.get(row.view(15))};
}

std::int64_t number(Severity severity) { return static_cast<std::int64_t>(severity); }

}  // namespace

std::optional<Day> Findings::judged_on() const {
  auto row = store_.prepare("SELECT judged_on FROM source WHERE id = ?");
  if (!row.with(source_).step() || row.is_null(0)) return std::nullopt;
  return row.day(0);
}

std::vector<Finding> Findings::all() const {
  auto rows = store_.prepare_large(kSelect);
  rows.with(source_);
  std::vector<Finding> findings;
  SharedTexts texts;
  while (rows.step()) findings.push_back(read_finding(rows, texts));
  return findings;
}

void Findings::apply(FindingsUpdate& update, Day day) const {
  add(update.added);
  auto change = store_.prepare(
      "UPDATE finding SET severity = ?, resolved = 0, returns = ?, services = ?, partner = ?, detail = ?, "
      "partner_detail = ?, remedy = ?, about_group = ?, about_account = ?, severity_before = ?, "
      "severity_since = ?, returned_on = ? WHERE id = ?");
  for (const Finding& f : update.changed)
    change
        .with(number(f.severity), f.returns, f.services, f.partner, f.detail, f.partner_detail, f.remedy, f.group,
              f.account, number(f.severity_before), f.severity_since, f.returned_on, f.id)
        .run();
  auto resolve = store_.prepare("UPDATE finding SET resolved = 1, resolved_on = ?, last_seen = ? WHERE id = ?");
  for (const Finding& f : update.resolved) resolve.with(day, f.last_seen, f.id).run();
  auto judge = store_.prepare(
      "INSERT INTO judged(source, rule, as_of) VALUES (?, ?, ?) "
      "ON CONFLICT(source, rule) DO UPDATE SET as_of = excluded.as_of");
  for (const std::string& rule : update.judged) judge.with(source_, rule, day).run();
  store_.prepare("UPDATE source SET judged_on = ? WHERE id = ?").with(day, source_).run();
}

void Findings::add(std::vector<Finding>& findings) const {
  const auto ids = store_.new_ids("finding", findings.size());
  auto add = store_.prepare_append(
      "finding",
      "id, source, rule, convention, subject, severity, resolved, first_seen, last_seen, returns, services, partner, "
      "detail, partner_detail, remedy, about_group, about_account");
  for (std::size_t i = 0; i < findings.size(); ++i) {
    Finding& f = findings[i];
    f.id = ids[i];
    add.with(f.id, source_, f.rule, f.convention, f.subject, number(f.severity), 0, f.first_seen, f.last_seen,
             f.returns, f.services, f.partner, f.detail, f.partner_detail, f.remedy, f.group, f.account)
        .run();
  }
}

void Findings::write_tallies(const std::vector<Tally>& tallies, Day day) const {
  store_.prepare("DELETE FROM tally WHERE source = ? AND as_of = ?").with(source_, day).run();
  auto write = store_.prepare_append("tally", "source, as_of, rule, severity, open, fresh, resolved, returned");
  for (const Tally& tally : tallies)
    write
        .with(source_, day, tally.rule, number(tally.severity), tally.open, tally.fresh, tally.resolved, tally.returned)
        .run();
}

std::vector<Tally> Findings::tallies(int days) const {
  auto rows = store_.prepare(
      "SELECT as_of, rule, severity, open, fresh, resolved, returned FROM tally WHERE source = ?1 AND as_of IN "
      "(SELECT DISTINCT as_of FROM tally WHERE source = ?1 ORDER BY as_of DESC LIMIT ?2) ORDER BY as_of");
  rows.with(source_, days);
  std::vector<Tally> tallies;
  while (rows.step())
    tallies.push_back({.as_of = rows.day(0),
                       .rule = rows.text(1),
                       .severity = static_cast<Severity>(rows.integer(2)),
                       .open = rows.small(3),
                       .fresh = rows.small(4),
                       .resolved = rows.small(5),
                       .returned = rows.small(6)});
  return tallies;
}

SharedMails::SharedMails(const Store& store, Day day) {
  // Sources whose last good drop had mails.
  const std::string known =
      "WITH known AS (SELECT i.source, s.name, f.columns FROM import i JOIN source s ON s.id = i.source "
      "JOIN import_file f ON f.import = i.id AND f.file = ?1 WHERE (f.columns & ?2) <> 0 "
      "AND i.id IN (SELECT max(id) FROM import WHERE good = 1 GROUP BY source)) ";
  const auto accounts = static_cast<std::int64_t>(index(FileId::kAccounts));
  const std::int64_t mail = column_bit(field::accounts::kMail);
  std::map<SourceNumber, std::string> names;
  auto sources = store.prepare(known + "SELECT source, name FROM known");
  sources.with(accounts, mail);
  while (sources.step()) names[sources.integer(0)] = sources.text(1);
  if (names.size() < 2) return;
  const std::string active =
      " FROM known k CROSS JOIN utilisateurs u WHERE u.id >= k.source << 32 AND u.id < (k.source + 1) << 32 "
      "AND u.withdrawn_in IS NULL AND u.mail <> '' AND u.date_ouverture <= ?3 "
      "AND (u.date_cloture IS NULL OR u.date_cloture > ?3 OR (k.columns & ?4) = 0)";
  auto rows = store.prepare_large(known + "SELECT k.source, lower(u.mail), u.identifiant" + active +
                                  " AND lower(u.mail) IN (SELECT lower(u.mail)" + active +
                                  " GROUP BY lower(u.mail) HAVING min(k.source) <> max(k.source)) ORDER BY u.id");
  rows.with(accounts, mail, day, column_bit(field::accounts::kClosesOn));
  while (rows.step()) holders_.push_back({rows.integer(0), rows.text(1), {names.at(rows.integer(0)), rows.text(2)}});
  // By name, since numbers are those of the store: sentences name the same accounts first in any.
  std::ranges::stable_sort(holders_, {}, [](const Holder& holder) { return std::string_view(holder.account.source); });
}

MailsElsewhere SharedMails::elsewhere(SourceNumber source) const {
  MailsElsewhere mails;
  for (const Holder& holder : holders_)
    if (holder.source != source) mails.emplace(holder.mail, holder.account);
  return mails;
}

void write_access(const Store& store, SourceNumber source, int month, const std::vector<AccessCount>& counts) {
  using Key = std::tuple<std::string, std::string, std::string>;
  std::map<Key, int> before;
  for (const AccessCount& count : read_access(store, source, month))
    before[{count.convention, count.service, count.role}] = count.persons;
  auto write = store.prepare_append(
      "access", "source, month, convention, service, role, persons",
      "ON CONFLICT(source, month, convention, service, role) DO UPDATE SET persons = excluded.persons");
  for (const AccessCount& count : counts) {
    const auto known = before.extract(Key{count.convention, count.service, count.role});
    if (known.empty() || known.mapped() != count.persons)
      write.with(source, month, count.convention, count.service, count.role, count.persons).run();
  }
  auto remove = store.prepare(
      "DELETE FROM access WHERE source = ? AND month = ? AND convention = ? AND service = ? AND role = ?");
  for (const auto& [key, persons] : before)
    remove.with(source, month, std::get<0>(key), std::get<1>(key), std::get<2>(key)).run();
}

std::vector<AccessCount> read_access(const Store& store, SourceNumber source, int month) {
  auto rows =
      store.prepare_large("SELECT convention, service, role, persons FROM access WHERE source = ? AND month = ?");
  rows.with(source, month);
  std::vector<AccessCount> counts;
  while (rows.step()) counts.push_back({rows.text(0), rows.text(1), rows.text(2), rows.small(3)});
  return counts;
}

}  // namespace vigie::store
