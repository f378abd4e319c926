#include "schedule/cron.h"

#include <gtest/gtest.h>

#include "calendar.h"

namespace vigie::schedule {
namespace {

constexpr Instant kMinute = 60;
constexpr Instant kHour = 60 * kMinute;

Cron cron(std::string_view text) {
  auto parsed = Cron::parse(text);
  EXPECT_TRUE(parsed.cron) << text << ": " << parsed.wrong;
  return *parsed.cron;
}

std::string wrong(std::string_view text) {
  const auto parsed = Cron::parse(text);
  EXPECT_FALSE(parsed.cron) << text;
  return parsed.wrong;
}

Instant at(int year, unsigned month, unsigned day, int hour = 0, int minute = 0) {
  return paris_clock().instant_of(Day::from_ymd(year, month, day), hour * 60 + minute);
}

std::string next(std::string_view text, Instant after) { return paris_time(cron(text).next(after, paris_clock())); }

TEST(Cron, ReadsFiveFields) {
  const Instant noon = at(2026, 11, 20, 12);  // a Friday
  EXPECT_EQ(next("15 2 * * *", noon), "2026-11-21 02:15:00");
  EXPECT_EQ(next("* * * * *", noon), "2026-11-20 12:01:00");
  EXPECT_EQ(next("0 12 * * *", noon), "2026-11-21 12:00:00") << "after, not at";
  EXPECT_EQ(next("0 12 * * *", noon - 1), "2026-11-20 12:00:00");
  EXPECT_EQ(next("30 1 1 * *", noon), "2026-12-01 01:30:00");
  EXPECT_EQ(next("0 0 1 1 *", noon), "2027-01-01 00:00:00");
  EXPECT_EQ(next(" 15  2\t* * * ", noon), "2026-11-21 02:15:00");
}

TEST(Cron, ReadsRangesStepsListsAndNames) {
  const Instant noon = at(2026, 11, 20, 12);
  EXPECT_EQ(next("*/20 * * * *", noon), "2026-11-20 12:20:00");
  EXPECT_EQ(next("50/4 * * * *", noon), "2026-11-20 12:50:00");
  EXPECT_EQ(next("0 8-18/5 * * *", noon), "2026-11-20 13:00:00");
  EXPECT_EQ(next("5,10,7 * * * *", noon), "2026-11-20 12:05:00");
  EXPECT_EQ(next("0 2 * * mon-fri", noon), "2026-11-23 02:00:00");
  EXPECT_EQ(next("0 2 * * SUN", noon), "2026-11-22 02:00:00");
  EXPECT_EQ(next("0 2 * * 7", noon), "2026-11-22 02:00:00");
  EXPECT_EQ(next("0 2 * * 0", noon), "2026-11-22 02:00:00");
  EXPECT_EQ(next("0 2 1 jan,Jul *", noon), "2027-01-01 02:00:00");
  EXPECT_EQ(next("0 0 29 2 *", noon), "2028-02-29 00:00:00");
  EXPECT_EQ(next("50/2147483647 2 */2147483647 * *", noon), "2026-12-01 02:50:00");
}

TEST(Cron, TakesEitherDayWhereBothAreRestricted) {
  const Instant noon = at(2026, 11, 20, 12);
  EXPECT_EQ(next("0 2 25 * mon", noon), "2026-11-23 02:00:00");
  EXPECT_EQ(next("0 2 21 * mon", noon), "2026-11-21 02:00:00");
  EXPECT_EQ(next("0 2 */10 * mon", noon), "2026-12-21 02:00:00") << "a day of * restricts no weekday: 2026-12-21 is a "
                                                                    "Monday, and the 1st, 11th, 21st or 31st";
}

TEST(Cron, SaysWhatIsWrong) {
  EXPECT_EQ(wrong("15 2 * *"), "has 4 fields, not five: minute hour day month weekday");
  EXPECT_EQ(wrong(""), "has 0 fields, not five: minute hour day month weekday");
  EXPECT_EQ(wrong("60 2 * * *"), "minute: 60 is not from 0 to 59");
  EXPECT_EQ(wrong("0 24 * * *"), "hour: 24 is not from 0 to 23");
  EXPECT_EQ(wrong("0 2 0 * *"), "day of the month: 0 is not from 1 to 31");
  EXPECT_EQ(wrong("0 2 * juin *"), "month: juin is not from 1 to 12 nor from jan to dec");
  EXPECT_EQ(wrong("0 2 * * 8"), "day of the week: 8 is not from 0 to 7 nor from sun to sat");
  EXPECT_EQ(wrong("0 8-6 * * *"), "hour: 8-6 ends before it begins");
  EXPECT_EQ(wrong("*/0 * * * *"), "minute: */0 has no step; write */10");
  EXPECT_EQ(wrong("*/5/5 * * * *"), "minute: */5/5 has two steps");
  EXPECT_EQ(wrong("1,,2 * * * *"), "minute: an empty value is not from 0 to 59");
  EXPECT_EQ(wrong("-1 * * * *"), "minute: -1 is not from 0 to 59");
  EXPECT_EQ(wrong("0 0 30 2 *"), "names a day that never comes");
  EXPECT_EQ(wrong("0 0 31 4,6,9,11 *"), "names a day that never comes");
  for (const char* bad :
       {"a * * * *", "1-2-3 * * * *", "1- * * * *", "* * * * *x", "999999999999 * * * *", "*5 * * * *"})
    EXPECT_NE(wrong(bad), "") << bad;
}

// How often, and when, a daily job runs from one midnight to the next.
std::vector<Instant> runs(const Cron& daily, Day day) {
  std::vector<Instant> found;
  const Instant end = paris_clock().instant_of(day + 1, 0);
  for (Instant run = daily.next(paris_clock().instant_of(day, 0) - 1, paris_clock()); run < end;
       run = daily.next(run, paris_clock()))
    found.push_back(run);
  return found;
}

std::string daily(int minute_of_day) {
  return std::to_string(minute_of_day % 60) + " " + std::to_string(minute_of_day / 60) + " * * *";
}

// 2027-03-28: after 01:59:59 comes 03:00:00.
TEST(ClockChange, InMarchEveryMinuteRunsOnceAndWhatIsLeftOutAtTheChange) {
  const Day day = Day::from_ymd(2027, 3, 28);
  const Instant midnight = at(2027, 3, 28);
  for (int minute = 0; minute < 24 * 60; ++minute) {
    const int elapsed = minute < 120 ? minute : minute < 180 ? 120 : minute - 60;
    EXPECT_EQ(runs(cron(daily(minute)), day), std::vector{midnight + elapsed * kMinute}) << daily(minute);
  }
}

// 2026-10-25: after 02:59:59 comes 02:00:00 again.
TEST(ClockChange, InOctoberEveryMinuteRunsOnceTheFirstTime) {
  const Day day = Day::from_ymd(2026, 10, 25);
  const Instant midnight = at(2026, 10, 25);
  for (int minute = 0; minute < 24 * 60; ++minute) {
    const int elapsed = minute < 180 ? minute : minute + 60;
    EXPECT_EQ(runs(cron(daily(minute)), day), std::vector{midnight + elapsed * kMinute}) << daily(minute);
  }
}

TEST(ClockChange, OfSeveralTimesThatAreLeftOutOneRuns) {
  const Day day = Day::from_ymd(2027, 3, 28);
  EXPECT_EQ(runs(cron("*/10 2 * * *"), day).size(), 1U);
  EXPECT_EQ(runs(cron("*/10 2,3 * * *"), day).size(), 6U) << "that of the change is 03:00's own";
  EXPECT_EQ(runs(cron("0 * * * *"), day).size(), 23U);
}

TEST(ClockChange, WhatComesTwiceRunsTheFirstTimeWhateverTheStep) {
  const Day day = Day::from_ymd(2026, 10, 25);
  EXPECT_EQ(runs(cron("0 * * * *"), day).size(), 24U);
  const Instant first_two = at(2026, 10, 25, 2);
  EXPECT_EQ(cron("*/10 * * * *").next(first_two + 50 * kMinute, paris_clock()), first_two + 2 * kHour);
}

TEST(ClockChange, OtherNightsHaveOneRunAMinute) {
  for (const Day day : {Day::from_ymd(2026, 11, 20), Day::from_ymd(2028, 2, 29), Day::from_ymd(2026, 12, 31)})
    for (int minute = 0; minute < 24 * 60; minute += 7)
      EXPECT_EQ(runs(cron(daily(minute)), day), std::vector{paris_clock().instant_of(day, 0) + minute * kMinute});
}

}  // namespace
}  // namespace vigie::schedule
