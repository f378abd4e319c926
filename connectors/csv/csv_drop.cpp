#include "csv/csv_drop.h"

#include <algorithm>
#include <set>
#include <sstream>
#include <utility>

#include <Poco/DigestEngine.h>
#include <Poco/SHA2Engine.h>

#include "domain/parallel.h"
#include "domain/text.h"
#include "intake/table_builder.h"

namespace vigie::csv {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kChecksums = "SHA256SUMS";

std::string file_name(FileId file) { return std::string(spec(file).name) + ".csv"; }

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string sha256_of(const std::string& bytes) {
  Poco::SHA2Engine engine(Poco::SHA2Engine::SHA_256);
  engine.update(bytes.data(), bytes.size());
  return Poco::DigestEngine::digestToHex(engine.digest());
}

// Of a file as it was read, where it was.
std::string sha256_of(const fs::path& folder, const std::string& name, const Drop& drop) {
  for (const auto& file : drop.files)
    if (file && file->name() == name) return sha256_of(file->bytes());
  return sha256_of(read_bytes(folder / name));
}

// One file of the drop on its way: opened, its columns matched, then its rows read.
struct Reading {
  FileId file;
  intake::Columns columns;
  std::optional<Refusal> refusal;
};

Refusal missing(const std::string& file, const std::string& source, const std::vector<std::string>& columns) {
  std::vector<std::string> keys;
  for (const std::string& column : columns) keys.push_back("source." + source + ".heading." + column);
  const bool several = columns.size() > 1;
  return {
      file, "column missing: " + joined(columns) + "; export it, or name its heading: " + joined(keys),
      (several ? "colonnes absentes : " : "colonne absente : ") + joined(columns) +
          (several ? " ; les exporter, ou indiquer leurs intitulés : " : " ; l'exporter, ou indiquer son intitulé : ") +
          joined(keys)};
}

// Opens the file and matches its columns; says what is wrong with them.
void open(const fs::path& folder, const std::string& source, const intake::ColumnSettings& settings, Reading& reading,
          Drop& drop) {
  const std::string name = file_name(reading.file);
  try {
    auto csv = std::make_unique<CsvFile>(folder / name);
    const auto headings = csv->read_header([&](std::string_view heading) {
      return intake::field_of_heading(reading.file, heading, settings).has_value();
    });
    reading.columns = intake::match_columns(reading.file, headings, settings);
    if (!reading.columns.missing_required.empty())
      reading.refusal = missing(name, source, reading.columns.missing_required);
    if (!reading.columns.doubled.empty())
      reading.refusal = {
          name, "two columns for " + joined(reading.columns.doubled) + "; keep one of them in the export",
          "deux colonnes pour " + joined(reading.columns.doubled) + " ; n'en garder qu'une dans l'export"};
    if (!reading.columns.unknown.empty()) drop.unknown_columns.push_back({reading.file, reading.columns.unknown});
    drop.files[index(reading.file)] = std::move(csv);
  } catch (const CsvError& error) {
    reading.refusal = {name, error.what(), error.french()};
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
    reading.refusal = {file_name(reading.file), error.what(), error.french()};
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

std::vector<Reading> find_files(const fs::path& folder, Drop& drop) {
  std::vector<Reading> readings;
  for (std::size_t i = 0; i < kFileCount; ++i) {
    const FileId file = file_at(i);
    std::error_code ignored;
    // A link that leads nowhere is there: it cannot be read, which is no absence.
    if (fs::symlink_status(folder / file_name(file), ignored).type() != fs::file_type::not_found) {
      readings.push_back({file, {}, std::nullopt});
      note_age(folder / file_name(file), drop);
    } else if (spec(file).required) {
      drop.refusals.push_back({file_name(file), "file missing in " + folder.string() + "; export it again",
                               "fichier absent du dossier " + folder.string() + " ; refaire l'export"});
    }
  }
  return readings;
}

struct Checksum {
  std::string digest;
  std::string name;
};

// "<64 hexadecimal digits><space><space or *><name>"
std::optional<Checksum> parse_checksum(std::string_view line) {
  constexpr std::size_t kDigits = 64;
  if (line.size() < kDigits + 3 || line[kDigits] != ' ' || (line[kDigits + 1] != ' ' && line[kDigits + 1] != '*'))
    return std::nullopt;
  std::string digest(line.substr(0, kDigits));
  if (digest.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos) return std::nullopt;
  std::ranges::transform(digest, digest.begin(),
                         [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c; });
  return Checksum{std::move(digest), fs::path(line.substr(kDigits + 2)).lexically_normal().string()};
}

Refusal of_checksums(const std::string& english, const std::string& french) {
  return {std::string(kChecksums), english, french};
}

std::optional<Refusal> mismatch(const fs::path& folder, const Checksum& checksum, const Drop& drop) {
  try {
    if (sha256_of(folder, checksum.name, drop) == checksum.digest) return std::nullopt;
    return of_checksums(
        checksum.name + " does not match its checksum; the export was cut or changed: copy the drop again",
        checksum.name + " ne correspond pas à son empreinte ; l'export est incomplet ou modifié : le recopier");
  } catch (const CsvError& error) {
    return of_checksums(checksum.name + " " + error.what(), checksum.name + " " + error.french());
  }
}

}  // namespace

std::vector<Refusal> verify_checksums(const fs::path& folder, const Drop& drop) {
  std::vector<Refusal> refusals;
  std::error_code ignored;
  if (!fs::exists(folder / kChecksums, ignored)) return refusals;
  std::istringstream sums;
  try {
    sums.str(read_bytes(folder / kChecksums));
  } catch (const CsvError& error) {
    return {of_checksums(error.what(), error.french())};
  }
  std::set<std::string> named;
  std::size_t number = 0;
  for (std::string line; std::getline(sums, line);) {
    ++number;
    if (line.ends_with('\r')) line.pop_back();
    if (trim(line).empty()) continue;
    const auto checksum = parse_checksum(line);
    if (!checksum) {
      refusals.push_back(of_checksums(
          "line " + std::to_string(number) + " is no checksum; write the file with sha256sum",
          "la ligne " + std::to_string(number) + " n'est pas une empreinte ; refaire le fichier avec sha256sum"));
      continue;
    }
    named.insert(checksum->name);
    if (const auto problem = mismatch(folder, *checksum, drop)) refusals.push_back(*problem);
  }
  for (std::size_t i = 0; i < kFileCount; ++i)
    if (const std::string name = file_name(file_at(i)); fs::exists(folder / name, ignored) && !named.contains(name))
      refusals.push_back(of_checksums(name + " is not named; write the file again with sha256sum *.csv",
                                      name + " n'y figure pas ; refaire le fichier avec sha256sum *.csv"));
  return refusals;
}

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
  std::ranges::move(verify_checksums(folder, drop), std::back_inserter(drop.refusals));
  const auto collect = [&] {
    for (Reading& reading : readings)
      if (reading.refusal) drop.refusals.push_back(*std::exchange(reading.refusal, std::nullopt));
  };
  collect();
  if (!drop.refusals.empty()) return drop;
  read_all(readings, drop, seed, threads);
  collect();
  return drop;
}

}  // namespace vigie::csv
