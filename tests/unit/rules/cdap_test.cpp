#include "rules/families/cdap.h"

#include <string>

#include <gtest/gtest.h>

#include "builder.h"

namespace vigie {
namespace {

using namespace test;

std::string instructor_number_finding(std::string_view number) {
  SnapshotBuilder b;
  const Index group = b.group({.code = "T4"});
  b.grant(group, Service::kCdap, Role::kT4);
  b.membership(group, b.account({.id = "A1", .instructor_number = number}));
  const auto found = judged("cdap-t4-instructor-number", b.build());
  return found.empty() ? "" : std::string(found[0].detail);
}

TEST(InstructorNumber, ProposesTheFullNumberWhereOnlyTheZerosAreMissing) {
  EXPECT_NE(instructor_number_finding("093 a 123 45").find("« 093A1234500000 »"), std::string::npos);
  EXPECT_NE(instructor_number_finding("02BA12345").find("« 02BA1234500000 »"), std::string::npos);
}

TEST(InstructorNumber, IsMissingOrMalformedOtherwise) {
  EXPECT_NE(instructor_number_finding("").find("est vide"), std::string::npos);
  EXPECT_NE(instructor_number_finding("02CA12345").find("est mal formé"), std::string::npos);
  EXPECT_NE(instructor_number_finding("093_1234500000").find("est mal formé"), std::string::npos);
  EXPECT_NE(instructor_number_finding("093A12B4500000").find("est mal formé"), std::string::npos);
  EXPECT_NE(instructor_number_finding("00000").find("est mal formé"), std::string::npos);
  EXPECT_NE(instructor_number_finding("0").find("est mal formé"), std::string::npos);
}

TEST(InstructorNumber, IsGoodHoweverItIsSpaced) {
  EXPECT_EQ(instructor_number_finding("093 A 123\u00A045 00000"), "");
  EXPECT_EQ(instructor_number_finding("02aa1234500000"), "");
}

}  // namespace
}  // namespace vigie
