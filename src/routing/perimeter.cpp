#include "routing/perimeter.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <unordered_set>

#include "domain/distinct.h"

namespace vigie {
namespace {

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
    const std::vector<Index> over = over_group(group->second);
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

std::vector<Index> Perimeters::over_group(Index group) { return over_groups({&group, 1}); }

std::vector<Index> Perimeters::over_account(std::string_view id) {
  const auto groups = groups_of_account_.find(id);
  return groups == groups_of_account_.end() ? std::vector<Index>() : over_groups(groups->second);
}

std::vector<Index> Perimeters::over_groups(std::span<const Index> groups) {
  std::vector<Index> managers;
  std::unordered_set<Index> met;
  for (const Index group : groups)
    for (Index at = lowest_over(group); at != kNone && met.insert(at).second; at = over_[at].next)
      managers.push_back(over_[at].manager);
  sort_distinct(managers);
  return managers;
}

Index Perimeters::lowest_over(Index group) {
  constexpr Index kOnTheWay = kNone - 1;
  std::vector<Index> way_up;
  Index at = group;
  for (; at != kNone && lowest_over_.try_emplace(at, kOnTheWay).second; at = snapshot_.groups[at].parent)
    way_up.push_back(at);
  Index lowest = at == kNone ? kNone : lowest_over_.at(at);
  if (way_up.empty()) return lowest;

  // All groups of a cycle are below one another: it is gone round once more.
  auto cycle = way_up.end();
  if (lowest == kOnTheWay) {
    cycle = std::ranges::find(way_up, at);
    lowest = kNone;
  }
  std::unordered_set<Index> met;
  for (Index i = lowest; i != kNone; i = over_[i].next) met.insert(over_[i].manager);
  const auto add_manager_of = [&](Index below) {
    const Index manager = snapshot_.groups[below].manager;
    if (manager == kNone || !met.insert(manager).second) return;
    over_.push_back({manager, lowest});
    lowest = static_cast<Index>(over_.size() - 1);
  };
  std::for_each(cycle, way_up.end(), add_manager_of);
  for (; !way_up.empty(); way_up.pop_back()) {
    add_manager_of(way_up.back());
    lowest_over_[way_up.back()] = lowest;
  }
  return lowest;
}

}  // namespace vigie
