#include "rules/families/account.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "builder.h"
#include "findings/remedy.h"

namespace vigie {
namespace {

using namespace test;

TEST(AccountDuplicateMail, TellsComplianceWhoAndPartnersWhetherAColleague) {
  SnapshotBuilder b;
  const Index other = b.convention({.number = "19_300"});
  b.account(marie("A1", "marie@ville.example"));
  b.account(marie("A2", "MARIE@ville.example"));
  b.account(marie("B1", "marie@VILLE.example", other));
  const auto found = judged("account-duplicate-mail", b.build());
  ASSERT_EQ(subjects(found), (Subjects{"19_214 A1", "19_214 A2", "19_300 B1"}));
  EXPECT_EQ(found[0].detail,
            "L'adresse « marie@ville.example » du compte A1 (Marie DUPONT) est aussi celle des comptes A2 (Marie "
            "DUPONT) et B1 "
            "(Marie DUPONT), de la convention « 19_300 ».");
  EXPECT_EQ(found[0].partner_detail,
            "L'adresse « marie@ville.example » du compte A1 (Marie DUPONT) est aussi celle d'un autre compte de la "
            "convention et d'un compte d'un autre partenaire.");
  EXPECT_EQ(found[1].partner_detail,
            "L'adresse « MARIE@ville.example » du compte A2 (Marie DUPONT) est aussi celle d'un autre compte de la "
            "convention et d'un compte d'un autre partenaire.");
  EXPECT_EQ(found[2].partner_detail,
            "L'adresse « marie@VILLE.example » du compte B1 (Marie DUPONT) est aussi celle d'un compte d'un autre "
            "partenaire.");
}

TEST(AccountDuplicateMail, TellsAPartnerOfNoColleagueWhereThereIsNone) {
  SnapshotBuilder b;
  const Index other = b.convention({.number = "19_300"});
  b.account(marie("A1", "marie@ville.example"));
  b.account(marie("B1", "marie@ville.example", other));
  const auto found = judged("account-duplicate-mail", b.build());
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].partner_detail,
            "L'adresse « marie@ville.example » du compte A1 (Marie DUPONT) est aussi celle d'un compte d'un autre "
            "partenaire.");
}

TEST(AccountDuplicateMail, TellsAPartnerOfAColleagueAlone) {
  SnapshotBuilder b;
  b.account(marie("A1", "marie@ville.example"));
  b.account(marie("A2", "marie@ville.example"));
  const auto found = judged("account-duplicate-mail", b.build());
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].partner_detail,
            "L'adresse « marie@ville.example » du compte A1 (Marie DUPONT) est aussi celle d'un autre compte de la "
            "convention.");
}

TEST(AccountDuplicateMail, LooksIntoOtherSources) {
  SnapshotBuilder b;
  b.account(marie("A1", "Marie@Ville.example"));
  b.account(marie("A2", "autre@ville.example"));
  Background background;
  background.mails.emplace("marie@ville.example", MailElsewhere{"caf932", "Z9"});
  const auto found = judged("account-duplicate-mail", b.build(), background);
  ASSERT_EQ(subjects(found), (Subjects{"19_214 A1"}));
  EXPECT_EQ(found[0].detail,
            "L'adresse « Marie@Ville.example » du compte A1 (Marie DUPONT) est aussi celle du compte Z9, de la source "
            "« caf932 ».");
  EXPECT_EQ(found[0].partner_detail,
            "L'adresse « Marie@Ville.example » du compte A1 (Marie DUPONT) est aussi celle d'un compte d'un autre "
            "partenaire.");
}

TEST(AccountDuplicateMail, IsNotAnAccountsOwnOccurrenceInAnotherSource) {
  SnapshotBuilder b;
  b.account(marie("A1", "marie@ville.example"));
  Background background;
  background.mails.emplace("marie@ville.example", MailElsewhere{"caf932", "A1"});
  EXPECT_TRUE(judged("account-duplicate-mail", b.build(), background).empty());
  background.mails.emplace("marie@ville.example", MailElsewhere{"caf932", "Z9"});
  const Finding found = only_finding("account-duplicate-mail", b.build(), background);
  EXPECT_NE(found.detail.find("est aussi celle du compte Z9, de la source « caf932 »."), std::string::npos)
      << found.detail;
}

TEST(AccountDuplicateMail, NamesAFewOfMany) {
  SnapshotBuilder b;
  const std::vector<std::string> ids = numbered("A", 2000);
  for (const std::string& id : ids) b.account(marie(id, "accueil@ville.example"));
  const auto found = judged("account-duplicate-mail", b.build());
  ASSERT_EQ(found.size(), ids.size());
  EXPECT_NE(found[0].detail.find("A5 (Marie DUPONT) et 1\u202f994 autres."), std::string::npos) << found[0].detail;
}

TEST(AccountDuplicatePerson, NamesAnAccountWhoseMailDiffers) {
  SnapshotBuilder b;
  b.account(marie("A1", "m@ville.example"));
  b.account(marie("A2", "M@ville.example"));
  b.account(marie("A3", "marie@ville.example"));
  const auto found = judged("account-duplicate-person", b.build());
  ASSERT_EQ(subjects(found), (Subjects{"19_214 A1", "19_214 A2", "19_214 A3"}));
  EXPECT_NE(found[0].detail.find("et le compte A3"), std::string::npos);
  EXPECT_NE(found[1].detail.find("et le compte A3"), std::string::npos);
  EXPECT_NE(found[2].detail.find("et le compte A1"), std::string::npos);
  EXPECT_EQ(
      found[0].partner_detail,
      "Le compte A1 (Marie DUPONT) et un autre compte de la convention portent le même nom, avec des adresses mail "
      "différentes.");
}

TEST(AccountDuplicatePerson, IsSilentWhenAllMailsAreTheSame) {
  SnapshotBuilder b;
  b.account(marie("A1", "m@ville.example"));
  b.account(marie("A2", "M@ville.example"));
  EXPECT_TRUE(judged("account-duplicate-person", b.build()).empty());
}

TEST(AccountDuplicatePerson, NamesAnotherAccountWhereTheFirstHasNoMail) {
  SnapshotBuilder b;
  b.account(marie("A1", ""));
  b.account(marie("A2", "marie@ville.example"));
  const auto found = judged("account-duplicate-person", b.build());
  ASSERT_EQ(found.size(), 2U);
  EXPECT_NE(found[0].detail.find("et le compte A2"), std::string::npos) << found[0].detail;
}

TEST(AccountDuplicatePerson, IsNoNamesakeOfAnotherFirstName) {
  SnapshotBuilder b;
  b.account(marie("A1", "marie@ville.example"));
  b.account({.id = "A2", .last_name = "DUPONT", .first_name = "Jeanne", .mail = "jeanne@ville.example"});
  EXPECT_TRUE(judged("account-duplicate-person", b.build()).empty());
}

TEST(AccountInactive, SaysSinceWhenAndTheLimit) {
  SnapshotBuilder b;
  Account account = marie("A1", "");
  account.last_login_on = kDay - 200;
  b.account(account);
  const Finding found = only_finding("account-inactive", b.build());
  EXPECT_EQ(found.detail,
            "La dernière connexion du compte A1 (Marie DUPONT) date du 04/05/2026, il y a 200 jours (180 au plus).");
  EXPECT_NE(recommendation(found).find("crayon du compte A1"), std::string::npos);
}

TEST(AccountClosedRetroactively, SaysWhatAnImportProves) {
  SnapshotBuilder b;
  Account account = marie("A1", "");
  account.period = {kLongAgo, kDay - 10};
  b.account(account);
  Background background;
  background.past.closings["A1"] = {{Day::never(), kDay - 10}, {kDay - 20, kDay - 1}, {kDay - 10, kDay - 5}};
  EXPECT_TRUE(judged("account-closed-retroactively", b.build(), background).empty());
  background.past.closings["A1"].push_back({kDay + 3, kDay - 9});
  const Finding found = only_finding("account-closed-retroactively", b.build(), background);
  EXPECT_EQ(found.detail,
            "Le compte A1 (Marie DUPONT) a pour date de clôture le 10/11/2026, mais le 11/11/2026 sa clôture était au "
            "23/11/2026 : la clôture est rétroactive.");
}

TEST(AccountDuplicateMail, NamesAFewOfVeryManyInTwoSources) {
  SnapshotBuilder b;
  const std::vector<std::string> ids = numbered("A", 10'000);
  Background background;
  for (const std::string& id : ids) {
    b.account(marie(id, "accueil@ville.example"));
    background.mails.emplace("accueil@ville.example", MailElsewhere{"caf932", "Z" + id});
    background.mails.emplace("accueil@ville.example", MailElsewhere{"caf933", id});
  }
  const auto found = judged("account-duplicate-mail", b.build(), background);
  ASSERT_EQ(found.size(), ids.size());
  for (const Finding& finding : found) {
    ASSERT_NE(finding.detail.find(" et 29 993 autres."), std::string::npos) << finding.detail;
    ASSERT_LT(finding.detail.size(), 300U);
  }
}

TEST(AccountDuplicateMail, NamesAFewOfVeryManyOfAnotherSource) {
  SnapshotBuilder b;
  b.account(marie("A1", "accueil@ville.example"));
  Background background;
  for (const std::string& id : numbered("Z", kVeryMany))
    background.mails.emplace("accueil@ville.example", MailElsewhere{"caf932", id});
  const Finding found = only_finding("account-duplicate-mail", b.build(), background);
  EXPECT_NE(found.detail.find(" et 99 995 autres."), std::string::npos) << found.detail.substr(0, 1000);
}

TEST(AccountDuplicatePerson, IsSaidOfVeryManyOfOneName) {
  SnapshotBuilder b;
  const std::vector<std::string> ids = numbered("A", 20'000);
  for (const std::string& id : ids) b.account(marie(id, id == "A7" ? "autre@ville.example" : "m@ville.example"));
  const auto found = judged("account-duplicate-person", b.build());
  ASSERT_EQ(found.size(), ids.size());
  for (const Finding& finding : found)
    ASSERT_NE(finding.detail.find(finding.account == "A7" ? "et le compte A0 " : "et le compte A7 "),
              std::string::npos);
}

TEST(AccountMailOutsidePartner, LooksUpEachMailInVeryManyDomains) {
  SnapshotBuilder b;
  std::string domains;
  for (const std::string& name : numbered("d", kVeryMany)) domains += name + ".example, ";
  domains += "Ville.example";
  const Index convention = b.convention({.number = "19_300", .mail_domains = domains});
  const std::vector<std::string> ids = numbered("A", kVeryMany);
  for (const std::string& id : ids) b.account(marie(id, "m@sous.ville.EXAMPLE", convention));
  b.account(marie("B1", "m@maville.example", convention));
  const auto found = judged("account-mail-outside-partner", b.build());
  ASSERT_EQ(subjects(found), (Subjects{"19_300 B1"}));
  EXPECT_NE(found[0].detail.find("(d0.example, d1.example, d2.example, d3.example, d4.example et 99 996 autres)"),
            std::string::npos)
      << found[0].detail.substr(0, 1000);
}

TEST(AccountAfasNotRemoved, KeepsAnotherPartnersActivityFromThePartner) {
  SnapshotBuilder b;
  const Index other = b.convention({.number = "19_300"});
  Account closed = marie("A1", "marie@ville.example");
  closed.period = {kLongAgo, kDay};
  const Index account = b.account(closed);
  b.profile({.account = account, .activity_name = "ALSH"});
  const auto own = judged("account-afas-not-removed", b.build());
  ASSERT_EQ(own.size(), 1U);
  EXPECT_NE(own[0].detail.find("garde un profil Afas"), std::string::npos) << own[0].detail;
  EXPECT_EQ(own[0].partner_detail, "");
  b.profile({.convention = other, .account = account, .activity_name = "RPE"});
  const Finding found = only_finding("account-afas-not-removed", b.build());
  EXPECT_NE(found.detail.find("garde des profils Afas : FDA sur « ALSH » et FDA sur « RPE »."), std::string::npos)
      << found.detail;
  EXPECT_NE(found.partner_detail.find("FDA sur « ALSH » et un profil sur une activité d'un autre "
                                      "partenaire."),
            std::string::npos)
      << found.partner_detail;
}

TEST(AccountConventionClosed, SaysWhenAConventionWillOpen) {
  SnapshotBuilder b;
  const Index other = b.convention({.number = "19_300", .period = {kDay + 1, Day::never()}});
  b.account(marie("A1", "marie@ville.example", other));
  const Finding found = only_finding("account-convention-closed", b.build());
  EXPECT_EQ(found.detail,
            "Le compte A1 (Marie DUPONT) est ouvert, mais sa convention « 19_300 » n'ouvrira que le 21/11/2026.");
}

}  // namespace
}  // namespace vigie
