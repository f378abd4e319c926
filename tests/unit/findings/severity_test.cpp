#include "findings/severity.h"

#include <gtest/gtest.h>

namespace vigie {
namespace {

TEST(Severity, IsOrderedByGravity) {
  EXPECT_LT(Severity::kInfo, Severity::kMinor);
  EXPECT_LT(Severity::kMinor, Severity::kMajor);
  EXPECT_LT(Severity::kMajor, Severity::kCritical);
  EXPECT_EQ(kSeveritiesGravestFirst.front(), Severity::kCritical);
  EXPECT_EQ(kSeveritiesGravestFirst.back(), Severity::kInfo);
}

TEST(Severity, IsFoundByTheNameThatItHas) {
  for (const Severity severity : kSeveritiesGravestFirst) EXPECT_EQ(find_severity(name(severity)), severity);
  EXPECT_EQ(name(Severity::kCritical), "critical");
  EXPECT_EQ(french_name(Severity::kCritical), "Critique");
  EXPECT_FALSE(find_severity("Critical"));
  EXPECT_FALSE(find_severity(""));
}

}  // namespace
}  // namespace vigie
