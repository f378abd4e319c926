#include "routing/write_back_notice.h"

#include <gtest/gtest.h>

namespace vigie {
namespace {

using How = FailedWriteBack::How;
using Actions = std::vector<Action>;

const Day kDay = Day::from_ymd(2026, 11, 20);

Action closing(std::int64_t id, std::string subject, ActionState state = ActionState::kProposed) {
  return {.id = id,
          .kind = ActionKind::kCloseAccount,
          .convention = "19_214",
          .subject = std::move(subject),
          .state = state};
}

Action set_aside(std::int64_t id, std::string subject) {
  Action action = closing(id, std::move(subject));
  action.failed_statement = "UPDATE";
  action.failure = "aucune ligne n'a été trouvée";
  return action;
}

FailedWriteBack failed(How how, std::int64_t closings, std::int64_t action, std::string why) {
  return {.how = how, .on = kDay, .closings = closings, .action = action, .why = std::move(why)};
}

TEST(FailureNotice, SaysWhatFailedHowManyWaitAndThatOneIsSetAside) {
  FailedWriteBack one = failed(How::kUndone, 2, 7, "aucune ligne n'a été trouvée");
  one.set_aside = true;
  EXPECT_EQ(failure_notice("caf932", one, {set_aside(7, "VIL4"), closing(8, "VIL5")}),
            "2 clôtures de la source caf932 n'ont pas pu être écrites dans sa base de données le 20/11/2026 : aucune "
            "ligne n'a été trouvée (« Clôturer le compte », convention 19_214, Compte VIL4). Rien n'y a été modifié ; "
            "2 clôtures attendent. À faire : vérifiez cet enregistrement dans la base de données, ou faites corriger "
            "l'ordre source.caf932.write-back.close-account. D'ici là, cette clôture est mise de côté ; les autres "
            "sont essayées de nouveau au prochain passage.");
}

TEST(FailureNotice, NamesTheStatementThatTheDatabaseDoesNotTake) {
  EXPECT_EQ(failure_notice("caf932", failed(How::kUndone, 1, 7, "la base de données l'a refusée"),
                           {closing(7, "VIL4"), closing(8, "VIL5", ActionState::kSent)}),
            "1 clôture de la source caf932 n'a pas pu être écrite dans sa base de données le 20/11/2026 : la base de "
            "données l'a refusée (« Clôturer le compte », convention 19_214, Compte VIL4). Rien n'y a été modifié ; 1 "
            "clôture attend. À faire : faites corriger l'ordre source.caf932.write-back.close-account : vigie check "
            "et le journal de Vigie disent ce que la base de données refuse. Les clôtures sont essayées de nouveau à "
            "chaque passage.");
}

TEST(FailureNotice, AsksForADatabaseThatIsAway) {
  const std::string notice = failure_notice(
      "caf932", failed(How::kUnreachable, 1, 7, "la base de données ne répond pas"), {closing(7, "VIL4")});
  EXPECT_NE(notice.find("À faire : faites rétablir l'accès à cette base de données."), std::string::npos) << notice;
}

TEST(FailureNotice, OfARefusedCommitNamesNoClosing) {
  const std::string notice = failure_notice(
      "caf932", failed(How::kUndone, 1, 0, "la base de données a refusé de valider"), {closing(0, "VIL4")});
  EXPECT_NE(notice.find("le 20/11/2026 : la base de données a refusé de valider. Rien"), std::string::npos) << notice;
  EXPECT_NE(notice.find("À faire : faites lire le journal de Vigie"), std::string::npos) << notice;
}

TEST(FailureNotice, DoesWithoutAClosingThatIsGone) {
  const std::string notice = failure_notice("caf932", failed(How::kUndone, 1, 7, "la base de données l'a refusée"), {});
  EXPECT_NE(notice.find("l'a refusée. Rien n'y a été modifié ; aucune n'attend plus."), std::string::npos) << notice;
}

TEST(FailureNotice, SaysWhenNobodyCanTell) {
  EXPECT_EQ(
      failure_notice("caf932", failed(How::kUnknown, 2, 0, "la base de données a été perdue au moment de valider"),
                     {closing(7, "VIL4", ActionState::kSending), closing(8, "VIL5", ActionState::kSending)}),
      "On ne sait pas si 2 clôtures de la source caf932 ont été écrites dans sa base de données le 20/11/2026 : "
      "la base de données a été perdue au moment de valider. À faire : ne les refaites pas à la main ; l'import "
      "suivant dit ce qu'elles sont devenues, et ce qui manque est alors écrit.");
}

TEST(SetAsideNotice, NamesThoseThatWaitForAnotherStatement) {
  EXPECT_EQ(set_aside_notice("caf932", {closing(6, "VIL3"), set_aside(7, "VIL4")}),
            "1 clôture de la source caf932 reste mise de côté, faute d'avoir pu être écrite dans sa base de données (« "
            "Clôturer le compte », convention 19_214, Compte VIL4 : aucune ligne n'a été trouvée, ordre "
            "source.caf932.write-back.close-account). À faire : vérifiez cet enregistrement dans la base de données, "
            "ou faites corriger l'ordre.");
}

TEST(SetAsideNotice, CountsThoseAfterTheFifth) {
  Actions actions;
  for (int i = 1; i <= 7; ++i) actions.push_back(set_aside(i, "VIL" + std::to_string(i)));
  const std::string notice = set_aside_notice("caf932", actions);
  EXPECT_TRUE(notice.starts_with("7 clôtures de la source caf932 restent mises de côté")) << notice;
  EXPECT_NE(notice.find("VIL5"), std::string::npos);
  EXPECT_EQ(notice.find("VIL6"), std::string::npos);
  EXPECT_NE(notice.find(" ; 2 autres)"), std::string::npos) << notice;
}

TEST(SetAsideNotice, IsNoneForThoseThatWentSinceOrWaitForAnotherReason) {
  Action sent = set_aside(7, "VIL4");
  sent.state = ActionState::kSent;
  EXPECT_EQ(set_aside_notice("caf932", {sent, closing(8, "VIL5")}), "");
}

}  // namespace
}  // namespace vigie
