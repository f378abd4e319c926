// The contract of a store: closings and their plans, findings, mails.

#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "error.h"
#include "rules/catalogue.h"
#include "store/actions.h"
#include "store/findings.h"
#include "store/mails.h"
#include "store/waivers.h"
#include "store/write_backs.h"
#include "stores.h"

namespace vigie::store {
namespace {

using test::Lines;

class StoreLife : public StoreContract {
 protected:
  const Store store_ = open();
  const SourceNumber source_ = store_.source("caf931");
  const SourceNumber other_ = store_.source("caf132");
};

// --------------------------------------------------------------------------------------------------------- closings

class StoredActions : public StoreLife {
 protected:
  const Actions actions_{store_, source_};

  static std::vector<Action> one_of_each_state() {
    std::vector<Action> actions;
    for (int i = 0; i < 7; ++i)
      actions.push_back({.kind = static_cast<ActionKind>(i % 6),
                         .convention = "19_214",
                         .subject = "É:" + std::to_string(i),
                         .date = kDay + i,
                         .reason = static_cast<Reason>(i % 6),
                         .cause = "cause",
                         .state = static_cast<ActionState>(i),
                         .first_seen = kDay - i,
                         .sent_on = i % 2 == 0 ? Day::never() : kDay,
                         .was_held = i % 3 == 0,
                         .depth = i});
    return actions;
  }

  static auto fields(const Action& a) {
    return std::tuple(a.kind, a.convention, a.subject, a.date, a.reason, a.cause, a.state, a.first_seen, a.sent_on,
                      a.depth);
  }
  void expect_stored(const std::vector<Action>& actions) const {
    const auto stored = actions_.all();
    ASSERT_EQ(stored.size(), actions.size());
    for (std::size_t i = 0; i < stored.size(); ++i) EXPECT_EQ(fields(stored[i]), fields(actions[i]));
  }
};

TEST_P(StoredActions, ComeBackAsTheyWent) {
  actions_.write({}, one_of_each_state());
  expect_stored(one_of_each_state());
  EXPECT_NE(actions_.all()[0].id, 0);
}

TEST_P(StoredActions, ChangeAndGrow) {
  actions_.write({}, one_of_each_state());
  const auto before = actions_.all();
  auto after = before;
  after[3].state = ActionState::kConfirmed;
  after[3].ended_on = kDay + 9;
  after[4] = {.id = after[4].id,
              .kind = after[4].kind,
              .convention = after[4].convention,
              .subject = after[4].subject,
              .date = kDay + 9,
              .reason = Reason::kGroupClosed,
              .cause = "T1",
              .state = ActionState::kSent,
              .first_seen = kDay + 9,
              .sent_on = kDay + 9,
              .depth = 7};
  after.push_back({.convention = "20_001", .subject = "new", .date = kDay, .first_seen = kDay});
  actions_.write(before, after);
  expect_stored(after);
}

TEST_P(StoredActions, AreOfOneSource) {
  actions_.write({}, one_of_each_state());
  EXPECT_TRUE(Actions(store_, other_).all().empty());
}

TEST_P(StoredActions, OneRecordHasOneActionOfAKind) {
  const auto one = one_of_each_state();
  actions_.write({}, one);
  EXPECT_THROW(actions_.write({}, one), StoreError);
}

VIGIE_FOR_EVERY_STORE(StoredActions);

class StoredWriteBacks : public StoreLife {
 protected:
  const WriteBacks write_backs_{store_, source_};

  static FailedWriteBack failed(FailedWriteBack::How how, Day on) {
    return {.how = how, .on = on, .closings = 3, .action = 7, .set_aside = true, .why = "aucune ligne n'a été trouvée"};
  }
};

TEST_P(StoredWriteBacks, WaitUntilComplianceIsTold) {
  using How = FailedWriteBack::How;
  EXPECT_EQ(write_backs_.unreported(), std::nullopt);
  for (const How how : {How::kUndone, How::kUnreachable, How::kUnknown}) {
    write_backs_.note(failed(how, kDay));
    EXPECT_EQ(write_backs_.unreported(), failed(how, kDay)) << "the last one";
  }
  EXPECT_EQ(WriteBacks(store_, other_).unreported(), std::nullopt);
  WriteBacks(store_, other_).mark_reported();
  EXPECT_TRUE(write_backs_.unreported());
  write_backs_.mark_reported();
  EXPECT_EQ(write_backs_.unreported(), std::nullopt);
  write_backs_.note(failed(How::kUndone, kDay + 1));
  EXPECT_EQ(write_backs_.unreported(), failed(How::kUndone, kDay + 1));
}

VIGIE_FOR_EVERY_STORE(StoredWriteBacks);

class StoredPlans : public StoreLife {
 protected:
  const Plans plans_{store_};

  void hold(const std::string& id, Day day = kDay, PlanKind kind = PlanKind::kClosings) const {
    plans_.hold(source_, kind, {.id = id, .count = 30, .why = "trop"}, day);
  }
  // "closings abc 2026-11-20 approved by Anne"
  Lines held() const {
    Lines lines;
    for (const Plan& plan : plans_.held())
      lines.push_back(std::string(name(plan.kind)) + ' ' + plan.id + ' ' + to_iso(plan.held_on) +
                      (plan.approved ? " approved by " + plan.approved_by : ""));
    return lines;
  }
};

TEST_P(StoredPlans, AreHeldUntilTheyAreReleased) {
  hold("a");
  const auto plans = plans_.held();
  ASSERT_EQ(plans.size(), 1U);
  EXPECT_EQ(plans[0].source, source_);
  EXPECT_EQ(plans[0].source_name, "caf931");
  EXPECT_EQ(plans[0].count, 30);
  EXPECT_EQ(plans[0].reason, "trop");
  plans_.release(source_, PlanKind::kClosings);
  EXPECT_EQ(held(), (Lines{}));
}

TEST_P(StoredPlans, KeepTheDayOnWhichTheyWereHeldFirst) {
  hold("a");
  hold("a", kDay + 1);
  EXPECT_EQ(held(), (Lines{"closings a 2026-11-20"}));
}

TEST_P(StoredPlans, ANewOneTakesTheOldOnesPlaceAndItsDay) {
  hold("a");
  hold("b", kDay + 1);
  EXPECT_EQ(held(), (Lines{"closings b 2026-11-20"})) << "something has been held since then";
  hold("a", kDay + 2);
  EXPECT_EQ(held(), (Lines{"closings a 2026-11-20"}));
  hold("c", kDay + 2, PlanKind::kMails);
  EXPECT_EQ(held(), (Lines{"closings a 2026-11-20", "mails c 2026-11-22"})) << "mails are held for themselves";
  plans_.release(source_, PlanKind::kClosings);
  hold("a", kDay + 3);
  EXPECT_EQ(held(), (Lines{"closings a 2026-11-23", "mails c 2026-11-22"})) << "nothing was held in between";
}

TEST_P(StoredPlans, OfClosingsAndOfMailsStandSideBySide) {
  hold("a");
  hold("b", kDay, PlanKind::kMails);
  plans_.hold(other_, PlanKind::kClosings, {.id = "a", .count = 1, .why = ""}, kDay);
  EXPECT_EQ(held(), (Lines{"closings a 2026-11-20", "closings a 2026-11-20", "mails b 2026-11-20"}));
  plans_.release(source_, PlanKind::kClosings);
  EXPECT_EQ(held(), (Lines{"closings a 2026-11-20", "mails b 2026-11-20"}));
}

TEST_P(StoredPlans, AreApprovedOneByOne) {
  hold("a");
  hold("b", kDay, PlanKind::kMails);
  EXPECT_TRUE(plans_.approved(source_, PlanKind::kClosings).empty());
  plans_.approve(plans_.held()[0], "Anne", "vu avec la Caf", kDay + 1);
  EXPECT_EQ(held(), (Lines{"closings a 2026-11-20 approved by Anne", "mails b 2026-11-20"}));
  EXPECT_EQ(plans_.approved(source_, PlanKind::kClosings), (Lines{"a"}));
  EXPECT_TRUE(plans_.approved(source_, PlanKind::kMails).empty());
  EXPECT_TRUE(plans_.approved(other_, PlanKind::kClosings).empty());
}

TEST_P(StoredPlans, AnApprovalGoesWithItsPlan) {
  hold("a");
  plans_.approve(plans_.held()[0], "Anne", "", kDay);
  plans_.release(source_, PlanKind::kClosings);
  EXPECT_TRUE(plans_.approved(source_, PlanKind::kClosings).empty());
  hold("a", kDay + 5);
  EXPECT_EQ(held(), (Lines{"closings a 2026-11-25"})) << "held again, not approved";
}

TEST_P(StoredPlans, AnApprovedPlanThatChangesIsNoMore) {
  hold("a");
  plans_.approve(plans_.held()[0], "Anne", "", kDay);
  hold("b", kDay + 1);
  EXPECT_EQ(held(), (Lines{"closings b 2026-11-20"}));
  EXPECT_TRUE(plans_.approved(source_, PlanKind::kClosings).empty());
}

TEST_P(StoredPlans, AreRememberedWithWhoLetThemGoWhenAndWhy) {
  hold("a");
  plans_.approve(plans_.held()[0], "Anne", "vu avec la Caf", kDay + 1);
  plans_.release(source_, PlanKind::kClosings);
  hold("b", kDay + 2);
  hold("c", kDay + 3);
  const auto all = plans_.all();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(std::tie(all[0].id, all[0].state, all[0].approved_by, all[0].approval_reason),
            std::tuple("a", "gone", "Anne", "vu avec la Caf"));
  EXPECT_EQ(all[0].approved_on, kDay + 1);
  EXPECT_EQ(std::tie(all[1].id, all[1].state, all[1].approved_by), std::tuple("b", "replaced", ""));
  EXPECT_FALSE(all[1].approved_on.given());
  EXPECT_EQ(std::tie(all[2].id, all[2].state, all[2].held_on), std::tuple("c", "held", kDay + 2));
}

VIGIE_FOR_EVERY_STORE(StoredPlans);

// --------------------------------------------------------------------------------------------------------- findings

class StoredFindings : public StoreLife {
 protected:
  const Findings findings_{store_, source_};

  static Finding finding(const std::string& subject, const std::string& rule = "group-empty") {
    return {.rule = rule,
            .convention = "19_214",
            .subject = subject,
            .severity = Severity::kMajor,
            .first_seen = kDay,
            .last_seen = kDay,
            .services = "Cdap/Afas",
            .partner = "Ville de « Rosny »",
            .detail = "détail",
            .partner_detail = "détail du partenaire",
            .remedy = "à faire",
            .group = "T1",
            .account = "A1"};
  }

  static auto fields(const Finding& f) {
    return std::tuple(f.id, f.rule, f.convention, f.subject, f.severity, f.resolved, f.first_seen, f.last_seen,
                      f.returns, f.services, f.partner, f.detail, f.partner_detail, f.remedy, f.group, f.account);
  }

  // A night that finds these and judges these rules.
  void night(std::vector<Finding> found, Day day, const std::vector<const char*>& rules = {"group-empty"}) const {
    for (Finding& each : found) each.first_seen = each.last_seen = day;
    Judgement judgement{.found = std::move(found), .judged = {}, .not_verifiable = {}};
    for (const char* rule : rules) judgement.judged.push_back(find_rule(rule));
    const auto before = findings_.all();
    auto update = update_findings(before, std::move(judgement));
    findings_.apply(update, day);
    expect_same(updated(before, update, day), findings_.all());
  }

  // What the store holds is what the night left in memory.
  static void expect_same(const std::vector<Finding>& a, const std::vector<Finding>& b) {
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) EXPECT_EQ(fields(a[i]), fields(b[i])) << a[i].subject;
  }
};

TEST_P(StoredFindings, ComeBackAsTheyWent) {
  EXPECT_FALSE(findings_.judged_on());
  night({finding("A")}, kDay);
  ASSERT_EQ(findings_.all().size(), 1U);
  Finding expected = finding("A");
  expected.id = findings_.all()[0].id;
  EXPECT_NE(expected.id, 0);
  EXPECT_EQ(fields(findings_.all()[0]), fields(expected));
  EXPECT_EQ(findings_.judged_on(), kDay);
}

TEST_P(StoredFindings, HaveWhatTheyShareOnceInMemory) {
  night({finding("A"), finding("B")}, kDay);
  const auto stored = findings_.all();
  ASSERT_EQ(stored.size(), 2U);
  for (const auto text : {&Finding::rule, &Finding::convention, &Finding::services, &Finding::partner, &Finding::remedy,
                          &Finding::group, &Finding::account})
    EXPECT_EQ((stored[0].*text).c_str(), (stored[1].*text).c_str());
}

TEST_P(StoredFindings, AreSeenAgain) {
  night({finding("A")}, kDay);
  night({finding("A")}, kDay + 3);
  EXPECT_EQ(findings_.all()[0].first_seen, kDay);
  EXPECT_EQ(findings_.all()[0].last_seen, kDay + 3);
  EXPECT_EQ(findings_.judged_on(), kDay + 3);
}

TEST_P(StoredFindings, ChangeTheirSeverityAndTexts) {
  night({finding("A")}, kDay);
  Finding other = finding("A");
  other.severity = Severity::kInfo;
  other.detail = other.partner_detail = other.remedy = other.services = other.partner = other.group = other.account =
      "autre";
  night({other}, kDay + 1);
  EXPECT_EQ(findings_.all()[0].severity, Severity::kInfo);
  EXPECT_EQ(findings_.all()[0].account, "autre");
  EXPECT_EQ(findings_.all()[0].first_seen, kDay);
}

TEST_P(StoredFindings, AreResolvedAndReturn) {
  night({finding("A")}, kDay);
  night({}, kDay + 1);
  EXPECT_TRUE(findings_.all()[0].resolved);
  EXPECT_EQ(findings_.all()[0].last_seen, kDay);
  EXPECT_EQ(findings_.all()[0].resolved_on, kDay + 1);
  night({}, kDay + 2);
  EXPECT_EQ(findings_.all()[0].resolved_on, kDay + 1);
  night({finding("A")}, kDay + 3);
  EXPECT_FALSE(findings_.all()[0].resolved);
  EXPECT_EQ(findings_.all()[0].first_seen, kDay);
  EXPECT_EQ(findings_.all()[0].last_seen, kDay + 3);
  EXPECT_EQ(findings_.all()[0].returns, 1);
}

TEST_P(StoredFindings, StayAsTheyAreWhereTheirRuleIsNotJudged) {
  night({finding("A"), finding("B", "group-without-role")}, kDay, {"group-empty", "group-without-role"});
  night({finding("B", "group-without-role")}, kDay + 1, {"group-without-role"});
  EXPECT_FALSE(findings_.all()[0].resolved);
  EXPECT_EQ(findings_.all()[0].last_seen, kDay);
  EXPECT_EQ(findings_.all()[1].last_seen, kDay + 1);
}

TEST_P(StoredFindings, AreJudgedAgainAfterAGap) {
  night({finding("A")}, kDay);
  night({}, kDay + 1, {});
  night({}, kDay + 2);
  EXPECT_TRUE(findings_.all()[0].resolved);
  EXPECT_EQ(findings_.all()[0].last_seen, kDay);
}

TEST_P(StoredFindings, AreOfOneSource) {
  night({finding("A")}, kDay);
  EXPECT_TRUE(Findings(store_, other_).all().empty());
  EXPECT_FALSE(Findings(store_, other_).judged_on());
}

TEST_P(StoredFindings, AreTalliedByDay) {
  const auto days = [&](int count) {
    std::vector<std::pair<Day, int>> tallies;
    for (const Tally& tally : findings_.tallies(count)) tallies.emplace_back(tally.as_of, tally.open);
    return tallies;
  };
  const auto tally = [](int open) {
    return std::vector<Tally>{
        {.rule = "group-empty", .severity = Severity::kMinor, .open = open, .fresh = 1, .resolved = 2, .returned = 3}};
  };
  findings_.write_tallies(tally(5), kDay);
  findings_.write_tallies(tally(7), kDay + 3);
  findings_.write_tallies(tally(6), kDay + 1);
  findings_.write_tallies(tally(8), kDay + 3);
  Findings(store_, other_).write_tallies(tally(9), kDay);
  EXPECT_EQ(days(10), (std::vector<std::pair<Day, int>>{{kDay, 5}, {kDay + 1, 6}, {kDay + 3, 8}}));
  EXPECT_EQ(days(2), (std::vector<std::pair<Day, int>>{{kDay + 1, 6}, {kDay + 3, 8}}));
  const Tally last = findings_.tallies(1).at(0);
  EXPECT_EQ(std::tuple(last.rule, last.severity, last.fresh, last.resolved, last.returned),
            std::tuple("group-empty", Severity::kMinor, 1, 2, 3));
}

VIGIE_FOR_EVERY_STORE(StoredFindings);

class AccessCounts : public StoreLife {
 protected:
  Lines read(int month) const {
    Lines lines;
    for (const AccessCount& count : read_access(store_, source_, month))
      lines.push_back(count.convention + ' ' + count.service + ' ' + count.role + ' ' + std::to_string(count.persons));
    return lines;
  }
};

TEST_P(AccessCounts, AreThoseOfTheMonthsLastNight) {
  write_access(store_, source_, 10, {{"1", "Cdap", "T1", 3}, {"1", "Cdap", "T2", 4}, {"2", "Cdap", "T1", 5}});
  write_access(store_, source_, 10, {{"1", "Cdap", "T1", 9}, {"2", "Cdap", "T1", 5}, {"3", "Afas", "Déclarer", 1}});
  write_access(store_, source_, 11, {{"1", "Cdap", "T1", 1}});
  write_access(store_, other_, 10, {});
  EXPECT_EQ(read(10), (Lines{"1 Cdap T1 9", "2 Cdap T1 5", "3 Afas Déclarer 1"}));
  EXPECT_EQ(read(11), (Lines{"1 Cdap T1 1"}));
  EXPECT_EQ(read(12), (Lines{}));
}

VIGIE_FOR_EVERY_STORE(AccessCounts);

// ------------------------------------------------------------------------------------------------------------ mails

class StoredMails : public StoreLife {
 protected:
  const Mails mails_{store_, source_};

  static Mail mail(const std::string& address, Day as_of = kDay, const std::string& convention = "19_214") {
    return {.kind = RecipientKind::kManager,
            .address = address,
            .name = "Claire Martin",
            .convention = convention,
            .as_of = as_of,
            .subject = "CDAP 19_214 VILLE - 1 anomalie",
            .message_id = "<" + address + to_iso(as_of) + ">",
            .message = "Subject: é\r\n\r\nx",
            .created_at = 1'800'000'000};
  }
};

TEST_P(StoredMails, WaitUntilTheyAreSent) {
  mails_.queue(mail("a@ville.example"), {});
  mails_.queue(mail("b@ville.example"), {});
  auto queued = mails_.queued();
  ASSERT_EQ(queued.size(), 2U);
  EXPECT_EQ(queued[0].kind, RecipientKind::kManager);
  EXPECT_EQ(queued[0].address, "a@ville.example");
  EXPECT_EQ(queued[0].name, "Claire Martin");
  EXPECT_EQ(queued[0].convention, "19_214");
  EXPECT_EQ(queued[0].as_of, kDay);
  EXPECT_EQ(queued[0].subject, "CDAP 19_214 VILLE - 1 anomalie");
  EXPECT_EQ(queued[0].message_id, "<a@ville.example2026-11-20>");
  EXPECT_EQ(queued[0].message, "Subject: é\r\n\r\nx");
  EXPECT_EQ(queued[0].created_at, 1'800'000'000);
  mails_.record(queued[0].id, {.state = MailState::kSent, .answer = "250 ok", .on = kDay});
  queued = mails_.queued();
  ASSERT_EQ(queued.size(), 1U);
  EXPECT_EQ(queued[0].address, "b@ville.example");
  EXPECT_TRUE(Mails(store_, other_).queued().empty());
}

TEST_P(StoredMails, AreOneForEachRecipientConventionAndDay) {
  mails_.queue(mail("a@ville.example"), {});
  EXPECT_THROW(mails_.queue(mail("a@ville.example"), {}), StoreError);
  EXPECT_NO_THROW(mails_.queue(mail("a@ville.example", kDay, "20_001"), {}));
  EXPECT_NO_THROW(mails_.queue(mail("a@ville.example", kDay + 1), {}));
  EXPECT_NO_THROW(Mails(store_, other_).queue(mail("a@ville.example"), {}));
}

TEST_P(StoredMails, SayWhichOfOneNameCameFirst) {
  const Mails others(store_, other_);
  mails_.queue(mail("a@ville.example"), {});
  others.queue(mail("b@ville.example"), {});
  others.queue(mail("a@ville.example", kDay, "20_001"), {});
  others.queue(mail("a@ville.example", kDay + 1), {});
  others.queue(mail("a@ville.example"), {});
  others.queue(mail("a@ville.example", kDay, ""), {});
  const auto namesakes = [](const Mails& mails) {
    std::string told;
    for (const Mail& each : mails.queued()) told += each.has_namesake ? '1' : '0';
    return told;
  };
  EXPECT_EQ(namesakes(mails_), "0");
  EXPECT_EQ(namesakes(others), "00010");
  mails_.record(mails_.queued().front().id, {.state = MailState::kSent, .answer = "", .on = kDay});
  EXPECT_EQ(namesakes(others), "00010");
}

TEST_P(StoredMails, AConventionThatIsNamedLikeASourceHasANamesake) {
  mails_.queue(mail("a@ville.example", kDay, "caf132"), {});
  EXPECT_TRUE(mails_.queued().front().has_namesake);
}

TEST_P(StoredMails, TellWhenTheLastOneWentAndTheThreadsFirst) {
  mails_.queue(mail("a@ville.example", kDay), {});
  mails_.queue(mail("a@ville.example", kDay + 7), {});
  const auto last = mails_.last_mails();
  ASSERT_EQ(last.size(), 1U);
  EXPECT_EQ(last.at({"a@ville.example", "19_214"}).on, kDay + 7);
  EXPECT_EQ(last.at({"a@ville.example", "19_214"}).first_message_id, "<a@ville.example2026-11-20>");
}

TEST_P(StoredMails, SayWhatTheyTold) {
  const Telling minor{.severity = Severity::kMinor};
  const Telling third{.returns = 3};
  mails_.queue(mail("a@ville.example"), {.fresh = {{1, minor}, {2, third}}});
  mails_.queue(mail("b@ville.example"), {.fresh = {{1, {}}}});
  mails_.queue(mail("a@ville.example", kDay, ""), {.fresh = {{9, {}}}});
  const auto told = mails_.told();
  ASSERT_EQ(told.size(), 3U);
  EXPECT_EQ(told.at({"a@ville.example", "19_214"}), (KnownToRecipient{{1, minor}, {2, third}}));
  EXPECT_EQ(told.at({"a@ville.example", ""}), (KnownToRecipient{{9, {}}}));
  EXPECT_TRUE(Mails(store_, other_).told().empty());
}

TEST_P(StoredMails, ForgetWhatTheyToldTheEndOfAndTellReturnsAnew) {
  mails_.queue(mail("a@ville.example"), {.fresh = {{1, {}}, {2, {}}, {3, {}}}});
  mails_.queue(mail("b@ville.example"), {.fresh = {{1, {}}}});
  mails_.queue(mail("a@ville.example", kDay + 1), {.fresh = {{2, {.returns = 1}}}, .resolved = {1}});
  EXPECT_EQ(mails_.told().at({"a@ville.example", "19_214"}), (KnownToRecipient{{2, {.returns = 1}}, {3, {}}}));
  EXPECT_EQ(mails_.told().at({"b@ville.example", "19_214"}), (KnownToRecipient{{1, {}}}));
}

TEST_P(StoredMails, SayWhichClosingsTheyToldToBeHeldNoMore) {
  mails_.queue(mail("a@ville.example"), {.closings = {{7, kDay}}});
  mails_.queue(mail("a@ville.example", kDay + 3), {.closings = {{7, kDay + 3}, {8, kDay}}});
  const auto told = mails_.told_closings();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told.at({"a@ville.example", "19_214"}), (std::unordered_map<std::int64_t, Day>{{7, kDay + 3}, {8, kDay}}));
  EXPECT_TRUE(Mails(store_, other_).told_closings().empty());
}

TEST_P(StoredMails, KeepCountOfTheirTries) {
  mails_.queue(mail("a@ville.example"), {});
  const std::int64_t id = mails_.queued().front().id;
  mails_.record(id, {.state = MailState::kQueued, .answer = "451 later", .on = kDay});
  mails_.record(id, {.state = MailState::kQueued, .answer = "452 full", .on = kDay + 2});
  ASSERT_EQ(mails_.queued().size(), 1U);
  EXPECT_EQ(mails_.queued().front().first_tried_on, kDay);
  const auto record = Outbox(store_).find(id);
  ASSERT_TRUE(record);
  EXPECT_EQ(record->source, "caf931");
  EXPECT_EQ(record->state, MailState::kQueued);
  EXPECT_EQ(record->tries, 2);
  EXPECT_EQ(record->answer, "452 full");
  EXPECT_EQ(record->last_tried_on, kDay + 2);
  mails_.record(id, {.state = MailState::kSent, .answer = "250 ok", .on = kDay + 3});
  EXPECT_TRUE(mails_.queued().empty());
  EXPECT_EQ(Outbox(store_).find(id)->tries, 3);
  EXPECT_FALSE(Outbox(store_).find(id + 1));
}

TEST_P(StoredMails, AreNewsAgainWhereTheyWereGivenUp) {
  mails_.queue(mail("a@ville.example"), {.fresh = {{1, {}}, {2, {}}}, .resolved = {}, .closings = {{7, kDay}}});
  mails_.queue(mail("a@ville.example", kDay + 1), {.fresh = {{3, {}}}, .resolved = {}, .closings = {{8, kDay}}});
  mails_.give_up(mails_.queued().front().id, kDay + 5);
  EXPECT_EQ(mails_.told().at({"a@ville.example", "19_214"}), (KnownToRecipient{{3, {}}}));
  EXPECT_EQ(mails_.told_closings(), (ToldClosings{{{"a@ville.example", "19_214"}, {{8, kDay}}}}));
  EXPECT_EQ(mails_.queued().size(), 1U);
  EXPECT_EQ(Outbox(store_).all().front().state, MailState::kGivenUp);
}

TEST_P(StoredMails, StayToldWhereTheyArrivedOrAreRefused) {
  mails_.queue(mail("a@ville.example"), {.fresh = {{1, {}}}, .resolved = {}, .closings = {}});
  mails_.queue(mail("b@ville.example"), {.fresh = {{1, {}}}, .resolved = {}, .closings = {}});
  const auto queued = mails_.queued();
  mails_.record(queued[0].id, {.state = MailState::kSent, .answer = "250 ok", .on = kDay});
  mails_.record(queued[1].id, {.state = MailState::kRefused, .answer = "550 no", .on = kDay});
  mails_.begin_night("");
  EXPECT_EQ(mails_.told().size(), 2U);
}

TEST_P(StoredMails, AreReportedOnceWhereTheyDidNotArrive) {
  const Mails others(store_, other_);
  for (const Mails* mails : {&mails_, &others}) {
    mails->queue(mail("a@ville.example"), {});
    mails->record(mails->queued().front().id, {.state = MailState::kRefused, .answer = "550 no", .on = kDay});
  }
  ASSERT_EQ(mails_.unreported().size(), 1U);
  EXPECT_EQ(mails_.unreported().front().answer, "550 no");
  mails_.mark_reported();
  EXPECT_TRUE(mails_.unreported().empty());
  EXPECT_EQ(others.unreported().size(), 1U);
}

TEST_P(StoredMails, OfATrialAreNoNewsToItAndNewsAfterIt) {
  Mail trial = mail("a@ville.example");
  trial.redirected_to = "essai@caf.example";
  mails_.begin_night("essai@caf.example");
  mails_.queue(trial, {.fresh = {{1, {}}}, .resolved = {}, .closings = {}});
  EXPECT_EQ(mails_.queued().front().redirected_to, "essai@caf.example");
  mails_.record(mails_.queued().front().id, {.state = MailState::kSent, .answer = "250 ok", .on = kDay});
  mails_.begin_night("essai@caf.example");
  EXPECT_EQ(mails_.told().size(), 1U);
  EXPECT_FALSE(mails_.last_mails("essai@caf.example").begin()->second.first_message_id.empty());
  mails_.begin_night("");
  EXPECT_TRUE(mails_.told().empty());
  const auto last = mails_.last_mails();
  EXPECT_EQ(last.begin()->second.on, kDay) << "one mail a day, whoever got it";
  EXPECT_EQ(last.begin()->second.first_message_id, "") << "the recipient has nothing to thread it to";
}

TEST_P(StoredMails, WaitForNobodyElseThanATrial) {
  mails_.queue(mail("a@ville.example"), {.fresh = {{1, {}}}, .resolved = {}, .closings = {}});
  mails_.begin_night("essai@caf.example");
  EXPECT_TRUE(mails_.queued().empty());
  EXPECT_TRUE(mails_.told().empty());
  EXPECT_EQ(Outbox(store_).all().front().state, MailState::kWithdrawn);
  Mail trial = mail("a@ville.example", kDay + 1);
  trial.redirected_to = "essai@caf.example";
  mails_.queue(trial, {});
  mails_.begin_night("");
  EXPECT_TRUE(mails_.queued().empty());
}

TEST_P(StoredMails, WaitAgainAsIfTheyHadNeverBeenTried) {
  mails_.queue(mail("a@ville.example"), {});
  const Mail before = mails_.queued().front();
  mails_.record(before.id, {.state = MailState::kRefused, .answer = "550 no", .on = kDay});
  Outbox(store_).queue_again(before.id);
  ASSERT_EQ(mails_.queued().size(), 1U);
  EXPECT_EQ(mails_.queued().front().message_id, before.message_id);
  EXPECT_FALSE(mails_.queued().front().first_tried_on.given());
  EXPECT_EQ(Outbox(store_).message_of(before.id), before.message);
}

TEST_P(StoredMails, TellOfTrouble) {
  const Mails others(store_, other_);
  for (const char* address : {"a@v.example", "b@v.example", "c@v.example", "d@v.example"})
    mails_.queue(mail(address), {});
  others.queue(mail("a@v.example"), {});
  const auto queued = mails_.queued();
  mails_.record(queued[0].id, {.state = MailState::kQueued, .answer = "451", .on = kDay});
  mails_.record(queued[1].id, {.state = MailState::kRefused, .answer = "550", .on = kDay - 31});
  mails_.record(queued[2].id, {.state = MailState::kRefused, .answer = "550", .on = kDay - 30});
  const auto troubles = mail_troubles(store_, kDay - 30);
  ASSERT_EQ(troubles.size(), 1U);
  EXPECT_EQ(troubles.front().source, "caf931");
  EXPECT_EQ(troubles.front().waiting, 1);
  EXPECT_EQ(troubles.front().refused, 1);
  EXPECT_EQ(troubles.front().given_up, 0);
}

TEST_P(StoredMails, HeldOnesAreReplacedWhole) {
  mails_.hold({{.kind = RecipientKind::kCaf,
                .address = "a@caf.example",
                .name = "Caf",
                .convention = "",
                .as_of = kDay,
                .plan = "p",
                .findings = {1, 22, 333}},
               {.address = "b@ville.example", .convention = "19_214", .as_of = kDay, .plan = "p", .findings = {}}});
  auto held = mails_.held();
  ASSERT_EQ(held.size(), 2U);
  EXPECT_EQ(held[0].kind, RecipientKind::kCaf);
  EXPECT_EQ(held[0].name, "Caf");
  EXPECT_EQ(held[0].as_of, kDay);
  EXPECT_EQ(held[0].plan, "p");
  EXPECT_EQ(held[0].findings, (std::vector<std::int64_t>{1, 22, 333}));
  EXPECT_TRUE(held[1].findings.empty());
  EXPECT_TRUE(mails_.last_mails().empty()) << "none went";
  Mails(store_, other_).hold({});
  mails_.hold(
      {{.address = "c@ville.example", .convention = "19_214", .as_of = kDay + 1, .plan = "q", .findings = {4}}});
  held = mails_.held();
  ASSERT_EQ(held.size(), 1U);
  EXPECT_EQ(held[0].address, "c@ville.example");
  mails_.hold({});
  EXPECT_TRUE(mails_.held().empty());
}

VIGIE_FOR_EVERY_STORE(StoredMails);

// --------------------------------------------------------------------------------------------------------- waivers

class StoredWaivers : public StoreLife {
 protected:
  const SourceWaivers waivers_{store_, source_};
  const Waiver waiver_{.rule = "group-empty",
                       .convention = "19_214",
                       .subject = "T1 « é »",
                       .until = kDay + 30,
                       .reason = "Groupe saisonnier",
                       .by = "C. Morel",
                       .recorded_on = kDay};

  static auto fields(const Waiver& w) {
    return std::tuple(w.rule, w.convention, w.subject, w.until, w.reason, w.by, w.recorded_on, w.ended_on);
  }
};

TEST_P(StoredWaivers, ComeBackAsTheyWent) {
  const auto id = waivers_.record(waiver_);
  const auto all = waivers_.all();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].id, id);
  EXPECT_EQ(fields(all[0]), fields(waiver_));
  EXPECT_TRUE(SourceWaivers(store_, other_).all().empty());
}

TEST_P(StoredWaivers, AreEndedOnceAndKept) {
  const auto id = waivers_.record(waiver_);
  EXPECT_TRUE(end_waiver(store_, id, kDay + 2, "C. Morel", "Erreur"));
  EXPECT_FALSE(end_waiver(store_, id, kDay + 3, "C. Morel", "Erreur"));
  const Waiver kept = waivers_.all().at(0);
  EXPECT_EQ(kept.ended_on, kDay + 2);
  EXPECT_EQ(kept.ended_by, "C. Morel");
  EXPECT_EQ(kept.end_reason, "Erreur");
}

TEST_P(StoredWaivers, AreEndedUpToTheirLastDay) {
  const auto id = waivers_.record(waiver_);
  EXPECT_FALSE(end_waiver(store_, id, waiver_.until + 1, "", ""));
  EXPECT_TRUE(end_waiver(store_, id, waiver_.until, "", ""));
}

TEST_P(StoredWaivers, AreNotEndedWhereThereAreNone) { EXPECT_FALSE(end_waiver(store_, 7, kDay, "", "")); }

VIGIE_FOR_EVERY_STORE(StoredWaivers);

}  // namespace
}  // namespace vigie::store
