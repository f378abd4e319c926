#pragma once
// What mails have told to whom: news is what a recipient has not been told yet.

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>

#include "domain/day.h"
#include "findings/severity.h"

namespace vigie {

// Somebody, about one convention; an empty convention: about the whole source (the Caf, compliance).
struct Recipient {
  std::string address;
  std::string convention;
  friend bool operator==(const Recipient&, const Recipient&) = default;
};

struct RecipientHash {
  std::size_t operator()(const Recipient& recipient) const {
    return std::hash<std::string>{}(recipient.address) * 31 + std::hash<std::string>{}(recipient.convention);
  }
};

// What a finding was like when it was told. One that came back since is news again, and so is one that has become
// critical or major and was less grave.
struct Telling {
  int returns = 0;
  Severity severity = Severity::kCritical;
  friend bool operator==(const Telling&, const Telling&) = default;
};

// By finding id.
using KnownToRecipient = std::unordered_map<std::int64_t, Telling>;
using Told = std::unordered_map<Recipient, KnownToRecipient, RecipientHash>;

// By closing id: the day for which it was sent, when a mail told that it is no longer held.
using ToldClosings = std::unordered_map<Recipient, std::unordered_map<std::int64_t, Day>, RecipientHash>;

struct LastMail {
  Day on;                        // as-of day of the last mail that went
  std::string first_message_id;  // of the thread
};
using LastMails = std::unordered_map<Recipient, LastMail, RecipientHash>;

}  // namespace vigie
