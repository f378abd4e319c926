#include "domain/day.h"

#include <string>

#include <gtest/gtest.h>

namespace vigie {
namespace {

const Day kDay = Day::from_ymd(2026, 11, 20);

TEST(DayParse, ReadsBothForms) {
  EXPECT_EQ(Day::parse("20/11/2026"), kDay);
  EXPECT_EQ(Day::parse("2026-11-20"), kDay);
}

TEST(DayParse, KeepsToTheYears1To9999) {
  EXPECT_EQ(Day::parse("01/01/0001"), Day::from_ymd(1, 1, 1));
  EXPECT_EQ(Day::parse("9999-12-31"), Day::from_ymd(9999, 12, 31));
  EXPECT_FALSE(Day::parse("31/12/0000"));
  EXPECT_FALSE(Day::parse("0000-12-31"));
}

TEST(DayParse, TakesOnlyRealDays) {
  EXPECT_TRUE(Day::parse("29/02/2024"));
  EXPECT_TRUE(Day::parse("29/02/2000"));
  for (const char* text : {"29/02/2026", "29/02/1900", "31/04/2026", "2026-02-30", "00/01/2026", "01/00/2026",
                           "2026-13-01", "2026-01-32", "2026-00-10", "2026-01-00"})
    EXPECT_FALSE(Day::parse(text)) << text;
}

TEST(DayParse, TakesNoOtherForm) {
  for (const char* text : {"", "1/1/2026", "20/11/26", "20-11-2026", "2026/11/20", "20.11.2026", "2026-11-20T",
                           "2026-11-2", " 20/11/202", "20/11/2026 ", "20/11/2026 00:00", "20/11-2026", "2026-11/20",
                           "+1/11/2026", "-1/11/2026", "20/1a/2026", "never"})
    EXPECT_FALSE(Day::parse(text)) << text;
}

TEST(Day, CountsFromTheEpoch) {
  EXPECT_EQ(Day::from_ymd(1970, 1, 1).count(), 0);
  EXPECT_EQ(Day::from_ymd(1969, 12, 31).count(), -1);
  EXPECT_EQ(Day::from_ymd(2026, 3, 1) - Day::from_ymd(2026, 2, 28), 1);
}

TEST(Day, PrintsWhatItParses) {
  for (const char* text : {"0001-01-01", "1969-12-31", "1970-01-01", "2024-02-29", "9999-12-31"})
    EXPECT_EQ(to_iso(Day::parse(text).value()), text);
  EXPECT_EQ(to_iso(Day::from_ymd(2026, 2, 28) + 1), "2026-03-01");
  EXPECT_EQ(to_french(kDay), "20/11/2026");
}

TEST(Day, NeverIsLaterThanEveryDayAndStaysSo) {
  EXPECT_FALSE(Day().given());
  EXPECT_GT(Day::never(), Day::from_ymd(9999, 12, 31));
  EXPECT_EQ(Day::never() + 1, Day::never());
  EXPECT_EQ(Day::never() - 1, Day::never());
  EXPECT_EQ(to_iso(Day::never()), "");
  EXPECT_EQ(to_french(Day::never()), "");
}

TEST(Period, IsOpenOnItsFirstDayAndClosedOnItsLast) {
  const Period period{kDay, kDay + 2};
  EXPECT_FALSE(period.active_on(kDay - 1));
  EXPECT_TRUE(period.active_on(kDay));
  EXPECT_TRUE(period.active_on(kDay + 1));
  EXPECT_FALSE(period.active_on(kDay + 2));
  EXPECT_FALSE(period.closed_on(kDay + 1));
  EXPECT_TRUE(period.closed_on(kDay + 2));
}

TEST(Period, NotYetOpenIsNotClosed) {
  const Period period{kDay + 1, Day::never()};
  EXPECT_FALSE(period.active_on(kDay));
  EXPECT_FALSE(period.closed_on(kDay));
}

TEST(Period, ClosedOnItsOpeningIsNeverActive) {
  const Period period{kDay, kDay};
  EXPECT_FALSE(period.active_on(kDay));
  EXPECT_TRUE(period.closed_on(kDay));
}

TEST(Period, OverlapsWhereADayIsInBoth) {
  const Period period{kDay, kDay + 2};
  EXPECT_TRUE(period.overlaps({kDay + 1, Day::never()}));
  EXPECT_FALSE(period.overlaps({kDay + 2, Day::never()}));
  EXPECT_FALSE(Period({kDay + 2, Day::never()}).overlaps(period));
  EXPECT_TRUE(Period({kDay, Day::never()}).overlaps({kDay + 1000, Day::never()}));
}

TEST(Period, EmptyOnesOverlapNothing) {
  const Period always{kDay - 10, Day::never()};
  EXPECT_FALSE(always.overlaps({kDay, kDay}));
  EXPECT_FALSE(always.overlaps({kDay, kDay - 1}));
  EXPECT_FALSE(Period({kDay, kDay}).overlaps({kDay, kDay}));
}

}  // namespace
}  // namespace vigie
