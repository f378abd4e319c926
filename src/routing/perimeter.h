#pragma once
// Who may be told of what as a manager, within one convention. A manager's perimeter is the groups that name it
// manager, every group below them, and the accounts with an active membership in one of these. Source:
// docs/spec/1-domain.md, *Perimeter*.
//
//   Perimeters perimeters(snapshot, convention, day);
//   for (const Index manager : perimeters.over(finding)) …
//
// Managers are indices of accounts, sorted, each once; whether they may be written to is not asked here. A finding
// about a group and an account is where the group is; one about neither is in no perimeter. Groups of a cycle are all
// below one another. The snapshot must outlive the perimeters.

#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/snapshot.h"
#include "findings/finding.h"

namespace vigie {

class Perimeters {
 public:
  Perimeters(const Snapshot& snapshot, Index convention, Day day);

  std::vector<Index> over(const Finding& finding);

  // `subject`: "groupe/identifiant@date", as actions name a membership. Codes may hold a slash: where that leaves two
  // groups possible, only who manages both.
  std::vector<Index> over_membership(std::string_view subject);

  // The groups with an active membership of the account that are in the perimeter of one of the managers.
  std::vector<Index> groups_of_account(std::string_view id, const std::vector<Index>& managers);

 private:
  // A manager over a group, and the position of the next one among those over its parent: a chain of groups, of
  // whatever length, keeps each manager once.
  struct Over {
    Index manager = kNone;
    Index next = kNone;
  };

  std::vector<Index> over_group(Index group);
  std::vector<Index> over_account(std::string_view id);
  std::vector<Index> over_groups(std::span<const Index> groups);
  // The first of those over the group, as a position in `over_`; kNone: there is nobody.
  Index lowest_over(Index group);

  const Snapshot& snapshot_;
  std::unordered_map<std::string_view, Index> groups_;                          // by code
  std::unordered_map<std::string_view, std::vector<Index>> groups_of_account_;  // by identifiant
  std::unordered_map<Index, Index> lowest_over_;                                // by group; filled as it is asked for
  std::vector<Over> over_;
};

}  // namespace vigie
