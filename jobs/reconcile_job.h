#pragma once
// Reconciliation of one source, its actions and plans in the store, and the actions file.

#include "context.h"

namespace vigie {

void reconcile_source(Context& context, SourceNight& night);

}  // namespace vigie
