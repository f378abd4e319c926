#include "explain/portal.h"

#include "domain/text.h"
#include "rules/families/wording.h"

namespace vigie::explain::portal {

using wording::quoted;
using wording::say;

std::string user_screen() { return "« Gestion des habilitations » > « Mes utilisateurs » > "; }

bool is_made_by_caf(Service service) { return service == Service::kAfas || service == Service::kLandlords; }

std::string assign_role(Service service, const Group& group) {
  if (is_made_by_caf(service))
    return say("Les rôles ", name(service),
               " sont donnés aux groupes par la Caf : l'administrateur partenaire la contacte.");
  return say("« Gestion des habilitations » > « Mes groupes » > groupe ", quoted(group.code),
             " > « Habilitations du groupe » > choisir le service ", name(service),
             " et le rôle > « Assigner rôle » > « Enregistrer les modifications ».");
}

std::string ask_caf(std::string_view service, const Convention& convention, std::string_view what,
                    std::string_view condition) {
  return say(condition.empty() ? "L'" : say(condition, ", l'"), "administrateur partenaire ", what,
             " (objet du mail à la Caf : ",
             quoted(upper(say(service, " ", convention.number, " ", convention.partner))), ").");
}

}  // namespace vigie::explain::portal
