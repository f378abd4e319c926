#include "csv/csv_drop.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <utility>

#include "csv/csv_file.h"
#include "domain/parallel.h"
#include "domain/text.h"
#include "intake/table_builder.h"

namespace vigie::csv {
namespace {

namespace fs = std::filesystem;

// One file of the drop on its way: opened, its columns matched, then its rows read.
struct Reading {
  FileId file;
  intake::Columns columns;
  std::vector<Refusal> refusals;
};

bool knows_any(const intake::Columns& columns) {
  return std::ranges::any_of(columns.of_field, [](int column) { return column != intake::Columns::kAbsent; });
}

Refusal missing(const std::string& file, const std::string& source, const intake::Columns& columns) {
  std::vector<std::string> keys;
  for (const std::string& column : columns.missing_required) keys.push_back("source." + source + ".heading." + column);
  const bool several = keys.size() > 1;
  const bool has_header = knows_any(columns);
  return {
      file,
      "column missing: " + joined(columns.missing_required) + "; export it, or name its heading: " + joined(keys) +
          (has_header ? "" : " (no heading is known: is the header line there?)"),
      (several ? "colonnes absentes : " : "colonne absente : ") + joined(columns.missing_required) +
          (several ? " ; les exporter, ou indiquer leurs intitulés : " : " ; l'exporter, ou indiquer son intitulé : ") +
          joined(keys) + (has_header ? "" : " (aucun intitulé n'est connu : la ligne d'en-tête est-elle là ?)")};
}

std::vector<Refusal> refusals_of(const std::string& name, const std::string& source, const intake::Columns& columns) {
  std::vector<Refusal> refusals;
  if (!columns.missing_required.empty()) refusals.push_back(missing(name, source, columns));
  if (!columns.doubled.empty())
    refusals.push_back({name, "two columns for " + joined(columns.doubled) + "; keep one of them in the export",
                        "deux colonnes pour " + joined(columns.doubled) + " ; n'en garder qu'une dans l'export"});
  return refusals;
}

// Opens the file and matches its columns; says what is wrong with them.
void open(const fs::path& folder, const std::string& source, const intake::ColumnSettings& settings, Reading& reading,
          Drop& drop) {
  const std::string name = csv_name(reading.file);
  try {
    auto csv = std::make_unique<CsvFile>(folder / name);
    const auto headings = csv->read_header([&](std::string_view heading) {
      return intake::field_of_heading(reading.file, heading, settings).has_value();
    });
    reading.columns = intake::match_columns(reading.file, headings, settings);
    reading.refusals = refusals_of(name, source, reading.columns);
    if (!reading.columns.unknown.empty() && knows_any(reading.columns))
      drop.unknown_columns.push_back({reading.file, reading.columns.unknown});
    drop.files[index(reading.file)] = std::move(csv);
  } catch (const CsvError& error) {
    reading.refusals.push_back({name, error.what(), error.french()});
  }
}

void read(Reading& reading, Drop& drop, std::uint64_t seed) {
  CsvFile& csv = *drop.files[index(reading.file)];
  intake::TableBuilder builder(reading.file, reading.columns, seed);
  builder.expect_rows(csv.estimated_rows());
  try {
    csv.read_rows([&](std::uint32_t line, std::span<const std::string_view> fields, std::string_view raw) {
      builder.add_row(line, fields, raw);
    });
  } catch (const CsvError& error) {
    reading.refusals.push_back({csv_name(reading.file), error.what(), error.french()});
  }
  drop.tables[index(reading.file)] = builder.take();
}

// The largest first, so that no thread is left with a large file at the end.
void read_all(std::vector<Reading>& readings, Drop& drop, std::uint64_t seed, unsigned threads) {
  std::vector<Reading*> order;
  for (Reading& reading : readings) order.push_back(&reading);
  std::ranges::stable_sort(order, std::greater(),
                           [&](const Reading* reading) { return drop.files[index(reading->file)]->size(); });
  for_each_in_parallel(order.size(), threads, [&](std::size_t i) { read(*order[i], drop, seed); });
}

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

std::vector<Reading> find_files(const fs::path& folder, Drop& drop) {
  std::vector<Reading> readings;
  const auto names = names_by_lower_case(folder);
  for (std::size_t i = 0; i < kFileCount; ++i) {
    const FileId file = file_at(i);
    const std::string name = csv_name(file);
    // A link that leads nowhere is there: it cannot be read, which is no absence.
    if (is_there(folder / name)) {
      readings.push_back({file, {}, {}});
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
  return readings;
}

}  // namespace

Drop read_drop(const fs::path& folder, const std::string& source, const ColumnSettingsOfFiles& settings,
               std::uint64_t seed, unsigned threads) {
  Drop drop;
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) {
    drop.refusals.push_back({"", "no folder " + folder.string() + "; check source." + source + ".path",
                             "dossier introuvable : " + folder.string() + " ; vérifier source." + source + ".path"});
    return drop;
  }
  auto readings = find_files(folder, drop);
  for (Reading& reading : readings) open(folder, source, settings[index(reading.file)], reading, drop);
  std::ranges::move(verify_checksums(folder, drop.files), std::back_inserter(drop.refusals));
  const auto collect = [&] {
    for (Reading& reading : readings)
      std::ranges::move(std::exchange(reading.refusals, {}), std::back_inserter(drop.refusals));
  };
  collect();
  if (!drop.refusals.empty()) return drop;
  read_all(readings, drop, seed, threads);
  collect();
  return drop;
}

}  // namespace vigie::csv
