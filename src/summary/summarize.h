#pragma once
// Works out what the workbook shows of one source's data; what comes from imports, runs and configuration is added by
// the job. Rows are sorted as they are shown.

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "domain/snapshot.h"
#include "findings/engine.h"
#include "findings/finding.h"
#include "findings/waiver.h"
#include "reconcile/action.h"
#include "routing/addressees.h"
#include "rules/facts.h"
#include "summary/report.h"

namespace vigie::summary {

struct Inputs {
  SharedText source;
  const Snapshot& snapshot;
  const Facts& facts;
  const Addressees& addressees;
  Day day;                             // as-of
  Day judged_on;                       // as-of day of the last detect
  const Findings& findings;            // not resolved, of enabled rules
  const std::vector<Action>& actions;  // all
  const std::vector<Waiver>& waivers;  // all
  SharedText plan;                     // id of the plan that holds closings; empty: none
  bool for_partners = false;           // nobody of another convention is named
};

// Gravest first, new before old, then by convention, rule and subject: the first screen is what matters. Those that
// are waived come last.
std::vector<FindingRow> finding_rows(const Inputs& inputs);
// Of the questions, those that no waiver lets stand.
std::vector<SharedMailboxRow> shared_mailbox_rows(const Inputs& inputs);  // account-shared-mailbox
std::vector<T1Row> t1_rows(const Inputs& inputs);                         // cdap-t1-*
std::vector<ManagerRow> manager_rows(const Inputs& inputs);               // group-manager-*
std::vector<ApproverRow> approver_rows(const Inputs& inputs);             // afas-approver-*
std::vector<ActionRow> action_rows(const Inputs& inputs);                 // all but confirmed and obsolete
std::vector<AccessRow> access_rows(const Inputs& inputs);                 // `before` is left to the job

// Those that hold first, the soonest over before the others; then those that are over, the newest first.
std::vector<WaiverRow> waiver_rows(const Inputs& inputs);

// How many persons hold a role through effective memberships in the groups of a convention that give it; at least 1.
struct Access {
  Index convention = kNone;
  Role role{};
  int persons = 0;
};

std::vector<Access> count_access(const Snapshot& snapshot, const Facts& facts);  // by convention, in catalogue order

// How many findings are open, by severity, by family, and the four answers, over the rows of all sources of a report;
// and the first rows behind these figures and those of its sources.
void fill_overview(Report& report);

// The rows of `rejects` by source, file and reason.
std::vector<RejectCount> count_rejects(const std::vector<RejectRow>& rejects);

// By rule id: how many of the rows, those that are waived apart.
std::map<std::string, int> count_by_rule(const std::vector<FindingRow>& rows);

// The same, by rule id and source.
std::map<std::pair<std::string, std::string>, int> count_by_rule_and_source(const std::vector<FindingRow>& rows);

}  // namespace vigie::summary
