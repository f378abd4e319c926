#include "summary/partners.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "routing/letters.h"
#include "rules/catalogue.h"
#include "summary/records.h"

namespace vigie::summary {
namespace {

bool is_for_administrators(std::string_view rule) {
  const Rule* known = find_rule(rule);
  return known != nullptr && known->audience.administrators;
}

// Identifiants of the administrators of a convention.
class Administered {
 public:
  explicit Administered(const Inputs& inputs) : inputs_(inputs), conventions_(conventions_of(inputs.snapshot)) {}

  bool by(std::string_view convention, std::string_view account) {
    const auto [known, is_new] = known_.try_emplace(std::string(convention));
    if (const Index index = conventions_.find(convention); is_new && index != kNone)
      for (const Addressee& addressee : inputs_.addressees.of(index))
        known->second.insert(addressee.administrators.begin(), addressee.administrators.end());
    return known->second.contains(account);
  }

 private:
  const Inputs& inputs_;
  Lookup conventions_;
  std::unordered_map<std::string, std::set<std::string, std::less<>>> known_;
};

std::vector<Finding> shown_to_partners(const Inputs& inputs) {
  Administered administered(inputs);
  std::vector<Finding> shown;
  for (const Finding* finding : inputs.findings) {
    if (!is_counted(*finding) || !is_for_administrators(finding->rule)) continue;
    if (!finding->account.empty() && administered.by(finding->convention, finding->account)) continue;
    Finding& copy = shown.emplace_back(*finding);
    if (!copy.partner_detail.empty()) copy.detail = copy.partner_detail;
  }
  return shown;
}

std::vector<Action> told_to_partners(const std::vector<Action>& actions) {
  std::vector<Action> told;
  for (const Action& action : actions) {
    if (!action.given_out()) continue;
    Action& copy = told.emplace_back(action);
    copy.cause = cause_for_partners(action);
  }
  return told;
}

Findings pointers_to(const std::vector<Finding>& findings) {
  Findings pointers;
  for (const Finding& finding : findings) pointers.push_back(&finding);
  return pointers;
}

// Those about no account of another partner.
Findings about_their_own(const Findings& findings, const Snapshot& snapshot, const Lookup& accounts) {
  Findings own;
  std::ranges::copy_if(findings, std::back_inserter(own), [&](const Finding* finding) {
    const Index account = accounts.find(finding->account);
    return account == kNone || snapshot.convention_of(snapshot.accounts[account]).number == finding->convention;
  });
  return own;
}

template <typename Row>
void deal(std::vector<Row> rows, std::vector<Row> Report::*list, std::map<std::string, Report>& reports) {
  for (Row& row : rows)
    if (const auto report = reports.find(std::string(row.convention)); report != reports.end())
      (report->second.*list).push_back(std::move(row));
}

void deal_findings(const Inputs& inputs, const Findings& own, std::map<std::string, Report>& reports) {
  const std::set<const Finding*> are_own(own.begin(), own.end());
  std::set<std::pair<std::string_view, std::string_view>> foreign;  // convention and account
  for (const Finding* finding : inputs.findings)
    if (!are_own.contains(finding)) foreign.emplace(finding->convention, finding->account);
  for (FindingRow& row : finding_rows(inputs)) {
    if (foreign.contains({row.convention, row.account})) row.person = {};
    std::string convention(row.convention);
    reports[std::move(convention)].findings.push_back(std::move(row));
  }
}

void complete(const std::string& convention, Report& report, const Report& frame, const std::string& label) {
  const SharedText& partner = report.findings.front().partner;
  report.title = "Conformité des habilitations – " + (partner.empty() ? convention : partner);
  report.version = frame.version;
  report.run = frame.run;
  report.day = frame.day;
  report.created_at = frame.created_at;
  report.of_partner = true;
  report.unverifiable = frame.unverifiable;
  report.verifiable = frame.verifiable;
  const auto open = count_by_rule(report.findings);
  for (RuleRow rule : frame.rules) {
    if (!is_for_administrators(rule.id)) continue;
    const auto count = open.find(rule.id);
    rule.open = count == open.end() ? 0 : count->second;
    report.rules.push_back(std::move(rule));
  }
  report.overview.notices.push_back(label + " : seule la convention " + convention +
                                    " est montrée ici, à l'intention de ses administrateurs partenaires.");
  fill_overview(report);
}

}  // namespace

std::vector<PartnerReport> partner_reports(const Inputs& inputs, const Report& frame, const std::string& label) {
  const std::vector<Finding> shown = shown_to_partners(inputs);
  const Findings findings = pointers_to(shown);
  const std::vector<Action> actions = told_to_partners(inputs.actions);
  const Findings own = about_their_own(findings, inputs.snapshot, accounts_of(inputs.snapshot, findings));
  const auto with = [&](const Findings& those) {
    return Inputs{.source = inputs.source,
                  .snapshot = inputs.snapshot,
                  .facts = inputs.facts,
                  .addressees = inputs.addressees,
                  .day = inputs.day,
                  .judged_on = inputs.judged_on,
                  .findings = those,
                  .actions = actions,
                  .waivers = inputs.waivers,
                  .plan = "",
                  .for_partners = true};
  };
  std::map<std::string, Report> reports;
  deal_findings(with(findings), own, reports);
  const Inputs theirs = with(own);
  deal(shared_mailbox_rows(theirs), &Report::shared_mailboxes, reports);
  deal(t1_rows(theirs), &Report::t1, reports);
  deal(manager_rows(theirs), &Report::managers, reports);
  deal(approver_rows(theirs), &Report::approvers, reports);
  deal(action_rows(theirs), &Report::actions, reports);
  deal(frame.access, &Report::access, reports);
  std::vector<PartnerReport> partners;
  for (auto& [convention, report] : reports) {
    complete(convention, report, frame, label);
    partners.push_back({convention, std::move(report)});
  }
  return partners;
}

}  // namespace vigie::summary
