#include "csv/csv_file.h"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "connectors/temporary_folder.h"

namespace vigie::csv {
namespace {

using namespace std::string_literals;
using Fields = std::vector<std::string>;
using Lines = std::vector<std::string>;

struct ReadRow {
  std::uint32_t line;
  Fields fields;
  std::string raw;
};

struct ReadFile {
  Fields headings;
  std::vector<ReadRow> rows;
};

// Headings of one letter are known; any other is not.
ReadFile read(std::string_view text) {
  const test::TemporaryFolder folder;
  CsvFile file(folder.write("x.csv", text));
  ReadFile result;
  for (const auto heading : file.read_header([](std::string_view known) { return known.size() == 1; }))
    result.headings.emplace_back(heading);
  file.read_rows([&](std::uint32_t line, std::span<const std::string_view> fields, std::string_view raw) {
    result.rows.push_back({line, Fields(fields.begin(), fields.end()), std::string(raw)});
  });
  return result;
}

// "3 one|two": each row with its line.
Lines rows(std::string_view text) {
  Lines lines;
  for (const ReadRow& row : read(text).rows) {
    std::string line = std::to_string(row.line) + ' ';
    for (std::size_t i = 0; i < row.fields.size(); ++i) line += (i == 0 ? "" : "|") + row.fields[i];
    lines.push_back(line);
  }
  return lines;
}

std::string error_of(std::string_view text) {
  try {
    read(text);
  } catch (const CsvError& error) {
    EXPECT_FALSE(error.french().empty());
    return error.what();
  }
  return "";
}

TEST(CsvFile, ReadsLfAndCrlf) {
  EXPECT_EQ(rows("a;b\n1;2\n3;4\n"), (Lines{"2 1|2", "3 3|4"}));
  EXPECT_EQ(rows("a;b\r\n1;2\r\n3;4\r\n"), (Lines{"2 1|2", "3 3|4"}));
  EXPECT_EQ(rows("a;b\r\n1;\"2\"\r\n"), (Lines{"2 1|2"}));
}

TEST(CsvFile, NeedsNoLineEndAfterTheLastRow) {
  EXPECT_EQ(rows("a;b\n1;2"), (Lines{"2 1|2"}));
  EXPECT_EQ(rows("a;b\n1;\"2\""), (Lines{"2 1|2"}));
  EXPECT_EQ(rows("a;b\n1;"), (Lines{"2 1|"}));
  EXPECT_EQ(rows("a;b"), (Lines{}));
}

TEST(CsvFile, KeepsEmptyFields) { EXPECT_EQ(rows("a;b;c\n;;\n;x;\n"), (Lines{"2 ||", "3 |x|"})); }

TEST(CsvFile, RowsMayHaveMoreOrFewerFields) { EXPECT_EQ(rows("a;b\n1\n1;2;3\n"), (Lines{"2 1", "3 1|2|3"})); }

TEST(CsvFile, ALoneCarriageReturnIsNoLineEnd) { EXPECT_EQ(rows("a;b\nx\ry;2\n"), (Lines{"2 x\ry|2"})); }

TEST(CsvQuotes, HoldSeparatorsLineBreaksAndQuotes) {
  EXPECT_EQ(rows("a;b\n\"x;y\";\"say \"\"hi\"\"\"\n"), (Lines{"2 x;y|say \"hi\""}));
  EXPECT_EQ(rows("a;b\n\"\";\"\"\"\"\n"), (Lines{"2 |\""}));
  EXPECT_EQ(rows("a;b\n\"x\ny\";2\n3;4\n"), (Lines{"2 x\ny|2", "4 3|4"}));
  EXPECT_EQ(rows("a;b\r\n\"x\r\ny\r\n\";2\r\n3;4\r\n"), (Lines{"2 x\r\ny\r\n|2", "5 3|4"}));
  EXPECT_EQ(rows("a;b\n\"x\n\n\ny\";2\n3;4\n"), (Lines{"2 x\n\n\ny|2", "6 3|4"}));
}

TEST(CsvQuotes, WithinAFieldAreOrdinary) { EXPECT_EQ(rows("a;b\nl\"eau;5\" tube\n"), (Lines{"2 l\"eau|5\" tube"})); }

TEST(CsvQuotes, WhatFollowsAClosingOneIsTakenAsItIs) {
  EXPECT_EQ(rows("a;b\n\"x\"y;\"1\" 2\n"), (Lines{"2 xy|1 2"}));
  EXPECT_EQ(rows("a;b\n\"x\"\"\"y\"z\";2\n"), (Lines{"2 x\"y\"z\"|2"}));
  EXPECT_EQ(rows("a;b\r\n1;\"x\"y\r\n3;4\r\n"), (Lines{"2 1|xy", "3 3|4"}));
  EXPECT_EQ(rows("a;b\n \"x;y\n"), (Lines{"2  \"x|y"})) << "a blank before the quote makes it ordinary";
}

TEST(CsvQuotes, OneThatIsNotClosedNamesItsLine) {
  EXPECT_NE(error_of("a;b\n1;2\n3;\"4\n5;6\n").find("line 3"), std::string::npos) << error_of("a;b\n1;2\n3;\"4\n5;6\n");
  EXPECT_NE(error_of("a;b\n\"x\ny\";2\n3;\"4").find("line 4"), std::string::npos);
  EXPECT_NE(error_of("a;\"b\n1;2\n").find("line 1"), std::string::npos);
  EXPECT_NE(error_of("a;b\n1;\"2\"\"\n").find("line 2"), std::string::npos);
}

TEST(CsvFile, ABlankLineIsNoRowAndCountsAsALine) {
  EXPECT_EQ(rows("a;b\n\n1;2\n  \u00A0\t\n\r\n3;4\n\n\n"), (Lines{"3 1|2", "6 3|4"}));
  EXPECT_EQ(rows("\n\na;b\n1;2\n"), (Lines{"4 1|2"}));
  EXPECT_EQ(rows("a;b\n\u00A0\u202F\n1;2\n"), (Lines{"3 1|2"}));
  EXPECT_EQ(rows("a;b\n;\n"), (Lines{"2 |"})) << "a separator is no blank";
}

TEST(CsvFile, ALineOfTabsIsBlankWhereTheTabSeparates) {
  EXPECT_EQ(rows("a\tb\n1\t2\n\t\n \t \n3\t4\n"), (Lines{"2 1|2", "5 3|4"}));
  EXPECT_EQ(rows("a\tb\n\t2\n"), (Lines{"2 |2"}));
}

TEST(CsvFile, ARowKeepsItsRawText) {
  const auto file = read("a;b\r\n 1 ;\"x\r\ny\" z\r\n3;4");
  ASSERT_EQ(file.rows.size(), 2U);
  EXPECT_EQ(file.rows[0].raw, " 1 ;\"x\r\ny\" z");
  EXPECT_EQ(file.rows[1].raw, "3;4");
}

TEST(CsvEncoding, IsUtf8WithOrWithoutAByteOrderMark) {
  EXPECT_EQ(read("\xEF\xBB\xBF"
                 "a;b\né;👩\n")
                .headings,
            (Fields{"a", "b"}));
  EXPECT_EQ(rows("\xEF\xBB\xBF"
                 "a;b\né;👩\n"),
            (Lines{"2 é|👩"}));
  EXPECT_EQ(rows("a;b\né;👩\n"), (Lines{"2 é|👩"}));
  EXPECT_EQ(read("\xEF\xBB\xBF\"a\";b\n").headings, (Fields{"a", "b"}));
}

TEST(CsvEncoding, IsWindows1252WhereItIsNotUtf8) {
  EXPECT_EQ(rows("a;b\nH\xE9l\xE8ne;\x80 \x9C \x92 \xA0 \xFF\n"), (Lines{"2 Hélène|€ œ ’ \u00A0 ÿ"}));
  EXPECT_EQ(rows("a;b\n\x81\x8D\x8F\x90\x9D;\x80\x9F\n"), (Lines{"2 \u0081\u008D\u008F\u0090\u009D|€Ÿ"}));
  EXPECT_EQ(read("a;b\nH\xE9;\"x\"\n").rows.at(0).raw, "Hé;\"x\"");
}

TEST(CsvEncoding, IsOneForTheWholeFile) { EXPECT_EQ(rows("a;b\né;\xE9\n"), (Lines{"2 Ã©|é"})); }

TEST(CsvEncoding, AZeroByteEndsNothing) { EXPECT_EQ(rows("a;b\nx\0y;2\n"s), (Lines{"2 x\0y|2"s})); }

TEST(CsvSeparator, IsTheOneThatGivesTheMostKnownHeadings) {
  EXPECT_EQ(read("a;b;c\n").headings, (Fields{"a", "b", "c"}));
  EXPECT_EQ(read("a,b,c\n").headings, (Fields{"a", "b", "c"}));
  EXPECT_EQ(read("a\tb\tc\n").headings, (Fields{"a", "b", "c"}));
  EXPECT_EQ(read("a,b,what; not; known; at all;\n").headings.size(), 3U);
  EXPECT_EQ(read("a;b;\"one, two, three, four\"\n").headings, (Fields{"a", "b", "one, two, three, four"}));
}

TEST(CsvSeparator, OfUnknownHeadingsIsTheOneThatGivesTheMost) {
  EXPECT_EQ(read("one,two\n").headings, (Fields{"one", "two"}));
  EXPECT_EQ(read("one;two,three;four\n").headings, (Fields{"one", "two,three", "four"}));
}

TEST(CsvSeparator, HoldsForTheRowsToo) { EXPECT_EQ(rows("a,b\n1;x,2\n"), (Lines{"2 1;x|2"})); }

TEST(CsvFile, ThatIsEmptyCannotBeRead) {
  for (const char* text : {"", "\n", "\xEF\xBB\xBF", "  \n\t\r\n", "\xEF\xBB\xBF\r\n\r\n"})
    EXPECT_NE(error_of(text).find("is empty"), std::string::npos) << text;
}

TEST(CsvFile, ThatIsNoFileCannotBeRead) {
  const test::TemporaryFolder folder;
  EXPECT_THROW(CsvFile(folder.path()), CsvError);
  EXPECT_THROW(CsvFile(folder.path() / "none.csv"), CsvError);
}

TEST(CsvFile, EstimatesNoFewerRowsThanThereAre) {
  std::string text = "a;b\n";
  for (int i = 0; i < 50'000; ++i) text += "1;2\n";
  const test::TemporaryFolder folder;
  const CsvFile file(folder.write("x.csv", text));
  EXPECT_GE(file.estimated_rows(), 50'000U);
  EXPECT_LE(file.estimated_rows(), 200'000U);
}

}  // namespace
}  // namespace vigie::csv
