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
  for (int i = 0; i < 50'000; ++i) text += "19_214;ALSH Nord 1\n";
  const CsvFile file("x.csv", text);
  EXPECT_GE(file.estimated_rows(), 50'000U);
  EXPECT_LE(file.estimated_rows(), 200'000U);
}

TEST(CsvFile, EstimatesNoMoreRowsThanItsBytesMayHold) {
  const CsvFile file("x.csv", "a;b\n" + std::string(1 << 20, '\n'));
  EXPECT_LE(file.estimated_rows(), (1U << 16) + 1);
}

constexpr std::size_t kLongestRow = std::size_t{1} << 20;

TEST(CsvLongRow, OfAMebibyteIsRead) {
  const std::string value(kLongestRow - 2, 'x');
  EXPECT_EQ(rows("a;b\n1;" + value + "\n3;4\n"), (Lines{"2 1|" + value, "3 3|4"}));
  EXPECT_EQ(rows("a;b\n1;" + value), (Lines{"2 1|" + value}));
  EXPECT_EQ(rows("a;b\n1;\"" + value.substr(2) + "\"\n3;4\n"), (Lines{"2 1|" + value.substr(2), "3 3|4"}));
}

TEST(CsvLongRow, OfMoreCannotBeRead) {
  const std::string most(kLongestRow, 'x');
  const std::string rest = "\n3;4\n";
  for (const std::string& row : {"1;" + most, "1;\"" + most + "\"", "1;\"" + most, "\"1\";\"" + most + "\"x",
                                 std::string(kLongestRow + 1, ';'), std::string(kLongestRow / 2, '"') + most}) {
    const std::string error = error_of("a;b\n1;2\n" + row + rest);
    EXPECT_NE(error.find("more than 1 MiB, which begins at line 3"), std::string::npos) << error;
    EXPECT_LT(error.size(), 200U);
  }
}

TEST(CsvLongRow, BeginsWhereItBegins) {
  const std::string error = error_of("a;b\n\"x\n\ny\";\"" + std::string(kLongestRow, '\n') + "\"\n");
  EXPECT_NE(error.find("begins at line 2:"), std::string::npos) << error;
}

TEST(CsvLongRow, MayBeTheHeader) {
  EXPECT_NE(error_of(std::string(kLongestRow + 1, ';')).find("line 1"), std::string::npos);
  EXPECT_NE(error_of(std::string(kLongestRow + 1, '\0')).find("line 1"), std::string::npos);
}

TEST(CsvLongRow, OfBlanksIsNoRow) {
  EXPECT_EQ(rows("a;b\n" + std::string(kLongestRow + 1, ' ') + "\n3;4\n"), (Lines{"3 3|4"}));
}

TEST(CsvFile, MayHaveManyColumnsAndSeparators) {
  std::string header = "a";
  for (int i = 1; i < 10'000; ++i) header += ";h" + std::to_string(i);
  const auto file = read(header + "\n" + std::string(9'999, ';') + "\n" + std::string(100'000, ';') + "\n");
  EXPECT_EQ(file.headings.size(), 10'000U);
  ASSERT_EQ(file.rows.size(), 2U);
  EXPECT_EQ(file.rows[0].fields.size(), 10'000U);
  EXPECT_EQ(file.rows[1].fields.size(), 100'001U);
}

TEST(CsvSeparator, IsNotOneThatWouldOpenAQuote) {
  EXPECT_EQ(read("a;b;5,\"c\n1;2;3\n").headings, (Fields{"a", "b", "5,\"c"}));
  EXPECT_EQ(read("a,b,5;\"c\n1,2,3\n").headings, (Fields{"a", "b", "5;\"c"}));
  EXPECT_NE(error_of("one;\"two\n").find("line 1"), std::string::npos) << "no heading is known: the quote is at fault";
}

TEST(CsvFile, WhoseLinesEndInACarriageReturnAloneCannotBeRead) {
  EXPECT_NE(error_of("a;b\r1;2\r3;4\r").find("carriage return alone"), std::string::npos);
  EXPECT_NE(error_of("a;b\r1;2\r3;4").find("carriage return alone"), std::string::npos);
  EXPECT_EQ(rows("a;b\r\r\n1;2\r\n"), (Lines{"2 1|2"})) << "at the end of the header it is a blank";
  EXPECT_EQ(rows("a;\"b\r\nc\"\r\n1;2\r\n"), (Lines{"3 1|2"})) << "a line break within a quoted heading";
}

TEST(CsvEncoding, Utf16CannotBeRead) {
  for (const std::string& text : {"\xFF\xFE"s + "a\0;\0b\0\n\0"s, "\xFE\xFF"s + "\0a\0;\0b\0\n"s, "a\0;\0b\0\n\0"s,
                                  "\0a\0;\0b\0\n"s, "\xFF\xFE"s})
    EXPECT_NE(error_of(text).find("is UTF-16; save it as CSV UTF-8"), std::string::npos) << text;
  EXPECT_EQ(rows("a;b\n\0x\0y;2\n"s), (Lines{"2 \0x\0y|2"s})) << "zero bytes further on are ordinary";
}

TEST(CsvEncoding, AWorkbookCannotBeRead) {
  EXPECT_NE(error_of("PK\x03\x04 and so on").find("is a workbook"), std::string::npos);
  EXPECT_NE(error_of("\xD0\xCF\x11\xE0 and so on").find("is a workbook"), std::string::npos);
}

TEST(CsvFile, ThatIsCutWithinARowIsReadAsFarAsItGoes) {
  EXPECT_EQ(rows("a;b;c\n1;2;3\n4;5"), (Lines{"2 1|2|3", "3 4|5"}));
}

}  // namespace
}  // namespace vigie::csv
