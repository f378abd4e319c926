#pragma once
// The nightly chain, and each step of it on what the store holds.

#include <string>
#include <vector>

#include "context.h"
#include "step.h"

namespace vigie {

// Runs the steps for the sources, in the order import, reconcile, detect, notify, report; each step for all sources
// before the next, so that rules over several sources see them all. What goes wrong with one source, the store aside,
// ends its step and no other's, and decides the exit code. Records the run, also one that an exception ends.
// Returns the exit code.
int run_steps(Context& context, const std::vector<const SourceSettings*>& sources, const std::vector<Step>& steps,
              const std::string& command, std::optional<Severity> fail_on);

}  // namespace vigie
