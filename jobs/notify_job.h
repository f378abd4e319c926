#pragma once
// Notification: letters of all sources into the outbox, held where they are too many in all. jobs/mail_delivery hands
// them over.

#include <vector>

#include "context.h"

namespace vigie {

void notify(Context& context, std::vector<SourceNight>& nights);

}  // namespace vigie
