#include "store/mails.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "error.h"

namespace vigie::store {
namespace {

std::string join(const std::vector<std::int64_t>& ids) {
  std::string text;
  for (const std::int64_t id : ids) {
    if (!text.empty()) text += ',';
    text += std::to_string(id);
  }
  return text;
}

std::vector<std::int64_t> split(std::string_view text) {
  std::vector<std::int64_t> ids;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    std::from_chars(text.data(), text.data() + comma, ids.emplace_back());
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return ids;
}

template <typename ById>
std::vector<std::int64_t> ids_of(const ById& told) {
  std::vector<std::int64_t> ids;
  for (const auto& [id, telling] : told) ids.push_back(id);
  std::ranges::sort(ids);
  return ids;
}

constexpr std::array<std::string_view, kMailStateCount> kStates = {"queued", "sent", "refused", "given-up",
                                                                   "withdrawn"};

MailState state_of(std::string_view name) {
  const auto found = std::ranges::find(kStates, name);
  if (found == kStates.end()) throw StoreError("the store holds a mail of an unknown state; restore a backup");
  return static_cast<MailState>(found - kStates.begin());
}

constexpr std::string_view kRecords =
    "SELECT mail.id, source.name, address, convention, as_of, subject, state, tries, answer, last_tried_on, "
    "redirected_to FROM mail JOIN mail_life ON mail_life.mail = mail.id JOIN source ON source.id = mail.source ";

std::vector<MailRecord> read_records(Statement& rows) {
  std::vector<MailRecord> mails;
  while (rows.step())
    mails.push_back({.id = rows.integer(0),
                     .source = rows.text(1),
                     .address = rows.text(2),
                     .convention = rows.text(3),
                     .as_of = rows.day(4),
                     .subject = rows.text(5),
                     .state = state_of(rows.view(6)),
                     .tries = rows.integer(7),
                     .answer = rows.text(8),
                     .last_tried_on = rows.day(9),
                     .redirected_to = rows.text(10)});
  return mails;
}

}  // namespace

std::string_view name(MailState state) { return kStates[static_cast<std::size_t>(state)]; }

Told Mails::told() const {
  Told told;
  auto rows = store_.prepare_large(
      "SELECT address, convention, finding, returns, severity FROM told WHERE source = ? "
      "ORDER BY address, convention");
  rows.with(source_);
  Recipient recipient;
  KnownToRecipient* known = nullptr;
  while (rows.step()) {
    if (known == nullptr || recipient.address != rows.view(0) || recipient.convention != rows.view(1)) {
      recipient = {rows.text(0), rows.text(1)};
      known = &told[recipient];
    }
    known->emplace(rows.integer(2), Telling{rows.small(3), static_cast<Severity>(rows.integer(4))});
  }
  return told;
}

ToldClosings Mails::told_closings() const {
  ToldClosings told;
  auto rows = store_.prepare_large("SELECT address, convention, action, sent_on FROM told_closing WHERE source = ?");
  rows.with(source_);
  while (rows.step()) told[{rows.text(0), rows.text(1)}].emplace(rows.integer(2), rows.day(3));
  return told;
}

LastMails Mails::last_mails(std::string_view redirect_to) const {
  LastMails last;
  auto rows = store_.prepare_large(
      "SELECT address, convention, as_of, message_id, CASE WHEN redirected_to = ? THEN 1 ELSE 0 END FROM mail JOIN "
      "mail_life ON mail_life.mail = mail.id WHERE source = ? ORDER BY id");
  rows.with(redirect_to, source_);
  while (rows.step()) {
    LastMail& mail = last[{rows.text(0), rows.text(1)}];
    mail.on = rows.day(2);
    if (mail.first_message_id.empty() && rows.integer(4) != 0) mail.first_message_id = rows.text(3);
  }
  return last;
}

void Mails::queue(const Mail& mail, const Tidings& tidings) const {
  auto add = store_.prepare(
      "INSERT INTO mail(source, recipient_kind, address, name, convention, as_of, state, subject, message_id, "
      "message, created_at) VALUES (?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?) RETURNING id");
  add.with(source_, static_cast<std::int64_t>(mail.kind), mail.address, mail.name, mail.convention, mail.as_of,
           mail.subject, mail.message_id, mail.message, mail.created_at)
      .step();
  const std::int64_t id = add.integer(0);
  add.reset();
  store_.prepare("INSERT INTO mail_life(mail, told, told_closings, redirected_to) VALUES (?, ?, ?, ?)")
      .with(id, join(ids_of(tidings.fresh)), join(ids_of(tidings.closings)), mail.redirected_to)
      .run();
  auto tell = store_.prepare_append("told", "source, address, convention, finding, returns, severity",
                                    "ON CONFLICT(source, address, convention, finding) DO UPDATE SET "
                                    "returns = excluded.returns, severity = excluded.severity");
  for (const auto& [finding, telling] : tidings.fresh)
    tell.with(source_, mail.address, mail.convention, finding, telling.returns,
              static_cast<std::int64_t>(telling.severity))
        .run();
  auto forget = store_.prepare("DELETE FROM told WHERE source = ? AND address = ? AND convention = ? AND finding = ?");
  for (const std::int64_t finding : tidings.resolved)
    forget.with(source_, mail.address, mail.convention, finding).run();
  auto tell_closing = store_.prepare_append(
      "told_closing", "source, address, convention, action, sent_on",
      "ON CONFLICT(source, address, convention, action) DO UPDATE SET sent_on = excluded.sent_on");
  for (const auto& [closing, sent_on] : tidings.closings)
    tell_closing.with(source_, mail.address, mail.convention, closing, sent_on).run();
}

std::vector<Mail> Mails::queued() const {
  auto rows = store_.prepare_large(
      "SELECT id, recipient_kind, address, name, convention, as_of, subject, message_id, message, created_at, "
      "redirected_to, first_tried_on, "
      "CASE WHEN convention <> '' AND EXISTS (SELECT 1 FROM source AS other LEFT JOIN mail AS earlier ON "
      "earlier.source = other.id AND earlier.address = mail.address AND earlier.convention = mail.convention AND "
      "earlier.as_of = mail.as_of AND earlier.id < mail.id WHERE other.name = mail.convention OR earlier.id IS NOT "
      "NULL) THEN 1 ELSE 0 END FROM mail JOIN mail_life ON mail_life.mail = mail.id "
      "WHERE state = 'queued' AND source = ? ORDER BY id");
  rows.with(source_);
  std::vector<Mail> mails;
  while (rows.step())
    mails.push_back({.id = rows.integer(0),
                     .kind = static_cast<RecipientKind>(rows.integer(1)),
                     .address = rows.text(2),
                     .name = rows.text(3),
                     .convention = rows.text(4),
                     .as_of = rows.day(5),
                     .subject = rows.text(6),
                     .message_id = rows.text(7),
                     .message = rows.text(8),
                     .created_at = rows.integer(9),
                     .redirected_to = rows.text(10),
                     .first_tried_on = rows.day(11),
                     .has_namesake = rows.integer(12) != 0});
  return mails;
}

void Mails::record(std::int64_t id, const MailTry& outcome) const {
  store_.prepare("UPDATE mail SET state = ? WHERE id = ? AND state <> ?")
      .with(name(outcome.state), id, name(outcome.state))
      .run();
  store_
      .prepare(
          "UPDATE mail_life SET tries = tries + 1, answer = ?, last_tried_on = ?, "
          "first_tried_on = coalesce(first_tried_on, ?), ended_on = ? WHERE mail = ?")
      .with(outcome.answer, outcome.on, outcome.on, outcome.state == MailState::kQueued ? Day::never() : outcome.on, id)
      .run();
  if (outcome.state == MailState::kSent)
    store_.prepare("UPDATE mail_life SET told = '', told_closings = '' WHERE mail = ? AND redirected_to = ''")
        .with(id)
        .run();
}

template <typename Value>
void Mails::forget_told_by(std::string_view condition, Value value) const {
  auto mails = store_.prepare(
      "SELECT mail.id, address, convention, told, told_closings FROM mail_life JOIN mail ON mail.id = mail_life.mail "
      "WHERE source = ?1 AND (told <> '' OR told_closings <> '') AND " +
      std::string(condition));
  auto forget = store_.prepare("DELETE FROM told WHERE source = ? AND address = ? AND convention = ? AND finding = ?");
  auto forget_closing =
      store_.prepare("DELETE FROM told_closing WHERE source = ? AND address = ? AND convention = ? AND action = ?");
  std::vector<std::int64_t> ids;
  mails.with(source_, value);
  while (mails.step()) {
    ids.push_back(mails.integer(0));
    for (const std::int64_t finding : split(mails.view(3)))
      forget.with(source_, mails.view(1), mails.view(2), finding).run();
    for (const std::int64_t closing : split(mails.view(4)))
      forget_closing.with(source_, mails.view(1), mails.view(2), closing).run();
  }
  auto clear = store_.prepare("UPDATE mail_life SET told = '', told_closings = '' WHERE mail = ?");
  for (const std::int64_t id : ids) clear.with(id).run();
}

void Mails::give_up(std::int64_t id, Day on) const {
  forget_told_by("mail.id = ?2", id);
  store_.prepare("UPDATE mail SET state = 'given-up' WHERE id = ?").with(id).run();
  store_.prepare("UPDATE mail_life SET ended_on = ? WHERE mail = ?").with(on, id).run();
}

void Mails::begin_night(std::string_view redirect_to) const {
  store_
      .prepare(
          "UPDATE mail SET state = 'withdrawn' WHERE state = 'queued' AND source = ? AND "
          "(SELECT redirected_to FROM mail_life WHERE mail = id) <> ?")
      .with(source_, redirect_to)
      .run();
  forget_told_by("state = ?2", "withdrawn");
  if (redirect_to.empty()) forget_told_by("redirected_to <> ?2", "");
}

std::vector<MailRecord> Mails::unreported() const {
  auto rows =
      store_.prepare(std::string(kRecords) +
                     "WHERE mail.source = ? AND state IN ('refused', 'given-up') AND reported = 0 ORDER BY mail.id");
  rows.with(source_);
  return read_records(rows);
}

void Mails::mark_reported() const {
  store_
      .prepare(
          "UPDATE mail_life SET reported = 1 WHERE reported = 0 AND mail IN "
          "(SELECT id FROM mail WHERE source = ? AND state IN ('refused', 'given-up'))")
      .with(source_)
      .run();
}

void Mails::forget(const std::vector<std::int64_t>& findings) const {
  auto remove = store_.prepare("DELETE FROM told WHERE source = ? AND finding = ?");
  for (const std::int64_t finding : findings) remove.with(source_, finding).run();
}

void Mails::hold(const std::vector<HeldMail>& mails) const {
  store_.prepare("DELETE FROM held_mail WHERE source = ?").with(source_).run();
  auto insert =
      store_.prepare_append("held_mail", "source, recipient_kind, address, name, convention, as_of, plan, findings");
  for (const HeldMail& mail : mails)
    insert
        .with(source_, static_cast<std::int64_t>(mail.kind), mail.address, mail.name, mail.convention, mail.as_of,
              mail.plan, join(mail.findings))
        .run();
}

std::vector<HeldMail> Mails::held() const {
  auto rows = store_.prepare_large(
      "SELECT recipient_kind, address, name, convention, as_of, plan, findings FROM held_mail WHERE source = ? ORDER "
      "BY rowid");
  rows.with(source_);
  std::vector<HeldMail> mails;
  while (rows.step())
    mails.push_back({.kind = static_cast<RecipientKind>(rows.integer(0)),
                     .address = rows.text(1),
                     .name = rows.text(2),
                     .convention = rows.text(3),
                     .as_of = rows.day(4),
                     .plan = rows.text(5),
                     .findings = split(rows.view(6))});
  return mails;
}

std::vector<MailRecord> Outbox::all() const {
  auto rows = store_.prepare_large(std::string(kRecords) + "ORDER BY mail.id");
  return read_records(rows);
}

std::optional<MailRecord> Outbox::find(std::int64_t id) const {
  auto rows = store_.prepare(std::string(kRecords) + "WHERE mail.id = ?");
  rows.with(id);
  const auto found = read_records(rows);
  if (found.empty()) return std::nullopt;
  return found.front();
}

std::string Outbox::message_of(std::int64_t id) const {
  auto rows = store_.prepare("SELECT message FROM mail WHERE id = ?");
  rows.with(id);
  return rows.step() ? rows.text(0) : std::string();
}

void Outbox::queue_again(std::int64_t id) const {
  store_.prepare("UPDATE mail SET state = 'queued' WHERE id = ?").with(id).run();
  store_
      .prepare(
          "UPDATE mail_life SET first_tried_on = NULL, last_tried_on = NULL, ended_on = NULL, reported = 0 "
          "WHERE mail = ?")
      .with(id)
      .run();
}

std::vector<summary::MailTrouble> mail_troubles(const Store& store, Day since) {
  auto rows = store.prepare(
      "SELECT source.name, count(*) FILTER (WHERE state = 'queued'), count(*) FILTER (WHERE state = 'refused'), "
      "count(*) FILTER (WHERE state = 'given-up') FROM mail JOIN mail_life ON mail_life.mail = mail.id "
      "JOIN source ON source.id = mail.source "
      "WHERE (state = 'queued' AND tries > 0) OR (state IN ('refused', 'given-up') AND ended_on >= ?) "
      "GROUP BY source.name ORDER BY source.name");
  rows.with(since);
  std::vector<summary::MailTrouble> troubles;
  while (rows.step())
    troubles.push_back(
        {.source = rows.text(0), .waiting = rows.integer(1), .refused = rows.integer(2), .given_up = rows.integer(3)});
  return troubles;
}

}  // namespace vigie::store
