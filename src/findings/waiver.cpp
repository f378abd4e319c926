#include "findings/waiver.h"

namespace vigie {
namespace {

std::string identity(std::string_view rule, std::string_view convention, std::string_view subject) {
  std::string text(rule);
  return text.append(1, '\n').append(convention).append(1, '\n').append(subject);
}

const Waiver* find(const std::unordered_map<std::string, const Waiver*>& waivers, const std::string& identity) {
  const auto found = waivers.find(identity);
  return found == waivers.end() ? nullptr : found->second;
}

}  // namespace

Waivers::Waivers(const std::vector<Waiver>& waivers, Day day) {
  for (const Waiver& waiver : waivers) {
    const bool holds = waiver.holds_on(day);
    const Waiver*& best = (holds ? holding_ : over_)[identity(waiver.rule, waiver.convention, waiver.subject)];
    if (best == nullptr || best->over_on() < waiver.over_on()) best = &waiver;
  }
}

const Waiver* Waivers::holding(std::string_view rule, std::string_view convention, std::string_view subject) const {
  return holding_.empty() ? nullptr : find(holding_, identity(rule, convention, subject));
}

const Waiver* Waivers::over(std::string_view rule, std::string_view convention, std::string_view subject) const {
  if (over_.empty() || holding(rule, convention, subject) != nullptr) return nullptr;
  return find(over_, identity(rule, convention, subject));
}

void mark_waived(std::vector<Finding>& findings, const Waivers& waivers) {
  for (Finding& finding : findings) {
    const Waiver* holding = waivers.holding(finding.rule, finding.convention, finding.subject);
    const Waiver* over = waivers.over(finding.rule, finding.convention, finding.subject);
    finding.waived_until = holding == nullptr ? Day::never() : holding->until;
    finding.waiver_over_on = over == nullptr ? Day::never() : over->over_on();
  }
}

}  // namespace vigie
