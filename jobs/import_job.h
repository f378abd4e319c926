#pragma once
// Import: one source's drop into the store, in one transaction; refused whole or applied whole.

#include <string>

#include "context.h"
#include "source_task.h"

namespace vigie {

// Reads the drop, then stores it; leaves the night's snapshot with the source.
SourceTask import_task(Context& context, SourceNight& night);

// An import that an error ended is one that was refused: whoever is told of refusals is told of it.
void record_failed_import(Context& context, const SourceNight& night);

// Throws UsageError for a day before the last import's.
void refuse_going_back(const Context& context, const SourceNight& night);

}  // namespace vigie
