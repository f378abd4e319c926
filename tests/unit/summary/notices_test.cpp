#include "summary/notices.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vigie::summary {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Day kDay = Day::from_ymd(2026, 11, 20);

Action taken_back_on(Day day) { return {.state = ActionState::kObsolete, .sent_on = kDay - 3, .ended_on = day}; }

TEST(Notices, OfClosingsThatAreAskedForNoMore) {
  EXPECT_EQ(taken_back_notice("caf931", {taken_back_on(kDay - 1)}, kDay), std::nullopt) << "told the day before";
  EXPECT_EQ(taken_back_notice("caf931", {taken_back_on(kDay), taken_back_on(kDay - 1)}, kDay),
            "caf931 : 1 clôture demandée auparavant n'est plus justifiée par l'export ; à ne pas effectuer (vigie "
            "actions --state obsolete).");
  EXPECT_EQ(taken_back_notice("caf931", {taken_back_on(kDay), taken_back_on(kDay)}, kDay),
            "caf931 : 2 clôtures demandées auparavant ne sont plus justifiées par l'export ; à ne pas effectuer (vigie "
            "actions --state obsolete).");
}

TEST(Notices, OfWhatAGuardHolds) {
  Held held{.source = "caf931", .count = 1, .since = kDay, .reason = "1 clôture, plus que 0", .plan = "4f1c"};
  EXPECT_EQ(held_notice(held),
            "caf931 : 1 clôture retenue en attente d'approbation depuis le 20/11/2026 (1 clôture, plus que 0), plan "
            "4f1c.");
  held.is_mails = held.is_approved = true;
  held.count = 12;
  EXPECT_EQ(held_notice(held),
            "caf931 : 12 mails retenus en attente d'approbation depuis le 20/11/2026 (1 clôture, plus que 0), plan "
            "4f1c, approuvé : partira au prochain passage.");
}

TEST(Notices, OfMailsThatDidNotArrive) {
  EXPECT_THAT(mail_notices({.source = "caf931", .waiting = 1, .given_up = 2}),
              ElementsAre("caf931 : 1 mail attend un nouvel essai d'envoi (vigie mails --state queued).",
                          "caf931 : 2 mails abandonnés en 30 jours, après cinq jours d'essais (vigie mails --state "
                          "given-up)."));
  EXPECT_THAT(mail_notices({.source = "caf931"}), IsEmpty());
}

TEST(Notices, OfWaivers) {
  Report report;
  EXPECT_THAT(waiver_notices(report), IsEmpty());
  report.findings = {{.waived = true}, {.waived = false}};
  report.waivers = {
      {.state = "Sans objet"}, {.ends_soon = true, .until = kDay + 9}, {.ends_soon = true, .until = kDay}};
  EXPECT_THAT(waiver_notices(report),
              ElementsAre("1 anomalie fait l'objet d'une dérogation, hors des chiffres de cette page : voir "
                          "« Dérogations ».",
                          "1 dérogation en vigueur ne correspond à aucune anomalie ouverte.",
                          "2 dérogations se terminent dans les 30 jours, la première le 20/11/2026 : voir "
                          "« Dérogations »."));
}

TEST(Notices, SayOnceASourceWhatItLacks) {
  EXPECT_THAT(
      unverifiable_notices({{"one", "caf931", {"a", "b"}}, {"two", "caf931", {"a"}}, {"three", "caf931", {"a"}}}),
      ElementsAre("caf931 : 3 règles non vérifiables : a (2) ; a, b (1)."));
  EXPECT_THAT(unverifiable_notices({{"one", "caf132", {"a"}}, {"one", "caf931", {"b"}}, {"two", "caf132", {"a"}}}),
              ElementsAre("caf132 : 2 règles non vérifiables : a.", "caf931 : 1 règle non vérifiable : b."));
}

TEST(Notices, TakeNoEmptyListForGoodNewsBeforeTheFirstImport) {
  Report report;
  report.overview.sources = {{.name = "one"}, {.name = "two"}};
  EXPECT_EQ(unless_nothing_imported(report, "Aucune."), kNothingImported);
  EXPECT_EQ(nothing_in(report, "BAL partagées"), kNothingImported);
  report.overview.sources[1].imported_on = kDay;
  EXPECT_EQ(unless_nothing_imported(report, "Aucune."), "Aucune.");
  EXPECT_EQ(nothing_in(report, "BAL partagées"), "Aucun compte n'utilise une boîte aux lettres partagée.");
}

}  // namespace
}  // namespace vigie::summary
