#include "findings/changes.h"

#include <cstdint>
#include <map>
#include <string_view>
#include <unordered_map>

#include "rules/catalogue.h"

namespace vigie {
namespace {

using ById = std::unordered_map<std::int64_t, const Finding*>;

ById by_id(const std::vector<Finding>& findings) {
  ById result;
  for (const Finding& finding : findings) result.emplace(finding.id, &finding);
  return result;
}

}  // namespace

std::vector<RuleChange> changes_by_rule(const std::vector<Finding>& known, const FindingsUpdate& update) {
  std::map<std::string_view, RuleChange> changes;
  for (const Finding& finding : known)
    if (!finding.resolved) ++changes[finding.rule].before;
  for (const Finding& finding : update.added) ++changes[finding.rule].fresh;
  for (const Finding& finding : update.resolved) ++changes[finding.rule].gone;
  const ById before = by_id(known);
  for (const Finding* finding : returned_or_regraded(known, update))
    ++(before.at(finding->id)->resolved ? changes[finding->rule].fresh : changes[finding->rule].regraded);
  std::vector<RuleChange> result;
  for (const Rule& rule : catalogue()) {
    RuleChange& change = changes[rule.id];
    if (change.fresh == 0 && change.gone == 0 && change.regraded == 0) continue;
    change.rule = rule.id;
    change.after = change.before + change.fresh - change.gone;
    result.push_back(change);
  }
  return result;
}

std::vector<const Finding*> returned_or_regraded(const std::vector<Finding>& known, const FindingsUpdate& update) {
  const ById before = by_id(known);
  std::vector<const Finding*> result;
  for (const Finding& finding : update.changed)
    if (const Finding& was = *before.at(finding.id); was.resolved || was.severity != finding.severity)
      result.push_back(&finding);
  return result;
}

}  // namespace vigie
