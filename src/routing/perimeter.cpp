#include "routing/perimeter.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <unordered_set>

namespace vigie {
namespace {

void sort_once_each(std::vector<Index>& indices) {
  std::ranges::sort(indices);
  const auto repeated = std::ranges::unique(indices);
  indices.erase(repeated.begin(), repeated.end());
}

std::vector<Index> common(const std::vector<Index>& a, const std::vector<Index>& b) {
  std::vector<Index> both;
  std::ranges::set_intersection(a, b, std::back_inserter(both));
  return both;
}

}  // namespace

Perimeters::Perimeters(const Snapshot& snapshot, Index convention, Day day) : snapshot_(snapshot) {
  for (const Index group : snapshot.of.groups_of_convention[convention]) {
    groups_.emplace(snapshot.groups[group].code, group);
    for (const Index m : snapshot.of.memberships_of_group[group]) {
      const Membership& membership = snapshot.memberships[m];
      if (membership.period.active_on(day))
        groups_of_account_[snapshot.accounts[membership.account].id].push_back(group);
    }
  }
}

std::vector<Index> Perimeters::over(const Finding& finding) {
  if (finding.group.empty()) return over_account(finding.account);
  const auto group = groups_.find(finding.group);
  return group == groups_.end() ? std::vector<Index>() : over_group(group->second);
}

std::vector<Index> Perimeters::over_membership(std::string_view subject) {
  std::optional<std::vector<Index>> managers;
  for (std::size_t slash = subject.find('/'); slash != std::string_view::npos; slash = subject.find('/', slash + 1)) {
    const auto group = groups_.find(subject.substr(0, slash));
    if (group == groups_.end()) continue;
    const std::vector<Index>& over = over_group(group->second);
    managers = managers ? common(*managers, over) : over;
  }
  return managers.value_or(std::vector<Index>());
}

std::vector<Index> Perimeters::groups_of_account(std::string_view id, const std::vector<Index>& managers) {
  std::vector<Index> within;
  if (const auto groups = groups_of_account_.find(id); groups != groups_of_account_.end())
    std::ranges::copy_if(groups->second, std::back_inserter(within), [&](Index group) {
      return std::ranges::any_of(over_group(group),
                                 [&](Index m) { return std::ranges::find(managers, m) != managers.end(); });
    });
  return within;
}

const std::vector<Index>& Perimeters::over_group(Index group) {
  const auto [entry, is_new] = over_group_.try_emplace(group);
  std::vector<Index>& managers = entry->second;
  if (!is_new) return managers;
  std::unordered_set<Index> met;  // ends a cycle
  for (Index above = group; above != kNone && met.insert(above).second; above = snapshot_.groups[above].parent)
    if (const Index manager = snapshot_.groups[above].manager; manager != kNone) managers.push_back(manager);
  sort_once_each(managers);
  return managers;
}

std::vector<Index> Perimeters::over_account(std::string_view id) {
  std::vector<Index> managers;
  const auto groups = groups_of_account_.find(id);
  if (groups == groups_of_account_.end()) return managers;
  for (const Index group : groups->second) {
    const std::vector<Index>& over = over_group(group);
    managers.insert(managers.end(), over.begin(), over.end());
  }
  sort_once_each(managers);
  return managers;
}

}  // namespace vigie
