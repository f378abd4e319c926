#pragma once
// What ends with what: the day on which a record must end because of what it depends on
// (docs/spec/4-reconciliation.md).

#include <map>
#include <string_view>
#include <vector>

#include "domain/snapshot.h"
#include "reconcile/action.h"

namespace vigie {

// The earliest of what a record depends on; `date` is never() where nothing of it ends.
struct End {
  Day date;
  Reason reason = Reason::kConventionClosed;
  std::string_view cause;  // the record whose date it is
};

// Ends of every sort of record. Keeps views into the snapshot.
class Ends {
 public:
  explicit Ends(const Snapshot& snapshot);

  [[nodiscard]] End of(const Account& account) const;
  [[nodiscard]] End of(const Group& group) const;
  [[nodiscard]] End of(const Membership& membership) const;
  [[nodiscard]] End of(const Grant& grant) const;
  [[nodiscard]] End of(const Profile& profile) const;
  [[nodiscard]] End of(const Designation& designation) const;

 private:
  void add_account(End& end, Index account) const;
  void add_convention(End& end, Index convention) const;
  // Nothing follows where the convention has no bulletin for the service.
  void add_cover(End& end, Index convention, std::string_view service) const;

  const Snapshot& snapshot_;
  std::vector<Day> departs_on_;  // by account; never: no departure counts
  // By convention and service: the latest closing among the bulletins.
  std::vector<std::map<std::string_view, Day>> covers_;
};

}  // namespace vigie
