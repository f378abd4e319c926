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
  explicit HolderCounter(const Inputs& inputs) : inputs_(inputs), counted_(inputs.snapshot.accounts.size()) {}

  HolderCounts count(Index convention) {
    HolderCounts counts{};
    for (const Index group : inputs_.snapshot.of.groups_of_convention[convention])
      if (const RoleSet roles = inputs_.facts.effective_roles[group]; !roles.empty())
        count_members(group, roles, counts);
    for (const Index account : seen_) counted_[account] = {};
    seen_.clear();
    return counts;
  }

 private:
  void count_members(Index group, RoleSet roles, HolderCounts& counts) {
    const std::vector<Role> each = roles_in(roles);
    for (const Index m : inputs_.snapshot.of.memberships_of_group[group]) {
      if (!inputs_.facts.membership_effective[m]) continue;
      const Index account = inputs_.snapshot.memberships[m].account;
      for (const Role role : each)
        if (!counted_[account].contains(role)) ++counts[static_cast<std::size_t>(role)];
      counted_[account].insert(roles);
      seen_.push_back(account);
    }
  }

  const Inputs& inputs_;
  std::vector<RoleSet> counted_;  // by account, for the convention at hand
  std::vector<Index> seen_;
};

}  // namespace

// By convention, then in catalogue order.
std::vector<AccessRow> access_rows(const Inputs& inputs) {
  const std::vector<Convention>& conventions = inputs.snapshot.conventions;
  std::vector<Index> by_number(conventions.size());
  std::iota(by_number.begin(), by_number.end(), 0);
  std::ranges::sort(by_number, {}, [&](Index c) { return conventions[c].number; });

  HolderCounter holders(inputs);
  std::vector<AccessRow> rows;
  for (const Index c : by_number) {
    const HolderCounts counts = holders.count(c);
    for (std::size_t r = 0; r < counts.size(); ++r) {
      if (counts[r] == 0) continue;
      const auto role = static_cast<Role>(r);
      rows.push_back({.source = inputs.source,
                      .convention = std::string(conventions[c].number),
                      .partner = excerpt(conventions[c].partner),
                      .service = std::string(name(service_of(role))),
                      .role = std::string(name(role)),
                      .persons = counts[r]});
    }
  }
  return rows;
}

}  // namespace vigie::summary
