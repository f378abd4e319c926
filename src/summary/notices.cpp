#include "summary/notices.h"

#include <algorithm>
#include <map>

#include "domain/french.h"
#include "domain/text.h"
#include "rules/families/wording.h"

namespace vigie::summary {
namespace {

using wording::on;
using wording::say;

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
  return say(french::figures(count), " ", count > 1 ? many : one);
}

}  // namespace

std::string held_notice(const Held& held) {
  return say(held.source, " : ",
             held.is_mails ? counted(held.count, "mail retenu", "mails retenus")
                           : counted(held.count, "clôture retenue", "clôtures retenues"),
             " en attente d'approbation depuis le ", on(held.since), " (", held.reason, "), plan ", held.plan,
             held.is_approved ? ", approuvé : partira au prochain passage" : "", ".");
}

std::vector<std::string> mail_notices(const MailTrouble& trouble) {
  std::vector<std::string> notices;
  const auto note = [&](std::int64_t count, std::string_view one, std::string_view many, std::string_view state) {
    if (count > 0)
      notices.push_back(say(trouble.source, " : ", counted(count, one, many), " (vigie mails --state ", state, ")."));
  };
  note(trouble.waiting, "mail attend un nouvel essai d'envoi", "mails attendent un nouvel essai d'envoi", "queued");
  note(trouble.refused, "mail refusé par le serveur de messagerie en 30 jours",
       "mails refusés par le serveur de messagerie en 30 jours", "refused");
  note(trouble.given_up, "mail abandonné en 30 jours, après cinq jours d'essais",
       "mails abandonnés en 30 jours, après cinq jours d'essais", "given-up");
  return notices;
}

std::optional<std::string> taken_back_notice(std::string_view source, const std::vector<Action>& actions, Day day) {
  const auto count = std::ranges::count_if(
      actions, [&](const Action& action) { return action.taken_back() && action.ended_on == day; });
  if (count == 0) return std::nullopt;
  return say(source, " : ",
             counted(count, "clôture demandée auparavant n'est plus justifiée",
                     "clôtures demandées auparavant ne sont plus justifiées"),
             " par l'export ; à ne pas effectuer (vigie actions --state obsolete).");
}

std::vector<std::string> waiver_notices(const Report& report) {
  std::vector<std::string> notices;
  if (const auto waived = std::ranges::count(report.findings, true, &FindingRow::waived); waived > 0)
    notices.push_back(
        say(counted(waived, "anomalie fait l'objet d'une dérogation", "anomalies font l'objet d'une dérogation"),
            ", hors des chiffres de cette page : voir « Dérogations »."));
  if (const auto idle = std::ranges::count(report.waivers, "Sans objet", &WaiverRow::state); idle > 0)
    notices.push_back(
        say(counted(idle, "dérogation en vigueur ne correspond", "dérogations en vigueur ne correspondent"),
            " à aucune anomalie ouverte."));
  Day first = Day::never();
  for (const WaiverRow& waiver : report.waivers)
    if (waiver.ends_soon) first = std::min(first, waiver.until);
  const auto soon = std::ranges::count(report.waivers, true, &WaiverRow::ends_soon);
  if (soon > 0)
    notices.push_back(say(counted(soon, "dérogation se termine", "dérogations se terminent"), " dans les 30 jours",
                          soon > 1 ? ", la première" : ",", " le ", on(first), " : voir « Dérogations »."));
  return notices;
}

std::vector<std::string> unverifiable_notices(const std::vector<UnverifiableRule>& rules) {
  std::map<std::string, std::map<std::string, std::int64_t>> counts;  // by source, and by what it lacks
  for (const UnverifiableRule& rule : rules) ++counts[rule.source][joined(rule.lacking)];
  std::vector<std::string> notices;
  for (const auto& [source, by_need] : counts) {
    std::int64_t all = 0;
    std::vector<std::string> needs;
    for (const auto& [need, count] : by_need) {
      all += count;
      needs.push_back(by_need.size() > 1 ? say(need, " (", french::figures(count), ")") : need);
    }
    notices.push_back(say(source, " : ", counted(all, "règle non vérifiable", "règles non vérifiables"), " : ",
                          joined(needs, " ; "), "."));
  }
  return notices;
}

bool nothing_imported(const Report& report) {
  const auto& sources = report.overview.sources;
  return !sources.empty() &&
         std::ranges::none_of(sources, [](const SourceState& source) { return source.imported_on.given(); });
}

std::string unless_nothing_imported(const Report& report, std::string_view sentence) {
  return nothing_imported(report) ? kNothingImported : std::string(sentence);
}

}  // namespace vigie::summary
