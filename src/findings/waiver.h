#pragma once
// An accepted exception to a rule (dérogation): one finding that compliance lets stand until a day, and why.
// Source: docs/spec/1-domain.md, 4-reconciliation.md, 5-interfaces.md.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/day.h"
#include "findings/finding.h"

namespace vigie {

struct Waiver {
  std::int64_t id = 0;  // of the store; 0: not stored yet
  std::string rule;
  std::string convention;
  std::string subject;
  Day until;  // the last day on which it holds
  std::string reason;
  std::string by;
  Day recorded_on;
  Day ended_on;          // never: nobody ended it before its time
  std::string ended_by;  // empty, as the reason, where whoever ended it did not say
  std::string end_reason;

  [[nodiscard]] bool holds_on(Day day) const { return !ended_on.given() && day <= until; }
  // The first day on which it holds no more.
  [[nodiscard]] Day over_on() const { return ended_on.given() ? ended_on : until + 1; }
};

// One source's waivers, by what they are about. Keeps views into them.
class Waivers {
 public:
  Waivers(const std::vector<Waiver>& waivers, Day day);

  // The one that holds on the day, and of several the one that holds longest; none: null.
  [[nodiscard]] const Waiver* holding(std::string_view rule, std::string_view convention,
                                      std::string_view subject) const;
  // The one that was over last by the day, where none holds; none: null.
  [[nodiscard]] const Waiver* over(std::string_view rule, std::string_view convention, std::string_view subject) const;

 private:
  std::unordered_map<std::string, const Waiver*> holding_;
  std::unordered_map<std::string, const Waiver*> over_;
};

// Says of each finding until when it is waived, or when its last waiver was over.
void mark_waived(std::vector<Finding>& findings, const Waivers& waivers);

}  // namespace vigie
