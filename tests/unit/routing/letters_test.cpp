#include "routing/letters.h"

#include <algorithm>
#include <array>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "rules/builder.h"

namespace vigie {
namespace {

using test::kDay;
using test::kLongAgo;

using Texts = std::vector<std::string>;

constexpr std::string_view kCaf = "mcp@caf.example";
constexpr std::string_view kCompliance = "conformite@caf.example";
constexpr std::string_view kHere = "19_214";

// Rules by who is told of them.
constexpr std::string_view kToAdministrators = "group-manager-missing";
constexpr std::string_view kToManagersToo = "account-inactive";
constexpr std::string_view kToCaf = "convention-not-validated";

judges::Lexicon small_lexicon() {
  const std::array files = {judges::WordFile{"words", "[service]\ncreche\n[disposable-domain]\nyopmail.com\n"}};
  return judges::Lexicon::parse(files);
}

Texts subjects(const std::vector<const Finding*>& findings) {
  Texts texts;
  for (const Finding* finding : findings) texts.emplace_back(finding->subject);
  return texts;
}

// A night in the Caf's data. There is one convention to begin with, nobody is told of anything yet, and nobody has a
// letter.
class LettersTest : public testing::Test {
 protected:
  Index person(std::string_view id, std::string_view mail, Index convention = 0, Period period = {}) {
    return b_.account({.id = id,
                       .last_name = "MARTIN",
                       .first_name = "Claire",
                       .mail = mail,
                       .convention = convention,
                       .period = period});
  }
  Index named(std::string_view id, std::string_view last_name, std::string_view first_name, std::string_view mail,
              Index convention = 0) {
    return b_.account(
        {.id = id, .last_name = last_name, .first_name = first_name, .mail = mail, .convention = convention});
  }
  Index administrator(std::string_view id, std::string_view mail) {
    const Index account = person(id, mail);
    b_.designation({.account = account});
    return account;
  }
  Index group(std::string_view code, std::string_view manager = {}, std::string_view parent = {}) {
    return b_.group({.code = code, .parent_code = parent, .manager_id = manager});
  }

  Finding& finding(std::string_view rule, std::string_view subject, std::string_view convention = kHere) {
    Finding finding{.id = next_id_++,
                    .rule = rule,
                    .convention = convention,
                    .subject = subject,
                    .severity = Severity::kMajor,
                    .first_seen = kDay,
                    .last_seen = kDay};
    return findings_.emplace_back(std::move(finding));
  }
  Finding& about_group(std::string_view rule, std::string_view code) {
    Finding& found = finding(rule, code);
    found.group = code;
    return found;
  }
  Finding& about_account(std::string_view rule, std::string_view id) {
    Finding& found = finding(rule, id);
    found.account = id;
    return found;
  }

  Recipient recipient(std::string_view address, std::string_view convention) {
    return {std::string(address), std::string(convention)};
  }
  // All findings so far were told, in a mail of that day.
  void told(std::string_view address, std::string_view convention, Day on) {
    for (const Finding& finding : findings_)
      told_[recipient(address, convention)][finding.id] = {finding.returns, finding.severity};
    last_[recipient(address, convention)] = {on, "first"};
  }

  RoutingInput input() {
    snapshot_ = b_.build();
    facts_ = Facts::on(snapshot_, kDay);
    addressees_.emplace(snapshot_, facts_, lexicon_, kDay);
    told_about_.clear();
    for (const Finding& finding : findings_) told_about_.push_back(&finding);
    return {.snapshot = snapshot_,
            .facts = facts_,
            .addressees = *addressees_,
            .day = kDay,
            .source = "caf931",
            .source_label = "Caf de la Seine-Saint-Denis",
            .caf_mail = caf_mail_,
            .compliance_mails = compliance_mails_,
            .findings = told_about_,
            .actions = actions_,
            .told = told_,
            .told_closings = told_closings_,
            .last = last_,
            .events = events_,
            .failed_write_back = failed_write_back_,
            .settings = {}};
  }
  const std::vector<Letter>& write() { return letters_ = letters(input()); }

  // nullptr: none goes there.
  const Letter* letter(std::string_view address, std::string_view convention = kHere) const {
    const Letter* found = nullptr;
    for (const Letter& letter : letters_) {
      if (letter.address != address || letter.convention != convention) continue;
      EXPECT_EQ(found, nullptr) << "two letters to " << address;
      found = &letter;
    }
    return found;
  }
  Texts fresh(std::string_view address, std::string_view convention = kHere) const {
    const Letter* const found = letter(address, convention);
    return found == nullptr ? Texts{"no letter"} : subjects(found->fresh);
  }
  Texts notices(std::string_view address, std::string_view convention = kHere) const {
    const Letter* const found = letter(address, convention);
    return found == nullptr ? Texts{"no letter"} : found->notices;
  }

  test::SnapshotBuilder b_;
  std::optional<Addressees> addressees_;
  Findings told_about_;
  std::vector<Finding> findings_ = [] {
    std::vector<Finding> findings;
    findings.reserve(500);  // references to findings stay good
    return findings;
  }();
  std::vector<Action> actions_;
  Told told_;
  ToldClosings told_closings_;
  LastMails last_;
  Texts events_;
  std::optional<FailedWriteBack> failed_write_back_;
  std::string caf_mail_{kCaf};
  Texts compliance_mails_{std::string(kCompliance)};
  judges::Lexicon lexicon_ = small_lexicon();
  Snapshot snapshot_;
  Facts facts_;
  std::vector<Letter> letters_;
  std::int64_t next_id_ = 1;
};

// ------------------------------------------------------------------------------------------------------------
// audiences

TEST_F(LettersTest, EachHearsWhatTheRuleIsFor) {
  administrator("A1", "claire.martin@ville.example");
  person("M1", "paul.durand@ville.example");
  group("T1AS", "M1");
  about_group(kToAdministrators, "T1AS").subject = "for administrators";
  about_group("group-empty", "T1AS").subject = "for managers too";
  finding(kToCaf, "for the Caf");
  write();
  EXPECT_EQ(fresh("claire.martin@ville.example"), Texts({"for managers too", "for administrators"}));
  EXPECT_EQ(fresh("paul.durand@ville.example"), Texts({"for managers too"}));
  EXPECT_EQ(fresh(kCaf, ""), Texts({"for the Caf"}));
  EXPECT_EQ(fresh(kCompliance, ""), Texts({"for the Caf", "for managers too", "for administrators"}));
  EXPECT_EQ(letters_.size(), 4U);
}

// Else what a manager may not read would reach nobody.
TEST(Catalogue, WhateverManagersAreToldAdministratorsAreToldAsWell) {
  for (const Rule& rule : catalogue()) EXPECT_TRUE(rule.audience.administrators || !rule.audience.managers) << rule.id;
}

TEST_F(LettersTest, GravestComesFirstThenTheOldest) {
  administrator("A1", "claire.martin@ville.example");
  finding(kToAdministrators, "young");
  finding(kToAdministrators, "old").first_seen = kDay - 3;
  finding(kToAdministrators, "critical").severity = Severity::kCritical;
  finding(kToAdministrators, "info").severity = Severity::kInfo;
  write();
  EXPECT_EQ(fresh("claire.martin@ville.example"), Texts({"critical", "old", "young", "info"}));
}

TEST_F(LettersTest, AnAdministratorIsDesignatedOnTheDay) {
  b_.designation({.account = person("A1", "former@ville.example"), .period = {kLongAgo, kDay}});
  b_.designation({.account = person("A2", "next@ville.example"), .period = {kDay + 1, Day::never()}});
  b_.designation({.account = person("A3", "last.day@ville.example"), .period = {kDay, kDay + 1}});
  finding(kToAdministrators, "T1AS");
  write();
  EXPECT_EQ(letter("former@ville.example"), nullptr);
  EXPECT_EQ(letter("next@ville.example"), nullptr);
  EXPECT_EQ(fresh("last.day@ville.example"), Texts({"T1AS"}));
}

TEST_F(LettersTest, ConventionsAreToldApart) {
  const Index other = b_.convention({.number = "20_031", .partner = "Les Lilas"});
  administrator("A1", "claire.martin@ville.example");
  b_.designation({.convention = other, .account = person("B1", "claire.martin@ville.example", other)});
  finding(kToAdministrators, "here");
  finding(kToAdministrators, "there", "20_031");
  write();
  EXPECT_EQ(fresh("claire.martin@ville.example"), Texts({"here"}));
  EXPECT_EQ(fresh("claire.martin@ville.example", "20_031"), Texts({"there"}));
}

TEST_F(LettersTest, AFindingOfAConventionOrARuleThatIsGoneStillReachesTheSource) {
  finding(kToCaf, "gone convention", "99_999");
  finding("rule-of-long-ago", "gone rule");
  write();
  EXPECT_EQ(fresh(kCaf, ""), Texts({"gone convention"}));
  EXPECT_EQ(fresh(kCompliance, ""), Texts({"gone rule", "gone convention"}));
}

// -----------------------------------------------------------------------------------------------------------
// perimeters

TEST_F(LettersTest, AManagersPerimeterHasTheGroupsBelowItsOwn) {
  person("M1", "paul.durand@ville.example");
  group("TOP");
  group("MINE", "M1", "TOP");
  group("CHILD", {}, "MINE");
  group("GRANDCHILD", {}, "CHILD");
  group("SIBLING", {}, "TOP");
  for (const std::string_view code : {"TOP", "MINE", "CHILD", "GRANDCHILD", "SIBLING", "UNKNOWN"})
    about_group(kToManagersToo, code);
  write();
  EXPECT_EQ(fresh("paul.durand@ville.example"), Texts({"CHILD", "GRANDCHILD", "MINE"}));
}

TEST_F(LettersTest, GroupsOfACycleAreAllInThePerimeter) {
  person("M1", "paul.durand@ville.example");
  group("A", "M1", "C");
  group("B", {}, "A");
  group("C", {}, "B");
  group("BELOW", {}, "C");
  group("SELF", {}, "SELF");
  for (const std::string_view code : {"A", "B", "C", "BELOW", "SELF"}) about_group(kToManagersToo, code);
  write();
  EXPECT_EQ(fresh("paul.durand@ville.example"), Texts({"A", "B", "BELOW", "C"}));
}

TEST_F(LettersTest, AManagersPerimeterHasTheAccountsOfItsGroups) {
  person("M1", "paul.durand@ville.example");
  const Index mine = group("MINE", "M1");
  const Index child = group("CHILD", {}, "MINE");
  const Index other = group("OTHER");
  b_.membership(mine, person("MEMBER", ""));
  b_.membership(child, person("BELOW", ""));
  b_.membership(other, person("ELSEWHERE", ""));
  b_.membership(mine, person("LEFT", ""), {kLongAgo, kDay});
  b_.membership(mine, person("COMING", ""), {kDay + 1, Day::never()});
  for (const std::string_view id : {"MEMBER", "BELOW", "ELSEWHERE", "LEFT", "COMING", "UNKNOWN"})
    about_account(kToManagersToo, id);
  write();
  EXPECT_EQ(fresh("paul.durand@ville.example"), Texts({"BELOW", "MEMBER"}));
}

TEST_F(LettersTest, TheGroupDecidesWhereAFindingIsAboutAGroupAndAnAccount) {
  person("M1", "paul.durand@ville.example");
  const Index mine = group("MINE", "M1");
  group("OTHER");
  b_.membership(mine, person("MEMBER", ""));
  about_account("membership-overlap", "MEMBER").group = "OTHER";
  Finding& inside = about_account("membership-foreign-account", "STRANGER");
  inside.group = "MINE";
  write();
  EXPECT_EQ(fresh("paul.durand@ville.example"), Texts({"STRANGER"}));
}

TEST_F(LettersTest, AManagerOfTwoConventionsReadsEachInItsOwn) {
  const Index other = b_.convention({.number = "20_031", .partner = "Les Lilas"});
  person("M1", "paul.durand@ville.example");
  group("SAME", "M1");
  b_.group({.code = "SAME", .manager_id = "M1", .convention = other});
  about_group(kToManagersToo, "SAME");
  finding(kToManagersToo, "SAME", "20_031").group = "SAME";
  write();
  EXPECT_EQ(fresh("paul.durand@ville.example"), Texts({"SAME"}));
  EXPECT_EQ(letter("paul.durand@ville.example", "20_031"), nullptr);  // its account is of another convention
}

TEST_F(LettersTest, WhatAManagerWasToldIsResolvedInItsPerimeterOnly) {
  person("M1", "paul.durand@ville.example");
  group("MINE", "M1");
  group("LOST");
  about_group(kToManagersToo, "MINE").resolved = true;
  about_group(kToManagersToo, "LOST").resolved = true;
  told("paul.durand@ville.example", kHere, kDay - 1);
  about_group(kToManagersToo, "MINE").subject = "news";
  write();
  ASSERT_NE(letter("paul.durand@ville.example"), nullptr);
  EXPECT_EQ(subjects(letter("paul.durand@ville.example")->resolved), Texts({"MINE"}));
}

// ------------------------------------------------------------------------------------ those who may not be written to

struct Unfit {
  std::string_view what;
  std::string_view mail;
  Period period;
  std::string notice;
};

void PrintTo(const Unfit& unfit, std::ostream* out) { *out << unfit.what; }

class UnfitTest : public LettersTest, public testing::WithParamInterface<Unfit> {};

TEST_P(UnfitTest, TheOtherAdministratorIsToldAndWhy) {
  b_.designation({.account = person("A1", GetParam().mail, 0, GetParam().period)});
  administrator("A2", "paul.durand@ville.example");
  finding(kToAdministrators, "T1AS");
  write();
  EXPECT_EQ(letter(GetParam().mail), nullptr);
  EXPECT_EQ(fresh("paul.durand@ville.example"), Texts({"T1AS"}));
  EXPECT_EQ(
      notices("paul.durand@ville.example"),
      Texts({"Une autre personne devrait être avertie aussi et ne peut pas l'être, parce que " + GetParam().notice}));
  EXPECT_EQ(letter(kCaf, ""), nullptr);
}

TEST_P(UnfitTest, TheCafIsToldAndWhyWhereNobodyElseIs) {
  b_.designation({.account = person("A1", GetParam().mail, 0, GetParam().period)});
  finding(kToAdministrators, "T1AS");
  write();
  EXPECT_EQ(letter(GetParam().mail), nullptr);
  EXPECT_EQ(fresh(kCaf, ""), Texts({"T1AS"}));
  EXPECT_EQ(notices(kCaf, ""), Texts({"Convention 19_214 (Ville de Rosny) : des anomalies n'ont pu être adressées qu'à "
                                      "la Caf, faute d'administrateur à qui écrire, parce que " +
                                      GetParam().notice}));
}

INSTANTIATE_TEST_SUITE_P(
    Addresses, UnfitTest,
    testing::Values(Unfit{"shared",
                          "creche@ville.example",
                          {},
                          "l'adresse mail de Claire MARTIN, administrateur partenaire, est celle d'un service, et non "
                          "d'une personne : « creche » désigne un service, et l'adresse n'est pas au nom de Claire "
                          "MARTIN."},
                    Unfit{"disposable",
                          "claire.martin@mail.yopmail.com",
                          {},
                          "l'adresse mail de Claire MARTIN, administrateur partenaire, est d'un domaine jetable, "
                          "« mail.yopmail.com »."},
                    Unfit{"malformed",
                          "claire.martin@ville",
                          {},
                          "l'adresse mail de Claire MARTIN, administrateur partenaire, est mal formée : « "
                          "claire.martin@ville »."},
                    Unfit{"empty", "", {}, "l'adresse mail de Claire MARTIN, administrateur partenaire, est vide."},
                    Unfit{"closed",
                          "claire.martin@ville.example",
                          {kLongAgo, kDay},
                          "le compte de Claire MARTIN, administrateur partenaire, est clôturé depuis le 20/11/2026."}));

TEST_F(LettersTest, AnAdministratorOfAnotherConventionIsNotWrittenToNorNamed) {
  const Index other = b_.convention({.number = "20_031", .partner = "Les Lilas"});
  b_.designation({.convention = 0, .account = person("B1", "claire.martin@lilas.example", other)});
  administrator("A2", "paul.durand@ville.example");
  finding(kToAdministrators, "T1AS");
  write();
  EXPECT_EQ(letter("claire.martin@lilas.example"), nullptr);
  EXPECT_EQ(notices("paul.durand@ville.example"), Texts({"Une autre personne devrait être avertie aussi et ne peut pas "
                                                         "l'être, parce que le compte désigné comme administrateur "
                                                         "partenaire est celui d'un "
                                                         "autre partenaire."}));
}

TEST_F(LettersTest, WhatAManagerMayNotReadGoesToTheAdministrators) {
  administrator("A1", "claire.martin@ville.example");
  person("M1", "creche@ville.example");
  person("M2", "paul.durand@ville.example");
  group("CRECHE", "M1");
  group("OTHER", "M2");
  about_group(kToManagersToo, "CRECHE");
  about_group(kToManagersToo, "OTHER");
  write();
  EXPECT_EQ(letter("creche@ville.example"), nullptr);
  EXPECT_EQ(fresh("claire.martin@ville.example"), Texts({"CRECHE", "OTHER"}));
  ASSERT_EQ(notices("claire.martin@ville.example").size(), 1U);
  EXPECT_NE(notices("claire.martin@ville.example")[0].find("responsable d'habilitations"), std::string::npos);
  EXPECT_EQ(fresh("paul.durand@ville.example"), Texts({"OTHER"}));
  EXPECT_EQ(notices("paul.durand@ville.example"), Texts());
  EXPECT_EQ(letter(kCaf, ""), nullptr);
}

TEST_F(LettersTest, WhatAManagerMayNotReadGoesToTheCafWhereNoAdministratorIs) {
  person("M1", "creche@ville.example");
  group("CRECHE", "M1");
  group("OTHER");
  about_group(kToManagersToo, "CRECHE");
  about_group(kToManagersToo, "OTHER");
  write();
  EXPECT_EQ(fresh(kCaf, ""), Texts({"CRECHE"}));
}

TEST_F(LettersTest, NothingIsSaidOfSomebodyWhoHasNothingToRead) {
  administrator("A1", "claire.martin@ville.example");
  person("M1", "creche@ville.example");
  group("CRECHE", "M1");
  group("OTHER");
  about_group(kToManagersToo, "OTHER");
  about_group(kToManagersToo, "CRECHE").resolved = true;
  write();
  EXPECT_EQ(notices("claire.martin@ville.example"), Texts());
}

TEST_F(LettersTest, WhatIsPutRightDoesNotHideWhoCannotBeWrittenTo) {
  b_.designation({.account = person("A1", "creche@ville.example")});
  administrator("A2", "paul.durand@ville.example");
  finding(kToAdministrators, "T1AS");
  finding(kToAdministrators, "T2").resolved = true;
  write();
  EXPECT_EQ(fresh("paul.durand@ville.example"), Texts({"T1AS"}));
  EXPECT_EQ(notices("paul.durand@ville.example").size(), 1U);
}

TEST_F(LettersTest, NothingIsSaidOfSomebodyInWhosePlaceNothingIsRead) {
  const Index account = administrator("A1", "claire.martin@ville.example");
  person("M1", "creche@ville.example");
  b_.membership(group("CRECHE", "M1"), account);
  about_account(kToManagersToo, "A1");
  about_group(kToManagersToo, "OTHER");
  write();
  EXPECT_EQ(fresh("claire.martin@ville.example"), Texts({"OTHER"}));
  EXPECT_EQ(notices("claire.martin@ville.example"), Texts());
}

TEST_F(LettersTest, AnAddressThatAClosedAccountHasTooIsWrittenTo) {
  b_.designation({.account = person("A1", "claire.martin@ville.example", 0, {kLongAgo, kDay})});
  administrator("A2", "claire.martin@ville.example");
  finding(kToAdministrators, "T1AS");
  write();
  EXPECT_EQ(fresh("claire.martin@ville.example"), Texts({"T1AS"}));
  EXPECT_EQ(notices("claire.martin@ville.example").size(), 1U);
}

TEST_F(LettersTest, NoticesAreBounded) {
  static const Texts kNumbers = [] {
    Texts numbers;
    for (int i = 10; i < 24; ++i) numbers.push_back("20_0" + std::to_string(i));
    return numbers;
  }();
  for (const std::string& number : kNumbers) {
    const Index convention = b_.convention({.number = number, .partner = "Partenaire"});
    b_.designation({.convention = convention, .account = person(number, "", convention)});
    finding(kToAdministrators, number, number);
  }
  write();
  const Texts all = notices(kCaf, "");
  ASSERT_EQ(all.size(), 11U);
  EXPECT_EQ(all[0].substr(0, 30), "Convention 20_010 (Partenaire)");
  EXPECT_EQ(all[10], "De même pour 4 autres conventions.");
  EXPECT_EQ(fresh(kCaf, "").size(), kNumbers.size());

  told(kCaf, "", kDay - 1);
  told_[recipient(kCaf, "")].erase(findings_.back().id);
  write();
  EXPECT_EQ(notices(kCaf, "")[0].substr(0, 30), "Convention 20_023 (Partenaire)");

  findings_.erase(findings_.begin() + 9, findings_.end() - 1);
  write();
  EXPECT_EQ(notices(kCaf, "").size(), 10U);
}

TEST_F(LettersTest, OfAConventionTheFirstObstaclesAreNamedTheRestCounted) {
  for (const char* id : {"A1", "A2", "A3", "A4", "A5"}) b_.designation({.account = person(id, "")});
  finding(kToAdministrators, "T1AS");
  write();
  const Texts all = notices(kCaf, "");
  ASSERT_EQ(all.size(), 1U);
  EXPECT_TRUE(all[0].ends_with(" est vide ; de même pour 2 autres personnes.")) << all[0];
}

// ------------------------------------------------------------------------------------------- about an administrator

TEST_F(LettersTest, AFindingAboutAnAdministratorGoesToTheOthersAndToTheCaf) {
  administrator("A1", "claire.martin@ville.example");
  administrator("A2", "paul.durand@ville.example");
  about_account(kToManagersToo, "A1");
  about_account(kToManagersToo, "U1");
  write();
  EXPECT_EQ(fresh("claire.martin@ville.example"), Texts({"U1"}));
  EXPECT_EQ(fresh("paul.durand@ville.example"), Texts({"A1", "U1"}));
  EXPECT_EQ(fresh(kCaf, ""), Texts({"A1"}));
}

TEST_F(LettersTest, AnAdministratorIsNotToldOfItselfAsAManagerEither) {
  const Index account = administrator("A1", "claire.martin@ville.example");
  b_.membership(group("MINE", "A1"), account);
  about_account(kToManagersToo, "A1");
  write();
  EXPECT_EQ(letter("claire.martin@ville.example"), nullptr);
  EXPECT_EQ(fresh(kCaf, ""), Texts({"A1"}));
}

// ------------------------------------------------------------------------------------------------------ one address

TEST_F(LettersTest, AWorkbookIsSpokenOfWhereAFindingIsForAllAdministrators) {
  administrator("A1", "claire.martin@ville.example");
  administrator("A2", "paul.durand@ville.example");
  about_account(kToManagersToo, "A2");
  write();
  ASSERT_NE(letter("claire.martin@ville.example"), nullptr);
  EXPECT_FALSE(letter("claire.martin@ville.example")->has_workbook);
  about_group(kToAdministrators, "T1");
  write();
  EXPECT_TRUE(letter("claire.martin@ville.example")->has_workbook);
}

TEST_F(LettersTest, TwoRolesAtOneAddressAreOneLetter) {
  const Index account = administrator("A1", "Claire.Martin@ville.example");
  group("MINE", "A1");
  b_.membership(group("HERS", "A0"), account);
  b_.account({.id = "A0", .last_name = "DURAND", .first_name = "Paul", .mail = "claire.MARTIN@Ville.example"});
  about_group(kToManagersToo, "MINE");
  about_group(kToManagersToo, "HERS");
  about_group(kToAdministrators, "OTHER");
  write();
  EXPECT_EQ(letters_.size(), 2U);  // and compliance's
  EXPECT_EQ(fresh("claire.martin@ville.example"), Texts({"HERS", "MINE", "OTHER"}));
  EXPECT_EQ(letter("claire.martin@ville.example")->kind, RecipientKind::kAdministrator);
  EXPECT_EQ(letter("claire.martin@ville.example")->name, "Claire MARTIN");
}

TEST_F(LettersTest, TwoManagersAtOneAddressReadBothPerimetersAndNoMore) {
  person("M1", "claire.martin@ville.example");
  person("M2", "claire.martin@ville.example");
  group("FIRST", "M1");
  group("SECOND", "M2", "FIRST");
  group("THIRD");
  for (const std::string_view code : {"FIRST", "SECOND", "THIRD"}) about_group(kToManagersToo, code);
  write();
  EXPECT_EQ(fresh("claire.martin@ville.example"), Texts({"FIRST", "SECOND"}));
  EXPECT_EQ(letter("claire.martin@ville.example")->kind, RecipientKind::kManager);
}

TEST_F(LettersTest, NobodyIsWrittenToAtAnAddressOfTwoPersons) {
  administrator("A1", "paul.durand@ville.example");
  named("M1", "DUPONT", "Marie", "standard@ville.example");
  named("M2", "ROY", "Anthony", "Standard@ville.example");
  group("FIRST", "M1");
  group("SECOND", "M2");
  about_group(kToManagersToo, "FIRST");
  about_group(kToManagersToo, "SECOND");
  write();
  EXPECT_EQ(letter("standard@ville.example"), nullptr);
  EXPECT_EQ(fresh("paul.durand@ville.example"), Texts({"FIRST", "SECOND"}));
  EXPECT_EQ(notices("paul.durand@ville.example"), Texts({"Une autre personne devrait être avertie aussi et ne peut pas "
                                                         "l'être, parce que l'adresse mail de Marie DUPONT, "
                                                         "responsable d'habilitations, est "
                                                         "aussi celle d'une autre personne.",
                                                         "Une autre personne devrait être avertie aussi et ne peut pas "
                                                         "l'être, parce que l'adresse mail d'Anthony ROY, "
                                                         "responsable d'habilitations, est "
                                                         "aussi celle d'une autre personne."}));
}

TEST_F(LettersTest, NorWhereTheOtherIsNoAddressee) {
  named("A1", "DUPONT", "Marie", "standard@ville.example");
  b_.designation({.account = 0});
  const Index other = b_.convention({.number = "20_031", .partner = "Les Lilas"});
  named("U1", "ROY", "Anthony", "standard@ville.example", other);
  finding(kToAdministrators, "T1AS");
  write();
  EXPECT_EQ(letter("standard@ville.example"), nullptr);
  EXPECT_EQ(fresh(kCaf, ""), Texts({"T1AS"}));
}

TEST_F(LettersTest, WhoseNameAloneTheAddressBearsIsWrittenTo) {
  named("A1", "DUPONT", "Marie", "marie.dupont@ville.example");
  named("A2", "ROY", "Anthony", "marie.dupont@ville.example");
  for (const Index account : {0U, 1U}) b_.designation({.account = account});
  finding(kToAdministrators, "T1AS");
  write();
  ASSERT_NE(letter("marie.dupont@ville.example"), nullptr);
  EXPECT_EQ(letter("marie.dupont@ville.example")->name, "Marie DUPONT");
  EXPECT_EQ(notices("marie.dupont@ville.example"), Texts({"Une autre personne devrait être avertie aussi et ne peut "
                                                          "pas l'être, parce que l'adresse mail d'Anthony ROY, "
                                                          "administrateur partenaire, est "
                                                          "aussi celle d'une autre personne."}));
}

TEST_F(LettersTest, AnAddressThatBearsBothNamesIsNobodys) {
  named("A1", "DUPONT", "Marie", "m.dupont@ville.example");
  named("U1", "DUPONT", "Michel", "m.dupont@ville.example");
  b_.designation({.account = 0});
  finding(kToAdministrators, "T1AS");
  write();
  EXPECT_EQ(letter("m.dupont@ville.example"), nullptr);
}

TEST_F(LettersTest, AnAccountThatIsNotActiveReadsNoMore) {
  named("A1", "DUPONT", "Marie", "standard@ville.example");
  b_.designation({.account = 0});
  b_.account({.id = "U1",
              .last_name = "ROY",
              .first_name = "Anthony",
              .mail = "standard@ville.example",
              .period = {kLongAgo, kDay}});
  finding(kToAdministrators, "T1AS");
  write();
  EXPECT_EQ(fresh("standard@ville.example"), Texts({"T1AS"}));
}

// It would have come to the Caf anyway, which else would not know that nobody but the Caf reads it.
TEST_F(LettersTest, TheCafReadsThatItAloneReadsWhatIsItsOwnToo) {
  administrator("A1", "creche@ville.example");
  finding("bulletin-missing", "T1AS");
  write();
  EXPECT_EQ(fresh(kCaf, ""), Texts({"T1AS"}));
  ASSERT_EQ(notices(kCaf, "").size(), 1U);
  EXPECT_TRUE(notices(kCaf, "")[0].starts_with(
      "Convention 19_214 (Ville de Rosny) : des anomalies n'ont pu être adressées qu'à la Caf, faute "
      "d'administrateur à qui écrire, parce que l'adresse mail de Claire MARTIN"));
  administrator("A2", "paul.durand@ville.example");
  write();
  EXPECT_EQ(notices(kCaf, ""), Texts());
}

// What is wrong with the manager is not why no administrator reads it.
TEST_F(LettersTest, TheCafReadsThatTheConventionHasNoAdministrator) {
  named("M1", "ROY", "Anthony", "creche@ville.example");
  group("MINE", "M1");
  about_group(kToManagersToo, "MINE");
  write();
  EXPECT_EQ(notices(kCaf, ""),
            Texts({"Convention 19_214 (Ville de Rosny) : des anomalies n'ont pu être adressées qu'à la Caf, faute "
                   "d'administrateur à qui "
                   "écrire, parce que la convention n'a pas d'administrateur partenaire, et que l'adresse mail "
                   "d'Anthony ROY, responsable d'habilitations, est celle d'un service, et non d'une personne : "
                   "« creche » désigne un service, et l'adresse n'est pas au nom d'Anthony ROY."}));
}

TEST_F(LettersTest, TwoAdministratorsAtOneAddressAreToldOfNeither) {
  administrator("A1", "claire.martin@ville.example");
  administrator("A2", "claire.martin@ville.example");
  about_account(kToManagersToo, "A1");
  about_account(kToManagersToo, "A2");
  write();
  EXPECT_EQ(letter("claire.martin@ville.example"), nullptr);
  EXPECT_EQ(fresh(kCaf, ""), Texts({"A1", "A2"}));
}

// --------------------------------------------------------------------------------------------------------------- news

TEST_F(LettersTest, WhatAWaiverLetsStandIsToldToNobodyUntilItIsPutRight) {
  administrator("A1", "claire.martin@ville.example");
  finding(kToAdministrators, "T1AS");
  Finding& waived = finding(kToAdministrators, "T2");
  waived.waived_until = kDay + 30;
  write();
  EXPECT_EQ(fresh("claire.martin@ville.example"), Texts({"T1AS"}));
  EXPECT_EQ(fresh(kCompliance, ""), Texts({"T1AS"}));
  told("claire.martin@ville.example", kHere, kDay - 1);
  finding(kToAdministrators, "T3");
  waived.resolved = true;
  write();
  EXPECT_EQ(subjects(letter("claire.martin@ville.example")->resolved), Texts({"T2"}));
}

TEST_F(LettersTest, OnlyNewsBringsALetterWhichTellsTheRestAgain) {
  administrator("A1", "claire.martin@ville.example");
  finding(kToAdministrators, "old");
  finding(kToAdministrators, "put right").resolved = true;
  told("claire.martin@ville.example", kHere, kDay - 1);
  finding(kToAdministrators, "never told").resolved = true;
  write();
  EXPECT_EQ(letter("claire.martin@ville.example"), nullptr);

  finding(kToAdministrators, "new");
  write();
  EXPECT_EQ(fresh("claire.martin@ville.example"), Texts({"new"}));
  EXPECT_EQ(subjects(letter("claire.martin@ville.example")->open), Texts({"old"}));
  EXPECT_EQ(subjects(letter("claire.martin@ville.example")->resolved), Texts({"put right"}));
  EXPECT_FALSE(letter("claire.martin@ville.example")->reminder);
}

TEST_F(LettersTest, WhatComesBackIsNewsAgain) {
  administrator("A1", "claire.martin@ville.example");
  Finding& back = finding(kToAdministrators, "T1AS");
  back.returns = 1;
  told("claire.martin@ville.example", kHere, kDay - 1);
  write();
  EXPECT_EQ(letter("claire.martin@ville.example"), nullptr);
  back.returns = 2;
  write();
  EXPECT_EQ(fresh("claire.martin@ville.example"), Texts({"T1AS"}));
}

TEST_F(LettersTest, AtMostOneADay) {
  administrator("A1", "claire.martin@ville.example");
  for (const std::string_view address : {kCaf, kCompliance}) last_[recipient(address, "")].on = kDay;
  last_[recipient("claire.martin@ville.example", kHere)].on = kDay;
  finding("bulletin-missing", "new").first_seen = kDay - 100;
  finding(kToAdministrators, "old").first_seen = kDay - 100;
  events_ = {"La livraison est refusée."};
  write();
  EXPECT_TRUE(letters_.empty());
}

TEST_F(LettersTest, AReminderGoesAWeekAfterTheLastMail) {
  administrator("A1", "claire.martin@ville.example");
  Finding& open = finding(kToAdministrators, "T1AS");
  told("claire.martin@ville.example", kHere, kDay - 6);
  write();
  EXPECT_EQ(letter("claire.martin@ville.example"), nullptr);

  last_[recipient("claire.martin@ville.example", kHere)].on = kDay - 7;
  write();
  ASSERT_NE(letter("claire.martin@ville.example"), nullptr);
  EXPECT_TRUE(letter("claire.martin@ville.example")->reminder);
  EXPECT_EQ(subjects(letter("claire.martin@ville.example")->open), Texts({"T1AS"}));

  open.severity = Severity::kMinor;
  write();
  EXPECT_EQ(letter("claire.martin@ville.example"), nullptr);

  open.severity = Severity::kCritical;
  open.resolved = true;
  write();
  EXPECT_EQ(letter("claire.martin@ville.example"), nullptr);
}

TEST_F(LettersTest, TheRecipientIsKnownHoweverItsAddressIsWritten) {
  administrator("A1", "Claire.MARTIN@ville.example");
  finding(kToAdministrators, "T1AS");
  told("claire.martin@ville.example", kHere, kDay - 1);
  write();
  EXPECT_EQ(letter("claire.martin@ville.example"), nullptr);
}

TEST_F(LettersTest, WhatHasBecomeGraverIsNewsAgainOnceItIsMajor) {
  administrator("A1", "claire.martin@ville.example");
  Finding& grown = finding(kToAdministrators, "T1AS");
  grown.severity = Severity::kInfo;
  told("claire.martin@ville.example", kHere, kDay - 1);
  grown.severity = Severity::kMinor;
  write();
  EXPECT_EQ(letter("claire.martin@ville.example"), nullptr);
  grown.severity = Severity::kMajor;
  write();
  EXPECT_EQ(fresh("claire.martin@ville.example"), Texts({"T1AS"}));
  told("claire.martin@ville.example", kHere, kDay - 1);
  write();
  EXPECT_EQ(letter("claire.martin@ville.example"), nullptr) << "once";
  grown.severity = Severity::kMinor;
  write();
  EXPECT_EQ(letter("claire.martin@ville.example"), nullptr);
  grown.severity = Severity::kCritical;
  write();
  EXPECT_EQ(fresh("claire.martin@ville.example"), Texts({"T1AS"}));
}

TEST_F(LettersTest, WhatHasBecomeGraverIsSaidSo) {
  administrator("A1", "claire.martin@ville.example");
  Finding& grown = finding(kToAdministrators, "T1AS");
  grown.detail = "Détail.";
  const auto detail = [&] {
    const RoutingInput now = input();
    for (const Letter& each : letters(now))
      if (each.kind == RecipientKind::kAdministrator) return to_digest(each, now).fresh.at(0).detail;
    return std::string();
  };
  EXPECT_EQ(detail(), "Détail.");
  grown.severity_before = Severity::kMinor;
  grown.severity_since = kDay - 2;
  EXPECT_EQ(detail(), "Détail. Cette anomalie, mineure auparavant, est majeure depuis le 18/11/2026.");
  grown.severity_before = Severity::kCritical;
  EXPECT_EQ(detail(), "Détail.");
}

TEST_F(LettersTest, WhatNoWaiverCoversAnyMoreIsSaidSoWhileItIsOpen) {
  administrator("A1", "claire.martin@ville.example");
  Finding& found = finding(kToAdministrators, "T1AS");
  found.detail = "Détail.";
  found.waiver_over_on = kDay - 1;
  found.severity_before = Severity::kMinor;
  found.severity_since = kDay - 2;
  const auto digest = [&] {
    const RoutingInput now = input();
    const auto all = letters(now);
    return to_digest(*std::ranges::find(all, RecipientKind::kAdministrator, &Letter::kind), now);
  };
  EXPECT_EQ(digest().fresh.at(0).detail,
            "Détail. Cette anomalie, mineure auparavant, est majeure depuis le 18/11/2026. Cette anomalie n'est plus "
            "couverte par une dérogation depuis le 19/11/2026.");
  told("claire.martin@ville.example", kHere, kDay - 1);
  found.resolved = true;
  finding(kToAdministrators, "T2");
  EXPECT_EQ(digest().resolved.at(0).detail, "Détail.");
}

// ---------------------------------------------------------------------------------------------- closings held no more

class ReleasedTest : public LettersTest {
 protected:
  void SetUp() override {
    administrator("A1", "claire.martin@ville.example");
    person("M1", "paul.durand@ville.example");
    b_.membership(group("MINE", "M1"), person("U1", ""));
    actions_ = {{.id = 7,
                 .kind = ActionKind::kCloseMembership,
                 .convention = std::string(kHere),
                 .subject = "MINE/U1@2021-09-06",
                 .state = ActionState::kSent,
                 .sent_on = kDay,
                 .was_held = true}};
  }
  Texts written_to() {
    Texts addresses;
    for (const Letter& each : write()) addresses.push_back(each.address);
    std::ranges::sort(addresses);
    return addresses;
  }
};

TEST_F(ReleasedTest, TheyAreNewsForWhomMustCarryThemOut) {
  EXPECT_EQ(written_to(), Texts({"claire.martin@ville.example", std::string(kCaf), "paul.durand@ville.example"}));
  for (const Letter& each : letters_) {
    EXPECT_EQ(each.actions.size(), 1U) << each.address;
    EXPECT_EQ(each.notices, Texts({"1 clôture, retenue jusqu'ici, est à effectuer."})) << each.address;
    EXPECT_FALSE(each.reminder);
  }
}

TEST_F(ReleasedTest, TheyAreNewsOnce) {
  for (const std::string_view address : {"claire.martin@ville.example", "paul.durand@ville.example"})
    told_closings_[recipient(address, kHere)].emplace(7, kDay);
  told_closings_[recipient(kCaf, "")].emplace(7, kDay);
  EXPECT_EQ(written_to(), Texts());
  actions_[0].sent_on = kDay + 1;  // another life, held again
  EXPECT_EQ(written_to().size(), 3U);
}

TEST_F(ReleasedTest, WhatNobodyHeldIsNone) {
  actions_[0].was_held = false;
  EXPECT_EQ(written_to(), Texts());
  actions_[0].was_held = true;
  actions_[0].state = ActionState::kHeld;
  EXPECT_EQ(written_to(), Texts());
}

TEST_F(ReleasedTest, OfAClosedConventionTheCafAloneHears) {
  b_.convention({.number = "18_001", .period = {kLongAgo, kDay}});
  b_.designation({.convention = 1, .account = person("B1", "anne.roy@close.example", 1)});
  actions_[0].convention = "18_001";
  EXPECT_EQ(written_to(), Texts({std::string(kCaf)}));
}

TEST_F(ReleasedTest, WithoutAnAddressOfTheCafComplianceHears) {
  caf_mail_ = "";
  EXPECT_EQ(written_to(),
            Texts({"claire.martin@ville.example", std::string(kCompliance), "paul.durand@ville.example"}));
}

// --------------------------------------------------------------------------------------- closings asked for no more

class TakenBackTest : public ReleasedTest {
 protected:
  void SetUp() override {
    ReleasedTest::SetUp();
    actions_[0].was_held = false;
    actions_[0].state = ActionState::kObsolete;
    actions_[0].sent_on = kDay - 3;
    actions_[0].ended_on = kDay;
    mailed(kDay - 3);
  }
  void mailed(Day on) {
    for (const std::string_view address : {"claire.martin@ville.example", "paul.durand@ville.example"})
      last_[recipient(address, kHere)] = {on, "first"};
    last_[recipient(kCaf, "")] = {on, "first"};
    last_[recipient(kCompliance, "")] = {on, "first"};
  }
};

TEST_F(TakenBackTest, WhoeverHasThemOnAListIsTold) {
  EXPECT_EQ(written_to(), Texts({"claire.martin@ville.example", std::string(kCompliance), std::string(kCaf),
                                 "paul.durand@ville.example"}));
  for (const Letter& each : letters_) {
    EXPECT_TRUE(each.actions.empty()) << each.address;
    EXPECT_EQ(each.notices, Texts({"À ne plus effectuer : 1 clôture demandée auparavant, que l'export ne justifie plus "
                                   "(Appartenance du compte U1 au groupe MINE, ouverte le 06/09/2021)."}))
        << each.address;
  }
}

TEST_F(TakenBackTest, AManagerReadsThoseOfItsPerimeter) {
  actions_[0].subject = "OTHER/U1@2021-09-06";
  EXPECT_EQ(written_to(), Texts({"claire.martin@ville.example", std::string(kCompliance), std::string(kCaf)}));
}

TEST_F(TakenBackTest, TheyAreNewsOnce) {
  actions_[0].ended_on = kDay - 1;
  mailed(kDay - 1);
  EXPECT_EQ(written_to(), Texts());
  actions_[0].ended_on = kDay - 2;
  EXPECT_EQ(written_to(), Texts());
}

// Given out and taken back by two runs of one day: the mail of that day was the first run's.
TEST_F(TakenBackTest, ByASecondRunTheyAreToldTheDayAfter) {
  actions_[0].sent_on = actions_[0].ended_on = kDay - 1;
  mailed(kDay - 1);
  EXPECT_EQ(written_to().size(), 4U);
}

TEST_F(TakenBackTest, WhoWasNotWrittenToSinceHasNone) {
  mailed(kDay - 4);
  EXPECT_EQ(written_to(), Texts());
  last_.clear();
  EXPECT_EQ(written_to(), Texts());
}

TEST_F(TakenBackTest, TheFirstOnesAreNamedTheRestCounted) {
  actions_.resize(8, actions_[0]);
  write();
  const Texts told = notices(kCaf, "");
  ASSERT_EQ(told.size(), 1U);
  EXPECT_TRUE(told[0].starts_with("À ne plus effectuer : 8 clôtures demandées auparavant, que l'export")) << told[0];
  EXPECT_TRUE(told[0].ends_with(" ; 3 autres).")) << told[0];
}

// ------------------------------------------------------------------------------------------------------ closings held

TEST_F(ReleasedTest, TheFirstConventionsWithHeldOnesAreNamed) {
  finding(kToCaf, "19_214");
  actions_[0].state = ActionState::kHeld;
  const auto named = [&] {
    write();
    const std::string notice = notices(kCaf, "").at(0);
    return notice.substr(notice.find('('), notice.find(')') - notice.find('(') + 1);
  };
  for (const char* convention : {"19_215", "19_216", "19_217", "19_218"}) {
    actions_.push_back(actions_.front());
    actions_.back().convention = convention;
  }
  EXPECT_EQ(named(), "(19_214, 19_215, 19_216, 19_217, 19_218)");
  actions_.push_back(actions_.front());
  actions_.back().convention = "19_219";
  EXPECT_EQ(named(), "(19_214, 19_215, 19_216, 19_217, 19_218, …)");
}

TEST_F(ReleasedTest, WhileTheyAreHeldFindingsDoNotAskForThem) {
  actions_[0].state = ActionState::kHeld;
  finding(kToAdministrators, "MINE");
  finding(kToCaf, "19_214");
  write();
  EXPECT_EQ(notices("claire.martin@ville.example"),
            Texts({"Des clôtures calculées pour cette convention sont retenues, le temps que la Caf les vérifie : "
                   "attendez son accord avant d'effectuer celles que ces anomalies appellent."}));
  EXPECT_EQ(notices(kCaf, ""),
            Texts({"1 clôture est retenue, le temps que la conformité la vérifie (19_214) : attendez sa décision avant "
                   "d'effectuer ce que ces anomalies appellent."}));
  actions_[0].convention = "20_001";
  write();
  EXPECT_EQ(notices("claire.martin@ville.example"), Texts());
}

// --------------------------------------------------------------------------------------------------------- escalation

TEST_F(LettersTest, TheCafIsToldOfWhatIsOpenForMoreThanThirtyDays) {
  administrator("A1", "claire.martin@ville.example");
  finding(kToAdministrators, "30 days").first_seen = kDay - 30;
  finding(kToAdministrators, "31 days").first_seen = kDay - 31;
  finding(kToCaf, "its own").first_seen = kDay - 31;
  Finding& resolved = finding(kToAdministrators, "resolved");
  resolved.first_seen = kDay - 31;
  resolved.resolved = true;
  write();
  ASSERT_NE(letter(kCaf, ""), nullptr);
  EXPECT_EQ(subjects(letter(kCaf, "")->escalated), Texts({"31 days"}));
  EXPECT_EQ(fresh(kCaf, ""), Texts({"its own"}));
  EXPECT_EQ(notices(kCompliance, ""), Texts({"1 anomalie ouverte depuis plus de 30 jours : la Caf en est avertie."}));
}

TEST_F(LettersTest, AnEscalationIsNewsOnce) {
  administrator("A1", "claire.martin@ville.example");
  finding(kToAdministrators, "T1AS").first_seen = kDay - 31;
  told("claire.martin@ville.example", kHere, kDay - 1);
  told(kCompliance, "", kDay - 1);
  write();
  EXPECT_EQ(subjects(letter(kCaf, "")->escalated), Texts({"T1AS"}));
  EXPECT_EQ(notices(kCompliance, "").size(), 1U);

  last_[recipient(kCaf, "")].on = kDay;
  write();
  EXPECT_TRUE(letters_.empty());

  told(kCaf, "", kDay - 1);
  write();
  EXPECT_TRUE(letters_.empty());

  told(kCaf, "", kDay - 7);
  write();
  ASSERT_NE(letter(kCaf, ""), nullptr);
  EXPECT_TRUE(letter(kCaf, "")->reminder);
  EXPECT_EQ(subjects(letter(kCaf, "")->escalated), Texts({"T1AS"}));
  EXPECT_EQ(letter(kCompliance, ""), nullptr);
}

// ------------------------------------------------------------------------------------------ the Caf and compliance

TEST_F(LettersTest, ComplianceAlwaysHearsOfEvents) {
  finding(kToAdministrators, "T1AS");
  told(kCompliance, "", kDay - 1);
  write();
  EXPECT_EQ(letter(kCompliance, ""), nullptr);
  events_ = {"La livraison est refusée."};
  write();
  EXPECT_EQ(notices(kCompliance, ""), events_);
}

TEST_F(LettersTest, ComplianceAloneAlwaysHearsOfAWriteBackThatFailed) {
  administrator("A1", "claire.martin@ville.example");
  failed_write_back_ = {.on = kDay, .closings = 3, .why = "la base de données ne répond pas"};
  write();
  EXPECT_EQ(letters_.size(), 1U);
  ASSERT_EQ(notices(kCompliance, "").size(), 1U);
  EXPECT_TRUE(notices(kCompliance, "")[0].starts_with("3 clôtures de la source caf931 n'ont pas pu être écrites"));
}

TEST_F(LettersTest, AClosingThatIsSetAsideIsSaidInEveryLetterToComplianceAndIsNoReasonForOne) {
  actions_ = {{.convention = "19_214", .subject = "U1", .state = ActionState::kProposed, .failure = "aucune ligne"}};
  write();
  EXPECT_TRUE(letters_.empty());
  finding(kToCaf, "T1AS");
  write();
  ASSERT_EQ(notices(kCompliance, "").size(), 1U);
  EXPECT_TRUE(notices(kCompliance, "")[0].starts_with("1 clôture de la source caf931 reste mise de côté"));
  EXPECT_EQ(notices(kCaf, ""), Texts());
  failed_write_back_ = {.on = kDay, .closings = 1, .why = "aucune ligne"};
  write();
  EXPECT_EQ(notices(kCompliance, "").size(), 1U) << "the failure is said once";
}

TEST_F(LettersTest, EachComplianceAddressHasItsLetter) {
  compliance_mails_ = {"first@caf.example", "second@caf.example"};
  finding(kToCaf, "T1AS");
  told(kCaf, "", kDay - 1);
  told("second@caf.example", "", kDay - 1);
  write();
  EXPECT_EQ(letters_.size(), 1U);
  EXPECT_EQ(fresh("first@caf.example", ""), Texts({"T1AS"}));
}

TEST_F(LettersTest, APartnerOfWhateverLengthIsNamedByAnExcerpt) {
  static const std::string kLong(5000, 'x');
  const Index other = b_.convention({.number = "19_300", .partner = kLong});
  b_.designation({.convention = other, .account = person("A1", "", other)});
  finding(kToAdministrators, "T1AS", "19_300");
  write();
  const Texts all = notices(kCaf, "");
  ASSERT_EQ(all.size(), 1U);
  EXPECT_TRUE(all[0].starts_with("Convention 19_300 (xxx")) << all[0];
  EXPECT_LT(all[0].size(), 1000U);
}

TEST_F(LettersTest, WithoutAnAddressOfTheCafComplianceReadsItsPart) {
  caf_mail_.clear();
  administrator("A1", "");
  finding(kToAdministrators, "T1AS").first_seen = kDay - 20;
  actions_ = {{.convention = "19_214", .subject = "U1", .state = ActionState::kSent}};
  write();
  EXPECT_EQ(letters_.size(), 1U);
  const Texts all = notices(kCompliance, "");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0],
            "Aucune adresse mail n'est configurée pour la Caf : ce message contient ce qui lui serait adressé.");
  EXPECT_EQ(all[1].substr(0, 17), "Convention 19_214");
  EXPECT_EQ(letter(kCompliance, "")->actions.size(), 1U);
}

TEST_F(LettersTest, WithoutAnAddressOfTheCafAnEscalationIsNewsOnTheDayItComesAbout) {
  caf_mail_.clear();
  administrator("A1", "claire.martin@ville.example");
  Finding& old = finding(kToAdministrators, "T1AS");
  told(kCompliance, "", kDay - 1);
  old.first_seen = kDay - 31;
  write();
  ASSERT_NE(letter(kCompliance, ""), nullptr);
  EXPECT_EQ(notices(kCompliance, "")[0], "1 anomalie ouverte depuis plus de 30 jours.");
  old.first_seen = kDay - 32;
  write();
  EXPECT_EQ(letter(kCompliance, ""), nullptr);
  told_.clear();
  last_.clear();
  write();
  EXPECT_EQ(notices(kCompliance, "")[0], "1 anomalie ouverte depuis plus de 30 jours.") << "the first mail of all";
}

TEST_F(LettersTest, OneLetterWhereTheCafAndComplianceShareAnAddress) {
  caf_mail_ = "Conformite@caf.example";
  compliance_mails_ = {std::string(kCompliance), "second@caf.example"};
  finding(kToCaf, "19_214");
  actions_ = {{.convention = "19_214", .subject = "U1", .state = ActionState::kSent}};
  write();
  EXPECT_EQ(letters_.size(), 2U);
  EXPECT_EQ(letter(kCompliance, "")->kind, RecipientKind::kCompliance);
  EXPECT_EQ(letter(kCompliance, "")->actions.size(), 1U);
  EXPECT_TRUE(letter("second@caf.example", "")->actions.empty());
  EXPECT_EQ(notices(kCompliance, ""), Texts());
}

TEST_F(LettersTest, WhatTheCafReadsInOthersPlaceIsNotSaidToCompliance) {
  administrator("A1", "");
  finding(kToAdministrators, "T1AS");
  write();
  EXPECT_EQ(notices(kCaf, "").size(), 1U);
  EXPECT_EQ(notices(kCompliance, ""), Texts());
}

TEST_F(LettersTest, ThatTheCafHasNoAddressIsSaidWhereItWouldBeWrittenTo) {
  caf_mail_.clear();
  administrator("A1", "claire.martin@ville.example");
  finding(kToAdministrators, "T1AS");
  write();
  EXPECT_EQ(fresh(kCompliance, ""), Texts({"T1AS"}));
  EXPECT_EQ(notices(kCompliance, ""), Texts());
}

// ------------------------------------------------------------------------------------------------------------ closings

Texts subjects(const std::vector<const Action*>& actions) {
  Texts texts;
  for (const Action* action : actions) texts.emplace_back(action->subject);
  return texts;
}

TEST_F(LettersTest, ClosingsGoToWhoCanCarryThemOutInTheirOrder) {
  administrator("A1", "claire.martin@ville.example");
  person("M1", "paul.durand@ville.example");
  group("MINE", "M1");
  group("MINE/TOO");
  group("MIN");
  group("MIN/E", "M1");
  finding(kToCaf, "19_214");
  about_group(kToManagersToo, "MINE");
  const auto action = [&](ActionKind kind, std::string subject, std::string_view convention = kHere) {
    actions_.push_back({.kind = kind,
                        .convention = std::string(convention),
                        .subject = std::move(subject),
                        .state = ActionState::kSent});
  };
  action(ActionKind::kCloseAccount, "MINE/U1");
  action(ActionKind::kCloseMembership, "MINE/U1@2020-01-01");
  action(ActionKind::kCloseMembership, "MIN/U1@2020-01-01");
  action(ActionKind::kCloseMembership, "MINE/TOO/U1@2020-01-01");
  action(ActionKind::kCloseMembership, "MIN/E/U1@2020-01-01");
  action(ActionKind::kCloseMembership, "MINE/U2@2020-01-01", "20_031");
  write();
  const Texts here = {"MIN/E/U1@2020-01-01", "MIN/U1@2020-01-01", "MINE/TOO/U1@2020-01-01", "MINE/U1@2020-01-01",
                      "MINE/U1"};
  EXPECT_EQ(subjects(letter("claire.martin@ville.example")->actions), here);
  EXPECT_EQ(subjects(letter("paul.durand@ville.example")->actions), Texts({"MINE/U1@2020-01-01"}));
  EXPECT_EQ(letter(kCaf, "")->actions.size(), 6U);
  EXPECT_TRUE(letter(kCompliance, "")->actions.empty());
}

TEST_F(LettersTest, APartnerReadsNoNumberOfAnothersConvention) {
  administrator("A1", "claire.martin@ville.example");
  finding(kToAdministrators, "T1AS");
  finding(kToCaf, "19_214");
  const auto close = [&](std::string subject, Reason reason, std::string_view cause) {
    actions_.push_back({.kind = ActionKind::kCloseMembership,
                        .convention = kHere,
                        .subject = std::move(subject),
                        .reason = reason,
                        .cause = cause,
                        .state = ActionState::kSent});
  };
  close("MINE/U1@2020-01-01", Reason::kConventionClosed, "20_031");
  close("MINE/U2@2020-01-01", Reason::kConventionClosed, kHere);
  close("MINE/U3@2020-01-01", Reason::kAccountClosed, "U3");
  const RoutingInput now = input();
  const auto all = letters(now);
  const auto causes = [&](RecipientKind kind) {
    Texts texts;
    for (const DigestAction& action : to_digest(*std::ranges::find(all, kind, &Letter::kind), now).actions)
      texts.push_back(action.cause);
    return texts;
  };
  EXPECT_EQ(causes(RecipientKind::kAdministrator), Texts({"celle d'un autre partenaire", "19_214", "U3"}));
  EXPECT_EQ(causes(RecipientKind::kCaf), Texts({"20_031", "19_214", "U3"}));
}

// ------------------------------------------------------------------------------------------------------------- digests

TEST_F(LettersTest, ADigestHasAllThatAMailShows) {
  const Index other = b_.convention({.number = "20_031", .partner = "Les Lilas"});
  administrator("A1", "claire.martin@ville.example");
  person("U1", "");
  person("STRANGER", "", other);
  Finding& about_member = about_account(kToManagersToo, "U1");
  about_member.services = "Afas";
  about_member.partner = "Ville de Rosny";
  about_member.first_seen = kDay - 2;
  about_member.returns = 1;
  about_member.remedy = "Demander à la personne de se connecter.";
  Finding& about_stranger = about_account("membership-foreign-account", "STRANGER");
  about_stranger.severity = Severity::kCritical;
  about_stranger.services = "Cdap/Offre Bailleurs";
  about_stranger.detail = "STRANGER (Claire MARTIN)";
  about_stranger.partner_detail = "un compte d'un autre partenaire";
  actions_ = {{.kind = ActionKind::kCloseAccount,
               .convention = "19_214",
               .subject = "U1",
               .date = kDay,
               .reason = Reason::kAccountDeparted,
               .cause = "U1",
               .state = ActionState::kSent}};
  write();

  const Digest digest = to_digest(*letter("claire.martin@ville.example"), input());
  EXPECT_EQ(subject_of(digest), "CDAP/AFAS/OFFRE BAILLEURS 19_214 VILLE DE ROSNY - 2 anomalies (dont 1 critique)");
  EXPECT_EQ(digest.recipient, "Claire MARTIN");
  EXPECT_EQ(digest.caf_mail, kCaf);
  ASSERT_EQ(digest.fresh.size(), 2U);
  EXPECT_EQ(digest.fresh[0].detail, "un compte d'un autre partenaire");
  EXPECT_EQ(digest.fresh[0].person, "");
  EXPECT_EQ(digest.fresh[1].title, find_rule(kToManagersToo)->title);
  EXPECT_EQ(digest.fresh[1].person, "Claire MARTIN");
  EXPECT_EQ(digest.fresh[1].convention, "");
  EXPECT_EQ(digest.fresh[1].recommendation, "Demander à la personne de se connecter.");
  EXPECT_EQ(digest.fresh[1].age_days, 2);
  EXPECT_TRUE(digest.fresh[1].returned);
  ASSERT_EQ(digest.actions.size(), 1U);
  EXPECT_EQ(digest.actions[0].kind, "Clôturer le compte");
  EXPECT_EQ(digest.actions[0].reason, "Départ de la personne");
  EXPECT_EQ(digest.actions[0].date, kDay);

  const Digest to_compliance = to_digest(*letter(kCompliance, ""), input());
  EXPECT_EQ(subject_of(to_compliance), "MCP caf931 Caf de la Seine-Saint-Denis - 2 anomalies (dont 1 critique)");
  EXPECT_EQ(to_compliance.services, "MCP");
  EXPECT_EQ(to_compliance.recipient, "Conformité");
  EXPECT_EQ(to_compliance.fresh[0].detail, "STRANGER (Claire MARTIN)");
  EXPECT_EQ(to_compliance.fresh[0].person, "Claire MARTIN");
  EXPECT_EQ(to_compliance.fresh[1].convention, "19_214");
  EXPECT_EQ(to_compliance.fresh[1].partner, "Ville de Rosny");
}

TEST_F(LettersTest, OfAnAccountOfAnotherPartnerTheCafReadsNoName) {
  const Index other = b_.convention({.number = "20_031", .partner = "Les Lilas"});
  person("STRANGER", "", other);
  about_account("administrator-foreign-account", "STRANGER");
  about_account("account-convention-closed", "STRANGER").convention = "20_031";
  write();
  const Digest digest = to_digest(*letter(kCaf, ""), input());
  ASSERT_EQ(digest.fresh.size(), 2U);
  EXPECT_EQ(digest.fresh[0].person, "");
  EXPECT_EQ(digest.fresh[1].person, "Claire MARTIN");
  EXPECT_EQ(digest.recipient, "Caf de la Seine-Saint-Denis");
}

TEST_F(LettersTest, TheSubjectSaysMcpLastWhereAFindingBelongsToNoService) {
  administrator("A1", "claire.martin@ville.example");
  finding(kToAdministrators, "T1AS");
  write();
  EXPECT_EQ(to_digest(*letter("claire.martin@ville.example"), input()).services, "MCP");
  finding(kToAdministrators, "T2PE").services = "Adonis";
  finding(kToAdministrators, "T3").services = "Cdap";
  write();
  EXPECT_EQ(to_digest(*letter("claire.martin@ville.example"), input()).services, "CDAP/ADONIS/MCP");
}

TEST_F(LettersTest, AManagersSubjectNamesNoServiceFromOutsideItsPerimeter) {
  administrator("A1", "claire.martin@ville.example");
  person("M1", "paul.durand@ville.example");
  const Index mine = group("MINE", "M1");
  const Index other = group("OTHER");
  b_.grant(mine, Service::kCdap, Role::kT2);
  b_.grant(other, Service::kAdonis, Role::kAdonis);
  for (const std::string_view id : {"BOTH", "ELSEWHERE"}) {
    const Index account = person(id, "");
    b_.membership(other, account);
    b_.membership(group(std::string_view(id) == "BOTH" ? "CHILD" : "EMPTY", {}, "MINE"), account);
    if (std::string_view(id) == "BOTH") b_.membership(mine, account);
  }
  about_account(kToManagersToo, "BOTH").services = "Cdap/Adonis";
  write();
  EXPECT_EQ(to_digest(*letter("paul.durand@ville.example"), input()).services, "CDAP");
  EXPECT_EQ(to_digest(*letter("claire.martin@ville.example"), input()).services, "CDAP/ADONIS");
  about_account(kToManagersToo, "ELSEWHERE").services = "Adonis";
  write();
  EXPECT_EQ(to_digest(*letter("paul.durand@ville.example"), input()).services, "CDAP/MCP");
  about_group("group-empty", "MINE").services = "Dgfip";
  about_account("cdap-t1-diploma-unchecked", "BOTH").services = "Cdap";
  about_account("afas-declarer-without-profile", "ELSEWHERE").services = "Afas";
  write();
  EXPECT_EQ(to_digest(*letter("paul.durand@ville.example"), input()).services, "CDAP/AFAS/DGFIP/MCP");
}

TEST_F(LettersTest, NorWhereTheGroupOfAMembershipHasNoRole) {
  person("M1", "paul.durand@ville.example");
  const Index other = group("OTHER");
  b_.grant(other, Service::kAdonis, Role::kAdonis);
  const Index account = person("ELSEWHERE", "");
  b_.membership(group("MINE", "M1"), account);
  b_.membership(other, account);
  Finding& found = about_account("membership-opens-early", "ELSEWHERE");
  found.group = "MINE";
  found.services = "Adonis";
  write();
  EXPECT_EQ(to_digest(*letter("paul.durand@ville.example"), input()).services, "MCP");
}

TEST_F(LettersTest, ADigestSpeaksInWords) {
  administrator("A1", "claire.martin@ville.example");
  Finding& found = about_group(kToAdministrators, "T1AS");
  found.subject = "T1AS:Cdap:T2";
  actions_ = {{.kind = ActionKind::kCloseMembership,
               .convention = "19_214",
               .subject = "T1AS/U1@2021-09-06",
               .state = ActionState::kSent}};
  write();
  const Digest digest = to_digest(*letter("claire.martin@ville.example"), input());
  EXPECT_EQ(digest.fresh.at(0).subject, "Groupe T1AS, rôle Cdap T2");
  EXPECT_EQ(digest.actions.at(0).subject, "Appartenance du compte U1 au groupe T1AS, ouverte le 06/09/2021");
}

TEST_F(LettersTest, ALongDigestCountsAllAndHoldsTheGravest) {
  administrator("A1", "claire.martin@ville.example");
  for (int i = 0; i < 100; ++i) finding(kToAdministrators, std::to_string(i)).severity = Severity::kMinor;
  told("claire.martin@ville.example", kHere, kDay - 1);
  for (int i = 0; i < 99; ++i) finding(kToAdministrators, "new " + std::to_string(i));
  finding(kToAdministrators, "gravest").severity = Severity::kCritical;
  write();
  const Digest digest = to_digest(*letter("claire.martin@ville.example"), input());
  EXPECT_EQ(tally_of(digest), "200 anomalies (dont 1 critique)");
  ASSERT_EQ(digest.fresh.size(), kMostLines);
  EXPECT_EQ(digest.fresh.size() + digest.beyond.fresh, 100U);
  EXPECT_EQ(digest.open.size() + digest.beyond.open, 100U);
  EXPECT_EQ(digest.resolved.size() + digest.beyond.resolved, 0U);
  EXPECT_EQ(digest.fresh[0].subject, "gravest");
}

}  // namespace
}  // namespace vigie
