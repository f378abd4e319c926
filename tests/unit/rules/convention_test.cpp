#include "rules/families/convention.h"

#include <string>

#include <gtest/gtest.h>

#include "builder.h"

namespace vigie {
namespace {

using namespace test;

class BulletinMissing : public testing::Test {
 protected:
  void bulletin(Period period, Service service = Service::kCdap) {
    b_.bulletin({.service_name = name(service), .service = service, .period = period});
  }
  std::string why() {
    const Index group = b_.group({.code = "T1"});
    b_.grant(group, Service::kCdap, Role::kT1);
    const auto found = judged("bulletin-missing", b_.build());
    const std::string detail(found.empty() ? "" : found.front().detail.view());
    const std::size_t colon = detail.rfind(" : ");
    return colon == std::string::npos ? detail : detail.substr(colon + 3);
  }
  SnapshotBuilder b_;
};

TEST_F(BulletinMissing, SaysThatThereIsNone) {
  bulletin({kLongAgo, kDay}, Service::kAfas);
  EXPECT_EQ(why(), "la convention n'en a aucun pour Cdap.");
}

TEST_F(BulletinMissing, SaysWhenTheLastOneClosed) {
  bulletin({kDay + 1, Day::never()});
  bulletin({kLongAgo, kDay - 20});
  bulletin({kLongAgo, kDay - 10});
  bulletin({kLongAgo, kDay - 30});
  bulletin({kDay + 2, Day::never()});
  EXPECT_EQ(why(), "le sien est clôturé depuis le 10/11/2026.");
}

TEST_F(BulletinMissing, ElseWhenTheNextOneOpens) {
  bulletin({kDay + 3, Day::never()});
  bulletin({kDay + 1, Day::never()});
  bulletin({kDay + 2, Day::never()});
  EXPECT_EQ(why(), "le sien n'ouvrira que le 21/11/2026.");
}

TEST_F(BulletinMissing, LooksOnceAtVeryManyBulletins) {
  for (int i = 0; i < kVeryMany; ++i) bulletin({kLongAgo - 2 - i, kLongAgo - i});
  const Index group = b_.group({.code = "G"});
  for (int i = 0; i < kVeryMany; ++i) b_.grant(group, Service::kCdap, Role::kT2, {kLongAgo - i, Day::never()});
  EXPECT_EQ(judged("bulletin-missing", b_.build()).size(), 1U);
}

TEST(GrantOutsideContract, NamesTheRolesOfTheServiceThatTheContractAllows) {
  SnapshotBuilder b;
  b.bulletin({.service_name = "Cdap", .service = Service::kCdap, .roles = "T2, T3"});
  b.bulletin({.service_name = "Dgfip", .service = Service::kDgfip, .roles = "Enquête"});
  b.grant(b.group({.code = "G"}), Service::kCdap, Role::kT1);
  const Finding found = only_finding("grant-outside-contract", b.build());
  EXPECT_TRUE(found.detail.view().ends_with("(autorisés : T2 et T3).")) << found.detail;
}

}  // namespace
}  // namespace vigie
