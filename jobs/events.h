#pragma once
// What compliance is always told of a source: a refused or an old drop, closings that are held,
// mails that did not arrive.

#include <string>
#include <vector>

#include "context.h"

namespace vigie {

// French sentences, from what the store holds: the same whether the night ran as one or step by step.
std::vector<std::string> events_of(const Context& context, const SourceNight& night);

}  // namespace vigie
