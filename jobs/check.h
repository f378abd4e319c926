#pragma once
// `vigie check`: configuration, store, sources, word lists, folders and the mail server, which is sent no
// mail; changes nothing.

#include "settings.h"

namespace vigie {

// Prints one line for each thing looked at; what is wrong says where and what to do. The exit code.
int check_all(const Settings& settings);

}  // namespace vigie
