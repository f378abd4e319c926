#pragma once
// `vigie mails`: the outbox, and what became of what was in it.

#include "options.h"
#include "settings.h"

namespace vigie {

// Lists mails, prints the message of one (--show), or queues one again (--resend). Throws UsageError for an id that is
// not there, and for a mail that may not go.
void show_mails(const Options& options, const Settings& settings);

}  // namespace vigie
