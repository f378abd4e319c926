#include "rules/past.h"

#include "domain/snapshot.h"

namespace vigie {

std::vector<std::string> afas_managers(const Snapshot& snapshot, Day day) {
  std::vector<std::string> managers;
  for (Index g = 0; g < snapshot.groups.size(); ++g) {
    const Group& group = snapshot.groups[g];
    if (group.manager == kNone || !group.period.active_on(day)) continue;
    for (const Index i : snapshot.of.grants_of_group[g]) {
      const Grant& grant = snapshot.grants[i];
      if (grant.service != Service::kAfas || !grant.period.active_on(day)) continue;
      managers.emplace_back(snapshot.accounts[group.manager].id);
      break;
    }
  }
  return managers;
}

}  // namespace vigie
