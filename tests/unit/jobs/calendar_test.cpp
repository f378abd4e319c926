#include "calendar.h"

#include <gtest/gtest.h>

namespace vigie {
namespace {

std::chrono::system_clock::time_point at(std::int64_t seconds) {
  return std::chrono::system_clock::time_point(std::chrono::seconds(seconds));
}

TEST(ParisDay, ChangesAtMidnightInParis) {
  // 2026-01-14 23:00 UTC is midnight in winter, 2026-07-14 22:00 UTC in summer.
  EXPECT_EQ(paris_day(at(1'768'431'599)), Day::from_ymd(2026, 1, 14));
  EXPECT_EQ(paris_day(at(1'768'431'600)), Day::from_ymd(2026, 1, 15));
  EXPECT_EQ(paris_day(at(1'784'066'399)), Day::from_ymd(2026, 7, 14));
  EXPECT_EQ(paris_day(at(1'784'066'400)), Day::from_ymd(2026, 7, 15));
}

TEST(ParisDay, BeforeTheEpochIsADayToo) { EXPECT_EQ(paris_day(at(-7200)), Day::from_ymd(1969, 12, 31)); }

TEST(ParisTime, IsWhatAClockInParisShows) {
  EXPECT_EQ(paris_time(0), "1970-01-01 01:00:00");
  EXPECT_EQ(paris_time(1'784'066'407), "2026-07-15 00:00:07");
}

TEST(ParisTime, TellsTheHourThatComesTwiceOnce) {
  // The night of 2026-10-25: 03:00 becomes 02:00 at 01:00 UTC.
  EXPECT_EQ(paris_time(1'792'889'999), "2026-10-25 02:59:59");
  EXPECT_EQ(paris_time(1'792'890'000), "2026-10-25 02:00:00");
}

TEST(MonthOf, CountsOverYears) {
  EXPECT_EQ(month_of(Day::from_ymd(2026, 1, 31)) - month_of(Day::from_ymd(2025, 12, 1)), 1);
  EXPECT_EQ(month_of(Day::from_ymd(2026, 11, 1)), month_of(Day::from_ymd(2026, 11, 30)));
  EXPECT_EQ(month_of(Day::from_ymd(1, 1, 1)), 12);
}

}  // namespace
}  // namespace vigie
