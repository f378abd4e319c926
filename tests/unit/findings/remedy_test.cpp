#include "findings/remedy.h"

#include <gtest/gtest.h>

#include "domain/text.h"
#include "rules/catalogue.h"

namespace vigie {
namespace {

constexpr RemedyValues kValues = {.rule = "group-service-without-bulletin",
                                  .convention = "19_214",
                                  .subject = "T2PE:Cdap:T2",
                                  .group = "T2PE",
                                  .account = "ENF01302SM"};

TEST(FilledIn, StandsForTheFindingsValues) {
  EXPECT_EQ(filled_in("Le compte {identifiant} du groupe {groupe}, convention {convention}.", kValues),
            "Le compte ENF01302SM du groupe T2PE, convention 19_214.");
  EXPECT_EQ(filled_in("Rien à remplacer.", kValues), "Rien à remplacer.");
}

TEST(FilledIn, SaysARoleAndABulletinAsPeopleReadThem) {
  EXPECT_EQ(filled_in("Retirer le rôle {sujet}.", kValues), "Retirer le rôle Cdap T2.");
  EXPECT_EQ(filled_in("Le bulletin {sujet}.", {.rule = "bulletin-expired", .subject = "Cdap@2016-04-21"}),
            "Le bulletin Cdap du 21/04/2016.");
}

TEST(FilledIn, ReadsNoMarksInValues) {
  EXPECT_EQ(filled_in("{groupe} de {convention}", {.convention = "19_214", .group = "{convention}"}),
            "{convention} de 19_214");
}

TEST(FilledIn, ShortensLongValues) {
  const std::string code(5000, 'X');
  EXPECT_EQ(filled_in("Groupe {groupe}.", {.group = code}), "Groupe " + excerpt(code) + ".");
}

TEST(FilledIn, LeavesNoMarkOfTheCatalogue) {
  for (const Rule& rule : catalogue()) {
    RemedyValues values = kValues;
    values.rule = rule.id;
    EXPECT_EQ(filled_in(rule.remedy, values).find_first_of("{}"), std::string::npos) << rule.id;
  }
}

TEST(GeneralRemedy, ReadsWithoutAFinding) {
  for (const Rule& rule : catalogue()) {
    const std::string text = general_remedy(rule);
    EXPECT_EQ(text.find_first_of("{}"), std::string::npos) << rule.id << ": " << text;
    EXPECT_EQ(text.find("  "), std::string::npos) << rule.id << ": " << text;
    EXPECT_EQ(text.find("…."), std::string::npos) << rule.id << ": " << text;
  }
  EXPECT_NE(general_remedy(*find_rule("administrator-account-closed"))
                .find("Signaler à la Caf le départ de la personne du compte …, pour"),
            std::string::npos);
}

}  // namespace
}  // namespace vigie
