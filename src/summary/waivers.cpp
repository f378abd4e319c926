#include <algorithm>
#include <set>
#include <tuple>

#include "domain/text.h"
#include "rules/catalogue.h"
#include "summary/records.h"
#include "summary/summarize.h"

namespace vigie::summary {
namespace {

constexpr int kSoonDays = 30;
constexpr std::string_view kEndsSoon = "Se termine bientôt";

using Identity = std::tuple<std::string_view, std::string_view, std::string_view>;

// Those of the waivers that a finding stands behind.
std::set<Identity> found_of(const std::vector<Waiver>& waivers, const Findings& findings) {
  std::set<Identity> waived;
  for (const Waiver& waiver : waivers) waived.emplace(waiver.rule, waiver.convention, waiver.subject);
  std::set<Identity> found;
  for (const Finding* finding : findings)
    if (const Identity identity{finding->rule, finding->convention, finding->subject}; waived.contains(identity))
      found.insert(identity);
  return found;
}

std::string_view state_of(const Waiver& waiver, const std::set<Identity>& found, Day day) {
  if (!waiver.holds_on(day)) return "Terminée";
  if (!found.contains({waiver.rule, waiver.convention, waiver.subject})) return "Sans objet";
  return waiver.until - day < kSoonDays ? kEndsSoon : "En vigueur";
}

}  // namespace

std::vector<WaiverRow> waiver_rows(const Inputs& inputs) {
  const std::set<Identity> found = found_of(inputs.waivers, inputs.findings);
  std::vector<const Waiver*> waivers;
  for (const Waiver& waiver : inputs.waivers) waivers.push_back(&waiver);
  const Day day = inputs.judged_on;  // the day that the findings are of
  std::ranges::sort(waivers, [&](const Waiver* a, const Waiver* b) {
    const bool holds = a->holds_on(day);
    if (holds != b->holds_on(day)) return holds;
    if (a->over_on() != b->over_on()) return holds == (a->over_on() < b->over_on());
    return a->id < b->id;
  });

  const Lookup conventions = conventions_of(inputs.snapshot);
  std::vector<WaiverRow> rows;
  for (const Waiver* waiver : waivers) {
    const Rule* rule = find_rule(waiver->rule);
    const Index convention = conventions.find(waiver->convention);
    const std::string_view state = state_of(*waiver, found, day);
    rows.push_back({.source = std::string(inputs.source),
                    .id = waiver->id,
                    .rule = waiver->rule,
                    .title = std::string(rule == nullptr ? waiver->rule : rule->title),
                    .convention = waiver->convention,
                    .partner = convention == kNone ? "" : excerpt(inputs.snapshot.conventions[convention].partner),
                    .subject = waiver->subject,
                    .state = std::string(state),
                    .ends_soon = state == kEndsSoon,
                    .until = waiver->until,
                    .reason = waiver->reason,
                    .by = waiver->by,
                    .recorded_on = waiver->recorded_on,
                    .ended_on = waiver->ended_on,
                    .ended_by = waiver->ended_by,
                    .end_reason = waiver->end_reason});
  }
  return rows;
}

}  // namespace vigie::summary
