#include "store/mails.h"

#include <charconv>

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

}  // namespace

Told Mails::told() const {
  Told told;
  auto rows = store_.prepare_large(
      "SELECT address, convention, finding, returns FROM told WHERE source = ? "
      "ORDER BY address, convention");
  rows.with(source_);
  Recipient recipient;
  KnownToRecipient* known = nullptr;
  while (rows.step()) {
    if (known == nullptr || recipient.address != rows.view(0) || recipient.convention != rows.view(1)) {
      recipient = {rows.text(0), rows.text(1)};
      known = &told[recipient];
    }
    known->emplace(rows.integer(2), rows.small(3));
  }
  return told;
}

LastMails Mails::last_mails() const {
  LastMails last;
  auto rows =
      store_.prepare_large("SELECT address, convention, as_of, message_id FROM mail WHERE source = ? ORDER BY id");
  rows.with(source_);
  while (rows.step()) {
    LastMail& mail = last[{rows.text(0), rows.text(1)}];
    mail.on = rows.day(2);
    if (mail.first_message_id.empty()) mail.first_message_id = rows.text(3);
  }
  return last;
}

void Mails::queue(const Mail& mail, const Tidings& tidings) const {
  store_
      .prepare(
          "INSERT INTO mail(source, recipient_kind, address, name, convention, as_of, state, subject, message_id, "
          "message, "
          "created_at) VALUES (?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?)")
      .with(source_, static_cast<std::int64_t>(mail.kind), mail.address, mail.name, mail.convention, mail.as_of,
            mail.subject, mail.message_id, mail.message, mail.created_at)
      .run();
  auto tell = store_.prepare_append(
      "told", "source, address, convention, finding, returns",
      "ON CONFLICT(source, address, convention, finding) DO UPDATE SET returns = excluded.returns");
  for (const auto& [finding, returns] : tidings.fresh)
    tell.with(source_, mail.address, mail.convention, finding, returns).run();
  auto forget = store_.prepare("DELETE FROM told WHERE source = ? AND address = ? AND convention = ? AND finding = ?");
  for (const std::int64_t finding : tidings.resolved)
    forget.with(source_, mail.address, mail.convention, finding).run();
}

std::vector<Mail> Mails::queued() const {
  auto rows = store_.prepare_large(
      "SELECT id, recipient_kind, address, name, convention, as_of, subject, message_id, message, created_at, "
      "CASE WHEN convention <> '' AND EXISTS (SELECT 1 FROM source AS other LEFT JOIN mail AS earlier ON "
      "earlier.source = "
      "other.id AND "
      "earlier.address = mail.address AND earlier.convention = mail.convention AND earlier.as_of = mail.as_of AND "
      "earlier.id < mail.id WHERE other.name = mail.convention OR earlier.id IS NOT NULL) THEN 1 ELSE 0 END FROM mail "
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
                     .has_namesake = rows.integer(10) != 0});
  return mails;
}

void Mails::mark_sent(std::int64_t id, std::string_view answer) const {
  store_.prepare("UPDATE mail SET state = 'sent', tries = tries + 1, answer = ? WHERE id = ?").with(answer, id).run();
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

}  // namespace vigie::store
