#pragma once
// What the overview says beside its figures: French sentences, each of one line.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/day.h"
#include "reconcile/action.h"
#include "summary/report.h"

namespace vigie::summary {

// What a guard holds of a source.
struct Held {
  std::string source;
  bool is_mails = false;  // else closings
  std::int64_t count = 0;
  Day since;
  std::string reason;  // French
  std::string plan;    // its id
  bool is_approved = false;
};
std::string held_notice(const Held& held);

// How many mails of a source wait for another try, and did not arrive in the last kDaysOfMailTroubles days.
struct MailTrouble {
  std::string source;
  std::int64_t waiting = 0;
  std::int64_t refused = 0;
  std::int64_t given_up = 0;
};
inline constexpr int kDaysOfMailTroubles = 30;
std::vector<std::string> mail_notices(const MailTrouble& trouble);

// Closings that are asked for no more since the day: somebody may have them on a list. Nothing where there are none.
std::optional<std::string> taken_back_notice(std::string_view source, const std::vector<Action>& actions, Day day);

// What is waived, which waivers match nothing, and which are over soon.
std::vector<std::string> waiver_notices(const Report& report);

// For each source how many rules cannot be judged, and how many for lack of what: one notice, so that all of it is on
// the first page.
std::vector<std::string> unverifiable_notices(const std::vector<UnverifiableRule>& rules);

// No source has a good import yet: then an empty list is no good news, and none of them says so.
inline constexpr const char* kNothingImported = "Non vérifié : aucun export n'a encore été importé.";
bool nothing_imported(const Report& report);
std::string unless_nothing_imported(const Report& report, std::string_view sentence);

}  // namespace vigie::summary
