#include "summary/trend.h"

#include <tuple>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "summary/summarize.h"

namespace vigie::summary {
namespace {

using testing::ElementsAre;

const Day kDay = Day::from_ymd(2026, 11, 20);
constexpr const char* kGroups = "group-empty";
constexpr const char* kAccounts = "account-inactive";

Tally open(Day day, const char* rule, int count, Severity severity = Severity::kMinor) {
  return {.as_of = day, .rule = rule, .severity = severity, .open = count};
}

Report filled(const std::vector<SourceTallies>& sources) {
  Report report;
  report.day = kDay;
  fill_overview(report);
  fill_trend(report, sources);
  return report;
}

std::vector<std::tuple<Day, int>> points(const Report& report) {
  std::vector<std::tuple<Day, int>> points;
  for (const TrendPoint& point : report.overview.trend) points.emplace_back(point.day, point.open.total());
  return points;
}

const RulesSettings kAllOn;

TEST(Trend, ASourceThatDidNotRunCountsAsOnItsLastDay) {
  const Report report = filled({{&kAllOn, {open(kDay - 2, kGroups, 3), open(kDay, kGroups, 1)}},
                                {&kAllOn, {open(kDay - 2, kGroups, 10), open(kDay - 1, kGroups, 20)}}});
  EXPECT_THAT(points(report), ElementsAre(std::tuple(kDay - 2, 13), std::tuple(kDay - 1, 23), std::tuple(kDay, 21)));
  EXPECT_EQ(report.overview.before, 23);
}

TEST(Trend, OnTheFirstDayThereIsNoRunBefore) {
  const Report report = filled({{&kAllOn, {open(kDay, kGroups, 3)}}});
  EXPECT_EQ(report.overview.before, std::nullopt);
  EXPECT_TRUE(report.overview.by_severity[0].open.first);
}

TEST(Trend, WhatRulesFoundThatAreOffDoesNotCount) {
  RulesSettings settings;
  settings[kGroups].enabled = false;
  Tally returned = open(kDay, kGroups, 5);
  returned.returned = 5;
  const Report report = filled({{&settings, {open(kDay - 1, kAccounts, 2), returned, open(kDay, kAccounts, 1)}}});
  EXPECT_THAT(points(report), ElementsAre(std::tuple(kDay - 1, 2), std::tuple(kDay, 1)));
  EXPECT_EQ(report.overview.returned, 0);
}

TEST(Trend, HasThirtyRuns) {
  SourceTallies source{.settings = &kAllOn, .tallies = {}};
  for (int i = kTallyDays; i > 0; --i) source.tallies.push_back(open(kDay - i + 1, kGroups, i));
  const Report report = filled({source});
  EXPECT_EQ(report.overview.trend.size(), 30U);
  EXPECT_EQ(points(report).back(), std::tuple(kDay, 1));
}

TEST(Month, IsWhatTheLastDetectBeforeItLeft) {
  const Report report = filled({{&kAllOn, {open(kDay - 31, kGroups, 4), open(kDay - 29, kGroups, 9)}}});
  ASSERT_EQ(report.overview.by_family.size(), 1U) << "a family of which nothing is open any more";
  EXPECT_EQ(report.overview.by_family[0].family, "Groupes");
  EXPECT_EQ(report.overview.by_family[0].month_before, 4);
}

TEST(Month, IsNotGuessedWhereASourceWasNotJudgedByThen) {
  const Report report = filled({{&kAllOn, {open(kDay - 31, kGroups, 4)}}, {&kAllOn, {open(kDay, kGroups, 9)}}});
  for (const SeverityFigure& figure : report.overview.by_severity) EXPECT_EQ(figure.open.month_before, std::nullopt);
}

}  // namespace
}  // namespace vigie::summary
