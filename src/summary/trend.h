#pragma once
// What was open night by night: the trend, what changed since the run before, and what was open a month ago.

#include <string>
#include <vector>

#include "domain/day.h"
#include "findings/engine.h"
#include "findings/severity.h"
#include "summary/report.h"

namespace vigie::summary {

// Of one rule and severity on the day of a detect, what is waived left out. A day without any is one of no rule.
struct Tally {
  Day as_of;
  std::string rule;
  Severity severity = Severity::kInfo;
  int open = 0;
  int fresh = 0;
  int resolved = 0;
  int returned = 0;
};

// So many days of a source, the newest ones that have any, are enough for the trend and for what was 30 days ago.
inline constexpr int kTallyDays = 31;

// Points into the caller's.
struct SourceTallies {
  const RulesSettings* settings = nullptr;  // what rules found that are off does not count
  std::vector<Tally> tallies;
};

// After fill_overview(): fills the trend, and what was open before, came back and was resolved. The run before is the
// day before the last one of the trend; a month ago is what the last detect on or before that day left, where each of
// the sources was judged by then. Over several sources, one that did not run on a day counts as on its last one. A
// family of which nothing is open any more is there while one of its changes is.
void fill_trend(Report& report, const std::vector<SourceTallies>& sources);

}  // namespace vigie::summary
