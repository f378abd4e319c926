#include "events.h"

#include <algorithm>

#include <fmt/format.h>

#include "domain/french.h"
#include "domain/text.h"
#include "store/actions.h"
#include "store/mails.h"

namespace vigie {
namespace {

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

std::string refusal(const SourceNight& night, const store::Import& import) {
  return fmt::format(
      "L'export de la source {} du {} est refusé ; {}. {}", night.settings().name, to_french(import.as_of),
      night.has_data() ? "les données du dernier bon import restent en place" : "aucun n'a encore été importé",
      first_line(import.remarks));
}

std::string hold(const store::Plan& plan) {
  return fmt::format(
      "{} de la source {} {} (plan {}) : {}. Rien n'est transmis tant que le plan n'est pas approuvé "
      "(vigie approve {} --by NOM --reason MOTIF).",
      french::counted(plan.count, "clôture"), plan.source_name, plan.count > 1 ? "sont retenues" : "est retenue",
      plan.id, plan.reason, plan.id);
}

std::string lost_mail(const store::MailRecord& mail) {
  const std::string about = mail.convention.empty() ? "" : ", convention " + mail.convention;
  if (mail.state == store::MailState::kGivenUp)
    return fmt::format(
        "Le courriel du {} à {}{} n'a pas pu être remis en cinq jours d'essais ; ce qu'il annonçait le sera de "
        "nouveau. "
        "Dernière réponse : {}",
        to_french(mail.as_of), mail.address, about, excerpt(mail.answer));
  return fmt::format(
      "Le courriel du {} à {}{} est refusé par le serveur de messagerie : son destinataire n'est pas averti. Vérifiez "
      "cette adresse. Réponse : {}",
      to_french(mail.as_of), mail.address, about, excerpt(mail.answer));
}

// The first ones in words, the others counted.
void add_lost_mails(const std::vector<store::MailRecord>& mails, std::vector<std::string>& events) {
  constexpr std::size_t kMost = 20;
  for (std::size_t i = 0; i < std::min(mails.size(), kMost); ++i) events.push_back(lost_mail(mails[i]));
  if (mails.size() > kMost)
    events.push_back(fmt::format("{} n'ont pas pu être remis : vigie mails --state refused, puis --state given-up.",
                                 french::counted(static_cast<std::int64_t>(mails.size() - kMost), "autre courriel")));
}

}  // namespace

std::vector<std::string> events_of(const Context& context, const SourceNight& night) {
  std::vector<std::string> events;
  if (const auto last = night.imports().last()) {
    if (!last->good) events.push_back(refusal(night, *last));
    if (last->stale) events.push_back(night.settings().name + " : " + first_line(last->remarks));
  }
  for (const store::Plan& plan : store::Plans(context.store).held())
    if (plan.source == night.number() && plan.kind == store::PlanKind::kClosings && !plan.approved)
      events.push_back(hold(plan));
  add_lost_mails(store::Mails(context.store, night.number()).unreported(), events);
  return events;
}

}  // namespace vigie
