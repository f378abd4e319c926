#include "events.h"

#include <fmt/format.h>

#include "counted.h"
#include "domain/french.h"
#include "lost_columns.h"
#include "store/actions.h"

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

}  // namespace

std::string new_store_notice(const Context& context) {
  return fmt::format(
      "La base de Vigie ({}) n'était plus à sa place : une nouvelle est commencée, qui ignore les mails, les clôtures "
      "et "
      "les dérogations d'avant. Si l'ancienne a été déplacée, la remettre à sa place et relancer.",
      context.settings.store.filename().string());
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
