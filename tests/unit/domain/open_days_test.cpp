#include "domain/open_days.h"

#include <string>

#include <gtest/gtest.h>

namespace vigie {
namespace {

Day day(std::string_view iso) { return Day::parse(iso).value_or(Day::never()); }

std::string holidays_of(int year) {
  std::string found;
  for (Day each = Day::from_ymd(year, 1, 1); each < Day::from_ymd(year + 1, 1, 1); each = each + 1)
    if (is_public_holiday(each)) found += to_iso(each).substr(5) + ' ';
  return found;
}

TEST(Weekday, CountsFromMonday) {
  EXPECT_EQ(weekday_of(day("2026-11-20")), 4);
  EXPECT_EQ(weekday_of(day("2026-11-23")), 0);
  EXPECT_EQ(weekday_of(day("1970-01-01")), 3);
  EXPECT_EQ(weekday_of(day("1969-12-28")), 6);
}

TEST(Easter, IsWhereTheTablesHaveIt) {
  for (const char* iso : {"1818-03-22", "1943-04-25", "2000-04-23", "2024-03-31", "2026-04-05", "2027-03-28",
                          "2038-04-25", "2049-04-18", "2076-04-19", "2285-03-22"})
    EXPECT_EQ(to_iso(easter_of(std::stoi(iso))), iso);
}

TEST(PublicHolidays, AreElevenAYear) {
  EXPECT_EQ(holidays_of(2026), "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25 ");
  // Ascension Day falls on the 1st of May.
  EXPECT_EQ(holidays_of(2008), "01-01 03-24 05-01 05-08 05-12 07-14 08-15 11-01 11-11 12-25 ");
}

TEST(OpenDays, AreAllOfThemWhereNothingIsSaid) {
  EXPECT_TRUE(OpenDays().is_open(day("2026-12-25")));
  EXPECT_TRUE(OpenDays::parse("all")->is_open(day("2026-11-22")));
}

TEST(OpenDays, AreDaysAndRanges) {
  const auto open = [](std::string_view text) {
    std::string letters;
    const auto days = OpenDays::parse(text);
    for (int i = 0; i < 7; ++i) letters += days->is_open(day("2026-11-16") + i) ? "MTWtFSs"[i] : '.';
    return letters;
  };
  EXPECT_EQ(open("mon-fri"), "MTWtF..");
  EXPECT_EQ(open("mon"), "M......");
  EXPECT_EQ(open("mon, wed-fri"), "M.WtF..");
  EXPECT_EQ(open("sat-mon"), "M....Ss");
  EXPECT_EQ(open("mon-sun"), "MTWtFSs");
}

TEST(OpenDays, AreNotHolidaysWhereDaysAreNamed) {
  EXPECT_FALSE(OpenDays::parse("mon-sun")->is_open(day("2026-12-25")));
  EXPECT_EQ(to_iso(OpenDays::parse("mon-fri")->next_open(day("2026-12-25"))), "2026-12-28");
  EXPECT_EQ(to_iso(OpenDays::parse("mon-fri")->next_open(day("2026-11-20"))), "2026-11-20");
  EXPECT_EQ(to_iso(OpenDays::parse("sat")->next_open(day("2026-08-15"))), "2026-08-22");
}

TEST(OpenDays, AreRefusedWhereTheyAreNoDays) {
  for (const char* text : {"", "monday", "lun-ven", "mon-", "-fri", "mon,,tue", "mon-fri-sun", "MON", "1-5", "mon,"})
    EXPECT_FALSE(OpenDays::parse(text)) << text;
}

}  // namespace
}  // namespace vigie
