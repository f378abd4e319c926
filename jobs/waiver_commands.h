#pragma once
// Accepted exceptions: recorded by `vigie waive`, listed and ended by `vigie waivers`.

#include "options.h"
#include "settings.h"

namespace vigie {

// Throws UsageError where rule, convention, day, author or reason cannot be; says so where nothing open matches.
void waive(const Options& options, const Settings& settings, Day day);

// Lists waivers; with --end, ends one on the day.
void show_waivers(const Options& options, const Settings& settings, Day day);

}  // namespace vigie
