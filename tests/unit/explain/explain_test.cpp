#include "explain/explain.h"

#include <algorithm>
#include <tuple>

#include <gtest/gtest.h>

#include "rules/builder.h"

namespace vigie::explain {
namespace {

using test::kDay;
using test::kLongAgo;
using test::SnapshotBuilder;

const Period kOver{kLongAgo, kDay - 20};
const Period kToCome{kDay + 3, Day::never()};

// A convention with a signed Cdap bulletin, a group T2PE that has T2, and the account A1. A test says what is
// otherwise.
struct Partner {
  SnapshotBuilder b;
  Index account = kNone;
  Index group = kNone;
  Withdrawn withdrawn;

  explicit Partner(Account person = {.id = "A1", .last_name = "MARTIN", .first_name = "Léa"}, Period of_bulletin = {}) {
    if (!person.last_login_on.given()) person.last_login_on = kDay - 1;
    account = b.account(person);
    group = b.group({.code = "T2PE", .label = "T2 Petite Enfance"});
    b.bulletin({.service_name = "Cdap", .service = Service::kCdap, .signed_on = kLongAgo, .period = of_bulletin});
  }

  // A group of the service, with a signed bulletin for it, that the account is in.
  Index in_group(std::string_view code, Service service, Role role) {
    const Index made = b.group({.code = code, .label = code});
    b.grant(made, service, role);
    b.membership(made, account);
    if (service != Service::kCdap)
      b.bulletin({.service_name = name(service), .service = service, .signed_on = kLongAgo});
    return made;
  }

  [[nodiscard]] std::vector<Answer> asked(std::optional<Service> only = std::nullopt) const {
    const Snapshot snapshot = b.build();
    return explain(snapshot, Facts::on(snapshot, kDay), withdrawn, account, kDay, only);
  }

  // What is said of a service, advice aside.
  [[nodiscard]] std::vector<Answer> about(Service service) const {
    auto answers = asked(service);
    std::erase_if(answers, [](const Answer& answer) { return answer.verdict == Verdict::kAdvice; });
    return answers;
  }

  // The one answer about a service.
  [[nodiscard]] Answer answer(Service service) const {
    const auto answers = about(service);
    EXPECT_EQ(answers.size(), 1U);
    return answers.empty() ? Answer{} : answers[0];
  }
};

void expect_says(const std::string& text, std::initializer_list<std::string_view> parts) {
  for (const std::string_view part : parts)
    EXPECT_NE(text.find(part), std::string::npos) << part << "\nis not in: " << text;
}

void expect_no(const Answer& answer, std::string_view cause, std::initializer_list<std::string_view> detail,
               std::initializer_list<std::string_view> recommendation) {
  EXPECT_EQ(answer.verdict, Verdict::kNotUsable);
  EXPECT_EQ(answer.cause, cause);
  expect_says(answer.detail, detail);
  expect_says(answer.recommendation, recommendation);
}

bool advises(const std::vector<Answer>& answers, std::string_view cause) {
  return std::ranges::any_of(answers, [&](const Answer& answer) {
    return answer.cause == cause && answer.verdict == Verdict::kAdvice && !answer.detail.empty();
  });
}

TEST(Usable, ThroughAGroupThatHasTheRole) {
  Partner p;
  p.b.grant(p.group, Service::kCdap, Role::kT2);
  p.b.membership(p.group, p.account);
  const Answer answer = p.answer(Service::kCdap);
  EXPECT_EQ(answer.verdict, Verdict::kUsable);
  EXPECT_EQ(std::tie(answer.cause, answer.role, answer.group), std::tuple("held", "T2", "T2PE"));
  expect_says(answer.detail, {"A1 (Léa MARTIN) peut utiliser Cdap T2", "« T2PE »"});
}

TEST(Usable, EveryServiceIsAnswered) {
  const auto answers = Partner().asked();
  for (int s = 0; s < kServiceCount; ++s)
    EXPECT_TRUE(std::ranges::any_of(answers, [&](const Answer& a) {
      return a.service == static_cast<Service>(s) && a.verdict == Verdict::kNotUsable;
    })) << name(static_cast<Service>(s));
}

TEST(Usable, OneOpenWayIsEnough) {
  Partner p;
  p.b.grant(p.group, Service::kCdap, Role::kT2);
  p.b.membership(p.group, p.account, kOver);
  p.b.membership(p.group, p.account);
  EXPECT_EQ(p.answer(Service::kCdap).verdict, Verdict::kUsable);
}

// The bulletin of one convention opens what that of another does not.
TEST(Usable, OfSeveralOpenWaysTheOneThatOpensTheService) {
  for (const bool own_first : {true, false}) {
    Partner p;
    const Index other = p.b.convention({.number = "19_300", .partner = "Autre"});
    const Index foreign = p.b.group({.code = "T2X", .label = "T2 X", .convention = other});
    for (const Index group : own_first ? std::vector{p.group, foreign} : std::vector{foreign, p.group}) {
      p.b.grant(group, Service::kCdap, Role::kT2);
      p.b.membership(group, p.account);
    }
    const Answer answer = p.answer(Service::kCdap);
    EXPECT_EQ(answer.verdict, Verdict::kUsable) << own_first;
    EXPECT_EQ(answer.group, "T2PE");
  }
}

// Guide administrateur (mode délégué), Solutions aux problèmes les plus fréquents, in its order.

TEST(Faq, NoOptionToConsultFilesBecauseOfNoGroup) {
  Partner p;
  p.b.grant(p.group, Service::kCdap, Role::kT2);
  expect_no(
      p.answer(Service::kCdap), "no-group", {"A1 (Léa MARTIN) n'est dans aucun groupe."},
      {"« Mes utilisateurs »", "« Ajouter à un groupe » pour A1", "rôle Cdap (« T2PE »)", "« Ajouter au groupe »"});
}

TEST(Faq, NoOptionToConsultFilesBecauseTheGroupHasNoRole) {
  Partner p;
  p.b.membership(p.group, p.account);
  expect_no(p.answer(Service::kCdap), "group-without-role", {"groupe « T2PE » (T2 Petite Enfance), qui n'a aucun rôle"},
            {"« Mes groupes »", "groupe « T2PE »", "« Habilitations du groupe »", "« Assigner rôle »"});
}

TEST(Faq, AGroupIsNamedOnceHoweverManyMembershipsThereAre) {
  Partner p;
  p.b.membership(p.group, p.account);
  p.b.membership(p.group, p.account, {kLongAgo + 1, Day::never()});
  expect_no(p.answer(Service::kCdap), "group-without-role",
            {"Le compte A1 (Léa MARTIN) est dans le groupe « T2PE »", "qui n'a aucun rôle."}, {"groupe « T2PE »"});
}

TEST(Faq, CouldConsultFilesUntilTheRoleWasClosed) {
  Partner p;
  p.b.grant(p.group, Service::kCdap, Role::kT2, kOver);
  p.b.membership(p.group, p.account);
  const Answer answer = p.answer(Service::kCdap);
  expect_no(answer, "role-removed", {"groupe « T2PE »", "rôle Cdap T2 retiré le 31/10/2026"}, {"« Assigner rôle »"});
  EXPECT_EQ(std::tie(answer.role, answer.group), std::tuple("T2", "T2PE"));
}

TEST(Faq, CouldConsultFilesUntilTheRoleWasTakenOutOfTheData) {
  Partner p;
  p.b.membership(p.group, p.account);
  p.withdrawn.grants = {{"19_214", "T2PE", "Cdap", "T2", kDay - 2}, {"19_214", "T2CR", "Cdap", "T1", kDay - 1}};
  expect_no(p.answer(Service::kCdap), "role-removed", {"rôle Cdap T2 retiré le 18/11/2026"}, {});
}

TEST(Faq, TheDoubleSearchIsNoFault) {
  Partner p;
  EXPECT_FALSE(advises(p.asked(), "double-search"));
  p.in_group("T1", Service::kCdap, Role::kT1);
  EXPECT_TRUE(advises(p.asked(), "double-search"));
  EXPECT_FALSE(advises(p.asked(Service::kAfas), "double-search"));
}

TEST(Faq, ALostIdentifierOrPassword) {
  EXPECT_TRUE(advises(Partner().asked(), "identifier-lost"));
  EXPECT_TRUE(advises(Partner().asked(), "password-lost"));
}

TEST(Faq, TheTemporaryPasswordIsOver) {
  EXPECT_FALSE(advises(Partner().asked(), "never-logged-in"));
  Partner p;
  const Index other = p.b.account({.id = "A2"});
  p.account = other;
  EXPECT_TRUE(advises(p.asked(), "never-logged-in"));
  p.b.drop_without(FileId::kAccounts, field::accounts::kLastLoginOn);
  EXPECT_FALSE(advises(p.asked(), "never-logged-in"));
}

TEST(Faq, TheInstructorNumberOfT4IsNotRecognized) {
  Partner p({.id = "A1", .instructor_number = "093A12345"});
  p.in_group("T4", Service::kCdap, Role::kT4);
  expect_no(p.answer(Service::kCdap), "instructor-number", {"« 093A1234500000 »", "pas reconnu"}, {"cinq « 0 »"});
  Partner good({.id = "A1", .instructor_number = "093A1234500000"});
  good.in_group("T4", Service::kCdap, Role::kT4);
  EXPECT_EQ(good.answer(Service::kCdap).verdict, Verdict::kUsable);
}

TEST(Faq, TheSystemAsksT10ForACode) {
  Partner p;
  p.in_group("T10", Service::kCdap, Role::kT10);
  expect_no(p.answer(Service::kCdap), "landlord-code", {"code bailleur", "est vide"}, {"Cafpro"});
  Partner good({.id = "A1", .landlord_code = "B77"});
  good.in_group("T10", Service::kCdap, Role::kT10);
  EXPECT_EQ(good.answer(Service::kCdap).verdict, Verdict::kUsable);
}

// The other guides.

TEST(Faq, AnAdministratorHasNoRoleOfItsOwn) {
  Partner p;
  p.b.designation({.account = p.account});
  expect_no(p.answer(Service::kCdap), "no-group", {"administrateur partenaire ne donne par défaut aucun rôle métier"},
            {});
}

TEST(Faq, AManagerHasNoRoleOfItsOwn) {
  Partner p;
  p.b.group({.code = "G", .manager_id = "A1"});
  expect_no(p.answer(Service::kCdap), "no-group", {"responsable d'habilitations ne donne par défaut aucun rôle"}, {});
}

TEST(Faq, AClosedAccountIsReopenedByItsDate) {
  for (const auto only : {std::optional<Service>(), std::optional(Service::kCdap)}) {
    const auto answers = Partner({.id = "A1", .period = kOver}).asked(only);
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_FALSE(answers[0].service);
    expect_no(answers[0], "account-closed", {"est clôturé depuis le 31/10/2026"}, {"supprimer la date de clôture"});
  }
  EXPECT_EQ(Partner({.id = "A1", .period = kToCome}).asked()[0].cause, "account-not-open");
}

TEST(Faq, AClosedConventionOpensNothing) {
  Partner p;
  p.b.convention({.number = "20_001", .partner = "Ccas", .period = kOver});
  p.account = p.b.account({.id = "A2", .convention = 1});
  expect_no(p.asked().at(0), "convention-closed", {"« 20_001 » (Ccas) est clôturée depuis le 31/10/2026"},
            {"L'administrateur partenaire", "« MCP 20_001 CCAS »"});
}

TEST(Faq, EachServiceAsksForItsBulletin) {
  expect_no(Partner().answer(Service::kAdonis), "bulletin-missing", {"n'a pas de bulletin d'adhésion Adonis"},
            {"« ADONIS 19_214 VILLE DE ROSNY »"});
  Partner closed({.id = "A1"}, kOver);
  closed.in_group("T1", Service::kCdap, Role::kT1);
  expect_no(closed.answer(Service::kCdap), "bulletin-closed", {"est clôturé depuis le 31/10/2026"}, {"CDAP 19_214"});
  Partner to_come({.id = "A1"}, kToCome);
  to_come.in_group("T1", Service::kCdap, Role::kT1);
  expect_no(to_come.answer(Service::kCdap), "bulletin-not-open", {"n'ouvrira que le 23/11/2026"}, {});
}

TEST(Faq, TheBulletinMustBeSigned) {
  Partner p;
  const Index group = p.b.group({.code = "AD"});
  p.b.grant(group, Service::kAdonis, Role::kAdonis);
  p.b.membership(group, p.account);
  p.b.bulletin({.service_name = "Adonis", .service = Service::kAdonis, .signed_on = kDay + 1});
  expect_no(p.answer(Service::kAdonis), "bulletin-unsigned", {"n'est pas signé"}, {"fait signer"});
  p.b.drop_without(FileId::kBulletins, field::bulletins::kSignedOn);
  EXPECT_EQ(p.answer(Service::kAdonis).verdict, Verdict::kUsable);
}

TEST(Faq, TheBulletinNamesTheRolesItOpens) {
  Partner p;
  p.b.bulletin({.service_name = "Dgfip", .service = Service::kDgfip, .roles = "Enquête", .signed_on = kLongAgo});
  const Index group = p.b.group({.code = "DG"});
  p.b.grant(group, Service::kDgfip, Role::kRecovery);
  p.b.membership(group, p.account);
  expect_no(p.answer(Service::kDgfip), "role-outside-contract", {"ne prévoit pas le rôle Dgfip Recouvrement"}, {});
}

TEST(Faq, WithoutTheFileABulletinIsNoObstacle) {
  Partner p({.id = "A1"}, kOver);
  p.in_group("T1", Service::kCdap, Role::kT1);
  for (std::size_t i = 0; i < 8 * sizeof(ColumnMask); ++i) p.b.drop_without(FileId::kBulletins, i);
  EXPECT_EQ(p.answer(Service::kCdap).verdict, Verdict::kUsable);
}

TEST(Faq, AClosedGroupLosesItsUsers) {
  Partner p;
  const Index group = p.b.group({.code = "T2CR", .label = "T2 Crèches", .period = kOver});
  p.b.grant(group, Service::kCdap, Role::kT2);
  p.b.membership(group, p.account);
  expect_no(p.answer(Service::kCdap), "group-closed", {"« T2CR » (T2 Crèches) est clôturé depuis le 31/10/2026"}, {});
}

TEST(Faq, OutOfTheGroup) {
  Partner closed;
  closed.b.grant(closed.group, Service::kCdap, Role::kT2);
  closed.b.membership(closed.group, closed.account, kOver);
  expect_no(closed.answer(Service::kCdap), "membership-closed", {"n'est plus dans le groupe « T2PE »", "31/10/2026"},
            {"« Ajouter à un groupe »"});
  Partner withdrawn;
  withdrawn.b.grant(withdrawn.group, Service::kCdap, Role::kT2);
  withdrawn.withdrawn.memberships = {{"19_214", "T2PE", kDay - 4}};
  expect_no(withdrawn.answer(Service::kCdap), "membership-closed", {"depuis le 16/11/2026"}, {});
  Partner to_come;
  to_come.b.grant(to_come.group, Service::kCdap, Role::kT2);
  to_come.b.membership(to_come.group, to_come.account, kToCome);
  expect_no(to_come.answer(Service::kCdap), "membership-not-open", {"n'entrera", "que le 23/11/2026"}, {});
}

TEST(Faq, OfSeveralClosedWaysTheLastOneIsTold) {
  Partner p;
  p.b.grant(p.group, Service::kCdap, Role::kT2);
  p.b.membership(p.group, p.account, {kLongAgo, kDay - 400});
  p.b.membership(p.group, p.account, {kDay - 300, kDay - 7});
  p.b.membership(p.group, p.account, {kLongAgo, kDay - 500});
  expect_says(p.answer(Service::kCdap).detail, {"depuis le 13/11/2026"});
}

TEST(Faq, AGroupOfAnotherService) {
  Partner p;
  p.in_group("ADO", Service::kAdonis, Role::kAdonis);
  expect_no(p.answer(Service::kCdap), "no-group-of-service", {"est dans le groupe « ADO », qui n'a pas de rôle Cdap"},
            {"Aucun groupe de la convention n'a de rôle Cdap", "« Créer un groupe »"});
}

TEST(Faq, DeclaringAsksForAProfileToo) {
  Partner p;
  p.in_group("AFAS-DEC", Service::kAfas, Role::kDeclare);
  expect_no(p.answer(Service::kAfas), "no-profile", {"aucun profil Afas actif"}, {"« Administration des profils »"});
  p.b.profile(
      {.account = p.account, .activity_name = "ALSH", .role = AfasRole::kApprover, .state = ProfileState::kPending});
  expect_no(p.answer(Service::kAfas), "profile-pending", {"Approbateur sur « ALSH »", "en attente de validation"},
            {"PJ 3"});
  p.b.profile({.account = p.account, .activity_name = "ALSH"});
  expect_says(p.answer(Service::kAfas).detail, {"peut utiliser Afas Déclarer", "FDA sur « ALSH »"});
}

TEST(Faq, AProfileAsksForTheGroupToo) {
  Partner p;
  p.b.bulletin({.service_name = "Afas", .service = Service::kAfas, .signed_on = kLongAgo});
  p.b.profile({.account = p.account, .activity_name = "ALSH"});
  expect_no(p.answer(Service::kAfas), "no-group", {"Il a pourtant un profil Afas"}, {"AFAS 19_214"});
}

TEST(Faq, TheManagerOfAfasMustBeEnabled) {
  Partner p;
  p.b.convention({.number = "20_001", .partner = "Ccas", .mode = Mode::kDelegated});
  p.account = p.b.account({.id = "A2", .convention = 1});
  p.b.bulletin({.convention = 1, .service_name = "Afas", .service = Service::kAfas, .signed_on = kLongAgo});
  const Index group = p.b.group({.code = "AFAS-DEC", .manager_id = "A2", .convention = 1});
  p.b.grant(group, Service::kAfas, Role::kDeclare);
  const auto answers = p.about(Service::kAfas);
  ASSERT_FALSE(answers.empty());
  expect_no(answers.back(), "manager-not-enabled", {"« AFAS-DEC »", "ne suffit pas"}, {"AFAS 20_001 CCAS"});
}

TEST(Faq, ARoleNobodyKnows) {
  Partner p;
  p.b.unknown_grant(p.group, Service::kCdap, "T99");
  p.b.membership(p.group, p.account);
  expect_no(p.answer(Service::kCdap), "role-unknown", {"« T99 » n'est pas un rôle de Cdap"}, {});
}

}  // namespace
}  // namespace vigie::explain
