#pragma once
// Notification: letters of all sources into the outbox, held where they are too many in all, then handed over.

#include <vector>

#include "context.h"

namespace vigie {

// Throws nothing for a mail that cannot be handed over: it is kept, and tried again at the next run.
void notify(Context& context, std::vector<SourceNight>& nights);

}  // namespace vigie
