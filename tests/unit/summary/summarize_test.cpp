#include "summary/summarize.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "../rules/builder.h"
#include "summary/partners.h"

namespace vigie::summary {
namespace {

using test::kDay;
using test::kLongAgo;
using test::SnapshotBuilder;

const std::string kNobody = "aucun administrateur : écrire à la Caf";

// A snapshot being built, and what is said about it on kDay.
struct Case {
  SnapshotBuilder data;
  std::vector<Finding> findings;
  std::vector<Action> actions;
  std::vector<Waiver> waivers;
  Day judged_on = kDay;

  // About an account, and about a group.
  Finding& account_finding(std::string rule, std::string account) {
    findings.push_back({.rule = std::move(rule), .convention = "19_214", .subject = account, .first_seen = kDay - 9});
    findings.back().partner = "Ville de Rosny";
    findings.back().detail = "Ce qui ne va pas.";
    findings.back().account = std::move(account);
    return findings.back();
  }
  Finding& group_finding(std::string rule, std::string group) {
    Finding& finding = account_finding(std::move(rule), {});
    finding.subject = group;
    finding.group = std::move(group);
    return finding;
  }
  Finding& approver_finding(std::string rule, std::string account, const std::string& activity) {
    Finding& finding = account_finding(std::move(rule), std::move(account));
    finding.subject = finding.subject + (finding.account.empty() ? activity : ':' + activity);
    return finding;
  }

  template <typename Rows>
  Rows summarized(Rows (*summarize)(const Inputs&)) const {
    const Snapshot snapshot = data.build();
    const Facts facts = Facts::on(snapshot, kDay);
    const std::array words = {judges::WordFile{"words", "[service]\ncreche\n[disposable-domain]\nyopmail.com\n"}};
    const judges::Lexicon lexicon = judges::Lexicon::parse(words);
    const Addressees addressees(snapshot, facts, lexicon, kDay);
    Findings open;
    for (const Finding& finding : findings) open.push_back(&finding);
    return summarize({.source = "caf931",
                      .snapshot = snapshot,
                      .facts = facts,
                      .addressees = addressees,
                      .day = kDay,
                      .judged_on = judged_on,
                      .findings = open,
                      .actions = actions,
                      .waivers = waivers,
                      .plan = "P-1"});
  }
};

Account claire() {
  return {.id = "ADM1", .last_name = "Martin", .first_name = "Claire", .mail = "c.martin@rosny.example"};
}

// ----------------------------------------------------------------------------------------------------------- findings

TEST(FindingRows, ComeGravestFirstThenNewThenByConventionRuleAndSubject) {
  Case c;
  const auto add = [&](const char* subject, Severity severity, Day first_seen, const char* convention,
                       const char* rule) {
    Finding& finding = c.group_finding(rule, subject);
    finding.severity = severity;
    finding.first_seen = first_seen;
    finding.convention = convention;
  };
  add("8", Severity::kInfo, kDay, "1", "group-empty");
  add("7", Severity::kCritical, kDay - 1, "2", "group-manager-missing");
  add("6", Severity::kCritical, kDay - 5, "1", "group-manager-missing");
  add("5", Severity::kCritical, kDay - 1, "1", "group-manager-missing");
  add("9", Severity::kCritical, kDay - 1, "1", "group-manager-closed");
  add("4", Severity::kCritical, kDay, "3", "group-manager-missing");
  std::string order;
  for (const FindingRow& row : c.summarized(finding_rows)) order += row.subject;
  EXPECT_EQ(order, "495678");
}

TEST(FindingRows, SayWhatTheFindingSaysAndWhoItIsAbout) {
  Case c;
  c.data.account({.id = "A1", .last_name = "Bruet", .first_name = "Stéphane"});
  Finding& finding = c.account_finding("account-inactive", "A1");
  finding.severity = Severity::kMajor;
  finding.services = "Cdap";
  finding.group = "T1AS";
  finding.remedy = "Clôturer le compte {identifiant}.";
  const auto rows = c.summarized(finding_rows);
  ASSERT_EQ(rows.size(), 1U);
  const FindingRow& row = rows.front();
  EXPECT_EQ(row.source, "caf931");
  EXPECT_EQ(row.severity, Severity::kMajor);
  EXPECT_EQ(row.rule, "account-inactive");
  EXPECT_EQ(row.title, find_rule("account-inactive")->title);
  EXPECT_EQ(row.convention, "19_214");
  EXPECT_EQ(row.partner, "Ville de Rosny");
  EXPECT_EQ(row.services, "Cdap");
  EXPECT_EQ(row.group, "T1AS");
  EXPECT_EQ(row.account, "A1");
  EXPECT_EQ(row.person, "Stéphane Bruet");
  EXPECT_EQ(row.subject, "A1");
  EXPECT_EQ(row.detail, "Ce qui ne va pas.");
  EXPECT_EQ(recommendation(row), "Clôturer le compte A1.");
  EXPECT_EQ(row.first_seen, kDay - 9);
  EXPECT_EQ(row.age_days, 9);
  EXPECT_EQ(row.status, "Ouverte");
  EXPECT_FALSE(row.fresh);
}

TEST(FindingRows, HaveTheTextsOfTheirFindingsAndWhatTheyShareOnceInMemory) {
  Case c;
  c.data.account({.id = "A1", .last_name = "Bruet", .first_name = "Stéphane"});
  c.account_finding("account-inactive", "A1");
  c.account_finding("account-never-used", "A1");
  const auto rows = c.summarized(finding_rows);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].detail.c_str(), c.findings[0].detail.c_str());
  EXPECT_EQ(rows[0].subject.c_str(), c.findings[0].subject.c_str());
  for (const auto text : {&FindingRow::source, &FindingRow::person, &FindingRow::status})
    EXPECT_EQ((rows[0].*text).c_str(), (rows[1].*text).c_str());
}

TEST(FindingRows, TellTheNewOnesApart) {
  Case c;
  c.account_finding("account-inactive", "A1").first_seen = kDay;
  const auto rows = c.summarized(finding_rows);
  EXPECT_TRUE(rows.at(0).fresh);
  EXPECT_EQ(rows.at(0).status, "Nouvelle");
  EXPECT_EQ(rows.at(0).age_days, 0);
}

TEST(FindingRows, SayHowOftenAFindingCameBack) {
  Case c;
  c.account_finding("account-inactive", "A1").returns = 1;
  EXPECT_EQ(c.summarized(finding_rows).at(0).status, "Ouverte (revenue 1 fois)");
  c.findings[0].severity_before = Severity::kMinor;
  c.findings[0].severity_since = kDay - 1;
  EXPECT_EQ(c.summarized(finding_rows).at(0).status, "Ouverte (revenue 1 fois, mineure avant le 19/11/2026)");
}

TEST(FindingRows, KeepAFindingWhoseAccountWasWithdrawn) {
  Case c;
  c.account_finding("account-inactive", "GONE");
  const auto rows = c.summarized(finding_rows);
  EXPECT_EQ(rows.at(0).account, "GONE");
  EXPECT_EQ(rows.at(0).person, "");
}

TEST(FindingRows, NameAnAccountOfAnotherConvention) {
  Case c;
  const Index other = c.data.convention({.number = "7"});
  c.data.account({.id = "A1", .last_name = "Bruet", .first_name = "Stéphane", .convention = other});
  c.account_finding("membership-foreign-account", "A1");
  EXPECT_EQ(c.summarized(finding_rows).at(0).person, "Stéphane Bruet");
}

TEST(CountByRule, CountsTheRowsOfEach) {
  Case c;
  c.account_finding("account-inactive", "A1");
  c.account_finding("account-inactive", "A2");
  c.group_finding("group-empty", "G");
  EXPECT_EQ(count_by_rule(c.summarized(finding_rows)),
            (std::map<std::string, int>{{"account-inactive", 2}, {"group-empty", 1}}));
}

// --------------------------------------------------------------------------------------------------- shared mailboxes

TEST(SharedMailboxes, SayWhyWithWhichRolesAndWhomToWriteTo) {
  Case c;
  const Index account = c.data.account({.id = "A1",
                                        .last_name = "Bruet",
                                        .first_name = "Stéphane",
                                        .mail = "creche@rosny.example",
                                        .last_login_on = kDay - 3});
  const Index group = c.data.group({.code = "G"});
  c.data.grant(group, Service::kAfas, Role::kDeclare);
  c.data.grant(group, Service::kCdap, Role::kT2);
  c.data.grant(group, Service::kAdonis, Role::kAdonis);
  c.data.membership(group, account);
  c.data.designation({.account = c.data.account(claire())});
  c.account_finding("account-shared-mailbox", "A1");
  c.account_finding("account-inactive", "A1");
  const auto rows = c.summarized(shared_mailbox_rows);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].source, "caf931");
  EXPECT_EQ(rows[0].convention, "19_214");
  EXPECT_EQ(rows[0].partner, "Ville de Rosny");
  EXPECT_EQ(rows[0].account, "A1");
  EXPECT_EQ(rows[0].person, "Stéphane Bruet");
  EXPECT_EQ(rows[0].mail, "creche@rosny.example");
  EXPECT_EQ(rows[0].why, "Ce qui ne va pas.");
  EXPECT_EQ(rows[0].roles, "Cdap T2, Afas Déclarer, Adonis");
  EXPECT_EQ(rows[0].last_login_on, kDay - 3);
  EXPECT_EQ(rows[0].tell, "Claire Martin <c.martin@rosny.example>");
  EXPECT_EQ(rows[0].first_seen, kDay - 9);
}

TEST(SharedMailboxes, KeepWhatTheFindingSaysOfAWithdrawnAccount) {
  Case c;
  c.account_finding("account-shared-mailbox", "GONE").convention = "GONE TOO";
  const auto rows = c.summarized(shared_mailbox_rows);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].account, "GONE");
  EXPECT_EQ(rows[0].why, "Ce qui ne va pas.");
  EXPECT_EQ(rows[0].mail, "");
  EXPECT_EQ(rows[0].tell, kNobody);
}

std::string told(const Case& c) { return std::string(c.summarized(shared_mailbox_rows).at(0).tell); }

TEST(Tell, NamesEveryAdministratorOnce) {
  Case c;
  const Index first = c.data.account(claire());
  c.data.designation({.account = first});
  c.data.designation(
      {.account = c.data.account(
           {.id = "ADM2", .last_name = "Durand", .first_name = "Paul", .mail = "durand@rosny.example"})});
  c.data.designation({.account = first, .period = {kLongAgo + 1, Day::never()}});
  c.account_finding("account-shared-mailbox", "A1");
  EXPECT_EQ(told(c), "Claire Martin <c.martin@rosny.example> ; Paul Durand <durand@rosny.example>");
}

// As mails do, which would go elsewhere.
TEST(Tell, NamesNoAddressThatMailsRefuse) {
  for (const char* mail :
       {"", "creche@rosny.example", "claire@yopmail.com", "c.martin@rosny", "p.durand@rosny.example"}) {
    Case c;
    Account unfit = claire();
    unfit.mail = mail;
    c.data.designation({.account = c.data.account(unfit)});
    c.data.account({.id = "A1", .last_name = "Durand", .first_name = "Paul", .mail = "P.Durand@rosny.example"});
    c.account_finding("account-shared-mailbox", "A1");
    EXPECT_EQ(told(c), "aucun administrateur à qui écrire : écrire à la Caf") << mail;
    Account fit = claire();
    fit.id = "ADM2";
    c.data.designation({.account = c.data.account(fit)});
    EXPECT_EQ(told(c), "Claire Martin <c.martin@rosny.example>") << mail;
  }
}

TEST(Tell, NamesNotWhomItIsAbout) {
  Case c;
  c.data.designation({.account = c.data.account(claire())});
  c.account_finding("account-shared-mailbox", "ADM1");
  EXPECT_EQ(told(c), "aucun administrateur à qui écrire : écrire à la Caf");
  c.data.designation(
      {.account = c.data.account(
           {.id = "ADM2", .last_name = "Durand", .first_name = "Paul", .mail = "durand@rosny.example"})});
  EXPECT_EQ(told(c), "Paul Durand <durand@rosny.example>");
}

TEST(Tell, LeavesOutWhoMayNotActForTheConvention) {
  Case c;
  Account closed = claire();
  closed.period = {kLongAgo, kDay};
  Account foreign = claire();
  foreign.convention = c.data.convention({.number = "7"});
  c.data.designation({.account = c.data.account(claire()), .period = {kLongAgo, kDay}});
  c.account_finding("account-shared-mailbox", "A1");
  EXPECT_EQ(told(c), kNobody);
  c.data.designation({.account = c.data.account(closed)});
  c.data.designation({.account = c.data.account(foreign)});
  EXPECT_EQ(told(c), "aucun administrateur à qui écrire : écrire à la Caf");
}

// ----------------------------------------------------------------------------------------------------------------- T1

TEST(T1, NamesTheGroupsThatGiveIt) {
  Case c;
  const Index account = c.data.account({.id = "A1",
                                        .last_name = "Bruet",
                                        .first_name = "Stéphane",
                                        .profession = "Secrétaire",
                                        .diploma_checked_on = kDay - 30});
  const auto member_of = [&](Group group, Role role, Period membership) {
    const Index index = c.data.group(group);
    c.data.grant(index, Service::kCdap, role);
    c.data.membership(index, account, membership);
  };
  member_of({.code = "T1B"}, Role::kT1, {});
  member_of({.code = "T1A"}, Role::kT1, {});
  member_of({.code = "T2"}, Role::kT2, {});
  member_of({.code = "LEFT"}, Role::kT1, {kLongAgo, kDay});
  member_of({.code = "CLOSED", .period = {kLongAgo, kDay}}, Role::kT1, {});
  c.account_finding("cdap-t1-unauthorized", "A1").severity = Severity::kCritical;
  const auto rows = c.summarized(t1_rows);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].account, "A1");
  EXPECT_EQ(rows[0].person, "Stéphane Bruet");
  EXPECT_EQ(rows[0].profession, "Secrétaire");
  EXPECT_EQ(rows[0].diploma_checked_on, kDay - 30);
  EXPECT_EQ(rows[0].groups, "T1A, T1B");
  EXPECT_EQ(rows[0].why, "Ce qui ne va pas.");
  EXPECT_EQ(rows[0].severity, Severity::kCritical);
  EXPECT_EQ(rows[0].tell, kNobody);
}

TEST(T1, TakesItsThreeRulesGravestFirst) {
  Case c;
  c.account_finding("cdap-t1-diploma-unchecked", "A1").severity = Severity::kMinor;
  c.account_finding("cdap-t1-profession-unknown", "A2").severity = Severity::kMajor;
  c.account_finding("cdap-t1-unauthorized", "A3").severity = Severity::kCritical;
  c.account_finding("cdap-t10-landlord-code", "A4").severity = Severity::kMajor;
  std::string order;
  for (const T1Row& row : c.summarized(t1_rows)) order += row.account + " ";
  EXPECT_EQ(order, "A3 A2 A1 ");
}

// ----------------------------------------------------------------------------------------------------------- managers

TEST(Managers, SayWhatTheGroupGivesAndToHowManyPersons) {
  Case c;
  const Index group = c.data.group({.code = "T2PE", .label = "T2 Petite enfance"});
  c.data.grant(group, Service::kCdap, Role::kT2);
  const Index twice = c.data.account({.id = "A1"});
  c.data.membership(group, twice);
  c.data.membership(group, twice, {kLongAgo + 1, Day::never()});
  c.data.membership(group, c.data.account({.id = "A2"}));
  c.data.membership(group, c.data.account({.id = "A3"}), {kLongAgo, kDay});
  c.group_finding("group-manager-missing", "T2PE");
  const auto rows = c.summarized(manager_rows);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].group, "T2PE");
  EXPECT_EQ(rows[0].label, "T2 Petite enfance");
  EXPECT_EQ(rows[0].members, 2);
  EXPECT_EQ(rows[0].roles, "Cdap T2");
  EXPECT_EQ(rows[0].problem, "Aucun responsable désigné");
  EXPECT_EQ(rows[0].manager, "");
  EXPECT_EQ(rows[0].tell, kNobody);
  EXPECT_EQ(rows[0].first_seen, kDay - 9);
}

TEST(Managers, SayWhatIsWrongWithTheOneThatIsNamed) {
  Case c;
  Account foreign{.id = "FOREIGN"};
  foreign.convention = c.data.convention({.number = "7"});
  c.data.account(foreign);
  c.data.account({.id = "CLOSED", .period = {kLongAgo, kDay}});
  c.data.account({.id = "LATER", .period = {kDay + 1, Day::never()}});
  const auto managed_by = [&](const char* rule, const char* code, const char* manager) {
    c.data.group({.code = code, .manager_id = manager});
    c.group_finding(rule, code);
  };
  managed_by("group-manager-unknown", "1", "NOBODY");
  managed_by("group-manager-unknown", "2", "FOREIGN");
  managed_by("group-manager-closed", "3", "CLOSED");
  managed_by("group-manager-closed", "4", "LATER");
  std::vector<std::string> problems;
  for (const ManagerRow& row : c.summarized(manager_rows)) problems.push_back(row.manager + ": " + row.problem);
  EXPECT_EQ(problems, (std::vector<std::string>{
                          "NOBODY: Responsable inconnu", "FOREIGN: Responsable d'une autre convention",
                          "CLOSED: Compte du responsable clôturé", "LATER: Compte du responsable pas encore ouvert"}));
}

TEST(Managers, FindAGroupByItsConventionToo) {
  Case c;
  const Index other = c.data.convention({.number = "7"});
  c.data.group({.code = "G", .label = "De l'autre", .convention = other});
  c.data.group({.code = "G", .label = "Le bon"});
  c.data.group({.code = "G2", .label = "De l'autre aussi", .convention = other});
  c.group_finding("group-manager-missing", "G");
  c.group_finding("group-manager-missing", "G2");
  const auto rows = c.summarized(manager_rows);
  EXPECT_EQ(rows.at(0).label, "Le bon");
  EXPECT_EQ(rows.at(1).label, "");
  EXPECT_EQ(rows.at(1).problem, "Aucun responsable désigné");
}

// ---------------------------------------------------------------------------------------------------------- approvers

Profile pending(Index account, Day asked_on, Day document_on) {
  return {.account = account,
          .activity_name = "Farandole",
          .asked_on = asked_on,
          .document_on = document_on,
          .role = AfasRole::kApprover,
          .state = ProfileState::kPending};
}

TEST(Approvers, MakeOneRowOfAWaitAndAMissingDocument) {
  Case c;
  const Index account = c.data.account({.id = "A1", .last_name = "Bruet", .first_name = "Stéphane"});
  c.data.profile(pending(account, kDay - 39, Day::never()));
  c.approver_finding("afas-approver-document-missing", "A1", "Farandole").first_seen = kDay - 20;
  c.approver_finding("afas-approver-pending", "A1", "Farandole");
  const auto rows = c.summarized(approver_rows);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].activity, "Farandole");
  EXPECT_EQ(rows[0].account, "A1");
  EXPECT_EQ(rows[0].person, "Stéphane Bruet");
  EXPECT_EQ(rows[0].waiting_since, kDay - 39);
  EXPECT_EQ(rows[0].days_waiting, 39);
  EXPECT_FALSE(rows[0].document_received);
  EXPECT_FALSE(rows[0].document_on.given());
  EXPECT_EQ(rows[0].problem, "Validation en attente ; PJ3 manquante");
  EXPECT_EQ(rows[0].tell, kNobody);
  EXPECT_EQ(rows[0].first_seen, kDay - 20);
}

TEST(Approvers, WaitSinceTheProfileBeganWhereTheRequestHasNoDay) {
  Case c;
  Profile profile = pending(c.data.account({.id = "A1"}), Day::never(), kDay);
  profile.period = {kDay - 5, Day::never()};
  c.data.profile(profile);
  c.approver_finding("afas-approver-pending", "A1", "Farandole");
  const auto rows = c.summarized(approver_rows);
  EXPECT_EQ(rows.at(0).waiting_since, kDay - 5);
  EXPECT_EQ(rows.at(0).days_waiting, 5);
  EXPECT_TRUE(rows.at(0).document_received);
  EXPECT_EQ(rows.at(0).document_on, kDay);
}

TEST(Approvers, CountTheLongestOfSeveralWaitsAndTheDocumentThatIsMissing) {
  Case c;
  const Index account = c.data.account({.id = "A1"});
  c.data.profile(pending(account, kDay - 5, Day::never()));
  c.data.profile(pending(account, kDay - 8, kDay - 1));
  Profile ended = pending(account, kDay - 90, kDay - 80);
  ended.period = {kDay - 90, kDay};
  c.data.profile(ended);
  Profile elsewhere = pending(account, kDay - 70, kDay - 80);
  elsewhere.activity_name = "Lilas";
  c.data.profile(elsewhere);
  Profile validated = pending(account, kDay - 60, kDay - 80);
  validated.state = ProfileState::kValidated;
  c.data.profile(validated);
  c.approver_finding("afas-approver-pending", "A1", "Farandole");
  const auto rows = c.summarized(approver_rows);
  EXPECT_EQ(rows.at(0).days_waiting, 8);
  EXPECT_FALSE(rows.at(0).document_received);
}

TEST(Approvers, HaveARowForAnActivityWithoutOneAndForOneWithSeveral) {
  Case c;
  const Index activity = c.data.activity({.name = "Farandole"});
  const Index first = c.data.account({.id = "A1", .last_name = "Bruet", .first_name = "Stéphane"});
  const Index second = c.data.account({.id = "A2", .last_name = "Kaci", .first_name = "Nadia"});
  const Index former = c.data.account({.id = "A3", .period = {kLongAgo, kDay}});
  for (const Index account : {second, first, first, former})
    c.data.profile({.account = account, .activity = activity, .role = AfasRole::kApprover});
  c.data.profile(pending(c.data.account({.id = "A4"}), kDay - 3, kDay));
  c.approver_finding("afas-approver-several", "", "Farandole");
  c.approver_finding("afas-approver-absent", "", "Lilas");
  c.approver_finding("afas-approver-pending", "A4", "Farandole");
  const auto rows = c.summarized(approver_rows);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].account, "A4");
  EXPECT_EQ(rows[1].problem, "Plusieurs approbateurs");
  EXPECT_EQ(rows[1].account, "");
  EXPECT_EQ(rows[1].person, "Stéphane Bruet (A1) ; Nadia Kaci (A2)");
  EXPECT_FALSE(rows[1].waiting_since.given());
  EXPECT_EQ(rows[2].activity, "Lilas");
  EXPECT_EQ(rows[2].problem, "Aucun approbateur");
  EXPECT_EQ(rows[2].person, "");
}

TEST(Approvers, OfAnotherPartnerAreNotNamedToPartners) {
  Case c;
  const Index activity = c.data.activity({.name = "Farandole"});
  const Index other = c.data.convention({.number = "07", .partner = "CCAS"});
  const Index own = c.data.account({.id = "A1", .last_name = "Bruet", .first_name = "Stéphane"});
  const Index foreign = c.data.account({.id = "B1", .last_name = "Kaci", .first_name = "Nadia", .convention = other});
  for (const Index account : {own, foreign})
    c.data.profile({.account = account, .activity = activity, .role = AfasRole::kApprover});
  c.approver_finding("afas-approver-several", "", "Farandole");
  EXPECT_EQ(c.summarized(approver_rows).at(0).person, "Stéphane Bruet (A1) ; Nadia Kaci (B1)");
  const auto partners =
      c.summarized(+[](const Inputs& inputs) { return partner_reports(inputs, Report{}, "Caf de Seine-Saint-Denis"); });
  ASSERT_EQ(partners.size(), 1U);
  EXPECT_EQ(partners[0].report.approvers.at(0).person, "Stéphane Bruet (A1) ; un compte d'un autre partenaire");
}

TEST(Approvers, KeepWhatTheFindingSaysOfAWithdrawnAccount) {
  Case c;
  c.approver_finding("afas-approver-pending", "GONE", "Lilas : la crèche");
  const auto rows = c.summarized(approver_rows);
  EXPECT_EQ(rows.at(0).activity, "Lilas : la crèche");
  EXPECT_EQ(rows.at(0).account, "GONE");
  EXPECT_FALSE(rows.at(0).waiting_since.given());
  EXPECT_EQ(rows.at(0).days_waiting, 0);
}

// ------------------------------------------------------------------------------------------------- actions and access

TEST(ActionRows, AreThoseToCarryOutInTheOrderOfThePortal) {
  Case c;
  c.actions = {{.kind = ActionKind::kCloseAccount, .convention = "19_214", .subject = "A1"},
               {.kind = ActionKind::kCloseMembership, .convention = "GONE", .subject = "G/A1"},
               {.kind = ActionKind::kCloseAccount, .subject = "DONE", .state = ActionState::kConfirmed},
               {.kind = ActionKind::kCloseAccount, .subject = "NO MORE", .state = ActionState::kObsolete}};
  c.actions[0].date = kDay + 1;
  c.actions[0].reason = Reason::kAccountDeparted;
  c.actions[0].cause = "départ du 20/11/2026";
  c.actions[0].state = ActionState::kHeld;
  c.actions[0].first_seen = kDay - 2;
  c.actions[1].state = ActionState::kSent;
  const auto rows = c.summarized(action_rows);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].subject, "G/A1");
  EXPECT_EQ(rows[0].kind, ActionKind::kCloseMembership);
  EXPECT_EQ(rows[0].partner, "");
  EXPECT_EQ(rows[0].state, ActionState::kSent);
  EXPECT_EQ(rows[0].plan, "");
  EXPECT_EQ(rows[1].source, "caf931");
  EXPECT_EQ(rows[1].partner, "Ville de Rosny");
  EXPECT_EQ(rows[1].kind, ActionKind::kCloseAccount);
  EXPECT_EQ(rows[1].date, kDay + 1);
  EXPECT_EQ(rows[1].reason, Reason::kAccountDeparted);
  EXPECT_EQ(rows[1].cause, "départ du 20/11/2026");
  EXPECT_EQ(rows[1].state, ActionState::kHeld);
  EXPECT_EQ(rows[1].first_seen, kDay - 2);
  EXPECT_EQ(rows[1].plan, "P-1");
}

TEST(ActionRows, SayWhyAClosingCannotBeWritten) {
  Case c;
  c.actions = {{.kind = ActionKind::kCloseAccount, .subject = "A1", .failure = "droit refusé"},
               {.kind = ActionKind::kCloseAccount, .subject = "A2", .state = ActionState::kSent, .failure = "hier"}};
  const auto rows = c.summarized(action_rows);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(state_in_words(rows[0]), "Proposée (écriture impossible : droit refusé)");
  EXPECT_EQ(state_in_words(rows[1]), french_name(ActionState::kSent));
}

TEST(AccessRows, CountEachPersonOnceForEachConventionAndRole) {
  Case c;
  const Index other = c.data.convention({.number = "07", .partner = "CCAS"});
  const Index ended = c.data.convention({.number = "99", .period = {kLongAgo, kDay}});
  const auto group_giving = [&](Index convention, Service service, Role role) {
    const Index group = c.data.group({.convention = convention});
    c.data.grant(group, service, role);
    return group;
  };
  const Index account = c.data.account({.id = "A1"});
  const Index foreign = c.data.account({.id = "A2", .convention = other});
  const Index first = group_giving(0, Service::kCdap, Role::kT2);
  c.data.grant(first, Service::kAfas, Role::kDeclare);
  c.data.membership(first, account);
  c.data.membership(first, foreign);
  c.data.membership(group_giving(0, Service::kCdap, Role::kT2), account);
  c.data.membership(group_giving(other, Service::kCdap, Role::kT2), foreign);
  c.data.membership(group_giving(other, Service::kCdap, Role::kT3), foreign, {kLongAgo, kDay});
  c.data.membership(group_giving(ended, Service::kCdap, Role::kT2), account);
  std::vector<std::string> rows;
  for (const AccessRow& row : c.summarized(access_rows))
    rows.push_back(row.convention + ' ' + row.partner + ' ' + row.service + ' ' + row.role + ' ' +
                   std::to_string(row.persons));
  EXPECT_EQ(rows, (std::vector<std::string>{"07 CCAS Cdap T2 1", "19_214 Ville de Rosny Cdap T2 2",
                                            "19_214 Ville de Rosny Afas Déclarer 2"}));
}

// ----------------------------------------------------------------------------------------------------------- overview

FindingRow row_of(const char* rule, Severity severity, bool fresh = false) {
  FindingRow row;
  row.rule = rule;
  row.severity = severity;
  row.fresh = fresh;
  return row;
}

TEST(Overview, CountsBySeverityAndByFamily) {
  Report report;
  report.findings = {row_of("group-empty", Severity::kInfo), row_of("subgroup-cycle", Severity::kCritical, true),
                     row_of("group-without-role", Severity::kMinor), row_of("account-inactive", Severity::kMajor),
                     row_of("account-inactive", Severity::kMajor, true)};
  fill_overview(report);
  fill_overview(report);
  const Overview& overview = report.overview;
  ASSERT_EQ(overview.by_severity.size(), 4U);
  EXPECT_EQ(overview.by_severity[0].severity, Severity::kCritical);
  EXPECT_EQ(overview.by_severity[0].open.now, 1);
  EXPECT_EQ(overview.by_severity[0].open.fresh, 1);
  EXPECT_EQ(overview.by_severity[1].open.now, 2);
  EXPECT_EQ(overview.by_severity[1].open.fresh, 1);
  EXPECT_EQ(overview.by_severity[3].severity, Severity::kInfo);
  EXPECT_EQ(overview.by_severity[3].open.now, 1);
  EXPECT_EQ(overview.fresh, 2);
  EXPECT_EQ(overview.open(), 5);
  ASSERT_EQ(overview.by_family.size(), 2U);
  EXPECT_EQ(overview.by_family[0].family, "Groupes");
  EXPECT_EQ(overview.by_family[0].open.critical, 1);
  EXPECT_EQ(overview.by_family[0].open.major, 0);
  EXPECT_EQ(overview.by_family[0].open.minor, 1);
  EXPECT_EQ(overview.by_family[0].open.info, 1);
  EXPECT_EQ(overview.by_family[1].family, "Comptes");
  EXPECT_EQ(overview.by_family[1].open.major, 2);
}

TEST(Overview, KnowsTheFileWithTheAccounts) {
  Report report;
  report.imports = {{.source = "caf1", .file = "conventions.csv", .rows = 9, .accepted = 9},
                    {.source = "caf1", .file = "utilisateurs.csv", .rows = 12, .accepted = 8, .kept = 1},
                    {.source = "caf2", .file = "utilisateurs.csv", .rows = 4, .accepted = 4}};
  report.overview.sources = {{.name = "caf1", .accounts = 9}, {.name = "caf2", .accounts = 7}, {.name = "caf3"}};
  fill_overview(report);
  std::vector<std::size_t> rows;
  for (const SourceState& source : report.overview.sources) rows.push_back(source.accounts_import);
  EXPECT_EQ(rows, (std::vector<std::size_t>{1, kNoRow, kNoRow})) << "caf2's are of an import before the last";
}

TEST(Overview, KnowsTheFirstRowBehindEachFigure) {
  Report report;
  report.findings = {row_of("account-inactive", Severity::kCritical), row_of("group-empty", Severity::kMajor),
                     row_of("account-inactive", Severity::kMajor, true), row_of("group-empty", Severity::kMinor),
                     row_of("group-without-role", Severity::kInfo, true)};
  for (const std::size_t waived : {0U, 3U}) report.findings[waived].waived = true;
  for (std::size_t i = 0; i < report.findings.size(); ++i) report.findings[i].source = i < 2 ? "caf1" : "caf2";
  report.actions = {{.source = "caf2", .state = ActionState::kProposed},
                    {.source = "caf1", .state = ActionState::kSent},
                    {.source = "caf2", .state = ActionState::kHeld},
                    {.source = "caf2", .state = ActionState::kOverdue}};
  report.imports = {{.source = "caf1"}, {.source = "caf2"}};
  report.overview.sources = {{.name = "caf1"}, {.name = "caf2"}};
  fill_overview(report);
  const Overview& overview = report.overview;
  std::vector<std::size_t> by_severity;
  for (const SeverityFigure& figure : overview.by_severity) by_severity.push_back(figure.first_row);
  EXPECT_EQ(by_severity, (std::vector<std::size_t>{kNoRow, 1, kNoRow, 4}));
  EXPECT_EQ(overview.first_fresh, 2U);
  ASSERT_EQ(overview.by_family.size(), 2U);
  EXPECT_EQ(overview.by_family[0].first_row(Severity::kMajor), 1U);
  EXPECT_EQ(overview.by_family[0].first_row(Severity::kMinor), kNoRow);
  EXPECT_EQ(overview.by_family[0].first_row(Severity::kInfo), 4U);
  EXPECT_EQ(overview.by_family[1].first_row(Severity::kMajor), 2U);
  const SourceState& one = overview.sources[0];
  const SourceState& two = overview.sources[1];
  EXPECT_EQ((std::vector<std::size_t>{one.first_finding, one.first_closing, one.first_held, one.first_import}),
            (std::vector<std::size_t>{1, 1, kNoRow, 0}));
  EXPECT_EQ((std::vector<std::size_t>{two.first_finding, two.first_closing, two.first_held, two.first_import}),
            (std::vector<std::size_t>{2, 3, 2, 1}));
}

std::string sentence(Report report, std::size_t question) {
  fill_overview(report);
  return report.overview.answers.at(question).sentence;
}

TEST(Answers, LeadToTheirSheets) {
  Report report;
  report.managers.resize(3);
  fill_overview(report);
  std::vector<std::string> answers;
  for (const Answer& answer : report.overview.answers)
    answers.push_back(answer.question + " > " + answer.sheet + ": " + std::to_string(answer.count));
  EXPECT_EQ(answers, (std::vector<std::string>{"Boîtes aux lettres partagées > BAL partagées: 0",
                                               "Profils T1 > T1 non autorisés: 0",
                                               "Responsables d'habilitations > Responsables manquants: 3",
                                               "Approbateurs Afas > Approbateurs en attente: 0"}));
}

constexpr const char* kNoProfession = "colonne profession absente de utilisateurs.csv";
constexpr const char* kNoDiploma = "colonne diplome_verifie_le absente de utilisateurs.csv";

// All rules of the second question, of a source whose export has no professions.
void without_professions(Report& report, const std::string& source) {
  for (const char* id : {"cdap-t1-unauthorized", "cdap-t1-profession-unknown", "cdap-t1-diploma-unchecked"})
    report.unverifiable.push_back({id, source, {kNoProfession}});
}

// Where the evidence is missing, a zero would read as good news.
TEST(Answers, SayWhatCannotBeVerified) {
  Report report;
  without_professions(report, "caf931");
  fill_overview(report);
  const Answer& t1 = report.overview.answers[1];
  EXPECT_FALSE(t1.verified);
  EXPECT_EQ(t1.sentence, "Non vérifiable : colonne profession absente de utilisateurs.csv.");
  EXPECT_EQ(nothing_in(report, "T1 non autorisés"), t1.sentence);
  EXPECT_TRUE(report.overview.answers[0].verified);
  EXPECT_EQ(nothing_in(report, "BAL partagées"), "Aucun compte n'utilise une boîte aux lettres partagée.");
}

TEST(Answers, NameWhatIsMissingOnceWhateverElseRulesNeed) {
  Report report;
  without_professions(report, "caf931");
  report.unverifiable.back().lacking = {kNoProfession, kNoDiploma};
  EXPECT_EQ(sentence(report, 1),
            "Non vérifiable : colonne diplome_verifie_le absente de utilisateurs.csv ; colonne profession absente de "
            "utilisateurs.csv.");
  report.unverifiable.back().lacking = {kNoProfession, kNoDiploma, "fichier groupes.csv absent"};
  EXPECT_EQ(sentence(report, 1),
            "Non vérifiable : colonne diplome_verifie_le absente de utilisateurs.csv ; colonne profession absente de "
            "utilisateurs.csv ; 1 autre motif.");
}

TEST(Answers, SayWhatIsVerifiedInPart) {
  const std::string in_part = "Aucun profil T1 sans justification n'a été relevé. En partie non vérifiable.";
  Report some_rules;
  some_rules.unverifiable = {{"cdap-t1-diploma-unchecked", "caf931", {kNoProfession}}};
  some_rules.verifiable = {"cdap-t1-unauthorized"};
  EXPECT_EQ(sentence(some_rules, 1), in_part);
  fill_overview(some_rules);
  EXPECT_TRUE(some_rules.overview.answers[1].verified);
  EXPECT_EQ(nothing_in(some_rules, "T1 non autorisés"),
            "Aucune personne ne détient le profil T1 sans y avoir droit. En partie non vérifiable : colonne profession "
            "absente de utilisateurs.csv.")
      << "lists are made before the answers";

  Report found;
  without_professions(found, "caf931");
  found.t1.resize(1);
  found.findings = {row_of("cdap-t1-unauthorized", Severity::kCritical)};
  EXPECT_EQ(sentence(found, 1), "1 personne a le profil T1 sans la profession requise. En partie non vérifiable.");
}

TEST(Answers, OfSeveralSourcesOneThatCanBeVerifiedIsEnough) {
  Report report;
  report.several_sources = true;
  for (const char* source : {"caf132", "caf931"}) without_professions(report, source);
  const std::string why = "colonne profession absente de utilisateurs.csv.";
  EXPECT_EQ(sentence(report, 1), "Non vérifiable : " + why);
  fill_overview(report);
  EXPECT_FALSE(report.overview.answers[1].verified);
  report.verifiable = {"cdap-t1-unauthorized"};
  EXPECT_EQ(sentence(report, 1), "Aucun profil T1 sans justification n'a été relevé. En partie non vérifiable.");
  EXPECT_EQ(nothing_in(report, "T1 non autorisés"),
            "Aucune personne ne détient le profil T1 sans y avoir droit. En partie non vérifiable : " + why);
}

TEST(Answers, CountSharedMailboxes) {
  Report report;
  EXPECT_EQ(sentence(report, 0), "Aucune boîte aux lettres partagée n'a été relevée.");
  report.shared_mailboxes = {{.convention = "1", .first_seen = kDay}};
  EXPECT_EQ(sentence(report, 0), "1 compte utilise une boîte aux lettres partagée, relevée depuis le 20/11/2026.");
  report.shared_mailboxes.push_back({.convention = "2", .first_seen = kDay - 1});
  report.shared_mailboxes.push_back({.source = "caf132", .convention = "2", .first_seen = kDay});
  EXPECT_EQ(sentence(report, 0),
            "3 comptes utilisent une boîte aux lettres partagée, dans 3 conventions ; la plus ancienne est relevée "
            "depuis le 19/11/2026.");
}

TEST(Answers, SayWhatIsMissingForT1) {
  Report report;
  EXPECT_EQ(sentence(report, 1), "Aucun profil T1 sans justification n'a été relevé.");
  report.t1.resize(1);
  report.findings = {row_of("cdap-t1-unauthorized", Severity::kCritical)};
  EXPECT_EQ(sentence(report, 1), "1 personne a le profil T1 sans la profession requise.");
  report.t1.resize(4);
  report.findings.resize(3, report.findings.front());
  report.findings.push_back(row_of("cdap-t1-diploma-unchecked", Severity::kMinor));
  EXPECT_EQ(sentence(report, 1), "4 profils T1 à justifier : 3 sans la profession requise et 1 sans diplôme vérifié.");
}

TEST(Answers, SayWhyGroupsHaveNoManager) {
  Report report;
  EXPECT_EQ(sentence(report, 2), "Aucun groupe sans responsable d'habilitations en exercice n'a été relevé.");
  report.managers.resize(1);
  report.findings = {row_of("group-manager-missing", Severity::kCritical)};
  EXPECT_EQ(sentence(report, 2), "1 groupe n'a pas de responsable d'habilitations en exercice.");
  report.managers.resize(4);
  report.findings.push_back(row_of("group-manager-unknown", Severity::kCritical));
  report.findings.push_back(row_of("group-manager-closed", Severity::kCritical));
  report.findings.push_back(row_of("group-manager-closed", Severity::kCritical));
  EXPECT_EQ(sentence(report, 2),
            "4 groupes sans responsable en exercice : non désigné pour 1, hors de la convention pour 1 et non actif "
            "pour 2.");
}

TEST(Answers, SayHowLongApproversWaitAndWhatIsMissing) {
  Report report;
  EXPECT_EQ(sentence(report, 3), "Aucun approbateur n'attend, et aucune activité sans approbateur n'a été relevée.");
  report.approvers = {{.days_waiting = 39}};
  report.findings = {row_of("afas-approver-pending", Severity::kMajor)};
  EXPECT_EQ(sentence(report, 3), "1 approbateur en attente depuis 39 jours.");
  report.approvers = {{.days_waiting = 0}};
  EXPECT_EQ(sentence(report, 3), "1 approbateur en attente.");
  report.findings.push_back(row_of("afas-approver-several", Severity::kMajor));
  EXPECT_EQ(sentence(report, 3), "1 approbateur en attente et 1 activité à plusieurs approbateurs.");
  report.approvers = {{.days_waiting = 1}, {.days_waiting = 0}, {}, {}, {}};
  for (const char* rule :
       {"afas-approver-pending", "afas-approver-document-missing", "afas-approver-absent", "afas-approver-absent"})
    report.findings.push_back(row_of(rule, Severity::kMajor));
  EXPECT_EQ(sentence(report, 3),
            "2 approbateurs en attente (1 jour au plus), 1 PJ3 manquante, 2 activités sans approbateur validé et 1 à "
            "plusieurs.");
}

TEST(ApproverRows, OfAnAccountWithVeryManyWaitingProfilesAreFilledInOnce) {
  Case c;
  const Index account = c.data.account({.id = "A1"});
  const std::vector<std::string> activities = test::numbered("ACT", 20'000);
  for (const std::string& activity : activities) {
    c.data.profile({.account = account,
                    .activity_name = activity,
                    .asked_on = kDay - 3,
                    .role = AfasRole::kApprover,
                    .state = ProfileState::kPending});
    c.approver_finding("afas-approver-pending", "A1", activity);
  }
  const auto rows = c.summarized(approver_rows);
  ASSERT_EQ(rows.size(), activities.size());
  for (const ApproverRow& row : rows) ASSERT_EQ(row.days_waiting, 3) << row.activity;
}

// What to write to whom stands in every row of a convention.
TEST(Rows, NameAFewOfVeryManyAdministrators) {
  Case c;
  const std::vector<std::string> ids = test::numbered("A", 1000);
  std::vector<std::string> mails;
  for (const std::string& id : ids) mails.push_back("marie." + id + "@rosny.example");
  for (std::size_t i = 0; i < ids.size(); ++i)
    c.data.designation(
        {.account = c.data.account({.id = ids[i], .last_name = ids[i], .first_name = "Marie", .mail = mails[i]})});
  c.data.group({.code = "G"});
  c.group_finding("group-manager-missing", "G");
  const auto rows = c.summarized(manager_rows);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_TRUE(rows[0].tell.starts_with("Marie A0 <marie.a0@rosny.example> ; Marie A1")) << rows[0].tell;
  EXPECT_TRUE(rows[0].tell.view().ends_with("@rosny.example> et 980 autres")) << rows[0].tell;
}

TEST(Rows, ShowTheBeginningOfALongNameOnly) {
  Case c;
  const std::string name(100'000, 'N');
  c.data.designation({.account = c.data.account({.id = "A1", .last_name = name, .first_name = "Marie"})});
  c.data.group({.code = "G"});
  c.group_finding("group-manager-missing", "G");
  EXPECT_LT(c.summarized(manager_rows).at(0).tell.size(), 400U);
}

// ------------------------------------------------------------------------------------------------------------ waivers

Waiver waiver(std::int64_t id, const char* subject, Day until, Day ended_on = Day::never()) {
  return {.id = id,
          .rule = "group-empty",
          .convention = "19_214",
          .subject = subject,
          .until = until,
          .reason = "Groupe saisonnier",
          .by = "C. Morel",
          .recorded_on = kDay - 40,
          .ended_on = ended_on};
}

TEST(WaiverRows, SayWhatHoldsSoonestOverFirstThenWhatIsOver) {
  Case c;
  for (const char* group : {"T1", "T2"}) c.group_finding("group-empty", group);
  c.waivers = {waiver(1, "T1", kDay + 200), waiver(2, "T1", kDay - 3),           waiver(3, "T2", kDay + 29),
               waiver(4, "T9", kDay + 90),  waiver(5, "T2", kDay + 9, kDay - 1), waiver(6, "T1", kDay)};
  std::vector<std::string> lines;
  for (const WaiverRow& row : c.summarized(waiver_rows)) lines.push_back(std::to_string(row.id) + ' ' + row.state);
  EXPECT_EQ(lines, (std::vector<std::string>{"6 Se termine bientôt", "3 Se termine bientôt", "4 Sans objet",
                                             "1 En vigueur", "5 Terminée", "2 Terminée"}));
}

TEST(WaiverRows, AreOfTheDayThatFindingsAreOf) {
  Case c;
  c.group_finding("group-empty", "T1").waived_until = kDay - 1;
  c.waivers = {waiver(1, "T1", kDay - 1)};
  c.judged_on = kDay - 1;
  EXPECT_EQ(c.summarized(waiver_rows).at(0).state, "Se termine bientôt");
  EXPECT_TRUE(c.summarized(waiver_rows).at(0).ends_soon);
}

TEST(RejectCounts, AreByFileTheMostFrequentReasonFirst) {
  const std::vector<RejectRow> rejects = {
      {.source = "caf1", .file = "lieux.csv", .reason = "Date illisible"},
      {.source = "caf1", .file = "groupes.csv", .reason = "Date illisible"},
      {.source = "caf1", .file = "groupes.csv", .reason = "Référence inconnue"},
      {.source = "caf1", .file = "groupes.csv", .reason = "Référence inconnue"},
      {.source = "caf0", .file = "lieux.csv", .reason = "Date illisible"},
  };
  std::vector<std::string> lines;
  for (const RejectCount& count : count_rejects(rejects))
    lines.push_back(count.source + ' ' + count.file + ' ' + count.reason + ' ' + std::to_string(count.rows));
  EXPECT_EQ(lines, (std::vector<std::string>{"caf0 lieux.csv Date illisible 1", "caf1 groupes.csv Référence inconnue 2",
                                             "caf1 groupes.csv Date illisible 1", "caf1 lieux.csv Date illisible 1"}));
  EXPECT_TRUE(count_rejects({}).empty());
}

TEST(WaivedFindings, AreShownLastAndAnswerNoQuestion) {
  Case c;
  c.group_finding("group-manager-missing", "T1").waived_until = kDay + 10;
  c.group_finding("group-manager-missing", "T2").severity = Severity::kInfo;
  const auto rows = c.summarized(finding_rows);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].subject, "T2");
  EXPECT_EQ(rows[1].status, "Dérogation jusqu'au 30/11/2026");
  EXPECT_TRUE(rows[1].waived);
  EXPECT_EQ(count_by_rule(rows).at("group-manager-missing"), 1);
  const auto managers = c.summarized(manager_rows);
  ASSERT_EQ(managers.size(), 1U);
  EXPECT_EQ(managers[0].group, "T2");
}

TEST(WaivedFindings, AreNotAmongTheFiguresOfThePage) {
  Report report;
  report.findings = {{.severity = Severity::kMajor, .rule = "group-empty"},
                     {.severity = Severity::kMajor, .rule = "group-empty", .waived = true}};
  fill_overview(report);
  EXPECT_EQ(report.overview.open(), 1);
  ASSERT_EQ(report.overview.by_family.size(), 1U);
  EXPECT_EQ(report.overview.by_family[0].open.total(), 1);
}

}  // namespace
}  // namespace vigie::summary
