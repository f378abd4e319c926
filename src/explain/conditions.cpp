#include "explain/conditions.h"

#include <algorithm>

#include "domain/subject_parts.h"
#include "domain/text.h"
#include "explain/portal.h"
#include "rules/families/bulletins.h"
#include "rules/families/instructor_number.h"
#include "rules/families/wording.h"

namespace vigie::explain {

using portal::ask_caf;
using portal::user_screen;
using wording::quoted;
using wording::say;

std::string role_in_words(Service service, std::string_view role) {
  return subject::role(say(name(service), ":", role));
}

std::string_view closed_or_not_open(const Period& period, Day day, std::string_view closed, std::string_view not_open) {
  return period.closed_on(day) ? closed : not_open;
}

Obstacle Conditions::of_role(Service service, std::string_view written, std::optional<Role> role,
                             const Group& group) const {
  if (Obstacle missing = bulletin(service, group.convention)) return missing;
  if (!role)
    return {.cause = "role-unknown",
            .detail = say(quoted(written), " n'est pas un rôle de ", name(service), "."),
            .recommendation = portal::assign_role(service, group)};
  if (Obstacle outside = contract(*role, group.convention)) return outside;
  if (*role == Role::kDeclare) return profile();
  if (*role == Role::kT4) return instructor_number();
  if (*role == Role::kT10) return landlord_code();
  return {};
}

Obstacle Conditions::bulletin(Service service, Index convention) const {
  if (!in_.has_file(FileId::kBulletins)) return {};
  const Convention& record = in_.conventions[convention];
  const Bulletin* nearest = nullptr;
  bool covered = false;
  for (const Index b : in_.of.bulletins_of_convention[convention]) {
    const Bulletin& bulletin = in_.bulletins[b];
    if (bulletin.service != service) continue;
    if (bulletin.period.active_on(day_)) {
      if (is_signed(bulletin)) return {};
      covered = true;
    } else if (nearest == nullptr || is_nearer(bulletin.period, nearest->period, day_)) {
      nearest = &bulletin;
    }
  }
  if (covered)
    return {.cause = "bulletin-unsigned",
            .detail = say("Le bulletin d'adhésion ", name(service), " de la convention ", quoted(record.number),
                          " n'est pas signé : c'est lui qui ouvre le service."),
            .recommendation = ask_caf(name(service), record, "fait signer le bulletin d'adhésion")};
  const std::string what = say("bulletin d'adhésion ", name(service));
  return {.cause = nearest == nullptr
                       ? "bulletin-missing"
                       : closed_or_not_open(nearest->period, day_, "bulletin-closed", "bulletin-not-open"),
          .detail = nearest == nullptr ? say("La convention ", quoted(record.number), " n'a pas de ", what,
                                             " : chaque service demande le sien.")
                                       : say("Le ", what, " de la convention ", quoted(record.number), " ",
                                             wording::inactivity(nearest->period, day_), "."),
          .recommendation =
              ask_caf(name(service), record, "demande un bulletin d'adhésion", "Si le service doit être ouvert")};
}

bool Conditions::is_signed(const Bulletin& bulletin) const {
  return !in_.has_column(FileId::kBulletins, field::bulletins::kSignedOn) || bulletin.signed_on <= day_;
}

Obstacle Conditions::contract(Role role, Index convention) const {
  if (!in_.has_file(FileId::kBulletins)) return {};
  RoleSet allowed;
  for (const Index b : in_.of.bulletins_of_convention[convention])
    if (const Bulletin& bulletin = in_.bulletins[b];
        bulletin.service == service_of(role) && bulletin.period.active_on(day_))
      allowed.insert(allowed_roles(bulletin));
  if (allowed.contains(role)) return {};
  return {.cause = "role-outside-contract",
          .detail = say("Le bulletin d'adhésion ", name(service_of(role)), " de la convention ",
                        quoted(in_.conventions[convention].number), " ne prévoit pas le rôle ",
                        role_in_words(service_of(role), name(role)), "."),
          .recommendation = ask_caf(name(service_of(role)), in_.conventions[convention],
                                    "demande que le rôle soit ajouté au contrat")};
}

Obstacle Conditions::profile() const {
  if (!in_.has_file(FileId::kProfiles)) return {};
  const auto profiles = active_profiles();
  if (profiles.empty())
    return {
        .cause = "no-profile",
        .detail = say("Le compte ", wording::account(account_),
                      " n'a aucun profil Afas actif : sans profil FDA, FDF ou Approbateur, il n'y a rien à déclarer."),
        .recommendation = say("« Aides financières d'action sociale » > « Administration des profils » > « Affecter "
                              "un rôle à un utilisateur habilité » pour ",
                              excerpt(account_.id), " > « Enregistrer ».")};
  const bool waits = std::ranges::all_of(profiles, [](const Profile* p) { return p->state == ProfileState::kPending; });
  if (!waits) return {};
  return {.cause = "profile-pending",
          .detail = say("Le profil ", wording::profile(*profiles.front()), " du compte ", wording::account(account_),
                        " est en attente de validation par la Caf."),
          .recommendation = ask_caf(name(Service::kAfas), in_.convention_of(account_),
                                    "fournit la PJ 3 à la Caf, qui valide l'approbateur")};
}

Obstacle Conditions::instructor_number() const {
  if (!in_.has_column(FileId::kAccounts, field::accounts::kInstructorNumber)) return {};
  const std::string fault = instructor_number_fault(account_.instructor_number);
  if (fault.empty()) return {};
  return {.cause = "instructor-number",
          .detail = say("Le numéro d'instructeur du compte ", wording::account(account_), " ", fault,
                        " : il n'est pas reconnu."),
          .recommendation = say(user_screen(), "crayon du compte ", excerpt(account_.id),
                                " > saisir le numéro d'instructeur délivré par le Conseil départemental, suivi de cinq "
                                "« 0 » > « Enregistrer les modifications ».")};
}

Obstacle Conditions::landlord_code() const {
  if (!in_.has_column(FileId::kAccounts, field::accounts::kLandlordCode) || !account_.landlord_code.empty()) return {};
  return {.cause = "landlord-code",
          .detail = say("Le code bailleur du compte ", wording::account(account_),
                        " est vide : c'est le code que le système demande à un profil T10."),
          .recommendation = say(user_screen(), "crayon du compte ", excerpt(account_.id),
                                " > saisir le code bailleur, le même que dans l'ancien Cafpro > « Enregistrer les "
                                "modifications ».")};
}

std::vector<const Profile*> Conditions::active_profiles() const {
  std::vector<const Profile*> profiles;
  for (const Index p : in_.of.profiles_of_account[index_])
    if (in_.profiles[p].period.active_on(day_)) profiles.push_back(&in_.profiles[p]);
  return profiles;
}

}  // namespace vigie::explain
