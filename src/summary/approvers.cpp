#include <algorithm>
#include <functional>
#include <map>
#include <string_view>
#include <tuple>

#include "domain/distinct.h"
#include "routing/addressees.h"
#include "rules/families/wording.h"
#include "rules/past.h"
#include "summary/records.h"
#include "summary/summarize.h"

namespace vigie::summary {
namespace {

using Profiles = std::vector<const Profile*>;

std::string problem(const Finding& finding) {
  if (finding.rule == "afas-approver-pending") return "Validation en attente";
  if (finding.rule == "afas-approver-document-missing") return "PJ3 manquante";
  if (finding.rule == "afas-approver-absent") return "Aucun approbateur";
  return "Plusieurs approbateurs";
}

// "identifiant:activite", or the activity alone.
std::string activity_name(const Finding& finding) {
  return std::string(finding.subject.substr(finding.account.empty() ? 0 : finding.account.size() + 1));
}

// By convention and name: the activities that findings without an account are about.
Lookup activities_of(const Snapshot& snapshot, const Findings& findings) {
  Lookup activities;
  for (const Finding* finding : findings)
    if (finding->account.empty()) activities.want(group_key(finding->convention, finding->subject));
  for (Index a = 0; a < snapshot.activities.size(); ++a) {
    const Activity& activity = snapshot.activities[a];
    activities.offer(group_key(snapshot.conventions[activity.convention].number, activity.name), a);
  }
  return activities;
}

bool is_active_approver(const Profile& profile, ProfileState state, const Inputs& inputs) {
  return profile.role == AfasRole::kApprover && profile.state == state && profile.period.active_on(inputs.day) &&
         inputs.facts.account_active[profile.account];
}

// By convention, identifiant and activity.
using PendingProfiles = std::map<std::tuple<std::string_view, std::string_view, std::string_view>, Profiles>;

PendingProfiles pending_profiles(const Inputs& inputs) {
  const Snapshot& snapshot = inputs.snapshot;
  PendingProfiles pending;
  for (const Profile& profile : snapshot.profiles)
    if (is_active_approver(profile, ProfileState::kPending, inputs))
      pending[{snapshot.conventions[profile.convention].number, snapshot.accounts[profile.account].id,
               profile.activity_name}]
          .push_back(&profile);
  return pending;
}

// Of several the longest wait counts, and the document that comes last: one that is missing is later than any day.
void fill_wait(ApproverRow& row, const Profiles& pending, Day day) {
  row.waiting_since = std::ranges::min(pending, {}, &Profile::waits_since)->waits_since();
  row.days_waiting = std::max(0, day - row.waiting_since);
  row.document_on = (*std::ranges::max_element(pending, {}, &Profile::document_on))->document_on;
  row.document_received = row.document_on <= day;
}

// "Claire MARTIN (ENF01302SM) ; Paul DURAND (ENF01303PD)": nobody where the activity has none.
std::string approvers_of(Index activity, const Inputs& inputs) {
  std::vector<Index> accounts;
  for (const Index p : inputs.snapshot.of.profiles_of_activity[activity])
    if (const Profile& profile = inputs.snapshot.profiles[p];
        is_active_approver(profile, ProfileState::kValidated, inputs))
      accounts.push_back(profile.account);
  sort_distinct(accounts);
  const Index convention = inputs.snapshot.activities[activity].convention;
  const auto partner = wording::Naming::within(inputs.snapshot, convention);
  std::vector<std::string> names;
  for (const Index a : accounts) {
    const Account& account = inputs.snapshot.accounts[a];
    names.push_back(inputs.for_partners && !partner.may_read(a)
                        ? partner(a, convention)
                        : full_name(account).append(" (").append(account.id).append(")"));
  }
  return joined_few(names, " ; ");
}

// Builds the rows; a wait and a missing document of one account and activity are one row.
class ApproverRows {
 public:
  ApproverRows(const Inputs& inputs, const Findings& findings)
      : inputs_(inputs),
        accounts_(accounts_of(inputs.snapshot, findings)),
        activities_(activities_of(inputs.snapshot, findings)),
        administrators_(inputs),
        pending_(pending_profiles(inputs)) {}

  void add(const Finding& finding) {
    const auto [known, is_new] = positions_.try_emplace(group_key(finding.convention, finding.subject), rows_.size());
    const bool is_same_matter = !is_new && !finding.account.empty();
    if (!is_same_matter) {
      add_row(finding);
      return;
    }
    ApproverRow& row = rows_[known->second];
    row.problem = row.problem + " ; " + problem(finding);
    row.first_seen = std::min(row.first_seen, finding.first_seen);
  }

  std::vector<ApproverRow> take() { return std::move(rows_); }

 private:
  void add_row(const Finding& finding) {
    auto& row = rows_.emplace_back(row_about<ApproverRow>(finding, inputs_, administrators_));
    row.activity = activity_name(finding);
    row.account = finding.account;
    row.problem = problem(finding);
    if (const Index account = accounts_.find(finding.account); account != kNone) {
      row.person = full_name(inputs_.snapshot.accounts[account]);
      if (const auto pending = pending_.find({row.convention, row.account, row.activity}); pending != pending_.end())
        fill_wait(row, pending->second, inputs_.day);
    } else if (const Index activity = activities_.find(group_key(finding.convention, finding.subject));
               activity != kNone) {
      row.person = approvers_of(activity, inputs_);
    }
  }

  const Inputs& inputs_;
  Lookup accounts_;
  Lookup activities_;
  Administrators administrators_;
  PendingProfiles pending_;
  std::vector<ApproverRow> rows_;
  std::unordered_map<std::string, std::size_t> positions_;  // by convention and subject
};

}  // namespace

// The longest wait first; then what waits for nobody.
std::vector<ApproverRow> approver_rows(const Inputs& inputs) {
  Findings findings = of_rules(inputs.findings, "afas-approver-");
  std::ranges::sort(findings, std::greater{}, &Finding::rule);  // a wait before the document that it lacks
  ApproverRows building(inputs, findings);
  for (const Finding* finding : findings) building.add(*finding);
  std::vector<ApproverRow> rows = building.take();
  std::ranges::sort(rows, {}, [](const ApproverRow& row) {
    return std::tie(row.waiting_since, row.convention, row.activity, row.account, row.problem);
  });
  return rows;
}

}  // namespace vigie::summary
