#pragma once
// What the administrators of one convention may read of a source's findings, as a report of its own. What it shows is
// what mails tell them (docs/spec/5-interfaces.md, *Mail*): of the rules that are for administrators, nothing waived,
// no finding about one of their own accounts, in the words for partners; closings that are given out; nobody of another
// partner by name, and no other convention at all.

#include <string>
#include <vector>

#include "summary/summarize.h"

namespace vigie::summary {

struct PartnerReport {
  std::string convention;
  Report report;
};

// One for each convention with a finding that may be shown, by convention. `frame` is the source's: version, run, day,
// access and rules are taken from it. `label` is the Caf's name.
std::vector<PartnerReport> partner_reports(const Inputs& inputs, const Report& frame, const std::string& label);

}  // namespace vigie::summary
