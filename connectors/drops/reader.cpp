#include "drops/reader.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "domain/parallel.h"
#include "domain/text.h"

namespace vigie::drops {
namespace {

bool knows_any(const intake::Columns& columns) {
  return std::ranges::any_of(columns.of_field, [](int column) { return column != intake::Columns::kAbsent; });
}

// What is done about a column that is missing.
struct Remedy {
  std::string english;
  std::string french;
};

Remedy remedy(const std::string& query_key, bool several) {
  if (!query_key.empty()) return {"add it to " + query_key, (several ? "les ajouter à " : "l'ajouter à ") + query_key};
  return {"export it", several ? "les exporter" : "l'exporter"};
}

Refusal missing(const std::string& name, const std::string& source, const std::string& query_key,
                const intake::Columns& columns) {
  std::vector<std::string> keys;
  for (const std::string& column : columns.missing_required) keys.push_back("source." + source + ".heading." + column);
  const bool several = keys.size() > 1;
  const bool asks_for_header = !knows_any(columns) && query_key.empty();
  const Remedy add = remedy(query_key, several);
  return {name,
          "column missing: " + joined(columns.missing_required) + "; " + add.english + ", or name its heading: " +
              joined(keys) + (asks_for_header ? " (no heading is known: is the header line there?)" : ""),
          (several ? "colonnes absentes : " : "colonne absente : ") + joined(columns.missing_required) + " ; " +
              add.french + (several ? ", ou indiquer leurs intitulés : " : ", ou indiquer son intitulé : ") +
              joined(keys) +
              (asks_for_header ? " (aucun intitulé n'est connu : la ligne d'en-tête est-elle là ?)" : "")};
}

Refusal doubled(const std::string& name, const std::string& query_key, const intake::Columns& columns) {
  const std::string what = joined(columns.doubled);
  return {name, "two columns for " + what + "; keep one of them in " + (query_key.empty() ? "the export" : query_key),
          "deux colonnes pour " + what + " ; n'en garder qu'une dans " + (query_key.empty() ? "l'export" : query_key)};
}

}  // namespace

void Reader::open(FileId file, const std::function<std::unique_ptr<File>()>& open) {
  Reading& reading = readings_.emplace_back(Reading{file, {}, {}});
  try {
    auto& opened = drop_.files[index(file)];
    opened = open();
    match(reading, *opened);
  } catch (const Unreadable& error) {
    reading.refusals.push_back({csv_name(file), error.what(), error.french()});
  }
}

void Reader::match(Reading& reading, File& file) {
  const std::string name = csv_name(reading.file);
  const intake::ColumnSettings& settings = settings_[index(reading.file)];
  const auto headings = file.headings(
      [&](std::string_view heading) { return intake::field_of_heading(reading.file, heading, settings).has_value(); });
  reading.columns = intake::match_columns(reading.file, headings, settings);
  const intake::Columns& columns = reading.columns;
  if (!columns.missing_required.empty()) reading.refusals.push_back(missing(name, source_, file.query_key(), columns));
  if (!columns.doubled.empty()) reading.refusals.push_back(doubled(name, file.query_key(), columns));
  if (!columns.unknown.empty() && knows_any(columns)) drop_.unknown_columns.push_back({reading.file, columns.unknown});
}

bool Reader::settle() {
  for (Reading& reading : readings_)
    std::ranges::move(std::exchange(reading.refusals, {}), std::back_inserter(drop_.refusals));
  return drop_.refusals.empty();
}

// The largest first, so that no thread is left with a large file at the end.
void Reader::read_rows(std::uint64_t seed, unsigned threads) {
  std::vector<Reading*> order;
  for (Reading& reading : readings_) order.push_back(&reading);
  std::ranges::stable_sort(order, std::greater(),
                           [&](const Reading* reading) { return drop_.files[index(reading->file)]->size(); });
  for_each_in_parallel(order.size(), threads, [&](std::size_t i) { read_rows(*order[i], seed); });
}

void Reader::read_rows(Reading& reading, std::uint64_t seed) {
  intake::TableBuilder builder(reading.file, reading.columns, seed);
  try {
    drop_.files[index(reading.file)]->read_rows(builder);
  } catch (const Unreadable& error) {
    reading.refusals.push_back({csv_name(reading.file), error.what(), error.french()});
  }
  drop_.tables[index(reading.file)] = builder.take();
}

}  // namespace vigie::drops
