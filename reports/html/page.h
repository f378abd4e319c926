#pragma once
// The workbook's content as one HTML page, for who has no spreadsheet at hand: it needs nothing beside it and no
// network, and its policy lets it ask for none. Rows can be searched, filtered and sorted, with the keyboard too, and
// are drawn 500 at a time; a print, and a browser without scripts, has all of them.
//
// Written beside `file`, then renamed; mode 0640; the same report makes the same bytes. A list shows its first
// kMostPageRows rows, and says how many there are; a cell the first kLongestPageText code points of a text: browsers
// take seconds for one as long as a file. Texts are escaped; what is no valid UTF-8, and control characters, are shown
// as U+FFFD or left out. Throws ReportError.

#include <cstddef>
#include <filesystem>

#include "summary/report.h"

namespace vigie {

inline constexpr std::size_t kMostPageRows = 20'000;
inline constexpr std::size_t kLongestPageText = 1'000;

void write_page(const summary::Report& report, const std::filesystem::path& file);

}  // namespace vigie
