#include <gtest/gtest.h>

#include "odbc/named_statement.h"
#include "odbc/utf16.h"
#include "odbc/values.h"

namespace vigie::odbc {
namespace {

using Names = std::vector<std::string>;

TEST(OdbcNumber, IsWholeWhereItsFractionIsNothing) {
  const auto number = [](std::string_view text) { return as_written(ColumnKind::kNumber, text); };
  EXPECT_EQ(number("1.0"), "1");
  EXPECT_EQ(number("-20.000"), "-20");
  for (const char* text : {"1.5", "1.05", "1", "", ".0", "1.", "1e3", "-.0", "1.0e3", "NaN"})
    EXPECT_EQ(number(text), text);
  EXPECT_EQ(as_written(ColumnKind::kText, "1.0"), "1.0");
}

TEST(OdbcMoment, IsADayAtMidnight) {
  const auto moment = [](std::string_view text) { return as_written(ColumnKind::kMoment, text); };
  EXPECT_EQ(moment("2026-11-20 00:00:00"), "2026-11-20");
  EXPECT_EQ(moment("2026-11-20T00:00:00.000000"), "2026-11-20");
  for (const char* text : {"2026-11-20 00:00:01", "2026-11-20 00:00:00.001", "2026-11-20 00:00", "2026-11-20",
                           "2026-11-20 00:00:00+01", "2026-11-20 00:00:00.", ""})
    EXPECT_EQ(moment(text), text);
  EXPECT_EQ(as_written(ColumnKind::kText, "2026-11-20 00:00:00"), "2026-11-20 00:00:00");
}

TEST(OdbcRow, IsALineOfCsv) {
  std::string line;
  const std::vector<std::string_view> values = {"a", "", "b;c", "say \"x\"", "two\nlines", " d "};
  append_row(line, values);
  EXPECT_EQ(line, "a;;\"b;c\";\"say \"\"x\"\"\";\"two\nlines\"; d ");
}

TEST(Utf16, BecomesUtf8) {
  const std::uint16_t units[] = {'a', 0xE9, 0x153, 0x20AC, 0xD83C, 0xDFDB};
  EXPECT_EQ(from_utf16(units), "aéœ€🏛");
}

TEST(Utf16, HalfAPairIsNoCharacter) {
  const std::uint16_t first[] = {0xD83C, 'x'};
  const std::uint16_t second[] = {0xDFDB, 0xD83C};
  EXPECT_EQ(from_utf16(first), "\uFFFDx");
  EXPECT_EQ(from_utf16(second), "\uFFFD\uFFFD");
}

TEST(NamedStatement, HasItsParametersInTheirOrder) {
  const auto statement = parse_named("UPDATE a SET f = :date, g=:date WHERE i IN(:id,:id_2)");
  EXPECT_EQ(statement.sql, "UPDATE a SET f = ?, g=? WHERE i IN(?,?)");
  EXPECT_EQ(statement.parameters, (Names{"date", "date", "id", "id_2"}));
}

TEST(NamedStatement, LeavesQuotesCommentsAndCastsAlone) {
  for (const char* text : {"SELECT ':a', \":b\", `:c`", "x -- :a", "x /* :a */ y", "a::date", "a : b", ":",
                           "'it''s :a'", "'open :a", "/* open :a"}) {
    EXPECT_EQ(parse_named(text).sql, text);
    EXPECT_TRUE(parse_named(text).parameters.empty()) << text;
  }
  EXPECT_EQ(parse_named("a = :b::date").sql, "a = ?::date");
  EXPECT_EQ(parse_named("x -- :a\n= :b").parameters, Names{"b"});
}

}  // namespace
}  // namespace vigie::odbc
