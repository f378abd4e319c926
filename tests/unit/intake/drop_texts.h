#pragma once
// Drops as texts, and nights that import them one after the other: a test shows what it brings.
//
// A file is a header line and rows; `;` separates, and there is no quoting. Files that a drop does not name are
// missing.
//
//   MemoryNights nights;
//   DropTexts drop = small_drop();
//   nights.import(drop);
//   drop[FileId::kGroups] = "convention;code;libelle;date_ouverture\n19_214;T1;T1;01/02/2020\n";
//   EXPECT_EQ(changes(nights.import(drop), FileId::kGroups), …);

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "intake/assemble.h"
#include "intake/delta.h"
#include "intake/headings.h"
#include "intake/resolve.h"
#include "intake/table_builder.h"

namespace vigie::test {

using DropTexts = std::map<FileId, std::string>;
using Lines = std::vector<std::string>;

// The required files, a record each, with the optional columns that tests need most.
inline DropTexts small_drop() {
  return {
      {FileId::kConventions,
       "numero;libelle;organisme;date_ouverture;date_cloture\n19_214;Rosny;Ville de Rosny;01/01/2020;\n"},
      {FileId::kAccounts,
       "identifiant;convention;nom;prenom;profession;date_ouverture;date_cloture\nA1;19_214;DUPONT;Marie;ASS;01/01/"
       "2020;\n"},
      {FileId::kGroups, "convention;code;libelle;date_ouverture;date_cloture\n19_214;T1;T1;01/01/2020;\n"},
      {FileId::kGrants, "convention;groupe;service;role;date_ouverture\n19_214;T1;Cdap;T1;01/01/2020\n"},
      {FileId::kMemberships, "convention;groupe;identifiant;date_ouverture\n19_214;T1;A1;01/01/2020\n"},
  };
}

inline std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

// Rows point into `text`.
inline intake::Table build_table(FileId file, std::string_view text, std::uint64_t seed = 0) {
  auto lines = split(text, '\n');
  if (lines.back().empty()) lines.pop_back();
  intake::TableBuilder builder(file, intake::match_columns(file, split(lines[0], ';'), {}), seed);
  for (std::size_t i = 1; i < lines.size(); ++i)
    builder.add_row(static_cast<std::uint32_t>(i + 1), split(lines[i], ';'), lines[i]);
  return builder.take();
}

inline intake::Tables build_tables(const DropTexts& drop, std::uint64_t seed = 0) {
  intake::Tables tables = intake::no_tables();
  for (const auto& [file, text] : drop) tables[index(file)] = build_table(file, text, seed);
  return tables;
}

// What became of a drop. Views of the deltas live as long as the tables.
struct Imported {
  intake::Tables tables;
  std::vector<intake::FileDelta> deltas;
  Snapshot snapshot;

  [[nodiscard]] const intake::FileDelta& delta(FileId file) const { return deltas[index(file)]; }
};

// Leads a drop through intake; brings `last` up to date.
inline Imported import_drop(const DropTexts& drop, intake::LastState& last, intake::RecordReader& reader,
                            std::uint64_t seed) {
  Imported imported{.tables = build_tables(drop, seed), .deltas = {}, .snapshot = {}};
  intake::resolve(imported.tables, last, reader);
  intake::compact(imported.tables);
  for (std::size_t i = 0; i < kFileCount; ++i)
    imported.deltas.push_back(intake::compare(imported.tables[i], last[i], reader));
  imported.snapshot = intake::assemble(imported.tables);
  return imported;
}

// Keeps what the store would, in memory.
class MemoryNights : public intake::RecordReader {
 public:
  Imported import(const DropTexts& drop) {
    Imported imported = import_drop(drop, last_, *this, kSeed);
    for (const intake::FileDelta& delta : imported.deltas) {
      auto& values = values_[index(delta.file)];
      last_[index(delta.file)] = intake::KnownRecords(last_[index(delta.file)].all());
      for (const intake::AddedRecord& added : delta.added) values.emplace_back(added.values);
      for (const intake::ChangedRecord& changed : delta.changed) values[changed.number - 1] = changed.values;
    }
    return imported;
  }

  std::string_view read(FileId file, intake::RecordNumber number) override {
    return values_[index(file)].at(number - 1);
  }

 private:
  static constexpr std::uint64_t kSeed = 42;

  intake::LastState last_;
  std::array<std::vector<std::string>, kFileCount> values_;
};

// "2 bad-date date_cloture 31/02/2026", in the order of the rejects.
inline Lines rejects(const intake::Table& table) {
  Lines lines;
  for (const intake::Reject& reject : table.rejects) {
    std::string line = std::to_string(reject.line) + ' ' + std::string(name(reject.reason));
    if (reject.field != intake::Reject::kNoField)
      line.append(" ")
          .append(spec(table.file).fields[static_cast<std::size_t>(reject.field)].name)
          .append(" ")
          .append(reject.value);
    lines.push_back(line);
  }
  return lines;
}

inline Lines rejects(const Imported& imported, FileId file) { return rejects(imported.tables[index(file)]); }

// "added 1", "changed 1 date_cloture: '' > '2026-11-20'", "returned 1", "withdrawn 1", "kept 1": record numbers, by
// sort.
inline Lines changes(const Imported& imported, FileId file) {
  const intake::FileDelta& delta = imported.delta(file);
  Lines lines;
  for (const auto& added : delta.added) lines.push_back("added " + std::to_string(added.number));
  for (const auto& changed : delta.changed) {
    if (changed.returned) lines.push_back("returned " + std::to_string(changed.number));
    for (const intake::FieldChange& change : changed.changes)
      lines.push_back("changed " + std::to_string(changed.number) + ' ' +
                      std::string(spec(file).fields[change.field].name) + ": '" + change.before + "' > '" +
                      change.after + "'");
  }
  for (const auto number : delta.withdrawn) lines.push_back("withdrawn " + std::to_string(number));
  for (const auto number : delta.kept) lines.push_back("kept " + std::to_string(number));
  return lines;
}

}  // namespace vigie::test
