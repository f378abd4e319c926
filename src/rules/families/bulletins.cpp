#include "rules/families/bulletins.h"

#include "domain/text.h"

namespace vigie {

RoleSet allowed_roles(const Bulletin& bulletin) {
  RoleSet roles;
  const std::vector<std::string_view> listed = comma_items(bulletin.roles);
  for (const std::string_view item : listed)
    if (const auto role = find_role(*bulletin.service, item)) roles.insert(*role);
  if (!listed.empty()) return roles;
  for (int r = 0; r < kRoleCount; ++r)
    if (const auto role = static_cast<Role>(r); service_of(role) == *bulletin.service) roles.insert(role);
  return roles;
}

bool is_nearer(const Period& period, const Period& than, Day day) {
  if (period.closed_on(day)) return !than.closed_on(day) || period.closes_on > than.closes_on;
  return !than.closed_on(day) && period.opens_on < than.opens_on;
}

}  // namespace vigie
