#include "events.h"

#include <algorithm>

#include <fmt/format.h>

#include "counted.h"
#include "domain/french.h"
#include "domain/text.h"
#include "lost_columns.h"
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
        "Le mail du {} à {}{} n'a pas pu être remis en cinq jours d'essais ; ce qu'il annonçait le sera de nouveau. "
        "Dernière réponse : {}",
        to_french(mail.as_of), mail.address, about, excerpt(mail.answer));
  return fmt::format(
      "Le mail du {} à {}{} est refusé par le serveur de messagerie : son destinataire n'est pas averti. Vérifiez "
      "cette adresse. Réponse : {}",
      to_french(mail.as_of), mail.address, about, excerpt(mail.answer));
}

// The first ones in words, the others counted.
void add_lost_mails(const std::vector<store::MailRecord>& mails, std::vector<std::string>& events) {
  constexpr std::size_t kMost = 20;
  for (std::size_t i = 0; i < std::min(mails.size(), kMost); ++i) events.push_back(lost_mail(mails[i]));
  if (mails.size() > kMost)
    events.push_back(fmt::format("{} n'ont pas pu être remis : vigie mails --state refused, puis --state given-up.",
                                 french::counted(static_cast<std::int64_t>(mails.size() - kMost), "autre mail")));
}

}  // namespace

std::string new_store_notice(const Context& context) {
  return fmt::format(
      "La base de Vigie ({}) n'était plus à sa place : une nouvelle est commencée, qui ignore les mails, les clôtures "
      "et les dérogations d'avant. Si l'ancienne a été déplacée, la remettre à sa place et relancer.",
      std::filesystem::path(context.settings.store.file).filename().string());
}

std::vector<std::string> events_of(const Context& context, const SourceNight& night) {
  std::vector<std::string> events;
  if (context.begins_again) events.push_back(new_store_notice(context));
  if (const auto last = night.imports().last()) {
    if (!last->good) events.push_back(refusal(night, *last));
    if (last->stale) events.push_back(night.settings().name + " – " + first_line(last->remarks));
    const auto before = night.imports().last_good_before(last->as_of);
    if (last->good && before)
      for (const LostColumn& lost : lost_columns(*before, *last, night.settings().rules))
        events.push_back(night.settings().name + " – " + in_french(lost));
  }
  for (const store::Plan& plan : store::Plans(context.store).held())
    if (plan.source == night.number() && plan.kind == store::PlanKind::kClosings && !plan.approved)
      events.push_back(hold(plan));
  add_lost_mails(store::Mails(context.store, night.number()).unreported(), events);
  return events;
}

void say_held(Context& context, const SourceNight& night, std::string_view thing, const HeldPlan& plan) {
  const std::string held = fmt::format("{}: {} {} as plan {}", night.settings().name, counted(plan.count, thing),
                                       context.dry_run ? "would be held" : "held", plan.id);
  context.outcome.held = true;
  context.outcome.lines.push_back(
      fmt::format("{}: vigie plans {}, then vigie approve {} --by NAME --reason TEXT", held, plan.id, plan.id));
  context.log.warning("held", held, {{"source", night.settings().name}, {"plan", plan.id}});
}

}  // namespace vigie
