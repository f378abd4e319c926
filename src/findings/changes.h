#pragma once
// What a night, or a setting that is tried, changes in the findings, rule by rule.

#include <string>
#include <vector>

#include "findings/engine.h"

namespace vigie {

// Findings that are not resolved, waived ones too: before + fresh - gone = after.
struct RuleChange {
  std::string rule;
  int before = 0;
  int after = 0;
  int fresh = 0;     // never seen, or back after being resolved
  int gone = 0;      // resolved
  int regraded = 0;  // still there, with another severity
};

// Rules with something fresh, gone or regraded, in the order of the catalogue. `known`: as for update_findings.
std::vector<RuleChange> changes_by_rule(const std::vector<Finding>& known, const FindingsUpdate& update);

// Of `update.changed`, those that an officer would notice: back after being resolved, or with another severity.
std::vector<const Finding*> returned_or_regraded(const std::vector<Finding>& known, const FindingsUpdate& update);

}  // namespace vigie
