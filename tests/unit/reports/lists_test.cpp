#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "lists/list_writer.h"

namespace vigie::lists {
namespace {

const std::vector<Column> kColumns = {{"rule"}, {"age_days", ColumnKind::kInteger}, {"detail"}};

std::string written(Format format, const std::vector<Row>& rows, const std::vector<Column>& columns = kColumns) {
  std::ostringstream out;
  ListWriter list(format, columns, out, "No finding is open.");
  for (const Row& row : rows) list.row(row);
  list.end();
  return out.str();
}

TEST(ListFormat, IsFoundByTheNameThatTheCommandLineGives) {
  EXPECT_EQ(find_format("table"), Format::kTable);
  EXPECT_EQ(find_format("csv"), Format::kCsv);
  EXPECT_EQ(find_format("json"), Format::kJson);
  EXPECT_EQ(find_format("markdown"), Format::kMarkdown);
  EXPECT_EQ(find_format("CSV"), std::nullopt);
}

// ---------------------------------------------------------------------------------------------------------------- csv

TEST(CsvList, HasAHeaderRowAndLineFeeds) {
  EXPECT_EQ(written(Format::kCsv, {{"group-empty", "12", "Le groupe est vide."}}),
            "rule,age_days,detail\ngroup-empty,12,Le groupe est vide.\n");
}

TEST(CsvList, IsItsHeaderWhenEmpty) { EXPECT_EQ(written(Format::kCsv, {}), "rule,age_days,detail\n"); }

TEST(CsvList, QuotesWhatWouldBreakARow) {
  EXPECT_EQ(written(Format::kCsv, {{"a,b", "", "dit « \"oui\" »"}, {"a\nb", "1", "a\rb"}, {" é ", "2", "a;b"}}),
            "rule,age_days,detail\n\"a,b\",,\"dit « \"\"oui\"\" »\"\n\"a\nb\",1,\"a\rb\"\n é ,2,a;b\n");
}

TEST(CsvList, ReplacesBytesThatAreNoText) {
  EXPECT_EQ(written(Format::kCsv, {{"caf\xE9", "1", "é"}}), "rule,age_days,detail\ncaf\uFFFD,1,é\n");
}

// --------------------------------------------------------------------------------------------------------------- json

TEST(JsonList, IsOneArrayOfObjectsWithNullsAndNumbers) {
  EXPECT_EQ(written(Format::kJson, {{"group-empty", "12", ""}, {"group-empty", "", "x"}}),
            "[\n"
            "  {\"rule\": \"group-empty\", \"age_days\": 12, \"detail\": null},\n"
            "  {\"rule\": \"group-empty\", \"age_days\": null, \"detail\": \"x\"}\n"
            "]\n");
}

TEST(JsonList, IsAnEmptyArrayWhenEmpty) { EXPECT_EQ(written(Format::kJson, {}), "[]\n"); }

TEST(JsonList, GivesEveryTextBack) {
  std::string all_controls = "\"\\/ é 🙂 \u2028";
  for (char c = 0; c < 0x20; ++c) all_controls += c;
  all_controls += '\x7F';
  const auto list = nlohmann::json::parse(written(Format::kJson, {{all_controls, "0", "d"}}));
  EXPECT_EQ(list.at(0).at("rule").get<std::string>(), all_controls);
}

TEST(JsonList, ReplacesBytesThatAreNoText) {
  const auto list = nlohmann::json::parse(written(Format::kJson, {{"caf\xE9 \xC0\xAF", "1", "\xF0\x9F"}}));
  EXPECT_EQ(list.at(0).at("rule"), "caf\uFFFD \uFFFD\uFFFD");
}

TEST(JsonList, WritesWhatIsNoIntegerAsText) {
  const auto list = nlohmann::json::parse(
      written(Format::kJson, {{"r", "007", "d"}, {"r", "-", "d"}, {"r", "1.5", "d"}, {"r", "-12", "d"}}));
  EXPECT_EQ(list.at(0).at("age_days"), "007");
  EXPECT_EQ(list.at(1).at("age_days"), "-");
  EXPECT_EQ(list.at(2).at("age_days"), "1.5");
  EXPECT_EQ(list.at(3).at("age_days"), -12);
}

// ----------------------------------------------------------------------------------------------------------- markdown

TEST(MarkdownList, IsATableWhoseCellsStayCells) {
  EXPECT_EQ(written(Format::kMarkdown, {{"a|b", "12", "ligne\nsuivante \\| fin"}, {"c", "", "d"}}),
            "| rule | age_days | detail |\n"
            "| --- | ---: | --- |\n"
            "| a\\|b | 12 | ligne suivante \\\\\\| fin |\n"
            "| c | | d |\n");
}

// -------------------------------------------------------------------------------------------------------------- table

TEST(TableList, AlignsTextToTheLeftAndIntegersToTheRight) {
  EXPECT_EQ(written(Format::kTable, {{"group-empty", "7", "Vide."}, {"é", "120", "Un détail plus long."}}),
            "rule         age_days  detail\n"
            "group-empty         7  Vide.\n"
            "é                 120  Un détail plus long.\n");
}

TEST(TableList, SaysThatItIsEmpty) { EXPECT_EQ(written(Format::kTable, {}), "No finding is open.\n"); }

TEST(TableList, IsItsHeaderWhenEmptyAndNothingIsToBeSaid) {
  std::ostringstream out;
  ListWriter list(Format::kTable, {{"id"}, {"until"}}, out);
  list.end();
  EXPECT_EQ(out.str(), "id  until\n");
}

TEST(TableList, LeavesNoBlanksAtTheEndOfALine) {
  EXPECT_EQ(written(Format::kTable, {{"a", "1", ""}, {"b", "", ""}}), "rule  age_days  detail\na            1\nb\n");
}

TEST(TableList, CutsLongTextsButTheLast) {
  const std::string fits = "É" + std::string(47, 'x');
  const std::string too_long = "É" + std::string(48, 'x');
  const std::string table = written(Format::kTable, {{fits, "1", too_long}, {too_long, "2", "d"}});
  EXPECT_NE(table.find(fits + "         1  " + too_long + '\n'), std::string::npos);
  EXPECT_NE(table.find("É" + std::string(46, 'x') + "…         2  d\n"), std::string::npos);
}

TEST(TableList, CutsBetweenCharactersAndCountsWideOnesTwice) {
  std::string wide;
  for (int i = 0; i < 30; ++i) wide += "漢";
  const std::string table = written(Format::kTable, {{wide, "1", "d"}, {"e\u0301te\u0301", "2", "d"}});
  EXPECT_NE(table.find("\n" + wide.substr(0, std::size_t{23} * 3) + "…  "), std::string::npos);
  EXPECT_NE(table.find("\ne\u0301te\u0301" + std::string(47 - 3 + 2 + 7, ' ') + "2  d\n"), std::string::npos);
}

TEST(TableList, LetsNoControlCharacterReachTheTerminal) {
  const std::string table = written(Format::kTable, {{"\x1B[31mrouge\x07", "1", "a\r\nb\u009B\u202Ec\tf\x7F"}});
  EXPECT_EQ(table,
            "rule         age_days  detail\n"
            " [31mrouge          1  a  b  c f \n");
}

TEST(TableList, KeepsLaterRowsWholeWhereTheyAreWiderThanTheFirstOnes) {
  std::vector<Row> rows(2000, Row{"short", "1", "d"});
  rows.push_back({"much-longer-than-the-first", "2", "d"});
  const std::string table = written(Format::kTable, rows);
  EXPECT_TRUE(table.ends_with("\nshort         1  d\nmuch-longer-than-the-first         2  d\n"))
      << table.substr(0, 99);
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 2002);
}

}  // namespace
}  // namespace vigie::lists
