#include <algorithm>
#include <array>
#include <numeric>

#include "domain/text.h"
#include "summary/records.h"
#include "summary/summarize.h"

namespace vigie::summary {
namespace {

using HolderCounts = std::array<int, kRoleCount>;

// Counts the persons that hold each role through the groups of one convention after the other.
class HolderCounter {
 public:
  HolderCounter(const Snapshot& snapshot, const Facts& facts)
      : snapshot_(snapshot), facts_(facts), counted_(snapshot.accounts.size()) {}

  HolderCounts count(Index convention) {
    HolderCounts counts{};
    for (const Index group : snapshot_.of.groups_of_convention[convention])
      if (const RoleSet roles = facts_.effective_roles[group]; !roles.empty()) count_members(group, roles, counts);
    for (const Index account : seen_) counted_[account] = {};
    seen_.clear();
    return counts;
  }

 private:
  void count_members(Index group, RoleSet roles, HolderCounts& counts) {
    const std::vector<Role> each = roles_in(roles);
    for (const Index m : snapshot_.of.memberships_of_group[group]) {
      if (!facts_.membership_effective[m]) continue;
      const Index account = snapshot_.memberships[m].account;
      for (const Role role : each)
        if (!counted_[account].contains(role)) ++counts[static_cast<std::size_t>(role)];
      counted_[account].insert(roles);
      seen_.push_back(account);
    }
  }

  const Snapshot& snapshot_;
  const Facts& facts_;
  std::vector<RoleSet> counted_;  // by account, for the convention at hand
  std::vector<Index> seen_;
};

}  // namespace

std::vector<Access> count_access(const Snapshot& snapshot, const Facts& facts) {
  std::vector<Index> by_number(snapshot.conventions.size());
  std::iota(by_number.begin(), by_number.end(), 0);
  std::ranges::sort(by_number, {}, [&](Index c) { return snapshot.conventions[c].number; });

  HolderCounter holders(snapshot, facts);
  std::vector<Access> accesses;
  for (const Index c : by_number) {
    const HolderCounts counts = holders.count(c);
    for (std::size_t r = 0; r < counts.size(); ++r)
      if (counts[r] > 0) accesses.push_back({.convention = c, .role = static_cast<Role>(r), .persons = counts[r]});
  }
  return accesses;
}

std::vector<AccessRow> access_rows(const Inputs& inputs) {
  std::vector<AccessRow> rows;
  for (const Access& access : count_access(inputs.snapshot, inputs.facts)) {
    const Convention& convention = inputs.snapshot.conventions[access.convention];
    rows.push_back({.source = std::string(inputs.source),
                    .convention = std::string(convention.number),
                    .partner = excerpt(convention.partner),
                    .service = std::string(name(service_of(access.role))),
                    .role = std::string(name(access.role)),
                    .persons = access.persons});
  }
  return rows;
}

}  // namespace vigie::summary
