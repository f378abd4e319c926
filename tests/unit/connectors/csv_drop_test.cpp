#include "csv/csv_drop.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/stat.h>
#include <vector>

#include <Poco/DigestEngine.h>
#include <Poco/SHA2Engine.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/temporary_folder.h"
#include "intake/drop_texts.h"

namespace vigie::csv {
namespace {

using drops::Drop;
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
    for (const drops::Refusal& refusal : read().refusals) {
      EXPECT_FALSE(refusal.french.empty());
      lines.push_back(refusal.file + ": " + refusal.message);
    }
    return lines;
  }

  test::TemporaryFolder folder_;
  drops::ColumnSettingsOfFiles settings_;
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
  for (const std::string& line :
       {std::string("# comment"), digest, digest + " x.csv", digest.substr(1) + "  x.csv",
        "g" + digest.substr(1) + "  x.csv", "\\" + digest + "  x\\t.csv", "\\" + digest + "  x.csv\\",
        digest + std::string("  x\0.csv", 8), "SHA256 (x.csv) = " + digest}) {
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

TEST_F(CsvDropTest, WhoseChecksumsBeginWithAByteOrderMarkIsRead) {
  write(small_drop());
  Lines lines = checksums(small_drop());
  lines[0].insert(0, "\xEF\xBB\xBF");
  write_checksums(lines);
  EXPECT_EQ(refusals(), (Lines{}));
}

TEST_F(CsvDropTest, WhoseChecksumsNameFilesAsSha256sumEscapesThemIsRead) {
  write(small_drop());
  Lines lines = checksums(small_drop());
  folder_.write("a\\b\nc\rd.txt", "x");
  folder_.write("e\\nf.txt", "x");
  lines.push_back("\\" + sha256("x") + "  a\\\\b\\nc\\rd.txt");
  lines.push_back(sha256("x") + "  e\\nf.txt");
  write_checksums(lines);
  EXPECT_EQ(refusals(), (Lines{}));
}

TEST_F(CsvDropTest, WhoseChecksumsNameAFileTwiceMustMatchBoth) {
  write(small_drop());
  Lines lines = checksums(small_drop());
  lines.push_back(lines[1]);
  write_checksums(lines);
  EXPECT_EQ(refusals(), (Lines{}));
  lines.push_back(sha256("other") + "  " + lines[1].substr(66));
  write_checksums(lines);
  EXPECT_THAT(refusals(), testing::ElementsAre(HasSubstr(lines[1].substr(66) + " does not match")));
}

TEST_F(CsvDropTest, WhoseChecksumsLeadOutOfTheFolderIsRefused) {
  const std::filesystem::path outside = folder_.path().parent_path() / (folder_.path().filename().string() + ".txt");
  std::ofstream(outside) << "x";
  write(small_drop());
  for (const std::string& name : {"../" + outside.filename().string(), "sub/../../" + outside.filename().string(),
                                  outside.string(), std::string(".."), std::string("/dev/zero")}) {
    Lines lines = checksums(small_drop());
    lines.push_back(sha256("x") + "  " + name);
    write_checksums(lines);
    EXPECT_THAT(refusals(), testing::ElementsAre(HasSubstr("leads out of the drop's folder"))) << name;
  }
  std::filesystem::remove(outside);
}

TEST_F(CsvDropTest, SaysNamesInTheChecksumsOnOneLineAndCutShort) {
  write(small_drop());
  Lines lines = checksums(small_drop());
  lines.push_back(sha256("x") + "  a\033[2J\u202E\xFF.csv");
  lines.push_back("\\" + sha256("x") + "  a\\nb.csv");
  lines.push_back(sha256("x") + "  " + std::string(10'000, 'x'));
  write_checksums(lines);
  const Lines refused = refusals();
  ASSERT_EQ(refused.size(), 3U);
  EXPECT_THAT(refused[0], HasSubstr("SHA256SUMS: a\\x1b[2J\\xe2\\x80\\xae\\xff.csv cannot be opened"));
  EXPECT_THAT(refused[1], HasSubstr("SHA256SUMS: a\\x0ab.csv cannot be opened"));
  EXPECT_THAT(refused[2], HasSubstr("SHA256SUMS: " + std::string(100, 'x') + "… cannot be opened"));
}

TEST_F(CsvDropTest, SaysTheFirstOfManyWrongLinesOfTheChecksums) {
  write(small_drop());
  write_checksums(Lines(1'000, "# comment"));
  const Lines refused = refusals();
  ASSERT_EQ(refused.size(), 21U);
  EXPECT_THAT(refused[19], HasSubstr("line 20 is no checksum"));
  EXPECT_THAT(refused[20], HasSubstr("lines after 20 were not looked at"));
}

TEST_F(CsvDropTest, WhoseChecksumsAreTooLargeIsRefused) {
  write(small_drop());
  write_checksums(Lines(20'000, std::string(64, ' ')));
  EXPECT_THAT(refusals(), testing::ElementsAre(HasSubstr("SHA256SUMS: has 1 MiB, more than the 1 MiB")));
}

TEST_F(CsvDropTest, ReadsAFileOnceHoweverOftenTheChecksumsNameIt) {
  write(small_drop());
  folder_.write("large.bin", "");
  std::filesystem::resize_file(folder_.path() / "large.bin", std::uintmax_t{1} << 24);
  const std::string digest = sha256(std::string(std::size_t{1} << 24, '\0'));
  Lines lines = checksums(small_drop());
  for (int i = 0; i < 10'000; ++i) lines.push_back(digest + (i % 2 == 0 ? "  large.bin" : " *./large.bin"));
  write_checksums(lines);
  EXPECT_EQ(refusals(), (Lines{})) << "10,000 readings of 16 MiB would outlast every time limit";
}

TEST_F(CsvDropTest, WhoseChecksumsAreALinkToNowhereOrNoFileIsRefused) {
  write(small_drop());
  std::filesystem::create_symlink("nowhere", folder_.path() / "SHA256SUMS");
  EXPECT_THAT(refusals(), testing::ElementsAre(HasSubstr("SHA256SUMS: cannot be opened")));
  std::filesystem::remove(folder_.path() / "SHA256SUMS");
  ASSERT_EQ(::mkfifo((folder_.path() / "SHA256SUMS").c_str(), 0600), 0);
  EXPECT_THAT(refusals(), testing::ElementsAre(HasSubstr("SHA256SUMS: is no regular file")));
}

// Puts something else in the place of a file, optional ones too: what is there and cannot be read is not missing.
TEST_F(CsvDropTest, WithSomethingElseInPlaceOfAFileIsRefused) {
  for (const char* name : {"groupes.csv", "departs.csv"}) {
    write(small_drop());
    const std::filesystem::path place = folder_.path() / name;
    std::filesystem::remove(place);
    ASSERT_EQ(::mkfifo(place.c_str(), 0600), 0);
    EXPECT_THAT(refusals(), testing::ElementsAre(HasSubstr(name + std::string(": is no regular file"))));
    std::filesystem::remove(place);
    std::filesystem::create_directory(place);
    EXPECT_THAT(refusals(), testing::ElementsAre(HasSubstr(name + std::string(": is no regular file"))));
    std::filesystem::remove(place);
    std::filesystem::create_symlink("nowhere", place);
    EXPECT_THAT(refusals(), testing::ElementsAre(HasSubstr(name + std::string(": cannot be opened: No such file"))));
    std::filesystem::remove(place);
  }
}

TEST_F(CsvDropTest, ThatIsEmptyLacksEveryRequiredFile) { EXPECT_EQ(refusals().size(), 5U); }

TEST_F(CsvDropTest, ThatIsHalfCopiedDoesNotMatchItsChecksums) {
  DropTexts drop = small_drop();
  write_checksums(checksums(drop));
  drop[FileId::kAccounts].resize(drop[FileId::kAccounts].size() / 2);
  drop.erase(FileId::kMemberships);
  write(drop);
  EXPECT_THAT(refusals(), testing::UnorderedElementsAre(HasSubstr("appartenances.csv: file missing"),
                                                        HasSubstr("SHA256SUMS: utilisateurs.csv does not match"),
                                                        HasSubstr("SHA256SUMS: appartenances.csv cannot be opened"),
                                                        HasSubstr("utilisateurs.csv: column missing")));
}

TEST_F(CsvDropTest, WithARequiredFileInOtherCaseSaysSo) {
  DropTexts drop = small_drop();
  const std::string groups = drop[FileId::kGroups];
  drop.erase(FileId::kGroups);
  write(drop);
  folder_.write("Groupes.CSV", groups);
  EXPECT_THAT(refusals(), testing::ElementsAre(testing::AllOf(HasSubstr("groupes.csv: file missing"),
                                                              HasSubstr("where there is Groupes.CSV; rename"))));
}

TEST_F(CsvDropTest, TellsAnOptionalFileInOtherCase) {
  write(small_drop());
  folder_.write("Lieux.csv", "");
  Drop drop = read();
  EXPECT_TRUE(drop.refusals.empty());
  ASSERT_EQ(drop.misnamed.size(), 1U);
  EXPECT_EQ(drop.misnamed[0].file, FileId::kPlaces);
  EXPECT_EQ(drop.misnamed[0].name, "Lieux.csv");
  folder_.write("lieux.csv", "convention;activite;lieu\n");
  drop = read();
  EXPECT_TRUE(drop.refusals.empty());
  EXPECT_TRUE(drop.misnamed.empty()) << "the file itself is there";
}

TEST_F(CsvDropTest, WithFilesOfAHeaderOnlyHasNoRows) {
  DropTexts drop = small_drop();
  for (auto& [file, text] : drop) text.resize(text.find('\n') + (file == FileId::kGroups ? 0 : 1));
  write(drop);
  const Drop without_rows = read();
  EXPECT_TRUE(without_rows.refusals.empty());
  for (const auto& table : without_rows.tables) EXPECT_EQ(table.row_count, 0U);
}

TEST_F(CsvDropTest, WithoutAHeaderLineRepeatsNothingOfItsRows) {
  DropTexts drop = small_drop();
  drop[FileId::kAccounts] = "A1;19_214;DUPONT;Marie;;ASS;01/01/2020\n";
  write(drop);
  const Drop headless = read();
  ASSERT_EQ(headless.refusals.size(), 1U);
  EXPECT_THAT(headless.refusals[0].message, HasSubstr("is the header line there?"));
  for (const char* value : {"DUPONT", "Marie", "A1"}) {
    EXPECT_THAT(headless.refusals[0].message, testing::Not(HasSubstr(value)));
    EXPECT_THAT(headless.refusals[0].french, testing::Not(HasSubstr(value)));
  }
  EXPECT_TRUE(headless.unknown_columns.empty());
}

TEST_F(CsvDropTest, WithHeadingsThatDifferInSpellingOnlyIsRefused) {
  DropTexts drop = small_drop();
  drop[FileId::kAccounts] = "identifiant;convention;nom;Prénom;PRE NOM;date_ouverture\n";
  write(drop);
  EXPECT_THAT(refusals(), testing::ElementsAre(HasSubstr("utilisateurs.csv: two columns for prenom;")));
}

TEST_F(CsvDropTest, SaysAllThatIsWrongWithTheColumnsOfAFile) {
  DropTexts drop = small_drop();
  drop[FileId::kAccounts] = "identifiant;convention;nom;NOM;date_ouverture\n";
  write(drop);
  EXPECT_THAT(refusals(), testing::ElementsAre(HasSubstr("utilisateurs.csv: column missing: prenom;"),
                                               HasSubstr("utilisateurs.csv: two columns for nom;")));
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
