#include "intake/table.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace vigie::intake {
namespace {

Row row_of(std::string_view key, std::uint64_t key_digest) {
  const auto size = static_cast<std::uint32_t>(key.size());
  return {.data = key.data(), .key_digest = key_digest, .size = size, .key_size = size};
}

TEST(KeyIndex, FindsWhatWasPutInHoweverMany) {
  std::vector<std::string> keys;
  for (int i = 0; i < 1000; ++i) keys.push_back("key " + std::to_string(i));
  std::vector<Row> rows;
  KeyIndex index;
  for (const std::string& key : keys) {
    rows.push_back(row_of(key, digest(key, 0)));
    EXPECT_EQ(index.insert(rows, static_cast<Index>(rows.size() - 1)), kNone);
  }
  for (Index i = 0; i < keys.size(); ++i) EXPECT_EQ(index.find(rows, keys[i], digest(keys[i], 0)), i);
  EXPECT_EQ(index.find(rows, "another key", digest("another key", 0)), kNone);
}

TEST(KeyIndex, GivesTheFirstRowOfAKey) {
  const std::vector<Row> rows = {row_of("A1", 1), row_of("A1", 1)};
  KeyIndex index;
  index.reserve(2);
  EXPECT_EQ(index.insert(rows, 0), kNone);
  EXPECT_EQ(index.insert(rows, 1), 0U);
}

TEST(KeyIndex, TellsKeysWithOneDigestApart) {
  const std::vector<Row> rows = {row_of("A1", 7), row_of("A2", 7)};
  KeyIndex index;
  EXPECT_EQ(index.insert(rows, 0), kNone);
  EXPECT_EQ(index.insert(rows, 1), kNone);
  EXPECT_EQ(index.find(rows, "A1", 7), 0U);
  EXPECT_EQ(index.find(rows, "A2", 7), 1U);
  EXPECT_EQ(index.find(rows, "A3", 7), kNone);
}

TEST(KeyIndex, FindsNothingBeforeAnythingWasPutIn) { EXPECT_EQ(KeyIndex().find({}, "A1", 1), kNone); }

TEST(Table, TheDigestOfARowTellsTheColumnsOfTheDrop) {
  const Row row = row_of("A1", 1);
  Table table;
  const auto without_columns = table.digest_of(row);
  table.columns = 1;
  EXPECT_NE(table.digest_of(row), without_columns);
  EXPECT_NE(without_columns, 0U);
}

TEST(NoTables, HaveTheirFilesAndAreNotThere) {
  const Tables tables = no_tables();
  for (std::size_t i = 0; i < kFileCount; ++i) {
    EXPECT_EQ(tables[i].file, file_at(i));
    EXPECT_FALSE(tables[i].present);
  }
}

TEST(RejectReason, HasItsNamesInTheOrderOfTheContract) {
  std::vector<std::string_view> names;
  for (int i = 0; i < 6; ++i) names.push_back(name(static_cast<RejectReason>(i)));
  EXPECT_EQ(names, (std::vector<std::string_view>{"field-count", "missing-value", "bad-date", "bad-value",
                                                  "duplicate-key", "unknown-reference"}));
  EXPECT_EQ(french_reason("bad-date"), "Date illisible");
  EXPECT_EQ(french_reason("a reason of another version"), "a reason of another version");
}

}  // namespace
}  // namespace vigie::intake
