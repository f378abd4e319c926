#include "reconcile/action.h"

#include <array>
#include <tuple>

namespace vigie {
namespace {

struct Names {
  std::string_view code;
  std::string_view french;
};

constexpr std::array<Names, kActionKindCount> kKinds = {{
    {"close-afas-profile", "Retirer le profil Afas"},
    {"close-membership", "Clôturer l'appartenance au groupe"},
    {"close-grant", "Retirer le rôle du groupe"},
    {"close-designation", "Mettre fin à la désignation d'administrateur"},
    {"close-group", "Clôturer le groupe"},
    {"close-account", "Clôturer le compte"},
}};

constexpr std::array<Names, 6> kReasons = {{
    {"convention-closed", "Convention close"},
    {"account-departed", "Départ de la personne"},
    {"account-closed", "Compte clôturé"},
    {"group-closed", "Groupe clôturé"},
    {"activity-closed", "Activité close"},
    {"bulletin-closed", "Bulletin d'adhésion terminé"},
}};

constexpr std::array<Names, 7> kStates = {{
    {"proposed", "Proposée"},
    {"sent", "À exécuter"},
    {"overdue", "En retard"},
    {"held", "Retenue"},
    {"waived", "Dérogation"},
    {"confirmed", "Confirmée"},
    {"obsolete", "Sans objet"},
}};

template <typename Enumeration, std::size_t kCount>
std::optional<Enumeration> find(const std::array<Names, kCount>& names, std::string_view code) {
  for (std::size_t i = 0; i < kCount; ++i)
    if (names[i].code == code) return static_cast<Enumeration>(i);
  return std::nullopt;
}

}  // namespace

std::string_view name(ActionKind kind) { return kKinds[static_cast<std::size_t>(kind)].code; }
std::string_view name(Reason reason) { return kReasons[static_cast<std::size_t>(reason)].code; }
std::string_view name(ActionState state) { return kStates[static_cast<std::size_t>(state)].code; }
std::string_view french_name(ActionKind kind) { return kKinds[static_cast<std::size_t>(kind)].french; }
std::string_view french_name(Reason reason) { return kReasons[static_cast<std::size_t>(reason)].french; }
std::string_view french_name(ActionState state) { return kStates[static_cast<std::size_t>(state)].french; }
std::optional<ActionKind> find_action_kind(std::string_view name) { return find<ActionKind>(kKinds, name); }
std::optional<Reason> find_reason(std::string_view name) { return find<Reason>(kReasons, name); }
std::optional<ActionState> find_action_state(std::string_view name) { return find<ActionState>(kStates, name); }

bool carried_out_before(const Action& a, const Action& b) {
  return std::tuple(a.kind, -a.depth, std::string_view(a.convention), std::string_view(a.subject)) <
         std::tuple(b.kind, -b.depth, std::string_view(b.convention), std::string_view(b.subject));
}

}  // namespace vigie
