#pragma once
// Import: one source's drop into the store, in one transaction; refused whole or applied whole.

#include "context.h"

namespace vigie {

// Leaves the night's snapshot with the source.
void import_drop(Context& context, SourceNight& night);

// Throws UsageError for a day before the last import's.
void refuse_going_back(const Context& context, const SourceNight& night);

}  // namespace vigie
