#pragma once
// What a role that an account holds still asks for before it can be used: a signed bulletin with the role in it, and
// what the service asks of the person.

#include <optional>
#include <string_view>
#include <vector>

#include "domain/snapshot.h"
#include "explain/obstacle.h"

namespace vigie::explain {

class Conditions {
 public:
  Conditions(const Snapshot& snapshot, Index account, Day day)
      : in_(snapshot), index_(account), account_(snapshot.accounts[account]), day_(day) {}

  // The bulletin that opens the service in a convention.
  [[nodiscard]] Obstacle bulletin(Service service, Index convention) const;

  // The first thing that is missing for a role that a group gives. `written`: as the data has it; `role`: none where
  // the catalogue does not know it.
  [[nodiscard]] Obstacle of_role(Service service, std::string_view written, std::optional<Role> role,
                                 const Group& group) const;

  [[nodiscard]] std::vector<const Profile*> active_profiles() const;

 private:
  [[nodiscard]] bool is_signed(const Bulletin& bulletin) const;
  [[nodiscard]] Obstacle contract(Role role, Index convention) const;
  [[nodiscard]] Obstacle profile() const;
  [[nodiscard]] Obstacle instructor_number() const;
  [[nodiscard]] Obstacle landlord_code() const;

  const Snapshot& in_;
  Index index_;
  const Account& account_;
  Day day_;
};

// "Cdap T1", of a role as the data writes it.
std::string role_in_words(Service service, std::string_view role);

// Of a record that is not active on the day: one of two words.
std::string_view closed_or_not_open(const Period& period, Day day, std::string_view closed, std::string_view not_open);

}  // namespace vigie::explain
