#pragma once
// `vigie check`: configuration, store, sources, word lists and folders; changes nothing.

#include "settings.h"

namespace vigie {

// Prints one line for each thing looked at; what is wrong says where and what to do. The exit code.
int check_all(const Settings& settings);

}  // namespace vigie
