// Drops as no export would write them, the same ones in every run: intake must refuse or read them, never fall over,
// and lose no row. VIGIE_FUZZ_ROUNDS and VIGIE_FUZZ_SEED make more and other ones.

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "csv/csv_file.h"
#include "intake/assemble.h"
#include "intake/delta.h"
#include "intake/drop_texts.h"
#include "intake/headings.h"
#include "intake/resolve.h"
#include "intake/table_builder.h"

namespace vigie::csv {
namespace {

using namespace std::string_view_literals;
using test::DropTexts;

// Every file, with every kind of field.
DropTexts full_drop() {
  DropTexts drop = test::small_drop();
  drop[FileId::kConventions] =
      "numero;libelle;organisme;mode_gestion;domaines_mail;date_ouverture;date_cloture;statut;etat\n"
      "19_214;Rosny;Ville de Rosny;delegue;rosny.example;01/01/2020;;Ouvert;Validée\n"
      "20_001;\"Istres; Sud\";CCAS;;;2020-01-01;2026-12-31;Fermée;\n";
  drop[FileId::kBulletins] = "convention;service;signe_le;date_ouverture;profils\n19_214;Cdap;;01/01/2020;T1,T2\n";
  drop[FileId::kAdministrators] = "convention;identifiant;date_ouverture\n19_214;A1;01/01/2020\n";
  drop[FileId::kActivities] = "convention;activite;type_activite;date_ouverture\n19_214;ALSH;ALSH;01/01/2020\n";
  drop[FileId::kPlaces] = "convention,activite,lieu\r\n19_214,ALSH,\"École \"\"Nord\"\",\r\nbâtiment 2\"\r\n";
  drop[FileId::kProfiles] =
      "convention\tidentifiant\trole\tactivite\tlieu\tdate_debut\tetat\n19_214\tA1\tFDA\tALSH\t\t01/01/2020\tValidé\n";
  drop[FileId::kDepartures] = "convention;identifiant;date_depart\n19_214;A1;01/02/2026\n";
  return drop;
}

// What breaks readers: structure, encodings, numbers at their bounds, keys that are there already.
constexpr std::array kPieces = {"\""sv,           "\"\""sv,      ";"sv,          ","sv,           "\t"sv,
                                "\n"sv,           "\r\n"sv,      "\r"sv,         "\n\n"sv,        "\0"sv,
                                "\xEF\xBB\xBF"sv, "\xFF\xFE"sv,  "\xE9"sv,       "\xC3"sv,        "\xF0\x9F"sv,
                                "\u00A0"sv,       "\u2028"sv,    "\u202E"sv,     "='\"00123\""sv, "0"sv,
                                "99999999999"sv,  "-1"sv,        "31/02/2026"sv, "9999-12-31"sv,  "0000-00-00"sv,
                                "19_214;A1;"sv,   "T1"sv,        "T21 "sv,       "Cdap"sv,        "date_ouverture"sv,
                                "convention"sv,   "@"sv,         "\x1b[2J"sv,    "PK\x03\x04"sv,  "œ’ß"sv,
                                ";;;;;;;;;;"sv,   "\"\n\"\n\""sv};

class Mutator {
 public:
  explicit Mutator(std::uint64_t seed) : random_(seed) {}

  std::size_t below(std::size_t bound) { return bound == 0 ? 0 : random_() % bound; }

  // Mostly behind the header line, without which nothing else would be read.
  std::string mutated(const std::string& text) {
    const std::size_t header = below(8) == 0 ? 0 : text.find('\n') + 1;
    std::string rows = text.substr(header);
    for (std::size_t n = 1 + below(4); n > 0; --n) mutate(rows);
    return text.substr(0, header) + rows;
  }

 private:
  void mutate(std::string& text) {
    const std::size_t at = below(text.size() + 1);
    const std::size_t size = std::min(below(40), text.size() - at);
    switch (below(8)) {
      case 0:
        text.insert(at, kPieces[below(kPieces.size())]);
        break;
      case 1:
        text.replace(at, std::min<std::size_t>(size, 3), kPieces[below(kPieces.size())]);
        break;
      case 2:
        text.erase(at, size);
        break;
      case 3:
        text.insert(at, text.substr(below(text.size() + 1), 80));
        break;
      case 4:
        text.resize(at);
        break;
      case 5:
        for (std::size_t i = at; i < at + size; ++i) text[i] = static_cast<char>(below(256));
        break;
      case 6:
        text.insert(at, below(300), text.empty() ? ';' : text[below(text.size())]);
        break;
      default:
        if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
    }
  }

  std::mt19937_64 random_;
};

// The record that a kept row has in the store; only what the drop before had is asked for.
class Stored : public intake::RecordReader {
 public:
  std::array<std::vector<std::string>, kFileCount> values;
  std::string_view read(FileId file, intake::RecordNumber number) override {
    return values[index(file)].at(number - 1);
  }
};

struct ReadDrop {
  std::vector<std::unique_ptr<CsvFile>> files;
  intake::Tables tables = intake::no_tables();
  std::array<std::uint64_t, kFileCount> rows_read{};
  bool refused = false;
};

constexpr std::uint64_t kSeed = 7;

void read_file(FileId file, const std::string& text, ReadDrop& drop) {
  auto& csv = *drop.files.emplace_back(std::make_unique<CsvFile>("x.csv", text));
  const auto headings = csv.read_header(
      [&](std::string_view heading) { return intake::field_of_heading(file, heading, {}).has_value(); });
  const auto columns = intake::match_columns(file, headings, {});
  if (!columns.missing_required.empty() || !columns.doubled.empty()) {
    drop.refused = true;
    return;
  }
  intake::TableBuilder builder(file, columns, kSeed);
  builder.expect_rows(csv.estimated_rows());
  csv.read_rows([&](std::uint32_t line, std::span<const std::string_view> fields, std::string_view raw) {
    ++drop.rows_read[index(file)];
    builder.add_row(line, fields, raw);
  });
  drop.tables[index(file)] = builder.take();
}

ReadDrop read_all(const DropTexts& texts) {
  ReadDrop drop;
  for (const auto& [file, text] : texts) {
    try {
      read_file(file, text, drop);
    } catch (const CsvError&) {
      drop.refused = true;
    }
  }
  return drop;
}

// Each row is accepted or has one reject, at a line of its own.
void expect_nothing_lost(const intake::Table& table, std::uint64_t rows_read) {
  const auto accepted = static_cast<std::uint64_t>(std::ranges::count(table.states, intake::RowState::kAccepted));
  EXPECT_EQ(table.row_count, rows_read);
  EXPECT_EQ(accepted + table.rejects.size(), rows_read);
  std::set<std::uint32_t> lines;
  for (const intake::Reject& reject : table.rejects) {
    EXPECT_TRUE(lines.insert(reject.line).second);
    EXPECT_FALSE(reject.record.empty());
  }
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    if (table.states[i] != intake::RowState::kAccepted) continue;
    EXPECT_TRUE(lines.insert(table.rows[i].line).second);
  }
}

// The valid drop's records, as the store keeps them after a first night.
intake::LastState first_night(Stored& stored) {
  intake::LastState last;
  ReadDrop drop = read_all(full_drop());
  intake::resolve(drop.tables, last, stored);
  intake::compact(drop.tables);
  for (std::size_t i = 0; i < kFileCount; ++i) {
    const auto delta = intake::compare(drop.tables[i], last[i], stored);
    for (const auto& added : delta.added) stored.values[i].emplace_back(added.values);
    last[i] = intake::KnownRecords(last[i].all());
  }
  return last;
}

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

TEST(IntakeFuzz, TheDropThatIsMutatedIsGood) {
  const ReadDrop drop = read_all(full_drop());
  EXPECT_FALSE(drop.refused);
  for (const auto& table : drop.tables) {
    EXPECT_TRUE(table.present);
    EXPECT_TRUE(table.rejects.empty());
    EXPECT_GE(table.row_count, 1U);
  }
}

TEST(IntakeFuzz, EveryRowIsAcceptedOrRejected) {
  const DropTexts good = full_drop();
  Stored stored;
  const intake::LastState known = first_night(stored);
  Mutator mutator(from_environment("VIGIE_FUZZ_SEED", 1));
  const std::uint64_t rounds = from_environment("VIGIE_FUZZ_ROUNDS", 2'000);
  std::uint64_t refused = 0;
  std::uint64_t with_rejects = 0;
  for (std::uint64_t round = 0; round < rounds && !testing::Test::HasFailure(); ++round) {
    DropTexts texts = good;
    for (std::size_t n = 1 + mutator.below(2); n > 0; --n) {
      std::string& text = texts[file_at(mutator.below(kFileCount))];
      text = mutator.mutated(text);
    }
    SCOPED_TRACE(round);
    ReadDrop drop = read_all(texts);
    refused += drop.refused ? 1 : 0;
    intake::LastState last = known;
    intake::resolve(drop.tables, last, stored, 1 + static_cast<unsigned>(round % 2));
    std::uint64_t rejects = 0;
    for (std::size_t i = 0; i < kFileCount; ++i) {
      rejects += drop.tables[i].rejects.size();
      if (drop.tables[i].present) expect_nothing_lost(drop.tables[i], drop.rows_read[i]);
    }
    with_rejects += rejects > 0 ? 1 : 0;
    if (drop.refused) continue;
    intake::compact(drop.tables);
    for (std::size_t i = 0; i < kFileCount; ++i) intake::compare(drop.tables[i], last[i], stored);
    intake::assemble(drop.tables);
  }
  RecordProperty("refused", std::to_string(refused));
  EXPECT_GT(refused, rounds / 20) << "the drops are too good to prove anything";
  EXPECT_GT(with_rejects, rounds / 20);
  EXPECT_LT(refused, rounds * 2 / 3) << "too bad";
}

}  // namespace
}  // namespace vigie::csv
