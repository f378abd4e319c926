#pragma once
// What compliance reads about closings that could not be written to a source's database, in French: what failed, where,
// how many wait, what to do.

#include <string>
#include <string_view>
#include <vector>

#include "reconcile/action.h"
#include "reconcile/write_back.h"

namespace vigie {

// `actions`: all of the source, as they stand when it is told.
std::string failure_notice(std::string_view source, const FailedWriteBack& failed, const std::vector<Action>& actions);

// Of closings that made a write-back fail and wait since, the first ones by name. Empty: there are none.
std::string set_aside_notice(std::string_view source, const std::vector<Action>& actions);

}  // namespace vigie
