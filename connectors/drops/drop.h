#pragma once
// A drop, wherever it comes from: files of the data contract, each with headings and rows, and what was made of them.

#include <array>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drops/refusal.h"
#include "intake/headings.h"
#include "intake/table.h"
#include "intake/table_builder.h"

namespace vigie::drops {

// One file of a drop, read once: its headings, then its rows. Both throw Unreadable. Rows point into it until they are
// resolved.
class File {
 public:
  File() = default;
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  virtual ~File() = default;

  // `is_known(heading)` tells headings from other text.
  virtual std::vector<std::string_view> headings(const std::function<bool(std::string_view)>& is_known) = 0;
  virtual void read_rows(intake::TableBuilder& builder) = 0;

  // In any unit, to read the largest first; 0: not known.
  [[nodiscard]] virtual std::size_t size() const { return 0; }
  // The key of the query whose rows they are; empty: they are exported.
  [[nodiscard]] virtual std::string query_key() const { return {}; }
};

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
  bool unreachable = false;  // it is refused because its database cannot be reached, or was lost
  std::vector<UnknownColumns> unknown_columns;
  std::vector<Misnamed> misnamed;                                       // where the file itself is not there
  std::optional<std::chrono::system_clock::time_point> newest_file_at;  // nothing: it is of the moment it is read
  std::array<std::unique_ptr<File>, kFileCount> files;
};

// By file. The defaults and headings that the configuration gives the source.
using ColumnSettingsOfFiles = std::array<intake::ColumnSettings, kFileCount>;

}  // namespace vigie::drops
