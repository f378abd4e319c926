#include "csv/csv_drop.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <utility>

#include "csv/checksums.h"
#include "csv/csv_file.h"
#include "domain/text.h"
#include "drops/reader.h"

namespace vigie::csv {
namespace {

namespace fs = std::filesystem;

using drops::Drop;

class CsvDropFile : public drops::File {
 public:
  explicit CsvDropFile(const fs::path& path) : csv_(path) {}

  std::vector<std::string_view> headings(const std::function<bool(std::string_view)>& is_known) override {
    return csv_.read_header(is_known);
  }

  void read_rows(intake::TableBuilder& builder) override {
    builder.expect_rows(csv_.estimated_rows());
    csv_.read_rows([&](std::uint32_t line, std::span<const std::string_view> fields, std::string_view raw) {
      builder.add_row(line, fields, raw);
    });
  }

  [[nodiscard]] std::size_t size() const override { return csv_.size(); }
  [[nodiscard]] const CsvFile& csv() const { return csv_; }

 private:
  CsvFile csv_;
};

void note_age(const fs::path& path, Drop& drop) {
  std::error_code ignored;
  const auto written_at = fs::last_write_time(path, ignored);
  if (ignored) return;
  const auto at = std::chrono::file_clock::to_sys(written_at);
  const auto time = std::chrono::time_point_cast<std::chrono::system_clock::duration>(at);
  if (!drop.newest_file_at || *drop.newest_file_at < time) drop.newest_file_at = time;
}

// By the name that they should have: what an export from a system that leaves case aside may have written.
std::map<std::string, std::string> names_by_lower_case(const fs::path& folder) {
  std::map<std::string, std::string> names;
  std::error_code ignored;
  for (fs::directory_iterator entry(folder, ignored); !ignored && entry != fs::directory_iterator();
       entry.increment(ignored)) {
    const std::string name = entry->path().filename().string();
    names[lower_ascii(name)] = name;
  }
  return names;
}

Refusal missing(const std::string& name, const fs::path& folder, const std::string& misnamed) {
  if (misnamed.empty())
    return {name, "file missing in " + folder.string() + "; export it again",
            "fichier absent du dossier " + folder.string() + " ; refaire l'export"};
  return {name, "file missing in " + folder.string() + ", where there is " + misnamed + "; rename it",
          "fichier absent du dossier " + folder.string() + ", où se trouve " + misnamed + " ; le renommer"};
}

// Those that are there; says which are missing.
std::vector<FileId> find_files(const fs::path& folder, Drop& drop) {
  std::vector<FileId> found;
  const auto names = names_by_lower_case(folder);
  for (std::size_t i = 0; i < kFileCount; ++i) {
    const FileId file = file_at(i);
    const std::string name = csv_name(file);
    // A link that leads nowhere is there: it cannot be read, which is no absence.
    if (is_there(folder / name)) {
      found.push_back(file);
      note_age(folder / name, drop);
      continue;
    }
    const auto misnamed = names.find(name);
    const std::string other = misnamed == names.end() ? "" : misnamed->second;
    if (spec(file).required)
      drop.refusals.push_back(missing(name, folder, other));
    else if (!other.empty())
      drop.misnamed.push_back({file, other});
  }
  return found;
}

}  // namespace

Drop read_drop(const fs::path& folder, const std::string& source, const drops::ColumnSettingsOfFiles& settings,
               std::uint64_t seed, unsigned threads) {
  Drop drop;
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) {
    drop.refusals.push_back({"", "no folder " + folder.string() + "; check source." + source + ".path",
                             "dossier introuvable : " + folder.string() + " ; vérifier source." + source + ".path"});
    return drop;
  }
  CsvFiles read{};
  drops::Reader reader(source, settings, drop);
  for (const FileId file : find_files(folder, drop))
    reader.open(file, [&] {
      auto opened = std::make_unique<CsvDropFile>(folder / csv_name(file));
      read[index(file)] = &opened->csv();
      return opened;
    });
  std::ranges::move(verify_checksums(folder, read), std::back_inserter(drop.refusals));
  if (!reader.settle()) return drop;
  reader.read_rows(seed, threads);
  reader.settle();
  return drop;
}

}  // namespace vigie::csv
