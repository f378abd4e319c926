#pragma once
// The loops and the questions that the families share. Records are visited in the order of the snapshot; *active* is
// told by a record's own dates, as docs/spec/3-rules.md says, and conventions are the engine's business.

#include <algorithm>

#include "rules/rule.h"

namespace vigie {

template <typename Visit>
void for_active_groups(const RuleInput& in, Visit visit) {
  for (Index g = 0; g < in.snapshot.groups.size(); ++g)
    if (in.facts.group_active[g]) visit(g, in.snapshot.groups[g]);
}

template <typename Visit>
void for_active_accounts(const RuleInput& in, Visit visit) {
  for (Index a = 0; a < in.snapshot.accounts.size(); ++a)
    if (in.facts.account_active[a]) visit(a, in.snapshot.accounts[a]);
}

template <typename Visit>
void for_closed_accounts(const RuleInput& in, Visit visit) {
  for (Index a = 0; a < in.snapshot.accounts.size(); ++a)
    if (in.snapshot.accounts[a].period.closed_on(in.day)) visit(a, in.snapshot.accounts[a]);
}

template <typename Visit>
void for_holders(const RuleInput& in, Role role, Visit visit) {
  for (Index a = 0; a < in.snapshot.accounts.size(); ++a)
    if (in.facts.held_roles[a].contains(role)) visit(a, in.snapshot.accounts[a]);
}

template <typename Visit>
void for_active_grants(const RuleInput& in, Index group, Visit visit) {
  for (const Index g : in.snapshot.of.grants_of_group[group])
    if (const Grant& grant = in.snapshot.grants[g]; grant.period.active_on(in.day)) visit(grant);
}

template <typename Visit>
void for_effective_grants(const RuleInput& in, Visit visit) {
  for (const Grant& grant : in.snapshot.grants) {
    const Index convention = in.snapshot.groups[grant.group].convention;
    if (grant.period.active_on(in.day) && in.facts.group_active[grant.group] && in.facts.convention_active[convention])
      visit(grant, convention);
  }
}

// Of a role that the catalogue does not know, too.
inline bool has_active_grant(const Snapshot& snapshot, Index group, Service service, Day day) {
  return std::ranges::any_of(snapshot.of.grants_of_group[group], [&](Index g) {
    const Grant& grant = snapshot.grants[g];
    return grant.service == service && grant.period.active_on(day);
  });
}

inline bool is_active(const RuleInput& in, const Profile& profile) {
  return profile.period.active_on(in.day) && in.facts.account_active[profile.account];
}

inline bool has_active_profile(const RuleInput& in, Index account) {
  return std::ranges::any_of(in.snapshot.of.profiles_of_account[account],
                             [&](Index p) { return is_active(in, in.snapshot.profiles[p]); });
}

template <typename Visit>
void for_active_profiles(const RuleInput& in, Visit visit) {
  for (const Profile& profile : in.snapshot.profiles)
    if (is_active(in, profile)) visit(profile);
}

}  // namespace vigie
