#include "report_files.h"

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "connectors/temporary_folder.h"

namespace vigie {
namespace {

namespace fs = std::filesystem;

const Day kDay = Day::from_ymd(2026, 11, 20);

class ReportFilesTest : public testing::Test {
 protected:
  void make(const std::string& name) const { std::ofstream(folder_.path() / name) << name; }
  [[nodiscard]] bool has(const std::string& name) const {
    return fs::exists(fs::symlink_status(folder_.path() / name));
  }
  [[nodiscard]] std::string target(const std::string& link) const { return fs::read_symlink(folder_.path() / link); }

  test::TemporaryFolder folder_;
};

TEST(ReportName, SaysWhatAWorkbookIsAboutAndItsDay) {
  EXPECT_EQ(report_name("caf931", kDay, ".xlsx"), "conformite-caf931-2026-11-20.xlsx");
  EXPECT_EQ(report_name("", kDay, ".html"), "conformite-2026-11-20.html");
  for (const char* about : {"", "caf931", "caf-93-1", "2026-01-01"}) {
    const auto name = parse_report_name(report_name(about, kDay, ".xlsx"), ".xlsx");
    ASSERT_TRUE(name) << about;
    EXPECT_EQ(name->about, about);
    EXPECT_EQ(name->day, kDay);
  }
}

TEST(ReportName, IsNotThatOfAnotherFile) {
  for (const char* name :
       {"", "conformite-.xlsx", "conformite-2026-11-20.xls", "conformite-2026-11-31.xlsx", "conformite-20/11/2026.xlsx",
        "conformite--2026-11-20.xlsx", "conformite-caf9312026-11-20.xlsx", "Conformite-2026-11-20.xlsx",
        "conformite-latest.xlsx", "copie de conformite-2026-11-20.xlsx", "conformite-2026-11-20 (1).xlsx"})
    EXPECT_FALSE(parse_report_name(name, ".xlsx")) << name;
}

TEST(NamePart, IsOneOfAFileAndOfOneConventionOnly) {
  EXPECT_EQ(name_part("19_214"), "19_214");
  EXPECT_EQ(name_part("../é"), "..%2F%C3%A9");
  EXPECT_EQ(name_part("a%2Fb"), "a%252Fb");
  const std::string one = name_part(std::string(300, '/'));
  EXPECT_LT(one.size(), 150U);
  EXPECT_NE(one, name_part(std::string(301, '/')));
}

TEST_F(ReportFilesTest, LatestLeadsToTheNewestDayAndMovesWithTheFolder) {
  make("conformite-caf931-2026-11-20.xlsx");
  make("conformite-caf931-2026-11-21.xlsx");
  link_latest(folder_.path(), "caf931", kDay, ".xlsx");
  EXPECT_EQ(target("conformite-caf931-latest.xlsx"), "conformite-caf931-2026-11-20.xlsx");
  link_latest(folder_.path(), "caf931", kDay + 1, ".xlsx");
  EXPECT_EQ(target("conformite-caf931-latest.xlsx"), "conformite-caf931-2026-11-21.xlsx");
  link_latest(folder_.path(), "caf931", kDay, ".xlsx");
  EXPECT_EQ(target("conformite-caf931-latest.xlsx"), "conformite-caf931-2026-11-21.xlsx");
  fs::remove(folder_.path() / "conformite-caf931-2026-11-21.xlsx");
  link_latest(folder_.path(), "caf931", kDay, ".xlsx");
  EXPECT_EQ(target("conformite-caf931-latest.xlsx"), "conformite-caf931-2026-11-20.xlsx");
}

TEST_F(ReportFilesTest, LatestTakesThePlaceOfNoOtherFile) {
  make("conformite-latest.xlsx");
  EXPECT_THROW(link_latest(folder_.path(), "", kDay, ".xlsx"), std::runtime_error);
  EXPECT_TRUE(fs::is_regular_file(fs::symlink_status(folder_.path() / "conformite-latest.xlsx")));
}

TEST_F(ReportFilesTest, RemovesWhatIsOldAndNothingElse) {
  const std::vector<std::string> kept = {"conformite-2026-11-20.xlsx",         "conformite-caf931-2026-11-20.xlsx",
                                         "conformite-caf932-2026-11-01.xlsx",  "conformite-notes-2026-11-01.xlsx",
                                         "conformite-caf931-2026-11-01.html",  "actions-caf931-2026-11-01.csv",
                                         "conformite-caf931-2026-11-01 2.xlsx"};
  for (const std::string& name : kept) make(name);
  make("conformite-2026-11-19.xlsx");
  make("conformite-caf931-2026-11-19.xlsx");
  fs::create_directory(folder_.path() / "conformite-caf931-2026-11-02.xlsx");
  fs::create_symlink("conformite-notes-2026-11-01.xlsx", folder_.path() / "conformite-caf931-2026-11-03.xlsx");

  const auto removed = remove_reports_before(
      kDay, folder_.path(), [](const std::string& about) { return about != "caf932" && about != "notes"; }, ".xlsx");
  EXPECT_EQ(removed, (std::vector<fs::path>{folder_.path() / "conformite-2026-11-19.xlsx",
                                            folder_.path() / "conformite-caf931-2026-11-19.xlsx"}));
  for (const fs::path& file : removed) EXPECT_FALSE(fs::exists(file));
  for (const std::string& name : kept) EXPECT_TRUE(has(name)) << name;
  EXPECT_TRUE(has("conformite-caf931-2026-11-02.xlsx"));
  EXPECT_TRUE(has("conformite-caf931-2026-11-03.xlsx"));
}

TEST_F(ReportFilesTest, TheLinkToWhatIsRemovedGoesToo) {
  for (const char* name :
       {"conformite-2026-11-18.html", "conformite-caf931-2026-11-18.html", "conformite-caf931-2026-11-20.html"})
    make(name);
  link_latest(folder_.path(), "", kDay - 2, ".html");
  link_latest(folder_.path(), "caf931", kDay, ".html");
  remove_reports_before(
      kDay, folder_.path(), [](const std::string&) { return true; }, ".html");
  EXPECT_FALSE(fs::is_symlink(fs::symlink_status(folder_.path() / "conformite-latest.html")));
  EXPECT_TRUE(fs::exists(folder_.path() / "conformite-caf931-latest.html"));
}

TEST_F(ReportFilesTest, WhatAKilledRunLeftHalfMadeGoesTheDayAfter) {
  for (const char* folder : {".conformite-caf931-2026-11-19.xlsx.part", ".conformite-caf931-2026-11-20.xlsx.part",
                             ".conformite-caf932-2026-11-19.xlsx.part", ".mine.part"}) {
    fs::create_directory(folder_.path() / folder);
    std::ofstream(folder_.path() / folder / "half") << "half";
  }
  make(".conformite-caf931-2026-11-18.xlsx.part");  // no folder: not a half of Vigie's
  remove_unfinished_before(
      kDay, folder_.path(), [](const std::string& about) { return about == "caf931"; }, ".xlsx");
  EXPECT_FALSE(has(".conformite-caf931-2026-11-19.xlsx.part"));
  EXPECT_TRUE(has(".conformite-caf931-2026-11-20.xlsx.part"));
  EXPECT_TRUE(has(".conformite-caf932-2026-11-19.xlsx.part"));
  EXPECT_TRUE(has(".mine.part"));
  EXPECT_TRUE(has(".conformite-caf931-2026-11-18.xlsx.part"));
}

}  // namespace
}  // namespace vigie
