#pragma once
// The outbox: every mail is here before it is handed over; and what each recipient has been told.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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
  std::string plan;        // that holds it; empty: it may go
  std::vector<std::int64_t> findings;  // told for the first time
  std::vector<std::int64_t> resolved;  // told as put right
  std::string subject;
  std::string message_id;
  std::string message;     // RFC 5322
  std::int64_t created_at = 0;
};

class Mails {
 public:
  Mails(const Store& store, SourceNumber source) : store_(store), source_(source) {}

  [[nodiscard]] Told told() const;
  [[nodiscard]] LastMails last_mails() const;

  // Puts a mail that may go into the outbox, and notes what it tells; `returns`: how often each finding came back.
  // Within a transaction of the caller's.
  void queue(const Mail& mail, const KnownToRecipient& returns) const;
  // Replaces all held mails of the source.
  void hold(const std::vector<Mail>& mails) const;
  [[nodiscard]] std::vector<Mail> held() const;
  [[nodiscard]] std::vector<Mail> queued() const;
  void mark_sent(std::int64_t id, std::string_view answer) const;

 private:
  [[nodiscard]] std::vector<Mail> read(std::string_view state) const;
  void insert(const Mail& mail, std::string_view state) const;

  const Store& store_;
  SourceNumber source_;
};

}  // namespace vigie::store
