#pragma once
// Workbooks: one for each source, and one over all where there are several.

#include <filesystem>
#include <vector>

#include "context.h"

namespace vigie {

// The files written, the widest last.
std::vector<std::filesystem::path> write_reports(Context& context, std::vector<SourceNight>& nights);

}  // namespace vigie
