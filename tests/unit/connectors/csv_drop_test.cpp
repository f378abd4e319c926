#include "csv/csv_drop.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <Poco/DigestEngine.h>
#include <Poco/SHA2Engine.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/temporary_folder.h"
#include "intake/drop_texts.h"

namespace vigie::csv {
namespace {

using test::DropTexts;
using test::small_drop;
using testing::HasSubstr;
using Lines = std::vector<std::string>;

std::string sha256(const std::string& bytes) {
  Poco::SHA2Engine engine(Poco::SHA2Engine::SHA_256);
  engine.update(bytes);
  return Poco::DigestEngine::digestToHex(engine.digest());
}

class CsvDropTest : public testing::Test {
 protected:
  void write(const DropTexts& drop) {
    for (const auto& [file, text] : drop) folder_.write(std::string(spec(file).name) + ".csv", text);
  }

  // The lines of SHA256SUMS for the files of a drop.
  static Lines checksums(const DropTexts& drop) {
    Lines lines;
    for (const auto& [file, text] : drop) lines.push_back(sha256(text) + "  " + std::string(spec(file).name) + ".csv");
    return lines;
  }
  void write_checksums(const Lines& lines, const std::string& line_end = "\n") {
    std::string text;
    for (const std::string& line : lines) text += line + line_end;
    folder_.write("SHA256SUMS", text);
  }

  Drop read(unsigned threads = 1) { return read_drop(folder_.path(), "caf931", settings_, 1, threads); }

  // "utilisateurs.csv: column missing: nom; …"
  Lines refusals() {
    Lines lines;
    for (const Refusal& refusal : read().refusals) {
      EXPECT_FALSE(refusal.french.empty());
      lines.push_back(refusal.file + ": " + refusal.message);
    }
    return lines;
  }

  test::TemporaryFolder folder_;
  ColumnSettingsOfFiles settings_;
};

TEST_F(CsvDropTest, ReadsTheFilesThatAreThere) {
  write(small_drop());
  for (const unsigned threads : {1U, 4U}) {
    const Drop drop = read(threads);
    EXPECT_TRUE(drop.refusals.empty());
    EXPECT_TRUE(drop.tables[index(FileId::kAccounts)].present);
    EXPECT_EQ(drop.tables[index(FileId::kAccounts)].row_count, 1U);
    EXPECT_FALSE(drop.tables[index(FileId::kProfiles)].present);
  }
}

TEST_F(CsvDropTest, WithoutARequiredFileIsRefused) {
  DropTexts drop = small_drop();
  drop.erase(FileId::kGroups);
  drop.erase(FileId::kGrants);
  write(drop);
  EXPECT_THAT(refusals(), testing::ElementsAre(HasSubstr("groupes.csv: file missing"),
                                               HasSubstr("habilitations.csv: file missing")));
}

TEST_F(CsvDropTest, WithoutARequiredColumnIsRefused) {
  DropTexts drop = small_drop();
  drop[FileId::kAccounts] = "identifiant;convention;date_ouverture\nA1;19_214;01/01/2020\n";
  write(drop);
  EXPECT_THAT(refusals(), testing::ElementsAre(HasSubstr(
                              "utilisateurs.csv: column missing: nom, prenom; export it, or name its heading: "
                              "source.caf931.heading.nom, source.caf931.heading.prenom")));
}

TEST_F(CsvDropTest, WithoutARequiredColumnOfAnOptionalFileIsRefusedToo) {
  DropTexts drop = small_drop();
  drop[FileId::kPlaces] = "convention;activite\n";
  write(drop);
  EXPECT_THAT(refusals(), testing::ElementsAre(HasSubstr("lieux.csv: column missing: lieu")));
}

TEST_F(CsvDropTest, WithTwoColumnsForOneFieldIsRefused) {
  DropTexts drop = small_drop();
  drop[FileId::kGroups] =
      "convention;code;libelle;date_ouverture;Date d'ouverture\n19_214;T1;T1;01/01/2020;01/01/2020\n";
  write(drop);
  EXPECT_THAT(refusals(), testing::ElementsAre(HasSubstr("groupes.csv: two columns for date_ouverture")));
}

TEST_F(CsvDropTest, WithAFileThatCannotBeReadToItsEndIsRefused) {
  DropTexts drop = small_drop();
  drop[FileId::kGroups] = "";
  write(drop);
  EXPECT_THAT(refusals(), testing::ElementsAre(HasSubstr("groupes.csv: is empty")));
  drop[FileId::kGroups] = "convention;code;libelle;date_ouverture\n19_214;T1;\"T1;01/01/2020\n";
  write(drop);
  EXPECT_THAT(refusals(), testing::ElementsAre(HasSubstr("groupes.csv: ends within a quoted field")));
}

TEST_F(CsvDropTest, WhoseFolderIsNotThereIsRefused) {
  const Drop drop = read_drop(folder_.path() / "none", "caf931", settings_, 1, 1);
  ASSERT_EQ(drop.refusals.size(), 1U);
  EXPECT_THAT(drop.refusals[0].message, HasSubstr("no folder"));
  EXPECT_THAT(drop.refusals[0].message, HasSubstr("; check source.caf931.path"));
  EXPECT_THAT(drop.refusals[0].french, HasSubstr(" ; vérifier source.caf931.path"));
  EXPECT_FALSE(drop.newest_file_at);
}

TEST_F(CsvDropTest, NamesColumnsThatNobodyKnows) {
  DropTexts drop = small_drop();
  drop[FileId::kGroups] = "convention;code;Couleur;libelle;date_ouverture\n19_214;T1;bleu;T1;01/01/2020\n";
  write(drop);
  const Drop read_one = read();
  ASSERT_EQ(read_one.unknown_columns.size(), 1U);
  EXPECT_EQ(read_one.unknown_columns[0].file, FileId::kGroups);
  EXPECT_EQ(read_one.unknown_columns[0].headings, (Lines{"Couleur"}));
}

TEST_F(CsvDropTest, ReadsConfiguredHeadingsAndDefaults) {
  DropTexts drop = small_drop();
  drop[FileId::kGroups] = "Sigle;libelle;date_ouverture\nT1;T1;01/01/2020\n";
  write(drop);
  settings_[index(FileId::kGroups)] = {.headings = {{"Sigle", "code"}}, .defaults = {{"convention", "19_214"}}};
  EXPECT_EQ(refusals(), (Lines{}));
}

TEST_F(CsvDropTest, IsAsOldAsItsNewestFile) {
  namespace fs = std::filesystem;
  write(small_drop());
  const auto old = fs::file_time_type::clock::now() - std::chrono::hours(24 * 10);
  for (const auto& file : fs::directory_iterator(folder_.path()))
    fs::last_write_time(file, old - std::chrono::hours(24));
  fs::last_write_time(folder_.path() / "groupes.csv", old);
  folder_.write("notes.txt", "new, and not of the contract");
  const Drop drop = read();
  ASSERT_TRUE(drop.newest_file_at);
  const auto age = std::chrono::system_clock::now() - *drop.newest_file_at;
  EXPECT_EQ(std::chrono::round<std::chrono::hours>(age).count(), 240);
}

TEST_F(CsvDropTest, WhoseChecksumsMatchIsRead) {
  write(small_drop());
  Lines lines = checksums(small_drop());
  write_checksums(lines);
  EXPECT_EQ(refusals(), (Lines{}));
  write_checksums(lines, "\r\n");
  EXPECT_EQ(refusals(), (Lines{})) << "CRLF";
  lines.insert(lines.begin() + 1, {"", "  "});
  lines[0].replace(64, 2, " *");
  std::transform(lines[0].begin(), lines[0].begin() + 64, lines[0].begin(),
                 [](char c) { return static_cast<char>(std::toupper(c)); });
  lines.back().insert(66, "./");
  write_checksums(lines);
  EXPECT_EQ(refusals(), (Lines{})) << "blank lines, binary mode, capitals, a folder";
}

TEST_F(CsvDropTest, WithAFileThatDoesNotMatchItsChecksumIsRefused) {
  DropTexts drop = small_drop();
  write_checksums(checksums(drop));
  drop[FileId::kGroups] += "19_214;T2;T2;01/01/2020;\n";
  write(drop);
  EXPECT_THAT(refusals(), testing::ElementsAre(HasSubstr("SHA256SUMS: groupes.csv does not match")));
}

TEST_F(CsvDropTest, WithAFileThatTheChecksumsDoNotNameIsRefused) {
  write(small_drop());
  Lines lines = checksums(small_drop());
  lines.pop_back();
  write_checksums(lines);
  EXPECT_THAT(refusals(), testing::ElementsAre(HasSubstr("SHA256SUMS: appartenances.csv is not named")));
  folder_.write("notes.csv", "of no contract");
  write_checksums(checksums(small_drop()));
  EXPECT_EQ(refusals(), (Lines{}));
}

TEST_F(CsvDropTest, WithALineOfAnotherFormInTheChecksumsIsRefused) {
  write(small_drop());
  const std::string digest = sha256("x");
  for (const std::string& line : {std::string("# comment"), digest, digest + " x.csv", digest.substr(1) + "  x.csv",
                                  "g" + digest.substr(1) + "  x.csv", "\\" + digest + "  x.csv"}) {
    Lines lines = checksums(small_drop());
    lines.push_back(line);
    write_checksums(lines);
    EXPECT_THAT(refusals(), testing::ElementsAre(HasSubstr("SHA256SUMS: line 6 is no checksum"))) << line;
  }
}

TEST_F(CsvDropTest, WhoseChecksumsNameAFileThatIsNotThereIsRefused) {
  write(small_drop());
  Lines lines = checksums(small_drop());
  lines.push_back(sha256("x") + "  notes.txt");
  write_checksums(lines);
  EXPECT_THAT(refusals(), testing::ElementsAre(HasSubstr("SHA256SUMS: notes.txt cannot be opened")));
  folder_.write("notes.txt", "x");
  EXPECT_EQ(refusals(), (Lines{}));
}

TEST_F(CsvDropTest, SaysAllThatIsWrongAtOnce) {
  DropTexts drop = small_drop();
  drop.erase(FileId::kConventions);
  drop[FileId::kGroups] = "";
  drop[FileId::kGrants] = "convention\n";
  write(drop);
  write_checksums({});
  EXPECT_EQ(refusals().size(), 3U + 4U);
}

}  // namespace
}  // namespace vigie::csv
