#include "findings/waiver.h"

#include <gtest/gtest.h>

namespace vigie {
namespace {

const Day kDay = Day::from_ymd(2026, 11, 20);

Waiver until(Day day, Day ended_on = Day::never()) {
  return {.rule = "group-empty", .convention = "19_214", .subject = "T1", .until = day, .ended_on = ended_on};
}

Finding finding(std::string subject = "T1") {
  return {.rule = "group-empty", .convention = "19_214", .subject = std::move(subject), .first_seen = kDay - 9};
}

Finding marked(const std::vector<Waiver>& waivers, Finding finding) {
  std::vector<Finding> findings = {std::move(finding)};
  mark_waived(findings, Waivers(waivers, kDay));
  return findings[0];
}

TEST(Waiver, HoldsUpToItsLastDay) {
  EXPECT_TRUE(until(kDay).holds_on(kDay));
  EXPECT_FALSE(until(kDay).holds_on(kDay + 1));
  EXPECT_EQ(until(kDay).over_on(), kDay + 1);
}

TEST(Waiver, HoldsNoMoreOnceItIsEnded) {
  EXPECT_FALSE(until(kDay + 9, kDay).holds_on(kDay));
  EXPECT_EQ(until(kDay + 9, kDay).over_on(), kDay);
}

TEST(WaivedFinding, SaysUntilWhen) {
  const Finding waived = marked({until(kDay + 4)}, finding());
  EXPECT_EQ(waived.waived_until, kDay + 4);
  EXPECT_EQ(status_of(waived, kDay), FindingStatus::kWaived);
  EXPECT_FALSE(waived.waiver_over_on.given());
}

TEST(WaivedFinding, IsThatOfTheSameSubjectConventionAndRule) {
  EXPECT_FALSE(marked({until(kDay)}, finding("T2")).waived_until.given());
  Finding other_rule = finding();
  other_rule.rule = "group-without-role";
  EXPECT_FALSE(marked({until(kDay)}, other_rule).waived_until.given());
  Finding other_convention = finding();
  other_convention.convention = "19_215";
  EXPECT_FALSE(marked({until(kDay)}, other_convention).waived_until.given());
}

TEST(WaivedFinding, TakesTheLongestOfItsWaivers) {
  EXPECT_EQ(marked({until(kDay + 1), until(kDay + 4), until(kDay + 2)}, finding()).waived_until, kDay + 4);
}

TEST(WaivedFinding, SaysSinceWhenItsLastWaiverIsOver) {
  const Finding over = marked({until(kDay - 3), until(kDay + 9, kDay - 1), until(kDay - 5)}, finding());
  EXPECT_FALSE(over.waived_until.given());
  EXPECT_EQ(over.waiver_over_on, kDay - 1);
  EXPECT_FALSE(marked({until(kDay - 3), until(kDay)}, finding()).waiver_over_on.given());
}

TEST(WaivedFinding, IsResolvedFirst) {
  Finding resolved = marked({until(kDay)}, finding());
  resolved.resolved = true;
  EXPECT_EQ(status_of(resolved, kDay), FindingStatus::kResolved);
}

}  // namespace
}  // namespace vigie
