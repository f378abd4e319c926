#pragma once
// Hands what waits in the outbox over: as files, or to a mail server.
//
// What came of each mail is in the store before the next one goes, so that of a run that is killed one mail at most
// goes twice, under the same Message-ID. On a quiet day nothing goes.

#include <vector>

#include "context.h"

namespace vigie {

enum class MailsToDeliver {
  kAll,
  kAllButTonightsWorkbooks,  // which is still to be written
  kTonightsWorkbooks,
};

// Throws nothing for a mail that cannot be handed over: it is kept, and tried again at the next run, for five days.
void deliver_mails(Context& context, std::vector<SourceNight>& nights, MailsToDeliver which);

}  // namespace vigie
