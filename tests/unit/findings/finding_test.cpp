#include "findings/finding.h"

#include <gtest/gtest.h>

namespace vigie {
namespace {

const Day kDay = Day::from_ymd(2026, 11, 20);

TEST(FindingStatus, IsNewOnTheDayOfTheLastDetectOnly) {
  Finding finding{.first_seen = kDay, .last_seen = kDay};
  EXPECT_EQ(status_of(finding, kDay), FindingStatus::kNew);
  EXPECT_EQ(status_of(finding, kDay + 1), FindingStatus::kOpen);
  finding.resolved = true;
  EXPECT_EQ(status_of(finding, kDay), FindingStatus::kResolved);
}

TEST(FindingStatus, HasItsNames) {
  EXPECT_EQ(name(FindingStatus::kNew), "new");
  EXPECT_EQ(name(FindingStatus::kWaived), "waived");
  EXPECT_EQ(french_name(FindingStatus::kResolved), "Résolue");
}

TEST(FindingAge, GrowsUntilItIsResolved) {
  Finding finding{.first_seen = kDay, .last_seen = kDay + 3};
  EXPECT_EQ(age_in_days(finding, kDay + 10), 10);
  finding.resolved = true;
  EXPECT_EQ(age_in_days(finding, kDay + 10), 3);
}

}  // namespace
}  // namespace vigie
