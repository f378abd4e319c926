#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "lists/cell_width.h"
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

TEST(CsvList, LeavesFormulasAsTheyStandInTheData) {
  EXPECT_EQ(written(Format::kCsv, {{"=1+1", "-1", "@SUM(A1)"}, {"+33", "1", "-"}}),
            "rule,age_days,detail\n=1+1,-1,@SUM(A1)\n+33,1,-\n");
}

TEST(CsvList, KeepsEveryLineBreakWithinItsQuotes) {
  EXPECT_EQ(written(Format::kCsv, {{"a\r\nb", "1", "\r"}, {"\n", "", "\"\""}}),
            "rule,age_days,detail\n\"a\r\nb\",1,\"\r\"\n\"\n\",,\"\"\"\"\"\"\n");
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

TEST(JsonList, IsValidForEveryPairOfBytes) {
  for (int first = 0; first < 256; ++first) {
    std::vector<Row> rows;
    for (int second = 0; second < 256; ++second)
      rows.push_back(
          {{static_cast<char>(first), static_cast<char>(second)}, std::string(1, static_cast<char>(second)), "d"});
    EXPECT_EQ(nlohmann::json::parse(written(Format::kJson, rows)).size(), 256U) << first;
  }
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

TEST(TableList, CountsCellsAsTerminalsDo) {
  EXPECT_EQ(cell_width("Élodie"), 6U);
  EXPECT_EQ(cell_width("E\u0301lodie"), 6U) << "an accent that stands apart";
  EXPECT_EQ(cell_width("日本語"), 6U);
  EXPECT_EQ(cell_width("한글"), 4U);
  EXPECT_EQ(cell_width("\u1112\u1161\u11AB"), 2U) << "one syllable, in three letters";
  EXPECT_EQ(cell_width("ＡＢ￥"), 6U);
  EXPECT_EQ(cell_width("✅⚡⭐🙂"), 8U);
  EXPECT_EQ(cell_width("✔🌡"), 2U) << "signs that are no emoji by themselves";
  EXPECT_EQ(cell_width("\u05E9\u05C1\u05DC"), 2U);
  EXPECT_EQ(cell_width("\u0645\u064F\u0646"), 2U);
  EXPECT_EQ(cell_width("a\u200Db\uFEFF"), 2U);
}

TEST(TableList, LetsNoSignThatTurnsTheDirectionReachTheTerminal) {
  const std::string table = written(Format::kTable, {{"a\u200Eb\u200Fc\u061Cd\u202Ee\u2066f", "1", "x"}});
  EXPECT_NE(table.find("\na b c d e f         1  x\n"), std::string::npos) << table;
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
