#include "reconcile/reconcile.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "rules/builder.h"

namespace vigie {
namespace {

using test::kDay;
using test::kLongAgo;
using test::SnapshotBuilder;
using Lines = std::vector<std::string>;

// "sent T1/A1@2020-01-01 2026-11-20 account-closed A1"
std::string text(const Action& a) {
  return std::string(name(a.state)) + ' ' + a.subject + ' ' + to_iso(a.date) + ' ' + std::string(name(a.reason)) + ' ' +
         a.cause;
}

// Reconciles night after night, as the job does. By default the day's import is good.
class Nights {
 public:
  Reconciliation night(const Snapshot& snapshot, Day day, const std::vector<std::string>& approved = {}) {
    return night(snapshot, day, day, approved);
  }
  Reconciliation night(const Snapshot& snapshot, Day day, Day imported_as_of,
                       const std::vector<std::string>& approved = {}) {
    auto result = reconcile(snapshot, day,
                            {.imported_as_of = imported_as_of,
                             .last_good_import = last_good_import,
                             .renewed_as_of = renewed_as_of.value_or(imported_as_of)},
                            actions_, {.approved = approved, .waivers = waivers, .statements = statements}, settings);
    actions_ = result.actions;
    return result;
  }

  ReconcileSettings settings;
  std::vector<Waiver> waivers;
  std::optional<Day> renewed_as_of;  // where the drops after it were too old
  std::int64_t last_good_import = 1;
  std::array<std::string, kActionKindCount> statements = {};

  // A write-back of what was sent began after the last good import, and was not seen to end.
  void crash_while_sending() {
    for (Action& action : actions_) {
      action.state = ActionState::kSending;
      action.sending_since = last_good_import;
    }
  }
  void fail(const std::string& statement) {
    for (Action& action : actions_) {
      action.state = ActionState::kProposed;
      action.failed_statement = statement;
    }
  }

 private:
  std::vector<Action> actions_;
};

// The account's closing, its membership's.
Snapshot person(Day account_closes_on, Day membership_closes_on = Day::never()) {
  SnapshotBuilder b;
  b.membership(b.group({.code = "T1"}), b.account({.id = "A1", .period = {kLongAgo, account_closes_on}}),
               {kLongAgo, membership_closes_on});
  return b.build();
}

Snapshot withdrawn() {
  SnapshotBuilder b;
  b.group({.code = "T1"});
  b.account({.id = "A1", .period = {kLongAgo, kDay}});
  return b.build();
}

// As many memberships of closed accounts as `closed`, and of open ones as `open`. `reversed`: in another order.
Snapshot crowd(int closed, int open, bool reversed = false) {
  static const std::vector<std::string> kIds = [] {
    std::vector<std::string> ids;
    for (int i = 0; i < 1000; ++i) ids.push_back("A" + std::to_string(i));
    return ids;
  }();
  SnapshotBuilder b;
  const Index group = b.group({.code = "T1"});
  for (int i = 0; i < closed + open; ++i) {
    const int which = reversed ? closed + open - 1 - i : i;
    const Day closes_on = which < closed ? kDay - 1 : Day::never();
    b.membership(group, b.account({.id = kIds[static_cast<std::size_t>(which)], .period = {kLongAgo, closes_on}}));
  }
  return b.build();
}

TEST(Reconcile, SendsOnceAndNeverAgain) {
  Nights nights;
  const auto first = nights.night(person(kDay - 3), kDay);
  ASSERT_EQ(first.actions.size(), 1U);
  EXPECT_EQ(text(first.actions[0]), "sent T1/A1@2020-01-01 2026-11-20 account-closed A1");
  EXPECT_EQ(first.actions[0].convention, "19_214");
  EXPECT_EQ(first.actions[0].first_seen, kDay);
  EXPECT_EQ(first.actions[0].sent_on, kDay);
  EXPECT_EQ(first.sent, 1U);
  const auto second = nights.night(person(kDay - 3), kDay + 1);
  EXPECT_EQ(second.sent, 0U);
  EXPECT_EQ(second.actions[0].sent_on, kDay);
}

TEST(Reconcile, TheSameNightTwiceChangesNothing) {
  Nights nights;
  nights.night(person(kDay - 3), kDay);
  const auto again = nights.night(person(kDay - 3), kDay);
  ASSERT_EQ(again.actions.size(), 1U);
  EXPECT_EQ(text(again.actions[0]), "sent T1/A1@2020-01-01 2026-11-20 account-closed A1");
}

TEST(Reconcile, WhatIsSentKeepsItsDateReasonAndCause) {
  Nights nights;
  nights.night(person(kDay - 3), kDay);
  SnapshotBuilder b;
  b.membership(b.group({.code = "T1", .period = {kLongAgo, kDay - 9}}),
               b.account({.id = "A1", .period = {kLongAgo, kDay - 3}}));
  EXPECT_EQ(text(nights.night(b.build(), kDay + 2).actions[0]), "sent T1/A1@2020-01-01 2026-11-20 account-closed A1");
}

TEST(Overdue, IsTheSeventhDayAfterItWasSent) {
  Nights nights;
  nights.night(person(kDay - 3), kDay);
  EXPECT_EQ(nights.night(person(kDay - 3), kDay + 6).actions[0].state, ActionState::kSent);
  EXPECT_EQ(nights.night(person(kDay - 3), kDay + 7).actions[0].state, ActionState::kOverdue);
  EXPECT_EQ(nights.night(person(kDay - 3), kDay + 8).actions[0].state, ActionState::kOverdue);
  EXPECT_EQ(nights.night(person(kDay - 3, kDay + 8), kDay + 8).actions[0].state, ActionState::kConfirmed);
}

TEST(Overdue, IsNotWhatNoRenewedExportCouldHaveShown) {
  Nights nights;
  nights.night(person(kDay - 3), kDay);
  nights.renewed_as_of = kDay + 6;
  EXPECT_EQ(nights.night(person(kDay - 3), kDay + 30).actions[0].state, ActionState::kSent);
  nights.renewed_as_of = Day::never();
  EXPECT_EQ(nights.night(person(kDay - 3), kDay + 30).actions[0].state, ActionState::kSent);
  nights.renewed_as_of = kDay + 7;
  EXPECT_EQ(nights.night(person(kDay - 3), kDay + 30).actions[0].state, ActionState::kOverdue);
}

TEST(Confirmed, WhereTheClosingIsOnOrBeforeTheImportsDay) {
  Nights nights;
  nights.night(person(kDay - 3), kDay);
  EXPECT_EQ(nights.night(person(kDay - 3, kDay + 1), kDay + 1, kDay).actions[0].state, ActionState::kSent);
  EXPECT_EQ(nights.night(person(kDay - 3, kDay + 1), kDay + 1, kDay + 1).actions[0].state, ActionState::kConfirmed);
}

TEST(Confirmed, WhereTheRecordIsWithdrawn) {
  Nights nights;
  nights.night(person(kDay - 3), kDay);
  EXPECT_EQ(nights.night(withdrawn(), kDay + 1).actions[0].state, ActionState::kConfirmed);
}

TEST(Confirmed, IsNotAClosingThatComesTooLate) {
  Nights nights;
  nights.night(person(kDay - 3), kDay);
  EXPECT_EQ(nights.night(person(kDay - 3, kDay + 30), kDay + 1).actions[0].state, ActionState::kSent);
}

TEST(Obsolete, WhereTheCauseIsGone) {
  Nights nights;
  nights.night(person(kDay - 3), kDay);
  const Action gone = nights.night(person(Day::never()), kDay + 1).actions[0];
  EXPECT_EQ(gone.state, ActionState::kObsolete);
  EXPECT_TRUE(gone.taken_back());
  EXPECT_EQ(gone.ended_on, kDay + 1);
  EXPECT_EQ(nights.night(person(Day::never()), kDay + 2).actions[0].ended_on, kDay + 1);
  const Action back = nights.night(person(kDay - 3), kDay + 3).actions[0];
  EXPECT_EQ(back.state, ActionState::kSent);
  EXPECT_EQ(back.ended_on, Day::never());
}

TEST(Obsolete, IsNotWhatWasClosedToo) {
  Nights nights;
  nights.night(person(kDay - 3), kDay);
  EXPECT_EQ(nights.night(person(Day::never(), kDay), kDay + 1).actions[0].state, ActionState::kConfirmed);
}

TEST(NewLife, OfAConfirmedOneThatRecurs) {
  Nights nights;
  nights.night(person(kDay - 3), kDay);
  nights.night(person(kDay - 3, kDay), kDay + 1);
  const auto again = nights.night(person(kDay - 3), kDay + 2);
  ASSERT_EQ(again.actions.size(), 1U);
  EXPECT_EQ(text(again.actions[0]), "sent T1/A1@2020-01-01 2026-11-22 account-closed A1");
  EXPECT_EQ(again.actions[0].first_seen, kDay + 2);
  EXPECT_EQ(again.actions[0].sent_on, kDay + 2);
  EXPECT_EQ(again.sent, 1U);
}

TEST(NewLife, OfAnObsoleteOneToo) {
  Nights nights;
  nights.night(person(kDay - 3), kDay);
  nights.night(person(Day::never()), kDay + 1);
  EXPECT_EQ(nights.night(person(kDay + 2), kDay + 2).actions[0].first_seen, kDay + 2);
}

TEST(NewLife, FinishedOnesStayAsTheyEnded) {
  Nights nights;
  nights.night(person(kDay - 3), kDay);
  nights.night(person(kDay - 3, kDay), kDay + 1);
  EXPECT_EQ(text(nights.night(person(Day::never(), kDay), kDay + 9).actions[0]),
            "confirmed T1/A1@2020-01-01 2026-11-20 account-closed A1");
}

TEST(GuardMaxClosures, LetsAsManyGoAndHoldsOneMore) {
  Nights nights;
  nights.settings = {.max_closures = 20, .max_closures_percent = 100};
  EXPECT_EQ(nights.night(crowd(20, 0), kDay).sent, 20U);
  Nights others;
  others.settings = nights.settings;
  const auto held = others.night(crowd(21, 0), kDay);
  EXPECT_EQ(held.sent, 0U);
  ASSERT_TRUE(held.held);
  EXPECT_EQ(held.held->count, 21U);
  EXPECT_EQ(held.held->why, "21 clôtures, plus que le plafond de 20");
  EXPECT_TRUE(std::ranges::all_of(held.actions,
                                  [](const Action& a) { return a.state == ActionState::kHeld && !a.sent_on.given(); }));
}

TEST(GuardPercent, LetsATenthGoAndHoldsMore) {
  EXPECT_FALSE(Nights().night(crowd(20, 180), kDay).held);
  const auto held = Nights().night(crowd(20, 179), kDay).held;
  ASSERT_TRUE(held);
  EXPECT_EQ(held->why, "20 fois « Clôturer l'appartenance au groupe » pour 199 en vigueur, plus que le seuil de 10 %");
}

TEST(GuardPercent, CountsOnlyMoreThanTheLeastNumber) {
  EXPECT_FALSE(Nights().night(crowd(10, 0), kDay).held);
  EXPECT_TRUE(Nights().night(crowd(11, 0), kDay).held);
}

TEST(GuardPercent, CountsEachKindForItself) {
  SnapshotBuilder b;
  const Index ended = b.convention({.number = "18_001", .period = {kLongAgo, kDay}});
  const Index group = b.group({.code = "X", .convention = ended});
  for (const char* id : {"A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9"})
    b.membership(group, b.account({.id = id, .convention = ended}));
  EXPECT_FALSE(Nights().night(b.build(), kDay).held) << "9 memberships, 9 accounts, 1 group";
}

TEST(GuardPercent, OfNoActiveRecordHoldsAllTheSame) {
  SnapshotBuilder b;
  const Index group = b.group({.code = "T1", .period = {kLongAgo, kDay}});
  static const std::vector<std::string> kIds = {"A0", "A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "AA"};
  for (const std::string& id : kIds) b.membership(group, b.account({.id = id}), {kDay + 1, Day::never()});
  Nights nights;
  nights.settings.horizon_days = 1;
  EXPECT_TRUE(nights.night(b.build(), kDay).held);
}

TEST(Plan, IsTheSameOnAnyDayAndInAnyOrder) {
  const auto first = Nights().night(crowd(30, 10), kDay).held;
  const auto later = Nights().night(crowd(30, 10, true), kDay + 5).held;
  ASSERT_TRUE(first && later);
  EXPECT_EQ(first->id, later->id);
  EXPECT_EQ(first->id.size(), 16U);
  EXPECT_NE(Nights().night(crowd(31, 10), kDay).held->id, first->id);
}

TEST(Plan, StaysWhileItIsHeld) {
  Nights nights;
  const auto first = nights.night(crowd(30, 10), kDay);
  const auto second = nights.night(crowd(30, 10), kDay + 1);
  ASSERT_TRUE(first.held && second.held);
  EXPECT_EQ(second.held->id, first.held->id);
  EXPECT_EQ(second.actions[0].first_seen, kDay);
  EXPECT_EQ(second.actions[0].date, kDay + 1) << "worked out anew each day until it is sent";
}

TEST(Plan, GoesOnceApproved) {
  Nights nights;
  const std::string plan = nights.night(crowd(30, 10), kDay).held->id;
  const auto approved = nights.night(crowd(30, 10), kDay + 1, {"another", plan});
  EXPECT_FALSE(approved.held);
  EXPECT_EQ(approved.sent, 30U);
  EXPECT_TRUE(approved.actions[0].released());
  EXPECT_EQ(approved.actions[0].sent_on, kDay + 1);
  EXPECT_EQ(approved.actions[0].first_seen, kDay);
}

TEST(Plan, ThatChangedAfterItsApprovalIsHeldAgain) {
  Nights nights;
  const std::string plan = nights.night(crowd(30, 10), kDay).held->id;
  const auto changed = nights.night(crowd(29, 11), kDay + 1, {plan});
  ASSERT_TRUE(changed.held);
  EXPECT_NE(changed.held->id, plan);
  EXPECT_EQ(changed.held->count, 29U);
}

TEST(Plan, CountsWhatIsToBeSentOnly) {
  Nights nights;
  nights.settings = {.max_closures = 20, .max_closures_percent = 100};
  EXPECT_EQ(nights.night(crowd(15, 10), kDay).sent, 15U);
  const auto more = nights.night(crowd(25, 0), kDay + 1);
  EXPECT_FALSE(more.held) << "10 more, not 25";
  EXPECT_EQ(more.sent, 10U);
}

TEST(Held, IsConfirmedWhereItsOwnerCarriesItOut) {
  Nights nights;
  nights.settings.max_closures = 0;
  EXPECT_EQ(nights.night(person(kDay - 3), kDay).actions[0].state, ActionState::kHeld);
  const auto next = nights.night(person(kDay - 3, kDay + 1), kDay + 1);
  EXPECT_EQ(next.actions[0].state, ActionState::kConfirmed);
  EXPECT_FALSE(next.held);
}

TEST(Held, StaysSoUntilTheDayThatItsOwnerChose) {
  Nights nights;
  nights.settings.max_closures = 0;
  nights.settings.horizon_days = 30;
  nights.night(person(kDay + 20), kDay);
  const auto result = nights.night(person(kDay + 20, kDay + 20), kDay + 1);
  EXPECT_EQ(result.actions[0].state, ActionState::kHeld);
  EXPECT_FALSE(result.actions[0].ended_on.given());
}

TEST(Held, IsForgottenInANewLife) {
  Nights nights;
  nights.settings.max_closures = 0;
  EXPECT_FALSE(nights.night(person(kDay - 3), kDay).actions[0].released());
  nights.night(person(Day::never()), kDay + 1);
  nights.settings.max_closures = 500;
  const Action sent = nights.night(person(kDay - 3), kDay + 2).actions[0];
  EXPECT_EQ(sent.state, ActionState::kSent);
  EXPECT_FALSE(sent.released());
}

TEST(Held, IsObsoleteWhereItsCauseIsGone) {
  Nights nights;
  nights.settings.max_closures = 0;
  nights.night(person(kDay - 3), kDay);
  EXPECT_EQ(nights.night(person(Day::never()), kDay + 1).actions[0].state, ActionState::kObsolete);
}

TEST(Reconcile, CarriesTheDepthOfSubgroups) {
  SnapshotBuilder b;
  const Index ended = b.convention({.number = "18_001", .period = {kLongAgo, kDay}});
  b.group({.code = "A", .convention = ended});
  b.group({.code = "Z", .parent_code = "A", .convention = ended});
  auto actions = Nights().night(b.build(), kDay).actions;
  std::ranges::sort(actions, carried_out_before);
  ASSERT_EQ(actions.size(), 2U);
  EXPECT_EQ(actions[0].subject, "Z");
}

// ------------------------------------------------------------------------------------------------------- waivers

Waiver waiver(std::string rule, std::string subject, Day until = kDay + 30) {
  return {.rule = std::move(rule), .convention = "19_214", .subject = std::move(subject), .until = until};
}

TEST(WaivedClosing, IsListedAndNotSentUntilTheWaiverIsOver) {
  Nights nights;
  nights.waivers = {waiver("membership-account-closed", "T1/A1", kDay + 1)};
  for (const Day day : {kDay, kDay + 1}) {
    const auto night = nights.night(person(kDay - 3), day);
    EXPECT_EQ(night.sent, 0U);
    EXPECT_EQ(night.actions.at(0).state, ActionState::kWaived);
  }
  const auto after = nights.night(person(kDay - 3), kDay + 2);
  EXPECT_EQ(text(after.actions.at(0)), "sent T1/A1@2020-01-01 2026-11-22 account-closed A1");
  EXPECT_EQ(after.actions[0].first_seen, kDay);
}

TEST(WaivedClosing, IsSentOnceItsWaiverIsEnded) {
  Nights nights;
  nights.waivers = {waiver("membership-group-closed", "T1/A1")};
  nights.night(person(kDay - 3), kDay);
  nights.waivers[0].ended_on = kDay;
  EXPECT_EQ(nights.night(person(kDay - 3), kDay).sent, 1U);
}

TEST(WaivedClosing, LeavesTheListOfWhatIsToBeCarriedOutWhereItWasSentBefore) {
  Nights nights;
  nights.night(person(kDay - 3), kDay);
  nights.waivers = {waiver("membership-account-closed", "T1/A1")};
  const auto night = nights.night(person(kDay - 3), kDay + 1);
  EXPECT_EQ(night.actions.at(0).state, ActionState::kWaived);
  EXPECT_FALSE(night.actions[0].given_out());
}

TEST(WaivedClosing, IsConfirmedLikeAnyOther) {
  Nights nights;
  nights.waivers = {waiver("membership-account-closed", "T1/A1")};
  nights.night(person(kDay - 3), kDay);
  EXPECT_EQ(nights.night(person(kDay - 3, kDay), kDay + 1).actions.at(0).state, ActionState::kConfirmed);
}

TEST(WaivedClosing, IsNotCountedByTheGuard) {
  Nights nights;
  nights.settings.max_closures = 11;
  nights.waivers = {waiver("membership-account-closed", "T1/A0")};
  const auto night = nights.night(crowd(12, 1000), kDay);
  EXPECT_FALSE(night.held);
  EXPECT_EQ(night.sent, 11U);
}

TEST(WaivedClosing, IsThatOfTheRuleConventionAndSubjectOnly) {
  for (const Waiver& other :
       {waiver("membership-overlap", "T1/A1"), waiver("membership-account-closed", "T1/A2"),
        Waiver{.rule = "membership-account-closed", .convention = "19_215", .subject = "T1/A1", .until = kDay + 30}}) {
    Nights nights;
    nights.waivers = {other};
    EXPECT_EQ(nights.night(person(kDay - 3), kDay).sent, 1U) << other.rule << ' ' << other.subject;
  }
}

// Everything of an account that departed, and a membership that ends with its group.
Snapshot departed() {
  SnapshotBuilder b;
  const Index account = b.account({.id = "A1"});
  b.departure({.account = account, .leaves_on = kDay - 2});
  b.membership(b.group({.code = "T1"}), account);
  b.membership(b.group({.code = "T2", .period = {kLongAgo, kDay - 9}}), account);
  b.designation({.account = account});
  b.profile({.account = account});
  return b.build();
}

std::size_t count(const Reconciliation& night, ActionState state) {
  return static_cast<std::size_t>(std::ranges::count(night.actions, state, &Action::state));
}

TEST(WaivedAccount, KeepsAllThatWouldEndBecauseOfIt) {
  Nights nights;
  nights.waivers = {waiver("account-departed", "A1")};
  const auto night = nights.night(departed(), kDay);
  EXPECT_EQ(count(night, ActionState::kWaived), 4U);
  ASSERT_EQ(count(night, ActionState::kSent), 1U);
  EXPECT_EQ(text(*std::ranges::find(night.actions, ActionState::kSent, &Action::state)),
            "sent T2/A1@2020-01-01 2026-11-20 group-closed T2");
}

TEST(WaivedAccount, OfAClosedConventionLeavesTheGroupsOfThatConventionToBeClosed) {
  SnapshotBuilder b;
  const Index ended = b.convention({.number = "18_001", .period = {kLongAgo, kDay - 1}});
  b.membership(b.group({.code = "T1", .convention = ended}), b.account({.id = "A1", .convention = ended}));
  Nights nights;
  nights.waivers = {waiver("account-convention-closed", "A1")};
  nights.waivers[0].convention = "18_001";
  const auto night = nights.night(b.build(), kDay);
  EXPECT_EQ(count(night, ActionState::kWaived), 2U);
  ASSERT_EQ(count(night, ActionState::kSent), 1U);
  EXPECT_EQ(std::ranges::find(night.actions, ActionState::kSent, &Action::state)->kind, ActionKind::kCloseGroup);
}

TEST(WaivedAccount, IsThatOfItsOwnAccountOnly) {
  Nights nights;
  nights.waivers = {waiver("account-departed", "A2"), waiver("account-convention-closed", "A2")};
  EXPECT_EQ(nights.night(departed(), kDay).sent, 5U);
}

TEST(WaivedAccount, DoesNotKeepItInAnotherConventionThatCloses) {
  SnapshotBuilder b;
  const Index own = b.convention({.number = "18_001"});
  const Index ended = b.convention({.number = "18_002", .period = {kLongAgo, kDay - 1}});
  b.membership(b.group({.code = "T1", .convention = ended}), b.account({.id = "A1", .convention = own}));
  Nights nights;
  nights.waivers = {waiver("account-convention-closed", "A1")};
  nights.waivers[0].convention = "18_001";
  const auto night = nights.night(b.build(), kDay);
  EXPECT_EQ(count(night, ActionState::kWaived), 0U);
  EXPECT_EQ(night.sent, 2U) << "the group, and the membership of it";
}

TEST(WriteBackThatWasNotSeenToEnd, IsNotSentAgainWithoutAnImport) {
  Nights nights;
  nights.night(person(kDay), kDay);
  nights.crash_while_sending();
  const auto result = nights.night(person(kDay), kDay + 1, kDay);
  EXPECT_EQ(result.actions[0].state, ActionState::kSending);
  EXPECT_TRUE(result.sent_now.empty());
}

TEST(WriteBackThatWasNotSeenToEnd, IsSentAgainOnceAnImportShowsTheRecordOpen) {
  Nights nights;
  nights.night(person(kDay), kDay);
  nights.crash_while_sending();
  nights.last_good_import = 2;
  const auto result = nights.night(person(kDay), kDay + 1);
  EXPECT_EQ(result.actions[0].state, ActionState::kSent);
  EXPECT_EQ(result.actions[0].sent_on, kDay + 1);
  EXPECT_EQ(result.sent_now, std::vector<std::size_t>{0});
}

TEST(WriteBackThatWasNotSeenToEnd, WasAskedOfNobodyWhereItIsWaivedBeforeItIsSentAgain) {
  Nights nights;
  nights.night(person(kDay), kDay);
  nights.crash_while_sending();
  nights.last_good_import = 2;
  nights.waivers = {waiver("membership-account-closed", "T1/A1")};
  EXPECT_EQ(nights.night(person(kDay), kDay + 1).actions[0].state, ActionState::kWaived);
  const auto reopened = nights.night(person(Day::never()), kDay + 2);
  EXPECT_EQ(reopened.actions[0].state, ActionState::kObsolete);
  EXPECT_FALSE(reopened.actions[0].taken_back());
}

TEST(WriteBackThatWasNotSeenToEnd, IsConfirmedByAnImportThatShowsItClosed) {
  Nights nights;
  nights.night(person(kDay), kDay);
  nights.crash_while_sending();
  nights.last_good_import = 2;
  const auto result = nights.night(person(kDay, kDay), kDay + 1);
  EXPECT_EQ(result.actions[0].state, ActionState::kConfirmed);
}

TEST(WriteBackThatWasNotSeenToEnd, StaysInDoubtWithoutAnImportWhereItIsNotDueAnyMore) {
  Nights nights;
  nights.settings.horizon_days = 30;
  nights.night(person(kDay + 20), kDay);
  nights.crash_while_sending();
  nights.settings.horizon_days = 0;
  const auto result = nights.night(person(kDay + 20), kDay + 1, kDay);
  EXPECT_EQ(result.actions[0].state, ActionState::kSending);
  EXPECT_FALSE(result.actions[0].ended_on.given());
}

TEST(WriteBackThatWasNotSeenToEnd, WaitsForItsDayWhereTheRecordClosesLater) {
  Nights nights;
  nights.settings.horizon_days = 30;
  nights.night(person(kDay + 20), kDay);
  nights.crash_while_sending();
  nights.last_good_import = 2;
  const auto result = nights.night(person(kDay + 20, kDay + 20), kDay + 1);
  EXPECT_EQ(result.actions[0].state, ActionState::kSent);
  EXPECT_TRUE(result.sent_now.empty());
}

TEST(WriteBackThatFailed, SetsItsClosingAsideUntilTheStatementIsAnother) {
  Nights nights;
  nights.statements[static_cast<std::size_t>(ActionKind::kCloseMembership)] = "first";
  nights.night(person(kDay), kDay);
  nights.fail("first");
  EXPECT_EQ(nights.night(person(kDay), kDay + 1).actions[0].state, ActionState::kProposed);
  nights.statements[static_cast<std::size_t>(ActionKind::kCloseMembership)] = "second";
  EXPECT_EQ(nights.night(person(kDay), kDay + 2).actions[0].state, ActionState::kSent);
}

TEST(WriteBackThatFailed, DoesNotTakeBackWhatIsCarriedOutByHandSince) {
  Nights nights;
  std::string& statement = nights.statements[static_cast<std::size_t>(ActionKind::kCloseMembership)];
  statement = "first";
  nights.night(person(kDay), kDay);
  nights.fail("first");
  statement = "";
  EXPECT_EQ(nights.night(person(kDay), kDay + 1).actions[0].state, ActionState::kSent);
  statement = "first";
  EXPECT_EQ(nights.night(person(kDay), kDay + 2).actions[0].state, ActionState::kSent);
}

TEST(WriteBackThatFailed, IsForgottenWithTheClosing) {
  Nights nights;
  nights.statements[static_cast<std::size_t>(ActionKind::kCloseMembership)] = "first";
  nights.night(person(kDay), kDay);
  nights.fail("first");
  nights.night(person(kDay, kDay), kDay + 1);
  EXPECT_EQ(nights.night(person(kDay), kDay + 2).actions[0].state, ActionState::kSent);
}

}  // namespace
}  // namespace vigie
