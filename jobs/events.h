#pragma once
// What compliance is always told of a source: a refused or an old drop, a file or column that the export lost, closings
// that are held, a store that was begun anew.

#include <string>
#include <vector>

#include "context.h"

namespace vigie {

// French sentences, from what the store holds: the same whether the night ran as one or step by step.
std::vector<std::string> events_of(const Context& context, const SourceNight& night);

// That the run began a new store where there had been one.
std::string new_store_notice(const Context& context);

}  // namespace vigie
