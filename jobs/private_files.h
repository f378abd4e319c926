#pragma once
// Who may read and change what Vigie keeps: its store holds personal data, its configuration says who is written to.

#include <string>
#include <vector>

#include "settings.h"

namespace vigie {

// One sentence for each file or folder that others than its owner and group may reach: the store and what SQLite keeps
// beside it, the folders of mails and workbooks; a configuration that they may change. And for a store of another
// owner. What is not there is no fault.
std::vector<std::string> open_files(const Settings& settings);

// Throws UsageError with these sentences, and that of a secret that mails will need: those of databases were read with
// the settings.
void require_private_files(const Settings& settings);

// A sentence on a file with a secret that others than its owner and group may read, or that anybody but its owner may
// change; else empty.
std::string fault_of_secret(const std::filesystem::path& file);

}  // namespace vigie
