#pragma once
// What mails have told to whom: news is what a recipient has not been told yet.

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>

#include "domain/day.h"

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

// By finding id: how often it had come back when it was told. A finding that came back since is news again.
using KnownToRecipient = std::unordered_map<std::int64_t, int>;
using Told = std::unordered_map<Recipient, KnownToRecipient, RecipientHash>;

struct LastMail {
  Day on;                        // as-of day of the last mail that went
  std::string first_message_id;  // of the thread
};
using LastMails = std::unordered_map<Recipient, LastMail, RecipientHash>;

}  // namespace vigie
