#pragma once
// The closings that are missing on a day, and what a record that was to be closed looks like now.

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "reconcile/action.h"
#include "reconcile/ends.h"

namespace vigie {

// Missing closings whose date is at most `horizon_days` after `day`; in no particular order.
std::vector<Closing> missing_closings(const Snapshot& snapshot, const Ends& ends, Day day, int horizon_days);

// What the data shows of a record that an action names.
struct RecordNow {
  Day closes_on;
  bool ends = false;  // something that it depends on ends within the horizon, whatever its own closing
};

// Finds records by an action's kind, convention and subject, in the conventions of the given actions.
class RecordsOfActions {
 public:
  RecordsOfActions(const Snapshot& snapshot, const Ends& ends, Day day, int horizon_days,
                   const std::vector<Action>& actions);

  // Nothing where the record was withdrawn.
  [[nodiscard]] const RecordNow* find(const Action& action) const;

 private:
  std::unordered_map<std::string, RecordNow> records_;
};

// What names a record in its source, by the contract's names ("groupe", "date_ouverture", a closing of a group has
// "groupe" too): catalogue names, ISO days.
using RecordFields = std::map<std::string, std::string>;

// For each action the fields of its record; empty where the record was withdrawn.
std::vector<RecordFields> fields_of(const Snapshot& snapshot, const std::vector<Action>& actions);

// How many records of each kind are active on the day by their own dates: what the guard's percentage is of.
std::array<std::size_t, kActionKindCount> active_records(const Snapshot& snapshot, Day day);

// "kind\nconvention\nsubject"
std::string identity(ActionKind kind, std::string_view convention, std::string_view subject);

}  // namespace vigie
