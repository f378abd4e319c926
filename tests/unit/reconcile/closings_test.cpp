#include "reconcile/closings.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "rules/builder.h"

namespace vigie {
namespace {

using test::kDay;
using test::kLongAgo;
using test::SnapshotBuilder;
using Lines = std::vector<std::string>;

// "close-membership T1/A1@2020-01-01 2026-11-20 account-closed A1", sorted.
Lines closings(const Snapshot& snapshot, int horizon_days = 0, Day day = kDay) {
  Lines lines;
  for (const Closing& c : missing_closings(snapshot, Ends(snapshot), day, horizon_days))
    lines.push_back(std::string(name(c.kind)) + ' ' + c.subject + ' ' + to_iso(c.date) + ' ' +
                    std::string(name(c.reason)) + ' ' + c.cause);
  std::ranges::sort(lines);
  return lines;
}

// An account that closes on the day `account`, and its membership with the period.
Snapshot membership_of_closed(Day account_closes_on, Period membership) {
  SnapshotBuilder b;
  b.membership(b.group({.code = "T1"}), b.account({.id = "A1", .period = {kLongAgo, account_closes_on}}), membership);
  return b.build();
}

TEST(MissingClosings, NameEveryKind) {
  SnapshotBuilder b;
  const Index ended = b.convention({.number = "18_001", .period = {kLongAgo, kDay - 100}});
  const Index account = b.account({.id = "A1", .convention = ended});
  const Index group = b.group({.code = "T1", .convention = ended});
  b.grant(group, Service::kLandlords, Role::kPrivateHousing);
  b.membership(group, account);
  b.designation({.convention = ended, .account = account});
  b.profile({.convention = ended, .account = account, .activity_name = "Crèche"});
  b.profile({.convention = ended,
             .account = account,
             .activity_name = "Crèche",
             .place = "Nord",
             .role = AfasRole::kFinancialProvider});
  EXPECT_EQ(closings(b.build()),
            (Lines{"close-account A1 2026-11-20 convention-closed 18_001",
                   "close-afas-profile A1:FDA:Crèche@2020-01-01 2026-11-20 convention-closed 18_001",
                   "close-afas-profile A1:FDF:Crèche/Nord@2020-01-01 2026-11-20 convention-closed 18_001",
                   "close-designation A1@2020-01-01 2026-11-20 convention-closed 18_001",
                   "close-grant T1:Offre Bailleurs:Logements privés@2020-01-01 2026-11-20 convention-closed 18_001",
                   "close-group T1 2026-11-20 convention-closed 18_001",
                   "close-membership T1/A1@2020-01-01 2026-11-20 convention-closed 18_001"}));
}

TEST(MissingClosings, AnAccountIsNotClosedBecauseItsGroupsAreNorASubgroupBecauseItsParentIs) {
  SnapshotBuilder b;
  const Index parent = b.group({.code = "HAUT", .period = {kLongAgo, kDay}});
  b.group({.code = "SOUS", .parent_code = "HAUT"});
  b.membership(parent, b.account({.id = "A1"}));
  EXPECT_EQ(closings(b.build()), (Lines{"close-membership HAUT/A1@2020-01-01 2026-11-20 group-closed HAUT"}));
}

TEST(MissingClosings, AreOfRecordsThatCloseLaterOrNever) {
  EXPECT_EQ(closings(membership_of_closed(kDay - 5, {kLongAgo, Day::never()})).size(), 1U);
  EXPECT_EQ(closings(membership_of_closed(kDay - 5, {kLongAgo, kDay + 1})).size(), 1U);
  EXPECT_TRUE(closings(membership_of_closed(kDay - 5, {kLongAgo, kDay})).empty());
  EXPECT_TRUE(closings(membership_of_closed(kDay - 5, {kLongAgo, kDay - 5})).empty());
}

TEST(MissingClosings, HaveNoDateInThePastNorBeforeTheOpening) {
  EXPECT_EQ(closings(membership_of_closed(kDay - 5, {})),
            (Lines{"close-membership T1/A1@2020-01-01 2026-11-20 account-closed A1"}));
  EXPECT_EQ(closings(membership_of_closed(kDay - 5, {kDay + 3, Day::never()}), 3),
            (Lines{"close-membership T1/A1@2026-11-23 2026-11-23 account-closed A1"}));
}

TEST(MissingClosings, WaitForTheHorizon) {
  EXPECT_TRUE(closings(membership_of_closed(kDay + 1, {})).empty());
  EXPECT_TRUE(closings(membership_of_closed(kDay + 8, {}), 7).empty());
  EXPECT_EQ(closings(membership_of_closed(kDay + 7, {}), 7),
            (Lines{"close-membership T1/A1@2020-01-01 2026-11-27 account-closed A1"}));
  EXPECT_TRUE(closings(membership_of_closed(kDay - 5, {kDay + 1, Day::never()})).empty()) << "opens after the day";
}

TEST(MissingClosings, CountTheDepthOfSubgroups) {
  SnapshotBuilder b;
  const Index ended = b.convention({.number = "18_001", .period = {kLongAgo, kDay}});
  b.group({.code = "A", .convention = ended});
  b.group({.code = "C", .parent_code = "B", .convention = ended});
  b.group({.code = "B", .parent_code = "A", .convention = ended});
  const Snapshot s = b.build();
  std::vector<int> depths;
  for (const Closing& closing : missing_closings(s, Ends(s), kDay, 0)) depths.push_back(closing.depth);
  EXPECT_EQ(depths, (std::vector<int>{0, 2, 1}));
}

TEST(MissingClosings, EndOnACycleOfParents) {
  SnapshotBuilder b;
  const Index ended = b.convention({.number = "18_001", .period = {kLongAgo, kDay}});
  b.group({.code = "A", .parent_code = "B", .convention = ended});
  b.group({.code = "B", .parent_code = "A", .convention = ended});
  b.group({.code = "C", .parent_code = "C", .convention = ended});
  EXPECT_EQ(closings(b.build()).size(), 3U);
}

TEST(ActiveRecords, CountByTheirOwnDates) {
  SnapshotBuilder b;
  const Index ended = b.convention({.number = "18_001", .period = {kLongAgo, kDay}});
  const Index account = b.account({.id = "A1", .convention = ended});
  const Index closed = b.account({.id = "A2", .period = {kLongAgo, kDay}});
  const Index group = b.group({.code = "T1", .convention = ended});
  b.membership(group, account);
  b.membership(group, closed);
  b.membership(group, account, {kDay + 1, Day::never()});
  b.grant(group, Service::kCdap, Role::kT1, {kDay, kDay + 1});
  EXPECT_EQ(active_records(b.build(), kDay), (std::array<std::size_t, kActionKindCount>{0, 2, 1, 0, 1, 1}));
}

class FindRecords : public testing::Test {
 protected:
  static Action membership(std::string subject, std::string convention = "19_214") {
    return {.kind = ActionKind::kCloseMembership, .convention = std::move(convention), .subject = std::move(subject)};
  }
};

TEST_F(FindRecords, ByKindConventionAndSubject) {
  const Snapshot s = membership_of_closed(kDay - 5, {kLongAgo, kDay - 1});
  const std::vector<Action> actions = {membership("T1/A1@2020-01-01"), membership("T1/A1@2020-01-02"),
                                       membership("T1/A1@2020-01-01", "20_001")};
  const RecordsOfActions records(s, Ends(s), kDay, 0, actions);
  ASSERT_NE(records.find(actions[0]), nullptr);
  EXPECT_EQ(records.find(actions[0])->closes_on, kDay - 1);
  EXPECT_TRUE(records.find(actions[0])->ends);
  EXPECT_EQ(records.find(actions[1]), nullptr);
  EXPECT_EQ(records.find(actions[2]), nullptr);
  Action grant = actions[0];
  grant.kind = ActionKind::kCloseGrant;
  EXPECT_EQ(records.find(grant), nullptr);
}

TEST_F(FindRecords, TellsWhetherSomethingEndsWithinTheHorizon) {
  const Snapshot s = membership_of_closed(kDay + 7, {});
  const std::vector<Action> actions = {membership("T1/A1@2020-01-01")};
  EXPECT_TRUE(RecordsOfActions(s, Ends(s), kDay, 7, actions).find(actions[0])->ends);
  EXPECT_FALSE(RecordsOfActions(s, Ends(s), kDay, 6, actions).find(actions[0])->ends);
}

// Of each group, by its code: how deep it is said to be where its convention ends.
std::map<std::string, int> depths(SnapshotBuilder& b,
                                  const std::vector<std::pair<std::string, std::string>>& parent_of) {
  const Index ended = b.convention({.number = "18_001", .period = {kLongAgo, kDay}});
  for (const auto& [code, parent] : parent_of) b.group({.code = code, .parent_code = parent, .convention = ended});
  const Snapshot s = b.build();
  std::map<std::string, int> depths;
  for (const Closing& closing : missing_closings(s, Ends(s), kDay, 0)) depths[closing.subject] = closing.depth;
  return depths;
}

TEST(MissingClosings, KnowHowDeepAGroupIs) {
  SnapshotBuilder b;
  const auto depth_of = depths(b, {{"D", "C"}, {"B", "A"}, {"A", ""}, {"C", "B"}, {"E", "A"}, {"X", "?"}});
  EXPECT_EQ(depth_of, (std::map<std::string, int>{{"A", 0}, {"B", 1}, {"C", 2}, {"D", 3}, {"E", 1}, {"X", 0}}));
}

TEST(MissingClosings, EndOnACycleOfGroups) {
  SnapshotBuilder b;
  const auto depth_of = depths(b, {{"LOW", "A"}, {"A", "B"}, {"B", "C"}, {"C", "A"}, {"LONE", "LONE"}, {"TOP", ""}});
  EXPECT_EQ(depth_of.at("TOP"), 0);
  for (const char* endless : {"LOW", "A", "B", "C", "LONE"}) EXPECT_EQ(depth_of.at(endless), 6) << endless;
}

TEST(MissingClosings, FollowAChainOfVeryManyGroupsOnce) {
  std::vector<std::pair<std::string, std::string>> parent_of;
  const std::vector<std::string> codes = test::numbered("G", test::kVeryMany);
  for (std::size_t i = 0; i < codes.size(); ++i) parent_of.emplace_back(codes[i], i == 0 ? "" : codes[i - 1]);
  SnapshotBuilder b;
  const auto depth_of = depths(b, parent_of);
  EXPECT_EQ(depth_of.at("G0"), 0);
  EXPECT_EQ(depth_of.at("G99999"), 99'999);
}

}  // namespace
}  // namespace vigie
