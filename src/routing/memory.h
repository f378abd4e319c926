#pragma once
// What one recipient knows already, and so whether a letter goes.

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "domain/day.h"
#include "routing/letters.h"
#include "routing/told.h"

namespace vigie {

using Actions = std::vector<const Action*>;

class Memory {
 public:
  Memory(const RoutingInput& input, const Recipient& recipient);

  // Never told, or returned or become grave since.
  [[nodiscard]] bool is_news(const Finding& finding) const;

  // How many closings that are no longer held no mail has told yet.
  [[nodiscard]] std::ptrdiff_t released_among(const Actions& actions) const;

  // Of closings that are asked for no more, those that the recipient may have on a list and was not told of since.
  [[nodiscard]] Actions still_believed(Actions taken_back) const;

  // Into the section of the letter where the recipient reads it; one that is resolved only where it was told.
  void file(const Finding& finding, Letter& letter) const;

  [[nodiscard]] bool written_to_today() const { return last_on_ == input_.day; }

  // Grown too old since the last mail.
  [[nodiscard]] bool has_aged_since(const Finding& finding) const;

  // Whether the letter goes, perhaps as a reminder. `besides`: it brings news that are no findings of `fresh`.
  bool releases(Letter& letter, bool besides = false) const;

 private:
  // nullptr: never told.
  [[nodiscard]] const Telling* telling_of(const Finding& finding) const;

  const RoutingInput& input_;
  const KnownToRecipient* known_ = nullptr;
  const std::unordered_map<std::int64_t, Day>* known_closings_ = nullptr;
  Day last_on_ = Day::never();
};

}  // namespace vigie
