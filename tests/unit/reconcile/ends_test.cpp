#include "reconcile/ends.h"

#include <string>

#include <gtest/gtest.h>

#include "rules/builder.h"

namespace vigie {
namespace {

using test::kDay;
using test::kLongAgo;
using test::SnapshotBuilder;

// "2026-11-20 account-closed A1"; empty where nothing ends.
std::string text(const End& end) {
  if (!end.date.given()) return "";
  return to_iso(end.date) + ' ' + std::string(name(end.reason)) + ' ' + std::string(end.cause);
}

Period until(Day day) { return {kLongAgo, day}; }

// A membership, a grant, a profile and a designation, whose group and account are of conventions of their own: 20_001
// the group's, the grant's, the profile's and the designation's; 20_002 the account's. What closes on which day is the
// test's.
struct Closings {
  Day own_convention = Day::never();
  Day account_convention = Day::never();
  Day account = Day::never();
  Day departure = Day::never();
  Day group = Day::never();
  Day activity = Day::never();
  Day bulletin = Day::never();
};

class EndsOf : public testing::Test {
 protected:
  static Snapshot snapshot(const Closings& c) {
    SnapshotBuilder b;
    const Index own = b.convention({.number = "20_001", .period = until(c.own_convention)});
    const Index others = b.convention({.number = "20_002", .period = until(c.account_convention)});
    const Index account = b.account({.id = "A1", .convention = others, .period = until(c.account)});
    if (c.departure.given()) b.departure({.convention = others, .account = account, .leaves_on = c.departure});
    const Index group = b.group({.code = "T1", .convention = own, .period = until(c.group)});
    const Index activity = b.activity({.convention = own, .name = "Crèche", .period = until(c.activity)});
    b.grant(group, Service::kAfas, Role::kDeclare);
    b.membership(group, account);
    b.profile({.convention = own, .account = account, .activity = activity, .activity_name = "Crèche"});
    b.designation({.convention = own, .account = account});
    b.bulletin({.convention = own, .service_name = "Afas", .service = Service::kAfas, .period = until(c.bulletin)});
    return b.build();
  }

  static std::string account(const Closings& c) {
    const Snapshot s = snapshot(c);
    return text(Ends(s).of(s.accounts[0]));
  }
  static std::string group(const Closings& c) {
    const Snapshot s = snapshot(c);
    return text(Ends(s).of(s.groups[0]));
  }
  static std::string membership(const Closings& c) {
    const Snapshot s = snapshot(c);
    return text(Ends(s).of(s.memberships[0]));
  }
  static std::string grant(const Closings& c) {
    const Snapshot s = snapshot(c);
    return text(Ends(s).of(s.grants[0]));
  }
  static std::string profile(const Closings& c) {
    const Snapshot s = snapshot(c);
    return text(Ends(s).of(s.profiles[0]));
  }
  static std::string designation(const Closings& c) {
    const Snapshot s = snapshot(c);
    return text(Ends(s).of(s.designations[0]));
  }
};

TEST_F(EndsOf, NothingWhereNothingCloses) {
  for (const std::string& end : {account({}), group({}), membership({}), grant({}), profile({}), designation({})})
    EXPECT_EQ(end, "");
}

TEST_F(EndsOf, AnAccountAreItsConventionAndItsDeparture) {
  EXPECT_EQ(account({.account_convention = kDay}), "2026-11-20 convention-closed 20_002");
  EXPECT_EQ(account({.departure = kDay}), "2026-11-20 account-departed A1");
  EXPECT_EQ(account({.account_convention = kDay, .departure = kDay}), "2026-11-20 convention-closed 20_002");
  EXPECT_EQ(account({.account_convention = kDay, .departure = kDay - 1}), "2026-11-19 account-departed A1");
  EXPECT_EQ(account({.own_convention = kDay, .account = kDay, .group = kDay}), "");
}

TEST_F(EndsOf, AGroupIsItsConvention) {
  EXPECT_EQ(group({.own_convention = kDay}), "2026-11-20 convention-closed 20_001");
  EXPECT_EQ(group({.account_convention = kDay, .group = kDay, .bulletin = kDay}), "");
}

TEST_F(EndsOf, AMembershipAreBothConventionsItsAccountAndItsGroup) {
  EXPECT_EQ(membership({.own_convention = kDay}), "2026-11-20 convention-closed 20_001");
  EXPECT_EQ(membership({.account_convention = kDay}), "2026-11-20 convention-closed 20_002");
  EXPECT_EQ(membership({.departure = kDay}), "2026-11-20 account-departed A1");
  EXPECT_EQ(membership({.account = kDay}), "2026-11-20 account-closed A1");
  EXPECT_EQ(membership({.group = kDay}), "2026-11-20 group-closed T1");
  EXPECT_EQ(membership({.activity = kDay, .bulletin = kDay}), "");
}

TEST_F(EndsOf, AGrantAreItsConventionItsGroupAndTheCover) {
  EXPECT_EQ(grant({.own_convention = kDay}), "2026-11-20 convention-closed 20_001");
  EXPECT_EQ(grant({.group = kDay}), "2026-11-20 group-closed T1");
  EXPECT_EQ(grant({.bulletin = kDay}), "2026-11-20 bulletin-closed Afas");
  EXPECT_EQ(grant({.account_convention = kDay, .account = kDay, .departure = kDay, .activity = kDay}), "");
}

TEST_F(EndsOf, AProfileAreBothConventionsItsAccountItsActivityAndTheCover) {
  EXPECT_EQ(profile({.own_convention = kDay}), "2026-11-20 convention-closed 20_001");
  EXPECT_EQ(profile({.account_convention = kDay}), "2026-11-20 convention-closed 20_002");
  EXPECT_EQ(profile({.departure = kDay}), "2026-11-20 account-departed A1");
  EXPECT_EQ(profile({.account = kDay}), "2026-11-20 account-closed A1");
  EXPECT_EQ(profile({.activity = kDay}), "2026-11-20 activity-closed Crèche");
  EXPECT_EQ(profile({.bulletin = kDay}), "2026-11-20 bulletin-closed Afas");
  EXPECT_EQ(profile({.group = kDay}), "");
}

TEST_F(EndsOf, ADesignationAreBothConventionsAndItsAccount) {
  EXPECT_EQ(designation({.own_convention = kDay}), "2026-11-20 convention-closed 20_001");
  EXPECT_EQ(designation({.account_convention = kDay}), "2026-11-20 convention-closed 20_002");
  EXPECT_EQ(designation({.departure = kDay}), "2026-11-20 account-departed A1");
  EXPECT_EQ(designation({.account = kDay}), "2026-11-20 account-closed A1");
  EXPECT_EQ(designation({.group = kDay, .activity = kDay, .bulletin = kDay}), "");
}

TEST_F(EndsOf, TheReasonsOfATieStandInTheirOrder) {
  Closings all{kDay, kDay, kDay, kDay, kDay, kDay, kDay};
  EXPECT_EQ(membership(all), "2026-11-20 convention-closed 20_001") << "the record's own convention";
  EXPECT_EQ(profile(all), "2026-11-20 convention-closed 20_001");
  EXPECT_EQ(designation(all), "2026-11-20 convention-closed 20_001");
  EXPECT_EQ(grant(all), "2026-11-20 convention-closed 20_001");
  all.own_convention = all.account_convention = Day::never();
  EXPECT_EQ(membership(all), "2026-11-20 account-departed A1");
  EXPECT_EQ(profile(all), "2026-11-20 account-departed A1");
  EXPECT_EQ(grant(all), "2026-11-20 group-closed T1");
  all.departure = Day::never();
  EXPECT_EQ(membership(all), "2026-11-20 account-closed A1");
  EXPECT_EQ(profile(all), "2026-11-20 account-closed A1");
  all.account = Day::never();
  EXPECT_EQ(membership(all), "2026-11-20 group-closed T1");
  EXPECT_EQ(profile(all), "2026-11-20 activity-closed Crèche");
}

TEST_F(EndsOf, TheEarliestDayWinsWhateverItsReason) {
  EXPECT_EQ(
      membership(
          {.own_convention = kDay, .account_convention = kDay, .account = kDay, .departure = kDay, .group = kDay - 1}),
      "2026-11-19 group-closed T1");
  EXPECT_EQ(profile({.own_convention = kDay, .bulletin = kDay - 1}), "2026-11-19 bulletin-closed Afas");
  EXPECT_EQ(membership({.account_convention = kDay - 1, .account = kDay}), "2026-11-19 convention-closed 20_002");
}

TEST_F(EndsOf, TheAccountsOwnEarlierClosingGoesBeforeItsDeparture) {
  EXPECT_EQ(membership({.account = kDay - 1, .departure = kDay}), "2026-11-19 account-closed A1");
  EXPECT_EQ(membership({.account = kDay, .departure = kDay - 1}), "2026-11-19 account-departed A1");
}

TEST(EndsOfDeparture, CountsOnOrAfterTheOpeningAndForItsConventionOnly) {
  SnapshotBuilder b;
  const Index other = b.convention({.number = "20_001"});
  const Index came_back = b.account({.id = "A1", .period = {kDay, Day::never()}});
  const Index left_at_once = b.account({.id = "A2", .period = {kDay, Day::never()}});
  const Index of_another = b.account({.id = "A3"});
  b.departure({.account = came_back, .leaves_on = kDay - 1});
  b.departure({.account = left_at_once, .leaves_on = kDay});
  b.departure({.convention = other, .account = of_another, .leaves_on = kDay});
  const Snapshot s = b.build();
  const Ends ends(s);
  EXPECT_EQ(text(ends.of(s.accounts[came_back])), "");
  EXPECT_EQ(text(ends.of(s.accounts[left_at_once])), "2026-11-20 account-departed A2");
  EXPECT_EQ(text(ends.of(s.accounts[of_another])), "");
}

class EndsOfCover : public testing::Test {
 protected:
  void bulletin(Period period, Service service = Service::kCdap, Index convention = 0) {
    b_.bulletin({.convention = convention, .service_name = name(service), .service = service, .period = period});
  }
  std::string grant_end() {
    b_.grant(b_.group({.code = "T1"}), Service::kCdap, Role::kT1);
    const Snapshot s = b_.build();
    return text(Ends(s).of(s.grants[0]));
  }
  SnapshotBuilder b_;
};

TEST_F(EndsOfCover, NothingFollowsFromNoBulletin) {
  bulletin(until(kDay), Service::kAfas);
  bulletin(until(kDay), Service::kCdap, b_.convention({.number = "20_001"}));
  EXPECT_EQ(grant_end(), "");
}

TEST_F(EndsOfCover, IsTheLatestClosingOfAll) {
  bulletin(until(kDay));
  bulletin(until(kDay + 5));
  bulletin(until(kDay - 5));
  EXPECT_EQ(grant_end(), "2026-11-25 bulletin-closed Cdap");
}

TEST_F(EndsOfCover, NeverEndsWhereOneNeverCloses) {
  bulletin(until(kDay));
  bulletin(until(Day::never()));
  bulletin(until(kDay));
  EXPECT_EQ(grant_end(), "");
}

TEST_F(EndsOfCover, CountsBulletinsThatAreNotYetOpen) {
  bulletin(until(kDay - 30));
  bulletin({kDay + 10, kDay + 20});
  EXPECT_EQ(grant_end(), "2026-12-10 bulletin-closed Cdap");
}

TEST_F(EndsOfCover, OfAnUnknownServiceIsThatOfItsName) {
  b_.bulletin({.service_name = "Télé-X", .period = until(kDay)});
  Snapshot s = b_.build();
  s.groups.push_back({.code = "X", .convention = 0});
  s.grants.push_back({.group = 0, .service_name = "Télé-X", .role_name = "Y"});
  link(s);
  EXPECT_EQ(text(Ends(s).of(s.grants[0])), "2026-11-20 bulletin-closed Télé-X");
}

TEST(EndsOfProfile, NeedsNoActivitiesFile) {
  SnapshotBuilder b;
  b.profile({.account = b.account({.id = "A1", .period = until(kDay)}), .activity_name = "Crèche"});
  const Snapshot s = b.build();
  EXPECT_EQ(text(Ends(s).of(s.profiles[0])), "2026-11-20 account-closed A1");
}

TEST_F(EndsOfCover, IsLookedUpForEachOfVeryManyGrants) {
  const std::vector<std::string> services = test::numbered("S", test::kVeryMany);
  for (const std::string& service : services) b_.bulletin({.service_name = service, .period = until(kDay)});
  bulletin(until(kDay + 1));
  const Index group = b_.group({.code = "G"});
  for (int i = 0; i < test::kVeryMany; ++i) b_.grant(group, Service::kCdap, Role::kT1);
  const Snapshot s = b_.build();
  const Ends ends(s);
  for (const Grant& grant : s.grants) ASSERT_EQ(ends.of(grant).date, kDay + 1);
}

}  // namespace
}  // namespace vigie
