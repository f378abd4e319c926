#include "rules/facts.h"

namespace vigie {
namespace {

template <typename Records>
std::vector<bool> active_ones(const Records& records, Day day) {
  std::vector<bool> active(records.size());
  for (std::size_t i = 0; i < records.size(); ++i) active[i] = records[i].period.active_on(day);
  return active;
}

void fill_roles(Facts& facts, const Snapshot& snapshot, Day day) {
  facts.active_roles.resize(snapshot.groups.size());
  facts.active_services.resize(snapshot.groups.size());
  facts.effective_roles.resize(snapshot.groups.size());
  for (const Grant& grant : snapshot.grants) {
    if (!grant.period.active_on(day)) continue;
    if (grant.role) facts.active_roles[grant.group].insert(*grant.role);
    if (grant.service) facts.active_services[grant.group].insert(*grant.service);
  }
  for (Index g = 0; g < snapshot.groups.size(); ++g)
    if (facts.group_active[g] && facts.convention_active[snapshot.groups[g].convention])
      facts.effective_roles[g] = facts.active_roles[g];
}

void fill_holdings(Facts& facts, const Snapshot& snapshot, Day day) {
  facts.held_services.resize(snapshot.accounts.size());
  facts.membership_effective.resize(snapshot.memberships.size());
  facts.held_roles.resize(snapshot.accounts.size());
  for (Index m = 0; m < snapshot.memberships.size(); ++m) {
    const Membership& membership = snapshot.memberships[m];
    const bool effective = membership.period.active_on(day) && facts.group_active[membership.group] &&
                           facts.account_active[membership.account] &&
                           facts.convention_active[snapshot.groups[membership.group].convention] &&
                           facts.convention_active[snapshot.accounts[membership.account].convention];
    facts.membership_effective[m] = effective;
    if (!effective) continue;
    facts.held_roles[membership.account].insert(facts.effective_roles[membership.group]);
    facts.held_services[membership.account].insert(facts.active_services[membership.group]);
  }
}

}  // namespace

Facts Facts::on(const Snapshot& snapshot, Day day) {
  Facts facts;
  facts.convention_active = active_ones(snapshot.conventions, day);
  facts.account_active = active_ones(snapshot.accounts, day);
  facts.group_active = active_ones(snapshot.groups, day);
  fill_roles(facts, snapshot, day);
  fill_holdings(facts, snapshot, day);
  return facts;
}

}  // namespace vigie
