#pragma once
// `vigie explain IDENTIFIANT`: what the account can use, through which group, and why not the rest.

#include "domain/day.h"
#include "options.h"
#include "settings.h"

namespace vigie {

// Prints on standard output, for each source that has the account. Throws UsageError for an account, a service or a
// source that is not known; of an account, with those that are near.
void explain_account(const Options& options, const Settings& settings, Day day);

}  // namespace vigie
