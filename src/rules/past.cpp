#include "rules/past.h"

#include "rules/families/visits.h"

namespace vigie {

std::vector<std::string> afas_managers(const Snapshot& snapshot, Day day) {
  std::vector<std::string> managers;
  for (Index g = 0; g < snapshot.groups.size(); ++g) {
    const Group& group = snapshot.groups[g];
    if (group.manager != kNone && group.period.active_on(day) && has_active_grant(snapshot, g, Service::kAfas, day))
      managers.emplace_back(snapshot.accounts[group.manager].id);
  }
  return managers;
}

}  // namespace vigie
