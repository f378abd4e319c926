#pragma once
// What people decide: plans that may go, approved by `vigie approve`; accepted exceptions, recorded by `vigie waive`,
// listed and ended by `vigie waivers`. Decisions are of the as-of day `day`.

#include "options.h"
#include "settings.h"

namespace vigie {

// Throws UsageError for a plan that is not held, or is approved already.
void approve(const Options& options, const Settings& settings, Day day);

// Throws UsageError where rule, convention, day, author or reason cannot be; says so where nothing open matches.
void waive(const Options& options, const Settings& settings, Day day);

// Lists waivers; with --end, ends one.
void show_waivers(const Options& options, const Settings& settings, Day day);

}  // namespace vigie
