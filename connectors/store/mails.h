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
#include "summary/notices.h"

namespace vigie::store {

enum class MailState : std::uint8_t {
  kQueued,
  kSent,
  kRefused,    // the server will never take it
  kGivenUp,    // tried for days
  kWithdrawn,  // queued for a trial that is over, or for real before one began
};
inline constexpr int kMailStateCount = 5;

std::string_view name(MailState state);  // "queued", "sent", "refused", "given-up", "withdrawn"

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
  std::string redirected_to;  // empty: it goes to the address
  Day first_tried_on = Day::never();
  // Whether another mail of the day may bear its address and its convention's number: one of another source that was
  // queued before, or one about a whole source of that name. Told by queued() alone.
  bool has_namesake = false;
};

// What came of a try to hand a mail over.
struct MailTry {
  MailState state = MailState::kQueued;
  std::string answer;  // what the server said last, or the file
  Day on;              // as-of
};

// A mail as lists show it.
struct MailRecord {
  std::int64_t id = 0;
  std::string source;
  std::string address;
  std::string convention;
  Day as_of;
  std::string subject;
  MailState state = MailState::kQueued;
  std::int64_t tries = 0;
  std::string answer;
  Day last_tried_on = Day::never();
  std::string redirected_to;
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
  // The thread is that of mails to `redirect_to`, or of those that were not redirected where it is empty.
  [[nodiscard]] LastMails last_mails(std::string_view redirect_to = {}) const;

  // Puts a mail into the outbox, and notes what it tells. Within a transaction of the caller's.
  void queue(const Mail& mail, const Tidings& tidings) const;
  [[nodiscard]] std::vector<Mail> queued() const;
  // What was told of these findings is as if it had not been: told again, they are news. Within a transaction of the
  // caller's.
  void forget(const std::vector<std::int64_t>& findings) const;
  void record(std::int64_t id, const MailTry& outcome) const;
  // It is over, without another try; what it told is news again. Within a transaction of the caller's.
  void give_up(std::int64_t id, Day on) const;

  // Before mails are made: mails wait for nobody but `redirect_to`, which is empty where there is no trial. Those that
  // were queued for somebody else are withdrawn; what they told is news again, and so is what a trial told once it is
  // over. Within a transaction of the caller's.
  void begin_night(std::string_view redirect_to) const;

  // Those that the server refused, or that were given up, and that compliance was not told of.
  [[nodiscard]] std::vector<MailRecord> unreported() const;
  void mark_reported() const;

  // Replaces all held mails of the source.
  void hold(const std::vector<HeldMail>& mails) const;
  [[nodiscard]] std::vector<HeldMail> held() const;

 private:
  // Those of which a condition, with `value` for its ?2, is true.
  template <typename Value>
  void forget_told_by(std::string_view condition, Value value) const;
  const Store& store_;
  SourceNumber source_;
};

// The outbox of all sources, for those who look after it.
class Outbox {
 public:
  explicit Outbox(const Store& store) : store_(store) {}

  // By id.
  [[nodiscard]] std::vector<MailRecord> all() const;
  [[nodiscard]] std::optional<MailRecord> find(std::int64_t id) const;
  [[nodiscard]] std::string message_of(std::int64_t id) const;
  // It waits in the outbox as if it had never been tried.
  void queue_again(std::int64_t id) const;

 private:
  const Store& store_;
};

// By source's name, since a day; sources without trouble are left out.
std::vector<summary::MailTrouble> mail_troubles(const Store& store, Day since);

}  // namespace vigie::store
