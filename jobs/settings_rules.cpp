#include "settings_rules.h"

#include "nearest.h"
#include "rules/catalogue.h"

namespace vigie {
namespace {

std::vector<std::string> rule_ids() {
  std::vector<std::string> ids;
  for (const Rule& rule : catalogue()) ids.emplace_back(rule.id);
  return ids;
}

std::string parameters(const Rule& rule) {
  return "enabled, severity" + (rule.parameter.name.empty() ? "" : ", " + std::string(rule.parameter.name));
}

}  // namespace

void apply_rule(Values& values, const Entry& entry, const std::string& key, RulesSettings& rules) {
  const std::size_t dot = key.rfind('.');
  const std::string id = key.substr(0, dot);
  const Rule* rule = find_rule(id);
  if (rule == nullptr)
    return values.problem(entry, "no rule " + id + "; `vigie rules` lists them" + did_you_mean(id, rule_ids()));
  if (dot == std::string::npos)
    return values.problem(entry, "a rule has no value of its own; write one of its parameters, such as " + entry.key +
                                     ".enabled; it knows " + parameters(*rule));
  RuleSettings& settings = rules[id];
  const std::string what = key.substr(dot + 1);
  if (what == "enabled") {
    bool enabled = settings.enabled;
    values.yes_or_no(enabled)(entry);
    settings.enabled = enabled;
  } else if (what == "severity") {
    settings.severity = find_severity(entry.value);
    if (!settings.severity) values.wrong(entry, "critical, major, minor or info");
  } else if (!rule->parameter.name.empty() && what == rule->parameter.name) {
    int value = 0;
    values.integer(value, 0)(entry);
    settings.parameter = value;
  } else {
    values.problem(entry, "the rule " + id + " has no parameter " + what + "; it knows " + parameters(*rule));
  }
}

}  // namespace vigie
