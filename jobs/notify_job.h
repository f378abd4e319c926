#pragma once
// Notification of one source: letters into the outbox, held where they are too many, then handed over.

#include "context.h"

namespace vigie {

void notify_source(Context& context, SourceNight& night);

}  // namespace vigie
