#pragma once
// The outbox: every mail is here before it is handed over; and what each recipient has been told.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "routing/digest.h"
#include "routing/told.h"
#include "store/store.h"

namespace vigie::store {

struct Mail {
  std::int64_t id = 0;
  RecipientKind kind = RecipientKind::kAdministrator;
  std::string address;
  std::string name;
  std::string convention;  // empty: about the whole source
  Day as_of;
  std::string subject;
  std::string message_id;
  std::string message;  // RFC 5322
  std::int64_t created_at = 0;
  // Whether another mail of the day may bear its address and its convention's number: one of another source that was
  // queued before, or one about a whole source of that name. Told by queued() alone.
  bool has_namesake = false;
};

// What a mail tells: closings that a guard let go, by the day for which they were sent; findings that are news, as they
// are, and findings that were put right.
struct Tidings {
  KnownToRecipient fresh;
  std::vector<std::int64_t> resolved;
  std::unordered_map<std::int64_t, Day> closings;
};

// A mail that is not written yet.
struct HeldMail {
  RecipientKind kind = RecipientKind::kAdministrator;
  std::string address;
  std::string name;
  std::string convention;
  Day as_of;
  std::string plan;
  std::vector<std::int64_t> findings;
};

class Mails {
 public:
  Mails(const Store& store, SourceNumber source) : store_(store), source_(source) {}

  [[nodiscard]] Told told() const;
  [[nodiscard]] ToldClosings told_closings() const;
  [[nodiscard]] LastMails last_mails() const;

  // Puts a mail into the outbox, and notes what it tells. Within a transaction of the caller's.
  void queue(const Mail& mail, const Tidings& tidings) const;
  [[nodiscard]] std::vector<Mail> queued() const;
  // What was told of these findings is as if it had not been: told again, they are news. Within a transaction of the
  // caller's.
  void forget(const std::vector<std::int64_t>& findings) const;
  void mark_sent(std::int64_t id, std::string_view answer) const;

  // Replaces all held mails of the source.
  void hold(const std::vector<HeldMail>& mails) const;
  [[nodiscard]] std::vector<HeldMail> held() const;

 private:
  const Store& store_;
  SourceNumber source_;
};

}  // namespace vigie::store
