#include "reconcile/action.h"

#include <array>
#include <tuple>
#include <utility>

#include "domain/names.h"
#include "domain/subject_parts.h"

namespace vigie {
namespace {

constexpr std::array<Names, kActionKindCount> kKinds = {{
    {"close-afas-profile", "Retirer le profil Afas"},
    {"close-membership", "Clôturer l'appartenance au groupe"},
    {"close-grant", "Retirer le rôle du groupe"},
    {"close-designation", "Mettre fin à la désignation d'administrateur"},
    {"close-group", "Clôturer le groupe"},
    {"close-account", "Clôturer le compte"},
}};

constexpr std::array<Names, 6> kReasons = {{
    {"convention-closed", "Convention clôturée"},
    {"account-departed", "Départ de la personne"},
    {"account-closed", "Compte clôturé"},
    {"group-closed", "Groupe clôturé"},
    {"activity-closed", "Activité clôturée"},
    {"bulletin-closed", "Bulletin d'adhésion clôturé"},
}};

constexpr std::array<Names, 8> kStates = {{
    {"proposed", "Proposée"},
    {"sent", "À exécuter"},
    {"overdue", "En retard"},
    {"held", "Retenue"},
    {"waived", "Dérogation"},
    {"confirmed", "Confirmée"},
    {"obsolete", "Sans objet"},
    {"sending", "Envoi en cours"},
}};

// Of an account in a profile's subject, of a group in the others'; the signs that follow a group are looked for from
// the end, since codes may hold them.
std::size_t end_of_first_record(ActionKind kind, std::string_view subject) {
  if (kind == ActionKind::kCloseMembership) return subject.rfind('/');
  if (kind == ActionKind::kCloseProfile) return subject.find(':');
  const std::size_t before_role = subject.rfind(':');
  return before_role == std::string_view::npos || before_role == 0 ? before_role : subject.rfind(':', before_role - 1);
}

std::pair<std::string_view, std::string_view> parted(std::string_view text, std::size_t at) {
  if (at == std::string_view::npos) return {text, {}};
  return {text.substr(0, at), text.substr(at + 1)};
}

}  // namespace

std::string_view name(ActionKind kind) { return names_of(kKinds, kind).code; }
std::string_view name(Reason reason) { return names_of(kReasons, reason).code; }
std::string_view name(ActionState state) { return names_of(kStates, state).code; }
std::string_view french_name(ActionKind kind) { return names_of(kKinds, kind).french; }
std::string_view french_name(Reason reason) { return names_of(kReasons, reason).french; }
std::string_view french_name(ActionState state) { return names_of(kStates, state).french; }
std::optional<Reason> find_reason(std::string_view name) { return find_by_code<Reason>(kReasons, name); }
std::optional<ActionState> find_action_state(std::string_view name) { return find_by_code<ActionState>(kStates, name); }

std::string subject_in_words(ActionKind kind, std::string_view text) {
  const auto [what, day] = subject::dated(text);
  const auto since = [day = day](std::string_view word) {
    return day ? std::string(", ").append(word).append(" le ").append(to_french(*day)) : std::string();
  };
  const auto [first, rest] = parted(what, end_of_first_record(kind, what));
  switch (kind) {
    case ActionKind::kCloseProfile:
      return "Profil " + subject::profile(rest) + " du compte " + std::string(first) + since("ouvert");
    case ActionKind::kCloseMembership:
      return "Appartenance du compte " + std::string(rest) + " au groupe " + std::string(first) + since("ouverte");
    case ActionKind::kCloseGrant:
      return "Rôle " + subject::role(rest) + " du groupe " + std::string(first) + since("donné");
    case ActionKind::kCloseDesignation:
      return "Désignation du compte " + std::string(what) + since("ouverte");
    case ActionKind::kCloseGroup:
      return "Groupe " + std::string(text);
    case ActionKind::kCloseAccount:
      return "Compte " + std::string(text);
  }
  return std::string(text);
}

bool carried_out_before(const Action& a, const Action& b) {
  return std::tuple(a.kind, -a.depth, std::string_view(a.convention), std::string_view(a.subject)) <
         std::tuple(b.kind, -b.depth, std::string_view(b.convention), std::string_view(b.subject));
}

}  // namespace vigie
