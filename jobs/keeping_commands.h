#pragma once
// What becomes of the store over the years: `vigie purge` removes what is older than it keeps, `vigie backup` copies
// it.

#include "domain/day.h"
#include "options.h"
#include "settings.h"

namespace vigie {

// Removes from the store what is older than store.keep-history-days on the day, and says how much of what; a rehearsal
// says it alone. Recorded as a run, so that it can be scheduled. Throws UsageError for a day that is still to come.
void purge(const Options& options, const Settings& settings, Day day);

// Copies a store that is a file to options.backup, as it is at this moment. Throws UsageError where that file is there,
// or the store is on a server, whose own tools do it.
void back_up(const Options& options, const Settings& settings);

}  // namespace vigie
