// Three of the four questions that officers are asked most; approvers.cpp has the fourth.

#include <algorithm>
#include <tuple>

#include "domain/distinct.h"
#include "routing/addressees.h"
#include "rules/past.h"
#include "summary/records.h"
#include "summary/summarize.h"

namespace vigie::summary {
namespace {

std::string groups_giving(Role role, Index account, const Inputs& inputs) {
  std::vector<std::string> codes;
  for (const Index m : inputs.snapshot.of.memberships_of_account[account]) {
    const Index group = inputs.snapshot.memberships[m].group;
    if (inputs.facts.membership_effective[m] && inputs.facts.effective_roles[group].contains(role))
      codes.emplace_back(inputs.snapshot.groups[group].code);
  }
  sort_distinct(codes);
  return joined_few(codes, ", ");
}

int count_members(Index group, const Inputs& inputs) {
  std::vector<Index> accounts;
  for (const Index m : inputs.snapshot.of.memberships_of_group[group])
    if (inputs.facts.membership_effective[m]) accounts.push_back(inputs.snapshot.memberships[m].account);
  sort_distinct(accounts);
  return static_cast<int>(accounts.size());
}

// By convention and code: the groups that the findings are about.
Lookup groups_of(const Snapshot& snapshot, const Findings& findings) {
  Lookup groups;
  for (const Finding* finding : findings) groups.want(group_key(finding->convention, finding->group));
  for (Index g = 0; g < snapshot.groups.size(); ++g)
    groups.offer(group_key(snapshot.convention_of(snapshot.groups[g]).number, snapshot.groups[g].code), g);
  return groups;
}

std::string manager_problem(const Finding& finding, const Account* manager, Day day) {
  if (finding.rule == "group-manager-missing") return "Aucun responsable désigné";
  if (finding.rule == "group-manager-unknown")
    return manager == nullptr ? "Responsable inconnu" : "Responsable d'une autre convention";
  const bool is_to_come = manager != nullptr && !manager->period.closed_on(day);
  return is_to_come ? "Compte du responsable pas encore ouvert" : "Compte du responsable clôturé";
}

}  // namespace

std::vector<SharedMailboxRow> shared_mailbox_rows(const Inputs& inputs) {
  const Findings findings = of_rules(inputs.findings, "account-shared-mailbox");
  const Lookup accounts = accounts_of(inputs.snapshot, findings);
  Administrators administrators(inputs);
  std::vector<SharedMailboxRow> rows;
  for (const Finding* finding : findings) {
    auto& row = rows.emplace_back(row_about<SharedMailboxRow>(*finding, inputs, administrators));
    row.account = finding->account;
    row.why = finding->detail;
    const Index a = accounts.find(finding->account);
    if (a == kNone) continue;
    const Account& account = inputs.snapshot.accounts[a];
    row.person = full_name(account);
    row.mail = account.mail;
    row.roles = roles_text(inputs.facts.held_roles[a]);
    row.last_login_on = account.last_login_on;
  }
  std::ranges::sort(rows, {}, [](const SharedMailboxRow& row) { return std::tie(row.convention, row.account); });
  return rows;
}

std::vector<T1Row> t1_rows(const Inputs& inputs) {
  const Findings findings = of_rules(inputs.findings, "cdap-t1-");
  const Lookup accounts = accounts_of(inputs.snapshot, findings);
  Administrators administrators(inputs);
  std::vector<T1Row> rows;
  for (const Finding* finding : findings) {
    auto& row = rows.emplace_back(row_about<T1Row>(*finding, inputs, administrators));
    row.account = finding->account;
    row.why = finding->detail;
    row.severity = finding->severity;
    const Index a = accounts.find(finding->account);
    if (a == kNone) continue;
    const Account& account = inputs.snapshot.accounts[a];
    row.person = full_name(account);
    row.profession = account.profession;
    row.diploma_checked_on = account.diploma_checked_on;
    row.groups = groups_giving(Role::kT1, a, inputs);
  }
  std::ranges::sort(rows, [](const T1Row& a, const T1Row& b) {
    return std::tie(b.severity, a.convention, a.account) < std::tie(a.severity, b.convention, b.account);
  });
  return rows;
}

std::vector<ManagerRow> manager_rows(const Inputs& inputs) {
  const Findings findings = of_rules(inputs.findings, "group-manager-");
  const Lookup groups = groups_of(inputs.snapshot, findings);
  Administrators administrators(inputs);
  std::vector<ManagerRow> rows;
  for (const Finding* finding : findings) {
    auto& row = rows.emplace_back(row_about<ManagerRow>(*finding, inputs, administrators));
    row.group = finding->group;
    const Account* manager = nullptr;
    if (const Index g = groups.find(group_key(finding->convention, finding->group)); g != kNone) {
      const Group& group = inputs.snapshot.groups[g];
      if (group.manager != kNone) manager = &inputs.snapshot.accounts[group.manager];
      row.label = group.label;
      row.members = count_members(g, inputs);
      row.roles = roles_text(inputs.facts.active_roles[g]);
      row.manager = group.manager_id;
    }
    row.problem = manager_problem(*finding, manager, inputs.day);
  }
  std::ranges::sort(rows, {}, [](const ManagerRow& row) { return std::tie(row.convention, row.group); });
  return rows;
}

}  // namespace vigie::summary
