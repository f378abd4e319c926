#pragma once
// A violation of one rule by one subject, and its life over the nights.
// Identified by (source, rule, convention, subject). Listed in that order.

#include <cstdint>
#include <string_view>
#include <vector>

#include "domain/day.h"
#include "domain/shared_text.h"
#include "findings/severity.h"

namespace vigie {

struct Finding {
  std::int64_t id = 0;  // of the store; 0: not stored yet
  SharedText rule;
  SharedText convention;
  SharedText subject;
  Severity severity = Severity::kInfo;
  Severity severity_before = Severity::kInfo;  // until it changed; means nothing where it never did
  Day severity_since;                          // as-of day of the detect that changed it; never: it never did
  bool resolved = false;
  Day first_seen;
  Day last_seen;
  Day resolved_on;            // as-of day of the detect that resolved it; means nothing while it is open
  int returns = 0;            // how often it came back after being resolved
  Day returned_on;            // as-of day of the detect that last found it back; never: none did
  SharedText services;        // "Cdap/Afas", catalogue names in catalogue order
  SharedText partner;         // the convention's organisme
  SharedText detail;          // French
  SharedText partner_detail;  // what may be read outside compliance; empty: the detail
  SharedText remedy;          // French, without its values: findings/remedy.h fills them in
  SharedText group;           // code of the group, and identifiant of the account, that the subject is about; for
  SharedText account;         // perimeters; empty where there is none
  Day waived_until;           // last day of the waiver that holds; never: none does
  Day waiver_over_on;         // since when its last waiver holds no more; never: it has none, or one that holds
};

using Findings = std::vector<const Finding*>;

enum class FindingStatus : std::uint8_t { kNew, kOpen, kResolved, kWaived };

std::string_view name(FindingStatus status);  // "new"
std::string_view french_name(FindingStatus status);

// `judged_on`: the as-of day of the source's last detect.
inline FindingStatus status_of(const Finding& finding, Day judged_on) {
  if (finding.resolved) return FindingStatus::kResolved;
  if (finding.waived_until.given()) return FindingStatus::kWaived;
  return finding.first_seen == judged_on ? FindingStatus::kNew : FindingStatus::kOpen;
}

// Neither resolved nor waived: what figures of open findings count.
inline bool is_counted(const Finding& finding) { return !finding.resolved && !finding.waived_until.given(); }

// Graver than it was: people must hear of it again.
inline bool has_grown_graver(const Finding& finding) {
  return finding.severity_since.given() && finding.severity > finding.severity_before;
}

inline int age_in_days(const Finding& finding, Day judged_on) {
  return (finding.resolved ? finding.last_seen : judged_on) - finding.first_seen;
}

}  // namespace vigie
