#pragma once
// What compliance is always told of a source: a refused or an old drop, closings that are held.

#include <string>
#include <string_view>
#include <vector>

#include "context.h"
#include "reconcile/reconcile.h"

namespace vigie {

// French sentences, from what the store holds: the same whether the night ran as one or step by step.
std::vector<std::string> events_of(const Context& context, const SourceNight& night);

// Says in log and summary that a guard holds `what`, "closings" or "mails", and how to let the plan go.
void say_held(Context& context, const SourceNight& night, std::string_view what, const HeldPlan& plan);

}  // namespace vigie
