#pragma once
// What compliance is always told of a source: a refused or an old drop, a file or column that the export lost, closings
// that are held, mails that did not arrive, a store that was begun anew.

#include <string>
#include <string_view>
#include <vector>

#include "context.h"
#include "reconcile/reconcile.h"

namespace vigie {

// French sentences, from what the store holds: the same whether the night ran as one or step by step.
std::vector<std::string> events_of(const Context& context, const SourceNight& night);

// Says in log and summary that a guard holds `thing`s, "closing" or "mail", and how to let the plan go.
void say_held(Context& context, const SourceNight& night, std::string_view thing, const HeldPlan& plan);
// That the run began a new store where there had been one.
std::string new_store_notice(const Context& context);

}  // namespace vigie
