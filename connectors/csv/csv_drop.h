#pragma once
// A drop in a folder: the CSV files of the data contract, and perhaps SHA256SUMS. Files are read side by side.

#include <cstdint>
#include <filesystem>
#include <string>

#include "drops/drop.h"

namespace vigie::csv {

// `source`: its name in the configuration, for the keys that refusals name. `threads`: how many files at once, from 1.
// Nothing is thrown for what is wrong with the drop: that is a refusal.
drops::Drop read_drop(const std::filesystem::path& folder, const std::string& source,
                      const drops::ColumnSettingsOfFiles& settings, std::uint64_t seed, unsigned threads);

}  // namespace vigie::csv
