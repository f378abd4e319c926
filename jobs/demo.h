#pragma once
// `vigie demo`: a configuration and two small real drops, with dates relative to the day.

#include <filesystem>

#include "domain/day.h"

namespace vigie {

// Throws UsageError where the folder holds a configuration already.
void write_demo(const std::filesystem::path& folder, Day day);

}  // namespace vigie
