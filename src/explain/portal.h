#pragma once
// The ways through the portal's screens, as recommendations name them.

#include <string>
#include <string_view>

#include "domain/snapshot.h"

namespace vigie::explain::portal {

// « Gestion des habilitations » > « Mes utilisateurs » > : what follows is said by who asks.
std::string user_screen();

// Groups of Afas are the Caf's to make, those of Offre Bailleurs cannot be changed by the partner.
bool is_made_by_caf(Service service);

std::string assign_role(Service service, const Group& group);

// "L'administrateur partenaire demande … (objet du mail à la Caf : « AFAS 19_214 … »).": nobody else may write to the
// Caf, and the subject has a form. `what`: what that person does, such as "demande un bulletin d'adhésion";
// `condition`: when, such as "Si le service doit être ouvert".
std::string ask_caf(std::string_view service, const Convention& convention, std::string_view what,
                    std::string_view condition = {});

}  // namespace vigie::explain::portal
