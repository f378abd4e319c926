#pragma once
// A drop in a folder: the CSV files of the data contract, and perhaps SHA256SUMS. Files are read side by side.

#include <array>
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "csv/checksums.h"
#include "csv/refusal.h"
#include "intake/headings.h"
#include "intake/table.h"

namespace vigie::csv {

// Only of files with a heading that is known: where the header line is missing, data stands in its place.
struct UnknownColumns {
  FileId file;
  std::vector<std::string> headings;
};

// A file that is not read, since its name is not the contract's to the letter: "Departs.CSV".
struct Misnamed {
  FileId file;
  std::string name;
};

struct Drop {
  intake::Tables tables = intake::no_tables();
  std::vector<Refusal> refusals;
  std::vector<UnknownColumns> unknown_columns;
  std::vector<Misnamed> misnamed;  // where the file itself is not there
  std::optional<std::chrono::system_clock::time_point> newest_file_at;
  // Rows point into them until they are resolved.
  CsvFiles files;
};

// By file. The defaults and headings that the configuration gives the source.
using ColumnSettingsOfFiles = std::array<intake::ColumnSettings, kFileCount>;

// `source`: its name in the configuration, for the keys that refusals name. `threads`: how many files at once, from 1.
// Nothing is thrown for what is wrong with the drop: that is a refusal.
Drop read_drop(const std::filesystem::path& folder, const std::string& source, const ColumnSettingsOfFiles& settings,
               std::uint64_t seed, unsigned threads);

}  // namespace vigie::csv
