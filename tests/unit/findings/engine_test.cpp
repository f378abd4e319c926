#include "findings/engine.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "domain/text.h"
#include "findings/remedy.h"
#include "rules/builder.h"

namespace vigie {
namespace {

using test::judged;
using test::kDay;
using test::kLongAgo;
using test::SnapshotBuilder;
using test::subjects;
using Lines = std::vector<std::string>;

Judgement judge_all(const Snapshot& snapshot, const RulesSettings& settings = {}, unsigned threads = 1,
                    Day day = kDay) {
  static const test::Background kBackground;
  const Facts facts = Facts::on(snapshot, day);
  return judge({snapshot, facts, kBackground.past, kBackground.mails, kBackground.lexicon, day}, settings, threads);
}

std::vector<Finding> of_rule(const Judgement& judgement, std::string_view rule) {
  std::vector<Finding> findings = judgement.found;
  std::erase_if(findings, [&](const Finding& finding) { return finding.rule != rule; });
  return findings;
}

bool is_judged(const Judgement& judgement, std::string_view rule) {
  return std::ranges::find(judgement.judged, rule, &Rule::id) != judgement.judged.end();
}

const NotVerifiable* not_verifiable(const Judgement& judgement, std::string_view rule) {
  for (const NotVerifiable& each : judgement.not_verifiable)
    if (each.rule->id == rule) return &each;
  return nullptr;
}

// An account with no profession, in an ended convention and in an active one.
Snapshot two_conventions() {
  SnapshotBuilder b;
  const Index ended = b.convention({.number = "18_001", .period = {kLongAgo, kDay}});
  b.account({.id = "A1", .convention = ended});
  b.account({.id = "A2"});
  return b.build();
}

TEST(Judge, LooksAtActiveConventionsOnly) {
  EXPECT_EQ(subjects(judged("account-invalid-mail", two_conventions())), (Lines{"19_214 A2"}));
}

TEST(Judge, LooksAtAnyConventionWhereTheRuleSaysSo) {
  EXPECT_EQ(subjects(judged("account-convention-closed", two_conventions())), (Lines{"18_001 A1"}));
}

TEST(Judge, ReportsAFindingOnceWithItsFirstHit) {
  SnapshotBuilder b;
  const Index group = b.group({.code = "T1", .period = {kDay - 1, Day::never()}});
  const Index account = b.account({.id = "A1"});
  b.membership(group, account, {kDay - 5, Day::never()});
  b.membership(group, account, {kDay - 9, Day::never()});
  const auto found = judged("membership-opens-early", b.build());
  ASSERT_EQ(subjects(found), (Lines{"19_214 T1/A1"}));
  EXPECT_NE(found[0].detail.find("15/11/2026"), std::string::npos) << found[0].detail;
}

TEST(Judge, HasWhatFindingsOfARuleShareOnceInMemory) {
  SnapshotBuilder b;
  b.group({.code = "T1"});
  b.group({.code = "T2"});
  const auto found = judged("group-without-role", b.build());
  ASSERT_EQ(subjects(found), (Lines{"19_214 T1", "19_214 T2"}));
  EXPECT_FALSE(found[0].partner.empty());
  for (const auto text : {&Finding::rule, &Finding::convention, &Finding::partner})
    EXPECT_EQ((found[0].*text).c_str(), (found[1].*text).c_str());
}

TEST(Judge, TellsOneSubjectOfTwoConventionsApart) {
  SnapshotBuilder b;
  const Index other = b.convention({.number = "20_001"});
  b.group({.code = "T1"});
  b.group({.code = "T1", .convention = other});
  EXPECT_EQ(subjects(judged("group-manager-missing", b.build())), (Lines{"19_214 T1", "20_001 T1"}));
}

TEST(Judge, FillsAFindingIn) {
  SnapshotBuilder b;
  b.membership(b.group({.code = "T1", .manager_id = "A1"}), b.account({.id = "A1", .period = {kLongAgo, kDay}}));
  const auto found = judged("membership-account-closed", b.build());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].rule, "membership-account-closed");
  EXPECT_EQ(found[0].severity, Severity::kCritical);
  EXPECT_EQ(found[0].partner, "Ville de Rosny");
  EXPECT_EQ(found[0].group, "T1");
  EXPECT_EQ(found[0].account, "A1");
  EXPECT_EQ(found[0].first_seen, kDay);
  EXPECT_EQ(found[0].last_seen, kDay);
  EXPECT_EQ(found[0].returns, 0);
  EXPECT_FALSE(found[0].resolved);
}

TEST(Judge, DoesNotDependOnTheNumberOfThreads) {
  SnapshotBuilder b;
  const Index group = b.group({.code = "T1"});
  for (const char* id : {"A1", "A2", "A3"}) b.membership(group, b.account({.id = id}));
  const auto one = judge_all(b.build(), {}, 1).found;
  const auto many = judge_all(b.build(), {}, 4).found;
  ASSERT_GT(one.size(), 3U);
  ASSERT_EQ(many.size(), one.size());
  for (std::size_t i = 0; i < one.size(); ++i)
    EXPECT_EQ(many[i].rule + " " + many[i].subject, one[i].rule + " " + one[i].subject);
}

TEST(JudgeNeeds, WithoutAColumnTheRuleIsNotVerifiable) {
  SnapshotBuilder b;
  b.group({.code = "T1"});
  b.drop_without(FileId::kGroups, field::groups::kManager);
  const auto judgement = judge_all(b.build());
  EXPECT_TRUE(of_rule(judgement, "group-manager-missing").empty());
  EXPECT_FALSE(is_judged(judgement, "group-manager-missing"));
  const NotVerifiable* rule = not_verifiable(judgement, "group-manager-missing");
  ASSERT_NE(rule, nullptr);
  ASSERT_EQ(rule->lacking.size(), 1U);
  EXPECT_EQ(explain_need(rule->lacking[0]), "colonne responsable absente de groupes.csv");
  EXPECT_TRUE(is_judged(judgement, "group-empty"));
}

TEST(JudgeNeeds, WithoutAFileTooAndNamesAllThatLacks) {
  SnapshotBuilder b;
  Snapshot snapshot = b.build();
  snapshot.columns[index(FileId::kAdministrators)] = 0;
  snapshot.columns[index(FileId::kProfiles)] = 0;
  const auto judgement = judge_all(snapshot);
  const NotVerifiable* rule = not_verifiable(judgement, "account-without-group");
  ASSERT_NE(rule, nullptr);
  ASSERT_EQ(rule->lacking.size(), 2U);
  EXPECT_EQ(explain_need(rule->lacking[0]), "fichier administrateurs.csv absent");
  EXPECT_EQ(explain_need(rule->lacking[1]), "fichier profils_afas.csv absent");
}

TEST(JudgeSettings, ARuleThatIsOffIsNeitherJudgedNorNotVerifiable) {
  SnapshotBuilder b;
  b.group({.code = "T1"});
  b.drop_without(FileId::kGroups, field::groups::kManager);
  const auto judgement =
      judge_all(b.build(), {{"group-manager-missing", {.enabled = false}}, {"group-empty", {.enabled = false}}});
  EXPECT_EQ(not_verifiable(judgement, "group-manager-missing"), nullptr);
  EXPECT_FALSE(is_judged(judgement, "group-empty"));
  EXPECT_TRUE(of_rule(judgement, "group-empty").empty());
}

TEST(JudgeSettings, ASeverityReplacesBothOfARuleWithTwo) {
  SnapshotBuilder b;
  const Index activity = b.activity({.name = "ALSH"});
  const auto pending = [&](std::string_view id, Day asked_on) {
    b.profile({.account = b.account({.id = id}),
               .activity = activity,
               .activity_name = "ALSH",
               .asked_on = asked_on,
               .role = AfasRole::kApprover,
               .state = ProfileState::kPending});
  };
  pending("A1", kDay - 15);
  pending("A2", kDay - 16);
  const Snapshot snapshot = b.build();
  const auto severities = [&](const RulesSettings& settings) {
    std::vector<Severity> all;
    for (const Finding& finding : of_rule(judge_all(snapshot, settings), "afas-approver-pending"))
      all.push_back(finding.severity);
    std::ranges::sort(all);
    return all;
  };
  EXPECT_EQ(severities({}), (std::vector{Severity::kMinor, Severity::kMajor}));
  EXPECT_EQ(severities({{"afas-approver-pending", {.severity = Severity::kCritical}}}),
            (std::vector{Severity::kCritical, Severity::kCritical}));
}

TEST(JudgeSettings, AParameterReplacesTheRules) {
  SnapshotBuilder b;
  b.account({.id = "A1", .period = {kDay - 20, Day::never()}});
  const Snapshot snapshot = b.build();
  EXPECT_TRUE(of_rule(judge_all(snapshot), "account-never-used").empty());
  EXPECT_EQ(of_rule(judge_all(snapshot, {{"account-never-used", {.parameter = 19}}}), "account-never-used").size(), 1U);
  EXPECT_TRUE(of_rule(judge_all(snapshot, {{"account-never-used", {.parameter = 20}}}), "account-never-used").empty());
}

class ServicesOf : public testing::Test {
 protected:
  // The services of the rule's only finding.
  std::string services(std::string_view rule) {
    const auto found = judged(rule, b_.build());
    EXPECT_EQ(found.size(), 1U) << rule;
    return std::string(found.empty() ? "" : found[0].services);
  }
  SnapshotBuilder b_;
};

TEST_F(ServicesOf, ASubjectThatNamesOne) {
  const Index group = b_.group({.code = "T1"});
  b_.grant(group, Service::kAdonis, Role::kAdonis);
  b_.grant(group, Service::kCdap, Role::kT1, {kLongAgo, kDay});
  EXPECT_EQ(services("bulletin-missing"), "Adonis");
}

TEST_F(ServicesOf, TheRulesFamily) {
  const Index group = b_.group({.code = "T10"});
  b_.grant(group, Service::kCdap, Role::kT10);
  b_.grant(group, Service::kAfas, Role::kDeclare);
  b_.membership(group, b_.account({.id = "A1"}));
  EXPECT_EQ(services("cdap-t10-landlord-code"), "Cdap");
  EXPECT_EQ(services("afas-declarer-without-profile"), "Afas");
}

TEST_F(ServicesOf, TheGroupsActiveGrants) {
  const Index group = b_.group({.code = "T1"});
  b_.grant(group, Service::kDgfip, Role::kInquiry);
  b_.grant(group, Service::kCdap, Role::kT1);
  b_.grant(group, Service::kAfas, Role::kDeclare, {kLongAgo, kDay});
  EXPECT_EQ(services("group-empty"), "Cdap/Dgfip");
}

TEST_F(ServicesOf, WhatTheAccountHolds) {
  const Index group = b_.group({.code = "T1"});
  b_.grant(group, Service::kCdap, Role::kT1);
  b_.membership(group, b_.account({.id = "A1"}));
  EXPECT_EQ(services("account-invalid-mail"), "Cdap");
}

TEST_F(ServicesOf, WhatTheAccountHoldsWhereItsGroupHasNoGrant) {
  const Index other = b_.group({.code = "T1"});
  b_.grant(other, Service::kCdap, Role::kT1);
  const Index account = b_.account({.id = "A1"});
  b_.membership(other, account);
  b_.membership(b_.group({.code = "VIDE", .period = {kLongAgo, kDay}}), account);
  EXPECT_EQ(services("membership-group-closed"), "Cdap");
}

TEST_F(ServicesOf, NothingElse) {
  EXPECT_EQ(services("convention-contract-missing"), "");
  b_.group({.code = "T1"});
  EXPECT_EQ(services("group-empty"), "");
}

TEST(Recommendation, StandsForTheFindingsValues) {
  SnapshotBuilder b;
  b.membership(b.group({.code = "T1"}), b.account({.id = "A1", .period = {kLongAgo, kDay}}));
  for (const Finding& finding : judge_all(b.build()).found) {
    EXPECT_EQ(recommendation(finding).find('{'), std::string::npos) << finding.rule << ": " << recommendation(finding);
    EXPECT_FALSE(recommendation(finding).empty()) << finding.rule;
  }
}

TEST(SettingsOf, ARuleThatTheyDoNotNameRunsAsTheCatalogueSays) {
  const RuleSettings& settings = settings_of(*find_rule("group-empty"), {{"group-without-role", {.enabled = false}}});
  EXPECT_TRUE(settings.enabled);
  EXPECT_FALSE(settings.severity);
  EXPECT_FALSE(settings.parameter);
}

// ------------------------------------------------------------------------------------------------------- life

Finding finding(std::string subject, std::string detail = "") {
  return {.rule = "group-empty",
          .convention = "19_214",
          .subject = std::move(subject),
          .first_seen = kDay,
          .last_seen = kDay,
          .detail = std::move(detail)};
}

// Findings night after night, with the ids that a store would give.
class Life {
 public:
  FindingsUpdate night(std::vector<Finding> found, Day day, bool is_judged = true) {
    for (Finding& each : found) each.first_seen = each.last_seen = day;
    Judgement judgement{.found = std::move(found), .judged = {}, .not_verifiable = {}};
    if (is_judged) judgement.judged.push_back(find_rule("group-empty"));
    FindingsUpdate update = update_findings(known, std::move(judgement));
    for (Finding& added : update.added) added.id = ++last_id_;
    known = updated(std::move(known), update, day);
    return update;
  }

  std::vector<Finding> known;

 private:
  std::int64_t last_id_ = 0;
};

TEST(FindingsLife, BeginsWhenItIsFirstSeen) {
  Life life;
  const auto update = life.night({finding("A"), finding("B")}, kDay);
  EXPECT_EQ(subjects(update.added), (Lines{"19_214 A", "19_214 B"}));
  EXPECT_EQ(update.judged, (Lines{"group-empty"}));
  ASSERT_EQ(life.known.size(), 2U);
  EXPECT_EQ(life.known[0].first_seen, kDay);
}

TEST(FindingsLife, GoesOnWithoutAChange) {
  Life life;
  life.night({finding("A")}, kDay);
  const auto update = life.night({finding("A")}, kDay + 1);
  EXPECT_TRUE(update.added.empty() && update.changed.empty() && update.resolved.empty());
  ASSERT_EQ(life.known.size(), 1U);
  EXPECT_EQ(life.known[0].first_seen, kDay);
  EXPECT_EQ(life.known[0].last_seen, kDay + 1);
}

TEST(FindingsLife, ChangesItsTextAndKeepsItsAge) {
  Life life;
  life.night({finding("A", "avant")}, kDay);
  const auto update = life.night({finding("A", "après")}, kDay + 1);
  EXPECT_EQ(subjects(update.changed), (Lines{"19_214 A"}));
  ASSERT_EQ(life.known.size(), 1U);
  EXPECT_EQ(life.known[0].detail, "après");
  EXPECT_EQ(life.known[0].first_seen, kDay);
  EXPECT_EQ(life.known[0].last_seen, kDay + 1);
  EXPECT_EQ(life.known[0].returns, 0);
  EXPECT_EQ(life.known[0].id, 1);
}

TEST(FindingsLife, IsResolvedWhenItIsNotFoundAnyMore) {
  Life life;
  life.night({finding("A"), finding("B")}, kDay);
  const auto update = life.night({finding("B")}, kDay + 1);
  EXPECT_EQ(subjects(update.resolved), (Lines{"19_214 A"}));
  EXPECT_TRUE(life.known[0].resolved);
  EXPECT_EQ(life.known[0].last_seen, kDay);
  EXPECT_FALSE(life.known[1].resolved);
  EXPECT_TRUE(life.night({finding("B")}, kDay + 2).resolved.empty()) << "once";
}

TEST(FindingsLife, ComesBackWithItsFirstDayAndCountsIt) {
  Life life;
  life.night({finding("A")}, kDay);
  life.night({}, kDay + 1);
  const auto update = life.night({finding("A")}, kDay + 2);
  EXPECT_EQ(subjects(update.changed), (Lines{"19_214 A"}));
  ASSERT_EQ(life.known.size(), 1U);
  EXPECT_FALSE(life.known[0].resolved);
  EXPECT_EQ(life.known[0].first_seen, kDay);
  EXPECT_EQ(life.known[0].returns, 1);
  EXPECT_EQ(status_of(life.known[0], kDay + 2), FindingStatus::kOpen);
  life.night({}, kDay + 3);
  life.night({finding("A")}, kDay + 4);
  EXPECT_EQ(life.known[0].returns, 2);
}

TEST(FindingsLife, KnowsTheDayItCameBack) {
  Life life;
  life.night({finding("A")}, kDay);
  EXPECT_FALSE(life.known[0].returned_on.given());
  life.night({}, kDay + 1);
  life.night({finding("A")}, kDay + 1);
  EXPECT_FALSE(life.known[0].returned_on.given()) << "it was never gone for a day";
  EXPECT_EQ(life.known[0].returns, 1);
  life.night({}, kDay + 2);
  life.night({finding("A")}, kDay + 3);
  EXPECT_EQ(life.known[0].returned_on, kDay + 3);
  life.night({finding("A", "autre")}, kDay + 4);
  EXPECT_EQ(life.known[0].returned_on, kDay + 3);
}

Finding of_severity(Severity severity) {
  Finding found = finding("A");
  found.severity = severity;
  return found;
}

TEST(FindingsLife, KeepsItsSeverityBeforeAndTheDayItChanged) {
  Life life;
  life.night({of_severity(Severity::kMinor)}, kDay);
  EXPECT_FALSE(life.known[0].severity_since.given());
  EXPECT_FALSE(has_grown_graver(life.known[0]));
  life.night({of_severity(Severity::kMajor)}, kDay + 1);
  life.night({of_severity(Severity::kMajor)}, kDay + 2);
  EXPECT_EQ(life.known[0].severity_before, Severity::kMinor);
  EXPECT_EQ(life.known[0].severity_since, kDay + 1);
  EXPECT_TRUE(has_grown_graver(life.known[0]));
  EXPECT_EQ(life.known[0].first_seen, kDay);
  life.night({of_severity(Severity::kInfo)}, kDay + 3);
  EXPECT_EQ(life.known[0].severity_before, Severity::kMajor);
  EXPECT_EQ(life.known[0].severity_since, kDay + 3);
  EXPECT_FALSE(has_grown_graver(life.known[0]));
}

TEST(FindingsLife, OfSeveralSeveritiesInADayTheLastOneCounts) {
  Life life;
  life.night({of_severity(Severity::kMinor)}, kDay);
  life.night({of_severity(Severity::kMajor)}, kDay + 1);
  life.night({of_severity(Severity::kCritical)}, kDay + 1);
  EXPECT_EQ(life.known[0].severity_before, Severity::kMinor);
  life.night({of_severity(Severity::kMinor)}, kDay + 1);
  EXPECT_FALSE(life.known[0].severity_since.given()) << "taken back";
}

TEST(FindingsLife, ComesBackWithoutTheSeverityThatItHadBefore) {
  Life life;
  life.night({of_severity(Severity::kMinor)}, kDay);
  life.night({of_severity(Severity::kMajor)}, kDay + 1);
  life.night({}, kDay + 2);
  life.night({of_severity(Severity::kCritical)}, kDay + 3);
  EXPECT_FALSE(life.known[0].severity_since.given());
}

TEST(FindingsLife, StaysAsItIsWhereItsRuleWasNotJudged) {
  Life life;
  life.night({finding("A")}, kDay);
  const auto update = life.night({}, kDay + 1, false);
  EXPECT_TRUE(update.resolved.empty());
  EXPECT_TRUE(update.judged.empty());
  EXPECT_FALSE(life.known[0].resolved);
  EXPECT_EQ(life.known[0].last_seen, kDay);
}

TEST(FindingsLife, IsItsRulesConventionsAndSubjects) {
  Life life;
  life.night({finding("A")}, kDay);
  Finding other_convention = finding("A");
  other_convention.convention = "20_001";
  Finding other_rule = finding("A");
  other_rule.rule = "group-without-role";
  EXPECT_EQ(life.night({finding("A"), other_convention, other_rule}, kDay).added.size(), 2U);
}

TEST(Judge, NamesTheServicesOfAGroupWithVeryManyGrantsToEachOfItsMembers) {
  SnapshotBuilder b;
  const Index group = b.group({.code = "G"});
  for (int i = 0; i < 20'000; ++i) b.unknown_grant(group, Service::kDgfip, "X");
  b.unknown_grant(group, Service::kCdap, "X", {kLongAgo, kDay});
  const std::vector<std::string> ids = test::numbered("A", 20'000);
  for (const std::string& id : ids) b.membership(group, b.account({.id = id, .period = {kLongAgo, kDay}}));
  const auto found = judged("membership-account-closed", b.build());
  ASSERT_EQ(found.size(), ids.size());
  for (const Finding& finding : found) ASSERT_EQ(finding.services, "Dgfip");
}

// An export whose quotes went wrong may bring a field as long as itself: each finding quotes its beginning only, and
// what it is known by stays whole.
TEST(Judge, QuotesTheBeginningOfLongTextsOnly) {
  const std::string number(20'000, '1');
  const std::string code = "G" + std::string(20'000, '2');
  const std::string id = "A" + std::string(20'000, '3');
  std::string text;
  for (int i = 0; i < 4'000; ++i) text += "« é {groupe} {identifiant} » ";
  SnapshotBuilder b;
  const Index convention = b.convention({.number = number, .partner = text, .mail_domains = text, .state = text});
  const Index account = b.account({.id = id,
                                   .last_name = text,
                                   .first_name = text,
                                   .mail = text,
                                   .profession = text,
                                   .instructor_number = text,
                                   .convention = convention,
                                   .status = Status::kClosed});
  const Index group = b.group({.code = code,
                               .label = text,
                               .parent_code = text,
                               .manager_id = text,
                               .convention = convention,
                               .status = Status::kClosed});
  for (const Role role : {Role::kT1, Role::kT4, Role::kT9, Role::kT10, Role::kDeclare, Role::kEntitle})
    b.grant(group, service_of(role), role);
  b.unknown_grant(group, Service::kCdap, text);
  b.membership(group, account);
  b.membership(group, account, {kLongAgo + 1, Day::never()});
  b.designation({.account = account});
  b.bulletin({.convention = convention, .service_name = text});
  const Index activity = b.activity({.convention = convention, .name = text});
  b.place({.convention = convention, .activity = activity, .activity_name = text, .name = text});
  b.profile(
      {.account = account, .activity = activity, .activity_name = text, .place = text, .role = AfasRole::kApprover});
  b.departure({.convention = convention, .account = account, .leaves_on = kDay});
  const Judgement judgement = judge_all(b.build());
  EXPECT_GT(judgement.found.size(), 25U);
  for (const Finding& finding : judgement.found) {
    EXPECT_LT(finding.partner.size(), 1000U);
    EXPECT_LT(finding.detail.size(), 8000U) << finding.rule;
    EXPECT_LT(finding.partner_detail.size(), 8000U) << finding.rule;
    EXPECT_LT(recommendation(finding).size(), 2000U) << finding.rule;
    EXPECT_TRUE(is_valid_utf8(finding.detail)) << finding.rule;
    EXPECT_TRUE(is_valid_utf8(recommendation(finding))) << finding.rule;
    EXPECT_TRUE(finding.group.empty() || finding.group == code);
    EXPECT_TRUE(finding.account.empty() || finding.account == id);
  }
  EXPECT_EQ(of_rule(judgement, "membership-overlap").at(0).subject, code + '/' + id);
}

TEST(Judge, ReadsNoMarksInTheValuesOfARemedy) {
  SnapshotBuilder b;
  b.group({.code = "{convention}"});
  const auto found = judged("group-manager-missing", b.build());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NE(recommendation(found[0]).find("crayon du groupe {convention} >"), std::string::npos)
      << recommendation(found[0]);
}

}  // namespace
}  // namespace vigie
