#pragma once
// Why an account can use a service on a day, or why not: the guides' « Solutions aux problèmes les plus fréquents »,
// answered from the records, in the portal's words.
//
// An account can use a role where it holds it (docs/spec/1-domain.md), a signed bulletin opens it, and what the service
// asks of the person is there: a profile for Afas, an instructor number for T4, a landlord code for T10. What the drop
// does not have (no bulletins, no profiles) is no obstacle. Answers stand in the order of the services; for one that
// the account cannot use there is at least one that says why. Where the account or its convention is not active, that
// is the whole answer.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/snapshot.h"
#include "rules/facts.h"

namespace vigie::explain {

enum class Verdict : std::uint8_t { kUsable, kNotUsable, kAdvice };

struct Answer {
  Verdict verdict = Verdict::kNotUsable;
  std::string_view cause;  // "held", "no-group", "role-removed": for programs, docs/spec/5-interfaces.md lists them
  std::optional<Service> service;  // none: of the account as a whole
  std::string role;                // as the data writes it; empty: of the whole service
  std::string group;               // its code; empty: of none
  std::string detail;              // French sentences that name the values
  std::string recommendation;      // French; empty where there is nothing to do
};

// Records that an import had and a later one had no more: a role taken from a group, a person taken out of one.
struct WithdrawnGrant {
  std::string convention;
  std::string group;
  std::string service;  // as a grant's
  std::string role;
  Day since;  // its closing, or the day of the import that missed it, whichever came first
};
struct WithdrawnMembership {
  std::string convention;
  std::string group;
  Day since;
};
struct Withdrawn {
  std::vector<WithdrawnGrant> grants;            // of the account's conventions
  std::vector<WithdrawnMembership> memberships;  // of the account
};

// `facts` are those of `day`; `only`: about this service alone.
std::vector<Answer> explain(const Snapshot& snapshot, const Facts& facts, const Withdrawn& withdrawn, Index account,
                            Day day, std::optional<Service> only = std::nullopt);

}  // namespace vigie::explain
