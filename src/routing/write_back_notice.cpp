#include "routing/write_back_notice.h"

#include <algorithm>

#include "domain/french.h"
#include "domain/text.h"
#include "rules/families/wording.h"

namespace vigie {
namespace {

using wording::on;
using wording::say;
using How = FailedWriteBack::How;

constexpr std::string_view kTriedAgain = " Les clôtures sont essayées de nouveau à chaque passage.";

bool is_set_aside(const Action& action) { return action.state == ActionState::kProposed && !action.failure.empty(); }

std::int64_t count(const std::vector<Action>& actions, ActionState state) {
  return std::ranges::count(actions, state, &Action::state);
}

// "« Clôturer le compte », convention 19_214, Compte ENF01302SM"
std::string named(const Action& action) {
  return say("« ", french_name(action.kind), " », convention ", excerpt(action.convention), ", ",
             excerpt(subject_in_words(action.kind, action.subject)));
}

std::string statement_of(std::string_view source, const Action& action) {
  return say("source.", source, ".write-back.", name(action.kind));
}

std::string waiting(const std::vector<Action>& actions) {
  const std::int64_t waiting = count(actions, ActionState::kProposed);
  if (waiting == 0) return "aucune n'attend plus";
  return say(french::counted(waiting, "clôture"), waiting > 1 ? " attendent" : " attend");
}

std::string to_do(std::string_view source, const FailedWriteBack& failed, const Action* at) {
  if (failed.how == How::kUnreachable) return say("faites rétablir l'accès à cette base de données.", kTriedAgain);
  if (at == nullptr)
    return say("faites lire le journal de Vigie, qui dit ce que la base de données refuse.", kTriedAgain);
  if (failed.set_aside)
    return say("vérifiez cet enregistrement dans la base de données, ou faites corriger l'ordre ",
               statement_of(source, *at),
               ". D'ici là, cette clôture est mise de côté ; les autres sont essayées de nouveau au prochain passage.");
  return say("faites corriger l'ordre ", statement_of(source, *at),
             " : vigie check et le journal de Vigie disent ce que la base de données refuse.", kTriedAgain);
}

std::string unknown_notice(std::string_view source, const FailedWriteBack& failed) {
  const bool several = failed.closings > 1;
  return say("On ne sait pas si ", french::counted(failed.closings, "clôture"), " de la source ", source,
             several ? " ont été écrites" : " a été écrite", " dans sa base de données le ", on(failed.on), " : ",
             failed.why, ". À faire : ne ", several ? "les" : "la",
             " refaites pas à la main ; l'import suivant dit ce ",
             several ? "qu'elles sont devenues" : "qu'elle est devenue", ", et ce qui manque est alors écrit.");
}

}  // namespace

std::string failure_notice(std::string_view source, const FailedWriteBack& failed, const std::vector<Action>& actions) {
  if (failed.how == How::kUnknown) return unknown_notice(source, failed);
  const auto found = std::ranges::find(actions, failed.action, &Action::id);
  const Action* const at = failed.action == 0 || found == actions.end() ? nullptr : &*found;
  return say(french::counted(failed.closings, "clôture"), " de la source ", source,
             failed.closings > 1 ? " n'ont pas pu être écrites" : " n'a pas pu être écrite",
             " dans sa base de données le ", on(failed.on), " : ", failed.why, at ? say(" (", named(*at), ")") : "",
             ". Rien n'y a été modifié ; ", waiting(actions), ". À faire : ", to_do(source, failed, at));
}

std::string set_aside_notice(std::string_view source, const std::vector<Action>& actions) {
  constexpr std::size_t kMostNamed = 5;
  const auto total = static_cast<std::size_t>(std::ranges::count_if(actions, is_set_aside));
  if (total == 0) return {};
  std::vector<std::string> names;
  for (const Action& action : actions)
    if (is_set_aside(action) && names.size() < kMostNamed)
      names.push_back(say(named(action), " : ", action.failure, ", ordre ", statement_of(source, action)));
  if (total > kMostNamed) names.push_back(french::counted(static_cast<std::int64_t>(total - kMostNamed), "autre"));
  const bool several = total > 1;
  return say(french::counted(static_cast<std::int64_t>(total), "clôture"), " de la source ", source,
             several ? " restent mises de côté" : " reste mise de côté", ", faute d'avoir pu être écrite",
             several ? "s" : "", " dans sa base de données (", joined(names, " ; "), "). À faire : vérifiez ",
             several ? "ces enregistrements" : "cet enregistrement", " dans la base de données, ou faites corriger ",
             several ? "les ordres." : "l'ordre.");
}

}  // namespace vigie
