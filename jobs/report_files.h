#pragma once
// The folder of workbooks and pages: their names, the link to the newest, and what has been kept long enough.
//
//   report_name("caf931", day, ".xlsx") is "conformite-caf931-2026-11-20.xlsx"; of all sources, "" gives
//   "conformite-2026-11-20.xlsx". Their links are "conformite-caf931-latest.xlsx" and "conformite-latest.xlsx".

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/day.h"

namespace vigie {

// A convention's number as a part of a file's name: letters, digits, '.', '_' and '-' as they are, other bytes as
// %2F; of one that is too long for a name the beginning, and what tells it from others.
std::string name_part(std::string_view text);

std::string report_name(std::string_view about, Day day, std::string_view extension);

struct ReportName {
  std::string about;
  Day day;
};

// What a name says; nothing where report_name() gives no such name.
std::optional<ReportName> parse_report_name(std::string_view name, std::string_view extension);

// Makes the link beside the file lead to it, unless it leads to one of a later day. Throws std::runtime_error where the
// file system takes no links, or what stands there is no link.
void link_latest(const std::filesystem::path& folder, std::string_view about, Day day, std::string_view extension);

// Removes what is older than the day, of what `concerned` says is to go; only regular files of such a name. Returns
// their paths.
// Throws std::filesystem::filesystem_error.
std::vector<std::filesystem::path> remove_reports_before(Day day, const std::filesystem::path& folder,
                                                         const std::function<bool(const std::string&)>& concerned,
                                                         std::string_view extension);

// Removes what runs of days before left half made when they were killed (workbook/partial_file.h), of what `concerned`
// says. Throws std::filesystem::filesystem_error.
void remove_unfinished_before(Day day, const std::filesystem::path& folder,
                              const std::function<bool(const std::string&)>& concerned, std::string_view extension);

}  // namespace vigie
