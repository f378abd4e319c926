#include "demo.h"

#include <string>

#include <gtest/gtest.h>

#include "connectors/temporary_folder.h"
#include "csv/csv_drop.h"
#include "errors.h"
#include "settings.h"

namespace vigie {
namespace {

namespace fs = std::filesystem;

const Day kDay = Day::from_ymd(2026, 11, 20);

// Rows that are rejected for themselves: references are not looked at yet.
std::size_t rejected_rows(const drops::Drop& drop) {
  std::size_t rows = 0;
  for (const auto& table : drop.tables) rows += table.rejects.size();
  return rows;
}

TEST(Demo, IsAConfigurationWithDropsThatCanBeRead) {
  const test::TemporaryFolder folder;
  write_demo(folder.path() / "new", kDay);
  const Settings settings = load_settings(folder.path() / "new/vigie.properties", {});
  ASSERT_EQ(settings.sources.size(), 2U);
  for (const SourceSettings& source : settings.sources) {
    const auto drop = csv::read_drop(source.path, source.name, source.columns, 1, 1);
    EXPECT_TRUE(drop.refusals.empty()) << source.name << ": " << drop.refusals[0].file << ' '
                                       << drop.refusals[0].message;
    EXPECT_EQ(rejected_rows(drop), source.name == "caf931" ? 1U : 0U) << source.name;
  }
}

TEST(Demo, HasDatesRelativeToTheDay) {
  const test::TemporaryFolder folder;
  write_demo(folder.path() / "today", kDay);
  write_demo(folder.path() / "tomorrow", kDay + 1);
  bool any_moved = false;
  for (const auto& entry : fs::recursive_directory_iterator(folder.path() / "today")) {
    if (!entry.is_regular_file()) continue;
    const auto path = fs::relative(entry.path(), folder.path() / "today");
    const std::string today = test::read_text(entry.path());
    EXPECT_EQ(today.find("{{"), std::string::npos) << path;
    any_moved = any_moved || today != test::read_text(folder.path() / "tomorrow" / path);
  }
  EXPECT_TRUE(any_moved);
}

TEST(Demo, NeverOverwritesAConfiguration) {
  const test::TemporaryFolder folder;
  folder.write("vigie.properties", "mine");
  EXPECT_THROW(write_demo(folder.path(), kDay), UsageError);
  EXPECT_EQ(test::read_text(folder.path() / "vigie.properties"), "mine");
  EXPECT_FALSE(fs::exists(folder.path() / "drops"));
}

}  // namespace
}  // namespace vigie
