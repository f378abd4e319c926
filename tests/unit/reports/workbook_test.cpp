#include "workbook/workbook.h"

#include <algorithm>
#include <csignal>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <sys/resource.h>
#include <sys/stat.h>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "domain/french.h"
#include "report_error.h"
#include "sample_report.h"
#include "summary/summarize.h"
#include "workbook/cell_text.h"
#include "workbook/text_height.h"
#include "workbook_reader.h"

namespace vigie {
namespace {

using summary::Report;
using testing::empty_report;
using testing::ReadCell;
using testing::ReadSheet;
using testing::ReadWorkbook;
using testing::sample_report;
using workbook::Limits;

const std::vector<std::string> kSheets = {"Synthèse",
                                          "Anomalies",
                                          "BAL partagées",
                                          "T1 non autorisés",
                                          "Responsables manquants",
                                          "Approbateurs en attente",
                                          "Rapprochement",
                                          "Accès par service",
                                          "Imports et rejets",
                                          "Dérogations",
                                          "Règles"};

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class WorkbookTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  ReadWorkbook write(const Report& report, const Limits& limits = {}) {
    write_workbook(report, file_, limits);
    return testing::read_workbook(file_);
  }

  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_))
      names.push_back(entry.path().filename().string());
    return names;
  }

  const std::filesystem::path folder_ =
      std::filesystem::path(::testing::TempDir()) /
      ("workbook_test_" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
  const std::filesystem::path file_ = folder_ / "conformite.xlsx";
};

double height_of_row(const ReadSheet& sheet, const std::string& row) {
  const std::string attribute = " ht=\"";
  const std::size_t height = sheet.xml.find(attribute, sheet.xml.find("<row r=\"" + row + "\""));
  return std::stod(sheet.xml.substr(height + attribute.size()));
}

// The finding in one row of Anomalies, its Source column aside.
std::vector<std::string> findings_of(const ReadSheet& sheet) {
  const std::string rule = sheet.column("Règle");
  const std::string subject = sheet.column("Sujet");
  std::vector<std::string> out;
  for (int row = 2; !sheet.value(rule + std::to_string(row)).empty(); ++row)
    out.push_back(sheet.value(rule + std::to_string(row)) + " " + sheet.value(subject + std::to_string(row)));
  return out;
}

// The file

TEST_F(WorkbookTest, HoldsTheSheetsInTheirOrder) {
  EXPECT_EQ(write(sample_report(30)).names(), kSheets);
  EXPECT_EQ(write(empty_report()).names(), kSheets);
}

TEST_F(WorkbookTest, IsReadByOwnerAndGroupOnlyWhateverTheUmask) {
  for (const mode_t mask : {0077U, 0000U}) {
    const mode_t before = ::umask(mask);
    write_workbook(sample_report(1), file_);
    ::umask(before);
    struct stat status {};
    ASSERT_EQ(::stat(file_.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777U, 0640U);
  }
}

TEST_F(WorkbookTest, ReplacesWhatIsThereAndLeavesNothingBeside) {
  std::ofstream(file_) << "what was there";
  std::ofstream(folder_ / ".conformite.xlsx.part") << "left by a crash";
  EXPECT_EQ(write(sample_report(1)).names(), kSheets);
  EXPECT_EQ(files(), std::vector<std::string>{"conformite.xlsx"});
}

TEST_F(WorkbookTest, IsTheSameForTheSameReport) {
  write_workbook(sample_report(30), file_);
  const std::string first = bytes_of(file_);
  write_workbook(sample_report(30), file_);
  EXPECT_EQ(first, bytes_of(file_));
  Report later = sample_report(30);
  later.created_at += 86400;
  write_workbook(later, file_);
  EXPECT_NE(first, bytes_of(file_));
}

TEST_F(WorkbookTest, SaysWhatItIsInItsProperties) {
  const ReadWorkbook workbook = write(sample_report(1));
  const std::string& core = workbook.parts.at("docProps/core.xml");
  EXPECT_NE(core.find("<dc:title>Conformité des habilitations – Caf de la Seine-Saint-Denis</dc:title>"),
            std::string::npos);
  EXPECT_NE(core.find("<dc:creator>Vigie</dc:creator>"), std::string::npos);
  EXPECT_NE(core.find("Vigie 1.0.0, situation au 20/11/2026, exécution 42"), std::string::npos);
  EXPECT_NE(core.find(">2026-11-20T"), std::string::npos);
}

TEST_F(WorkbookTest, NamesTheFileThatCannotBeWritten) {
  const std::filesystem::path file = folder_ / "missing" / "conformite.xlsx";
  try {
    write_workbook(empty_report(), file);
    FAIL() << "written";
  } catch (const ReportError& error) {
    EXPECT_NE(std::string(error.what()).find(file.string()), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("No such file or directory"), std::string::npos) << error.what();
  }
}

TEST_F(WorkbookTest, LeavesNoPartWhenItFails) {
  std::filesystem::create_directories(file_ / "in the way");
  EXPECT_THROW(write_workbook(empty_report(), file_), ReportError);
  EXPECT_EQ(files(), std::vector<std::string>{"conformite.xlsx"});
}

// Sets a limit to the files that this process writes, as a full disk does.
class SmallDisk {
 public:
  explicit SmallDisk(rlim_t bytes) : handler_(::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
  }
  ~SmallDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, handler_);
  }

 private:
  sighandler_t handler_;
  rlimit before_{};
};

TEST_F(WorkbookTest, IsNotCutShortByAFullDisk) {
  const Report report = sample_report(3'000);
  for (const std::size_t rows_in_memory : {0U, 20'000U}) {  // the sheet's rows, then the workbook do not fit
    const SmallDisk disk(rows_in_memory == 0 ? 1'000'000 : 50'000);
    EXPECT_THROW(write_workbook(report, file_, {.rows_in_memory = rows_in_memory}), ReportError);
    EXPECT_EQ(files(), std::vector<std::string>{});
  }
}

// Anomalies

TEST_F(WorkbookTest, ListsEveryFindingInTheOrderOfTheReport) {
  const Report report = sample_report(30);
  const ReadWorkbook workbook = write(report);
  std::vector<std::string> expected;
  for (const auto& row : report.findings) expected.push_back(row.rule + " " + row.subject);
  EXPECT_EQ(findings_of(workbook.sheet("Anomalies")), expected);
}

TEST_F(WorkbookTest, WritesDaysAndNumbersAsSuch) {
  Report report = sample_report(1);
  report.findings[0].first_seen = Day::from_ymd(2026, 11, 20);
  report.findings[0].age_days = 1234;
  const ReadWorkbook workbook = write(report);
  const ReadSheet& sheet = workbook.sheet("Anomalies");
  EXPECT_EQ(sheet.cells.at(sheet.column("Depuis le") + "2"), (ReadCell{ReadCell::Kind::kNumber, "46346"}));
  EXPECT_EQ(sheet.cells.at(sheet.column("Âge (jours)") + "2"), (ReadCell{ReadCell::Kind::kNumber, "1234"}));
  EXPECT_EQ(sheet.cells.at(sheet.column("Convention") + "2").kind, ReadCell::Kind::kText);
  EXPECT_NE(workbook.parts.at("xl/styles.xml").find("formatCode=\"dd/mm/yyyy\""), std::string::npos);
}

TEST_F(WorkbookTest, LeavesACellEmptyForADayThatIsNotGivenAndWritesOneThatExcelLacksAsText) {
  Report report = sample_report(20);
  report.shared_mailboxes[0].last_login_on = Day::never();
  report.shared_mailboxes[1].last_login_on = Day::from_ymd(1899, 12, 31);
  const ReadWorkbook workbook = write(report);
  const ReadSheet& sheet = workbook.sheet("BAL partagées");
  const std::string column = sheet.column("Dernière connexion");
  EXPECT_FALSE(sheet.cells.contains(column + "2"));
  EXPECT_EQ(sheet.cells.at(column + "3"), (ReadCell{ReadCell::Kind::kText, "31/12/1899"}));
}

TEST_F(WorkbookTest, LinksEachRuleToItsRowInTheCatalogue) {
  const ReadWorkbook workbook = write(sample_report(30));
  const ReadSheet& findings = workbook.sheet("Anomalies");
  const ReadSheet& rules = workbook.sheet("Règles");
  ASSERT_EQ(findings.links.size(), 30U);
  for (const auto& [cell, target] : findings.links) {
    ASSERT_TRUE(target.starts_with("'Règles'!")) << target;
    EXPECT_EQ(rules.value(target.substr(target.find('!') + 1)), findings.value(cell));
  }
}

TEST_F(WorkbookTest, DoesNotLinkARuleThatTheCatalogueLacks) {
  Report report = sample_report(1);
  report.findings[0].rule = "unknown-rule";
  const ReadWorkbook workbook = write(report);
  const ReadSheet& sheet = workbook.sheet("Anomalies");
  EXPECT_TRUE(sheet.links.empty());
  EXPECT_EQ(sheet.value(sheet.column("Règle") + "2"), "unknown-rule");
}

TEST_F(WorkbookTest, MarksWhatIsNew) {
  Report report = sample_report(2);
  report.findings[0].fresh = true;
  report.findings[1].fresh = false;
  const ReadWorkbook workbook = write(report);
  const std::string& xml = workbook.sheet("Anomalies").xml;
  const std::string column = workbook.sheet("Anomalies").column("Statut");
  const auto style = [&](const std::string& cell) {
    const std::size_t at = xml.find("<c r=\"" + cell + "\" s=\"");
    return xml.substr(at + 10 + cell.size(), 3);
  };
  EXPECT_NE(style(column + "2"), style(column + "3"));
}

TEST_F(WorkbookTest, NamesTheSourceOnlyWhereThereAreSeveral) {
  Report report = sample_report(10);
  EXPECT_EQ(write(report).sheet("Anomalies").column("Source"), "");
  report.several_sources = true;
  const ReadWorkbook workbook = write(report);
  for (const char* sheet : {"Anomalies", "BAL partagées", "T1 non autorisés", "Responsables manquants",
                            "Approbateurs en attente", "Rapprochement", "Accès par service"})
    EXPECT_EQ(workbook.sheet(sheet).value("A2"), "caf931") << sheet;
}

// Hostile texts

TEST_F(WorkbookTest, NeverMakesAFormulaOrALinkOfATextFromTheData) {
  Report report = sample_report(40);
  const std::vector<std::string> texts = {"=1+1",
                                          "=cmd|' /C calc'!A0",
                                          "+33 1",
                                          "-2+3",
                                          "@SUM(A1)",
                                          "{=1}",
                                          "https://example.org",
                                          "mailto:a@b.example",
                                          "internal:A1",
                                          "file:///etc/passwd",
                                          "TRUE",
                                          "12345"};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    auto& row = report.findings[i];
    for (SharedText* field : {&row.detail, &row.subject, &row.partner, &row.person, &row.account, &row.rule})
      *field = texts[i];
  }
  report.overview.notices = {"=1+1"};
  report.title = "=1+1";
  const ReadWorkbook workbook = write(report);
  for (const ReadSheet& sheet : workbook.sheets) {
    for (const auto& [at, cell] : sheet.cells) EXPECT_NE(cell.kind, ReadCell::Kind::kFormula) << sheet.name << at;
    // A link out of the workbook would have no place in it.
    for (const auto& [at, target] : sheet.links) EXPECT_TRUE(target.starts_with("'")) << sheet.name << at;
  }
  const ReadSheet& sheet = workbook.sheet("Anomalies");
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string cell = sheet.column("Détail") + std::to_string(i + 2);
    EXPECT_EQ(sheet.cells.at(cell), (ReadCell{ReadCell::Kind::kText, texts[i]}));
  }
}

TEST_F(WorkbookTest, SurvivesAnyBytesInEveryText) {
  using namespace std::string_literals;
  const std::string bytes =
      "a\0b\xFF\xC3(\x01\x1B\xEF\xBF\xBF\xED\xA0\x80 & <c> \"d\" ]]> \x7F"s + std::string(40'000, '&');
  Report report = sample_report(3);
  report.title = report.version = report.run = bytes;
  report.overview.notices = report.import_remarks = {bytes};
  report.overview.sources[0].label = report.overview.sources[0].outcome = bytes;
  report.overview.by_family[0].family = bytes;
  for (auto& answer : report.overview.answers) answer.question = answer.sentence = bytes;
  for (auto& row : report.findings) row.detail = row.rule = row.source = row.person = bytes;
  for (auto& row : report.rejects) row.record = row.value = bytes;
  for (auto& row : report.rules) row.id = row.remedy = bytes;
  const ReadWorkbook workbook = write(report);
  const std::string detail = workbook.sheet("Anomalies").value(workbook.sheet("Anomalies").column("Détail") + "2");
  EXPECT_TRUE(detail.starts_with("ab\uFFFD\uFFFD(\uFFFD")) << detail.substr(0, 40);
  EXPECT_TRUE(detail.ends_with("&…"));
}

// Large lists

TEST_F(WorkbookTest, GoesOnInFurtherSheets) {
  const Report report = sample_report(25);
  const ReadWorkbook workbook = write(report, {.rows_per_sheet = 10, .links_per_sheet = 100});
  std::vector<std::string> all;
  for (const auto& [name, rows] :
       {std::pair{"Anomalies", 10U}, std::pair{"Anomalies (2)", 10U}, std::pair{"Anomalies (3)", 5U}}) {
    const ReadSheet& sheet = workbook.sheet(name);
    EXPECT_EQ(sheet.value("A1"), "Gravité");
    EXPECT_EQ(sheet.links.size(), rows);
    const std::vector<std::string> part = findings_of(sheet);
    EXPECT_EQ(part.size(), rows);
    all.insert(all.end(), part.begin(), part.end());
  }
  std::vector<std::string> expected;
  for (const auto& row : report.findings) expected.push_back(row.rule + " " + row.subject);
  EXPECT_EQ(all, expected);
  const std::vector<std::string> names = workbook.names();
  EXPECT_EQ(std::vector<std::string>(names.begin(), names.begin() + 5),
            (std::vector<std::string>{"Synthèse", "Anomalies", "Anomalies (2)", "Anomalies (3)", "BAL partagées"}));
}

TEST_F(WorkbookTest, NeedsNoFurtherSheetForAFullOne) {
  const ReadWorkbook workbook = write(sample_report(25), {.rows_per_sheet = 25});
  EXPECT_EQ(findings_of(workbook.sheet("Anomalies")).size(), 25U);
  EXPECT_THROW(static_cast<void>(workbook.sheet("Anomalies (2)")), std::out_of_range);
}

TEST_F(WorkbookTest, GoesOnWithRejectsBelowTheImports) {
  Report report = sample_report(30);
  const auto line = report.rejects.front();
  report.rejects.assign(40, line);
  const ReadWorkbook workbook = write(report, {.rows_per_sheet = 30});
  int rejects = 0;
  for (const ReadSheet& sheet : workbook.sheets)
    if (sheet.name.starts_with("Imports et rejets"))
      for (const auto& [at, cell] : sheet.cells) rejects += cell.value == line.record ? 1 : 0;
  EXPECT_EQ(rejects, 40);
}

TEST_F(WorkbookTest, LinksAsLongAsTheFormatAllows) {
  const ReadWorkbook workbook = write(sample_report(25), {.links_per_sheet = 7});
  const ReadSheet& sheet = workbook.sheet("Anomalies");
  EXPECT_EQ(sheet.links.size(), 7U);
  EXPECT_EQ(findings_of(sheet).size(), 25U);
}

TEST_F(WorkbookTest, ShowsTheSameWhereItIsTooLargeForMemory) {
  const Report report = sample_report(60);
  const ReadWorkbook kept = write(report);
  const ReadWorkbook streamed = write(report, {.rows_in_memory = 10});
  ASSERT_EQ(kept.names(), streamed.names());
  for (std::size_t i = 0; i < kept.sheets.size(); ++i) {
    EXPECT_EQ(kept.sheets[i].cells, streamed.sheets[i].cells) << kept.sheets[i].name;
    EXPECT_EQ(kept.sheets[i].links, streamed.sheets[i].links) << kept.sheets[i].name;
  }
  EXPECT_EQ(kept.count_parts("xl/charts/chart"), streamed.count_parts("xl/charts/chart"));
  EXPECT_GT(kept.count_parts("xl/tables/"), 0U);
  EXPECT_EQ(streamed.count_parts("xl/tables/"), 0U);
  EXPECT_NE(streamed.sheet("Anomalies").xml.find("<autoFilter ref=\"A1:O61\"/>"), std::string::npos);
}

// Pages

TEST_F(WorkbookTest, PrintsOnA4Landscape) {
  for (const ReadSheet& sheet : write(sample_report(10)).sheets) {
    EXPECT_NE(sheet.xml.find("paperSize=\"9\""), std::string::npos) << sheet.name;
    EXPECT_NE(sheet.xml.find("orientation=\"landscape\""), std::string::npos) << sheet.name;
    EXPECT_NE(sheet.xml.find("<pageSetUpPr fitToPage=\"1\"/>"), std::string::npos) << sheet.name;
    EXPECT_NE(sheet.xml.find("Page &amp;P sur &amp;N"), std::string::npos) << sheet.name;
  }
}

TEST_F(WorkbookTest, KeepsTheTitleOfThePagesWithinWhatTheFormatAllows) {
  Report report = sample_report(1);
  report.title = "R&D " + std::string(300, '&') + std::string(300, 'x');
  const ReadWorkbook workbook = write(report);
  EXPECT_NE(workbook.sheet("Anomalies").xml.find("R&amp;&amp;D "), std::string::npos);
}

TEST_F(WorkbookTest, RepeatsTheHeadingsAndKeepsThemInSight) {
  const ReadWorkbook workbook = write(sample_report(10));
  EXPECT_NE(workbook.sheet("Anomalies").xml.find("<pane ySplit=\"1\" topLeftCell=\"A2\""), std::string::npos);
  EXPECT_NE(workbook.parts.at("xl/workbook.xml").find(">Anomalies!$1:$1</definedName>"), std::string::npos);
}

// Synthèse

bool shows(const ReadSheet& sheet, const std::string& text) {
  return std::any_of(sheet.cells.begin(), sheet.cells.end(),
                     [&](const auto& cell) { return cell.second.value.find(text) != std::string::npos; });
}

TEST_F(WorkbookTest, LeadsFromTheSynthesisToTheSheets) {
  const ReadWorkbook workbook = write(sample_report(30));
  std::set<std::string> targets;
  for (const auto& [cell, target] : workbook.sheet("Synthèse").links) targets.insert(target);
  for (const char* sheet : {"BAL partagées", "T1 non autorisés", "Responsables manquants", "Approbateurs en attente"})
    for (const char* cell : {"A1", "A2"})
      EXPECT_TRUE(targets.contains("'" + std::string(sheet) + "'!" + cell)) << sheet;
}

TEST_F(WorkbookTest, LeadsFromAFigureToItsFirstRowWhateverTheSheetThatHoldsIt) {
  Report report = sample_report(30);
  report.overview.by_severity[0].first_row = 0;
  report.overview.by_severity[1].first_row = 12;
  report.overview.by_severity[2].first_row = 25;
  report.overview.by_severity[3].first_row = summary::kNoRow;
  const ReadWorkbook workbook = write(report, {.rows_per_sheet = 10});
  std::set<std::string> targets;
  for (const auto& [cell, target] : workbook.sheet("Synthèse").links)
    if (target.starts_with("'Anomalies")) targets.insert(target);
  EXPECT_EQ(targets, (std::set<std::string>{"'Anomalies'!A2", "'Anomalies (2)'!A4", "'Anomalies (3)'!A7"}));
}

TEST_F(WorkbookTest, SaysWhatChanged) {
  Report report = sample_report(30);
  report.overview.by_severity[0].open = {.now = 15, .before = 18, .first = false, .fresh = 1};
  report.overview.by_severity[1].open = {.now = 10, .before = 4, .first = false, .fresh = 7};
  report.overview.by_severity[2].open = {.now = 3, .before = 3, .first = false, .fresh = 0};
  report.overview.by_severity[3].open = {.now = 2, .before = 0, .first = true, .fresh = 2};
  const ReadWorkbook workbook = write(report);
  for (const char* words : {"−3, dont 1 nouvelle", "+6, dont 7 nouvelles", "inchangé", "première exécution"})
    EXPECT_TRUE(shows(workbook.sheet("Synthèse"), words)) << words;
}

TEST_F(WorkbookTest, SaysHowTheFigureOfTheRunBeforeBecameTodays) {
  Report report = empty_report();
  report.overview.by_severity = {{Severity::kMajor, {.now = 1200}}, {Severity::kMinor, {.now = 3}}};
  report.overview.fresh = 2;
  const auto shows_balance = [&](const std::string& words) { return shows(write(report).sheet("Synthèse"), words); };
  EXPECT_FALSE(shows_balance("à l'exécution précédente"));
  report.overview.before = 1202;
  report.overview.resolved = 1;
  EXPECT_TRUE(shows_balance(
      "1\u202f202 anomalies ouvertes à l'exécution précédente, + 2 nouvelles, − 1 résolue = 1\u202f203 ouvertes."));
  report.overview.returned = 2;
  EXPECT_TRUE(
      shows_balance("1\u202f202 anomalies ouvertes à l'exécution précédente, + 2 nouvelles, + 2 revenues, − 1 résolue, "
                    "− 2 par l'effet des dérogations = 1\u202f203 ouvertes."));
  report.overview.returned = 0;
  report.overview.resolved = 4;
  EXPECT_TRUE(
      shows_balance("1\u202f202 anomalies ouvertes à l'exécution précédente, + 2 nouvelles, − 4 résolues, "
                    "+ 3 par l'effet des dérogations = 1\u202f203 ouvertes."));
}

TEST_F(WorkbookTest, TellsHeldClosingsFromThoseToBeCarriedOut) {
  Report report = sample_report(10);
  report.overview.sources.resize(1);
  report.overview.sources[0].closings = 1234;
  report.overview.sources[0].held = 5678;
  const ReadWorkbook workbook = write(report);
  const ReadSheet& sheet = workbook.sheet("Synthèse");
  std::map<std::string, std::string> columns;
  for (const auto& [place, cell] : sheet.cells)
    columns[cell.value] = place.substr(0, place.find_first_of("0123456789"));
  EXPECT_EQ(columns.at("1234"), columns.at("Clôtures à faire"));
  EXPECT_EQ(columns.at("5678"), columns.at("Retenues"));
}

TEST_F(WorkbookTest, DrawsAChartOnlyWhereThereIsSomethingToShow) {
  Report report = sample_report(30);
  EXPECT_EQ(write(report).count_parts("xl/charts/chart"), 3U);
  report.overview.trend.resize(1);
  const ReadWorkbook first_night = write(report);
  EXPECT_EQ(first_night.count_parts("xl/charts/chart"), 2U);
  EXPECT_TRUE(shows(first_night.sheet("Synthèse"), "La tendance se verra à partir de la deuxième exécution."));
  const ReadWorkbook nothing = write(empty_report());
  EXPECT_EQ(nothing.count_parts("xl/charts/chart"), 0U);
  EXPECT_TRUE(shows(nothing.sheet("Synthèse"), "Aucune anomalie n'est ouverte."));
}

TEST_F(WorkbookTest, LeavesRoomForTheFigureAtTheEndOfTheLongestBar) {
  Report report = sample_report(30);
  for (std::size_t i = 0; i < report.overview.by_severity.size(); ++i)
    report.overview.by_severity[i].open.now = static_cast<int>(1000 * i);
  const ReadWorkbook workbook = write(report);
  std::vector<double> ends;
  for (const auto& [name, xml] : workbook.parts) {
    const std::size_t end = xml.find("<c:max val=\"");
    if (name.starts_with("xl/charts/chart") && end != std::string::npos)
      ends.push_back(std::stod(xml.substr(end + 12)));
  }
  ASSERT_EQ(ends.size(), 1U);
  EXPECT_GT(ends[0], 3300);
}

TEST_F(WorkbookTest, DrawsTheTrendThatLedToNoFinding) {
  Report report = empty_report();
  report.overview.trend = sample_report(30).overview.trend;
  EXPECT_EQ(write(report).count_parts("xl/charts/chart"), 1U);
  for (auto& point : report.overview.trend) point.open = {};
  EXPECT_EQ(write(report).count_parts("xl/charts/chart"), 0U);
}

// In bold the word takes nearly a character's width a letter; LibreOffice breaks it where it does not fit.
TEST_F(WorkbookTest, KeepsTheNamesOfSeveritiesOnOneLine) {
  const ReadWorkbook workbook = write(sample_report(10));
  const std::string& xml = workbook.sheet("Synthèse").xml;
  const std::size_t width = xml.find(" width=\"", xml.find("<col "));
  ASSERT_NE(width, std::string::npos);
  EXPECT_GE(std::stod(xml.substr(width + 8)), 12);
}

TEST_F(WorkbookTest, ShowsEverySourceAndNoticeHoweverMany) {
  Report report = sample_report(10);
  const auto source = report.overview.sources.front();
  for (int i = 0; i < 100; ++i) {
    report.overview.sources.push_back(source);
    report.overview.sources.back().label = "Caf numéro " + std::to_string(i);
    report.overview.notices.push_back("Point numéro " + std::to_string(i));
  }
  const ReadWorkbook workbook = write(report);
  const ReadSheet& sheet = workbook.sheet("Synthèse");
  EXPECT_TRUE(shows(sheet, "Caf numéro 99"));
  EXPECT_TRUE(shows(sheet, "Point numéro 99"));
  EXPECT_TRUE(shows(sheet, "Et 95 autres sources, plus bas dans cette feuille."));
  EXPECT_TRUE(shows(sheet, "Et 96 autres points, plus bas dans cette feuille."));
}

TEST_F(WorkbookTest, SaysInASentenceWhatIsNotThere) {
  const ReadWorkbook workbook = write(empty_report());
  for (const auto& [name, sentence] : std::vector<std::pair<std::string, std::string>>{
           {"Anomalies", "Aucune anomalie n'est ouverte."},
           {"BAL partagées", "Aucun compte n'utilise une boîte aux lettres partagée."},
           {"T1 non autorisés", "Aucune personne ne détient le profil T1 sans y avoir droit."},
           {"Responsables manquants", "Tous les groupes ont un responsable d'habilitations."},
           {"Approbateurs en attente", "Aucun approbateur n'est en attente ni ne manque."},
           {"Rapprochement", "Aucune clôture n'est à faire."},
           {"Accès par service", "Personne ne détient de rôle."}})
    EXPECT_EQ(workbook.sheet(name).value("A2"), sentence);
  EXPECT_TRUE(shows(workbook.sheet("Imports et rejets"), "Aucune ligne n'a été rejetée."));
}

TEST_F(WorkbookTest, SaysNothingOfAWaitThatIsNone) {
  Report report = sample_report(30);
  const ReadWorkbook workbook = write(report);
  const ReadSheet& sheet = workbook.sheet("Approbateurs en attente");
  ASSERT_FALSE(report.approvers[2].waiting_since.given());
  for (const char* heading : {"En attente depuis le", "Jours d'attente", "PJ3 reçue"}) {
    EXPECT_TRUE(sheet.cells.contains(sheet.column(heading) + "2")) << heading;
    EXPECT_EQ(sheet.value(sheet.column(heading) + "4"), "") << heading;
  }
}

// Texts

TEST(CellText, LeavesWhatACellCanHold) {
  std::string scratch;
  const std::string plain = "Ville de Rosny-sous-Bois";
  EXPECT_EQ(workbook::cell_text(plain, scratch), plain.c_str()) << "copied";
  for (const std::string text : {"", "19_214", "Éloïse Œuvrard – « T1 » 👍", "  deux  "})
    EXPECT_EQ(workbook::cell_text(text, scratch), text);
}

TEST(CellText, ReplacesWhatItCannot) {
  std::string scratch;
  const std::pair<std::string, std::string> cases[] = {{"a\tb\nc\r\nd", "a b c d"},
                                                       {std::string("a\0b", 3), "ab"},
                                                       {"\x01\x1F\x7F", ""},
                                                       {"\xC2\x85", ""},
                                                       {"\xFF", "\uFFFD"},
                                                       {"\xC3", "\uFFFD"},
                                                       {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},
                                                       {"\xEF\xBF\xBE \xEF\xBF\xBF", "\uFFFD \uFFFD"},
                                                       {"\xC0\xAF", "\uFFFD\uFFFD"},
                                                       {"_x0041_", "_x005F_x0041_"},
                                                       {"_x0041", "_x0041"},
                                                       {"_x004G_", "_x004G_"},
                                                       {"_x00\x01"
                                                        "41_",
                                                        "_x005F_x0041_"},
                                                       {"_x000a_x000D_", "_x005F_x000a_x005F_x000D_"}};
  for (const auto& [text, expected] : cases) EXPECT_EQ(workbook::cell_text(text, scratch), expected) << text;
}

TEST(CellText, CutsWhatIsTooLong) {
  std::string scratch;
  const std::string longest(32'767, 'x');
  EXPECT_EQ(workbook::cell_text(longest, scratch), longest);
  EXPECT_EQ(workbook::cell_text(longest + "x", scratch), longest.substr(1) + "…");

  std::string accents;
  for (int i = 0; i < 32'767; ++i) accents += "é";
  EXPECT_EQ(workbook::cell_text(accents, scratch), accents) << "counted in bytes";

  std::string emoji;  // two UTF-16 units each
  for (int i = 0; i < 16'384; ++i) emoji += "👍";
  EXPECT_EQ(workbook::cell_text(emoji, scratch), emoji.substr(4) + "…");
}

// Of a large night: all that each answer can say, and a part of it that could not be verified.
TEST_F(WorkbookTest, AnswersEachQuestionInOneLine) {
  constexpr std::size_t kMany = 2'000;
  const std::vector<std::pair<const char*, Severity>> rules = {
      {"cdap-t1-unauthorized", Severity::kCritical},   {"cdap-t1-profession-unknown", Severity::kMinor},
      {"cdap-t1-diploma-unchecked", Severity::kMinor}, {"group-manager-missing", Severity::kMajor},
      {"group-manager-unknown", Severity::kMajor},     {"group-manager-closed", Severity::kMajor},
      {"afas-approver-pending", Severity::kMajor},     {"afas-approver-document-missing", Severity::kMajor},
      {"afas-approver-absent", Severity::kMajor},      {"afas-approver-several", Severity::kMajor}};
  Report report = sample_report(30);
  report.several_sources = true;
  report.unverifiable = {{"account-shared-mailbox", "caf931", {"colonne mail absente de utilisateurs.csv"}}};
  report.findings.clear();
  for (const auto& [rule, severity] : rules) {
    for (const char* source : {"caf931", "caf132"}) report.unverifiable.push_back({rule, source, {"fichier absent"}});
    summary::FindingRow row;
    row.rule = rule;
    row.severity = severity;
    report.findings.insert(report.findings.end(), kMany, row);
  }
  report.shared_mailboxes.resize(kMany, {.first_seen = report.day});
  report.t1.resize(3 * kMany);
  report.managers.resize(3 * kMany);
  report.approvers.resize(4 * kMany, {.days_waiting = 1'234});
  fill_overview(report);
  Report page = sample_report(30);
  page.overview.answers = report.overview.answers;
  const ReadSheet sheet = write(page).sheet("Synthèse");
  std::vector<std::string> two_lines;
  for (const summary::Answer& answer : page.overview.answers) {
    const auto row = std::ranges::find_if(
        sheet.cells, [&](const auto& cell) { return cell.second.value == french::spaced(answer.sentence); });
    ASSERT_NE(row, sheet.cells.end()) << answer.sentence;
    if (height_of_row(sheet, row->first.substr(1)) > workbook::height_of(1)) two_lines.push_back(answer.sentence);
  }
  EXPECT_EQ(two_lines, std::vector<std::string>());
}

TEST(TextHeight, CountsLines) {
  EXPECT_EQ(workbook::lines_of("", 10), 1);
  EXPECT_EQ(workbook::lines_of("Ville de Rosny-sous-Bois", 40), 1);
  EXPECT_EQ(workbook::lines_of("Ville de Rosny-sous-Bois", 14), 2);
  EXPECT_EQ(workbook::lines_of("cdap-t1-profession-unknown", 12), 3);
  EXPECT_EQ(workbook::lines_of(std::string(100, '0'), 10), 11) << "a word longer than the line";
  EXPECT_GT(workbook::lines_of("ééééééééé ééééééééé", 10), 1);
}

TEST(TextHeight, StaysWithinWhatARowMayHave) {
  EXPECT_LT(workbook::height_of(1), workbook::height_of(2));
  EXPECT_EQ(workbook::height_of(1000), 409);
}

}  // namespace
}  // namespace vigie
