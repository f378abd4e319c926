#pragma once
// What is in force on one day: the definitions of *active*, *effective* and *holds* (docs/spec/1-domain.md), worked
// out once for all rules in a few linear passes. Indexed like the snapshot's vectors.

#include <vector>

#include "domain/snapshot.h"

namespace vigie {

struct Facts {
  std::vector<bool> convention_active;  // by its own dates, like the next two
  std::vector<bool> account_active;
  std::vector<bool> group_active;
  std::vector<bool> membership_effective;   // it, its group, its account and both their conventions are active
  std::vector<RoleSet> active_roles;        // by group: known roles of its active grants
  std::vector<ServiceSet> active_services;  // by group: known services of its active grants, of unknown roles too
  std::vector<RoleSet> effective_roles;     // by group: empty where the group or its convention is not active
  std::vector<RoleSet> held_roles;          // by account
  std::vector<ServiceSet> held_services;    // by account: those of the roles it holds, unknown roles too

  static Facts on(const Snapshot& snapshot, Day day);
};

}  // namespace vigie
