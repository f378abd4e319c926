#include "domain/snapshot.h"

#include <unordered_map>

namespace vigie {
namespace {

constexpr auto kConventionOf = [](const auto& record) { return record.convention; };
constexpr auto kAccountOf = [](const auto& record) { return record.account; };
constexpr auto kGroupOf = [](const auto& record) { return record.group; };
constexpr auto kActivityOf = [](const auto& record) { return record.activity; };

void link_parents(Snapshot& snapshot) {
  for (Index convention = 0; convention < snapshot.conventions.size(); ++convention) {
    std::unordered_map<std::string_view, Index> by_code;  // a new one: to clear one costs as much as it ever held
    const auto groups = snapshot.of.groups_of_convention[convention];
    for (const Index group : groups) by_code.emplace(snapshot.groups[group].code, group);
    for (const Index group : groups)
      if (const auto found = by_code.find(snapshot.groups[group].parent_code); found != by_code.end())
        snapshot.groups[group].parent = found->second;
  }
}

void link_managers(Snapshot& snapshot) {
  std::unordered_map<std::string_view, Index> managers;
  for (const Group& group : snapshot.groups)
    if (!group.manager_id.empty()) managers.emplace(group.manager_id, kNone);
  for (Index account = 0; account < snapshot.accounts.size(); ++account)
    if (const auto found = managers.find(snapshot.accounts[account].id); found != managers.end())
      found->second = account;
  for (Group& group : snapshot.groups)
    if (!group.manager_id.empty()) group.manager = managers.at(group.manager_id);
}

}  // namespace

std::string_view afas_role_name(AfasRole role) {
  constexpr std::array<std::string_view, 3> kNames = {"FDA", "FDF", "Approbateur"};
  return kNames[static_cast<std::size_t>(role)];
}

void link(Snapshot& s) {
  const std::size_t conventions = s.conventions.size();
  const std::size_t accounts = s.accounts.size();
  const std::size_t groups = s.groups.size();
  const std::size_t activities = s.activities.size();
  s.of.groups_of_convention = Relation::by(conventions, s.groups, kConventionOf);
  link_parents(s);
  link_managers(s);
  s.of.bulletins_of_convention = Relation::by(conventions, s.bulletins, kConventionOf);
  s.of.accounts_of_convention = Relation::by(conventions, s.accounts, kConventionOf);
  s.of.designations_of_convention = Relation::by(conventions, s.designations, kConventionOf);
  s.of.activities_of_convention = Relation::by(conventions, s.activities, kConventionOf);
  s.of.designations_of_account = Relation::by(accounts, s.designations, kAccountOf);
  s.of.memberships_of_account = Relation::by(accounts, s.memberships, kAccountOf);
  s.of.profiles_of_account = Relation::by(accounts, s.profiles, kAccountOf);
  s.of.departures_of_account = Relation::by(accounts, s.departures, kAccountOf);
  s.of.managed_by_account = Relation::by(accounts, s.groups, [](const Group& group) { return group.manager; });
  s.of.grants_of_group = Relation::by(groups, s.grants, kGroupOf);
  s.of.memberships_of_group = Relation::by(groups, s.memberships, kGroupOf);
  s.of.children_of_group = Relation::by(groups, s.groups, [](const Group& group) { return group.parent; });
  s.of.places_of_activity = Relation::by(activities, s.places, kActivityOf);
  s.of.profiles_of_activity = Relation::by(activities, s.profiles, kActivityOf);
}

}  // namespace vigie
