#include "rules/facts.h"

#include <gtest/gtest.h>

#include "builder.h"

namespace vigie {
namespace {

using namespace test;

const Period kClosed{kLongAgo, kDay};
const Period kNotYetOpen{kDay + 1, Day::never()};

// One account, a member of a group with T1, of a convention each. A test closes one of them.
struct Periods {
  Period group_convention = {};
  Period account_convention = {};
  Period group = {};
  Period account = {};
  Period membership = {};
  Period grant = {};
};

Facts facts(const Periods& p) {
  SnapshotBuilder b;
  const Index of_group = b.convention({.number = "20_001", .period = p.group_convention});
  const Index of_account = b.convention({.number = "20_002", .period = p.account_convention});
  const Index group = b.group({.code = "T1", .convention = of_group, .period = p.group});
  b.grant(group, Service::kCdap, Role::kT1, p.grant);
  b.membership(group, b.account({.id = "A1", .convention = of_account, .period = p.account}), p.membership);
  return Facts::on(b.build(), kDay);
}

TEST(Holds, WhereAllOfItIsActive) {
  const Facts f = facts({});
  EXPECT_TRUE(f.membership_effective[0]);
  EXPECT_TRUE(f.effective_roles[0].contains(Role::kT1));
  EXPECT_TRUE(f.held_roles[0].contains(Role::kT1));
  EXPECT_TRUE(f.held_services[0].contains(Service::kCdap));
}

TEST(Holds, NothingThroughAMembershipThatIsNotEffective) {
  for (const Period& period : {kClosed, kNotYetOpen})
    for (const Periods& p : {Periods{.group_convention = period}, Periods{.account_convention = period},
                             Periods{.group = period}, Periods{.account = period}, Periods{.membership = period}}) {
      const Facts f = facts(p);
      EXPECT_FALSE(f.membership_effective[0]);
      EXPECT_TRUE(f.held_roles[0].empty());
      EXPECT_TRUE(f.held_services[0].empty());
    }
}

TEST(Holds, NothingThroughAGrantThatIsNotActive) {
  const Facts f = facts({.grant = kClosed});
  EXPECT_TRUE(f.membership_effective[0]);
  EXPECT_TRUE(f.active_roles[0].empty());
  EXPECT_TRUE(f.held_roles[0].empty());
  EXPECT_TRUE(f.held_services[0].empty());
}

TEST(Effective, GrantsNeedTheirGroupAndItsConvention) {
  EXPECT_TRUE(facts({.group = kClosed}).effective_roles[0].empty());
  EXPECT_TRUE(facts({.group_convention = kClosed}).effective_roles[0].empty());
  EXPECT_TRUE(facts({.group = kClosed}).active_roles[0].contains(Role::kT1)) << "by its own dates";
  EXPECT_TRUE(facts({.account_convention = kClosed, .account = kClosed}).effective_roles[0].contains(Role::kT1));
}

TEST(Holds, TheServiceOfAnUnknownRoleToo) {
  SnapshotBuilder b;
  const Index group = b.group({.code = "X"});
  b.membership(group, b.account({.id = "A1"}));
  Snapshot snapshot = b.build();
  snapshot.grants.push_back({.group = group,
                             .service_name = "Cdap",
                             .role_name = "T1AS",
                             .service = Service::kCdap,
                             .period = {kLongAgo, Day::never()}});
  link(snapshot);
  const Facts f = Facts::on(snapshot, kDay);
  EXPECT_TRUE(f.held_roles[0].empty());
  EXPECT_TRUE(f.held_services[0].contains(Service::kCdap));
}

TEST(Holds, WhatAllGroupsGiveAndAClosedParentTakesNothing) {
  SnapshotBuilder b;
  const Index account = b.account({.id = "A1"});
  b.group({.code = "HAUT", .period = kClosed});
  const Index child = b.group({.code = "SOUS", .parent_code = "HAUT"});
  b.grant(child, Service::kCdap, Role::kT2);
  b.membership(child, account);
  const Index group = b.group({.code = "AFAS"});
  b.grant(group, Service::kAfas, Role::kDeclare);
  b.membership(group, account);
  const Facts f = Facts::on(b.build(), kDay);
  EXPECT_TRUE(f.held_roles[0].contains(Role::kT2));
  EXPECT_TRUE(f.held_roles[0].contains(Role::kDeclare));
}

}  // namespace
}  // namespace vigie
