#pragma once
// A drop in a folder: the CSV files of the data contract, and perhaps SHA256SUMS. Files are read side by side.

#include <array>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "csv/csv_file.h"
#include "intake/headings.h"
#include "intake/table.h"

namespace vigie::csv {

// Why a drop is refused whole; says what to do.
struct Refusal {
  std::string file;     // "utilisateurs.csv", "SHA256SUMS", or empty: the folder
  std::string message;  // for the log
  std::string french;   // for officers
};

struct UnknownColumns {
  FileId file;
  std::vector<std::string> headings;
};

struct Drop {
  intake::Tables tables = intake::no_tables();
  std::vector<Refusal> refusals;
  std::vector<UnknownColumns> unknown_columns;
  std::optional<std::chrono::system_clock::time_point> newest_file_at;
  // Rows point into them until they are resolved.
  std::array<std::unique_ptr<CsvFile>, kFileCount> files;
};

// By file. The defaults and headings that the configuration gives the source.
using ColumnSettingsOfFiles = std::array<intake::ColumnSettings, kFileCount>;

// `source`: its name in the configuration, for the keys that refusals name. `threads`: how many files at once, from 1.
// Nothing is thrown for what is wrong with the drop: that is a refusal.
Drop read_drop(const std::filesystem::path& folder, const std::string& source, const ColumnSettingsOfFiles& settings,
               std::uint64_t seed, unsigned threads);

// The refusals that SHA256SUMS gives, where the folder has one: every CSV file of the contract that is there must be
// named in it, and every line must match. Files of the drop that were read are checked as they were read.
std::vector<Refusal> verify_checksums(const std::filesystem::path& folder, const Drop& drop);

}  // namespace vigie::csv
