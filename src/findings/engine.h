#pragma once
// Runs the catalogue over one source's snapshot, and leads findings through their life.
// Source: docs/spec/3-rules.md (the head of the page, and *Life*).

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "findings/finding.h"
#include "rules/rule.h"

namespace vigie {

// What the configuration says of one rule, for one source.
struct RuleSettings {
  bool enabled = true;
  std::optional<Severity> severity;  // replaces the rule's, both where it has two
  std::optional<int> parameter;
};

// By rule id; a rule that is not here runs as the catalogue says.
using RulesSettings = std::map<std::string, RuleSettings, std::less<>>;

const RuleSettings& settings_of(const Rule& rule, const RulesSettings& settings);

// Whether findings of the rule are shown: it is in the catalogue, and not switched off.
bool is_enabled(std::string_view rule, const RulesSettings& settings);

// A rule that the drop gives no evidence for.
struct NotVerifiable {
  const Rule* rule = nullptr;
  std::vector<Need> lacking;
};

// What the rules say of one night, before the findings' life.
struct Judgement {
  std::vector<Finding> found;       // each (rule, convention, subject) once
  std::vector<const Rule*> judged;  // enabled and verifiable
  std::vector<NotVerifiable> not_verifiable;
};

// What every rule reads; the parameter is each rule's own.
struct Evidence {
  const Snapshot& snapshot;
  const Facts& facts;
  const Past& past;
  const MailsElsewhere& elsewhere;
  const judges::Lexicon& lexicon;
  Day day;
};

// `threads`: how many rules at once, from 1; the result does not depend on it.
Judgement judge(const Evidence& evidence, const RulesSettings& settings, unsigned threads);

// What a night changes in the findings that are known.
struct FindingsUpdate {
  std::vector<Finding> added;
  std::vector<Finding> changed;  // returned, or with another severity or text
  std::vector<Finding> resolved;
  std::vector<std::string> judged;  // rules: all of their findings that are not resolved were seen on the day
};

// `known`: all findings of the source. Findings of rules that were not judged stay as they are.
FindingsUpdate update_findings(const std::vector<Finding>& known, Judgement judgement);

// All findings of the source as the update, once it is stored, leaves them.
std::vector<Finding> updated(std::vector<Finding> known, FindingsUpdate update, Day day);

// "colonne origine absente de groupes.csv", in French.
std::string explain_need(const Need& need);

}  // namespace vigie
