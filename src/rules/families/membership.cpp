#include "rules/families/membership.h"

#include <algorithm>
#include <string>

#include "rules/families/table.h"
#include "rules/families/visits.h"
#include "rules/families/wording.h"

namespace vigie {
namespace {

using wording::Naming;
using wording::on;
using wording::quoted;
using wording::say;

template <typename Visit>
void for_active_memberships(const RuleInput& in, Visit visit) {
  for (Index m = 0; m < in.snapshot.memberships.size(); ++m)
    if (const Membership& membership = in.snapshot.memberships[m]; membership.period.active_on(in.day))
      visit(m, membership, in.snapshot.groups[membership.group], in.snapshot.accounts[membership.account]);
}

void membership_account_closed(const RuleInput& in, Hits& hits) {
  for_active_memberships(in, [&](Index, const Membership& membership, const Group& group, const Account& account) {
    if (!account.period.closed_on(in.day)) return;
    Hit& hit = hits.membership(membership, {});
    wording::describe(in.snapshot, hit, [&](const Naming& name) {
      return say("L'appartenance au groupe ", wording::group(group), ", ouverte depuis le ",
                 on(membership.period.opens_on), ", est celle d'un compte clôturé",
                 name.may_read(membership.account) ? say(" depuis le ", on(account.period.closes_on)) : "", " : ",
                 name(membership.account, group.convention), ".");
    });
  });
}

void membership_group_closed(const RuleInput& in, Hits& hits) {
  for_active_memberships(in, [&](Index, const Membership& membership, const Group& group, const Account&) {
    if (!group.period.closed_on(in.day)) return;
    Hit& hit = hits.membership(membership, {});
    wording::describe(in.snapshot, hit, [&](const Naming& name) {
      return say("Le groupe ", wording::group(group), " est clôturé depuis le ", on(group.period.closes_on),
                 ", mais l'appartenance ouverte le ", on(membership.period.opens_on), " n'est pas clôturée pour ",
                 name(membership.account, group.convention), ".");
    });
  });
}

void membership_foreign_account(const RuleInput& in, Hits& hits) {
  for_active_memberships(in, [&](Index, const Membership& membership, const Group& group, const Account& account) {
    if (account.convention == group.convention) return;
    Hit& hit = hits.membership(membership, {});
    wording::describe(in.snapshot, hit, [&](const Naming& name) {
      return say("Le groupe ", wording::group(group), " de la convention ",
                 quoted(in.snapshot.convention_of(group).number), " a pour membre ",
                 name(membership.account, group.convention), ".");
    });
  });
}

void membership_opens_early(const RuleInput& in, Hits& hits) {
  for_active_memberships(in, [&](Index, const Membership& membership, const Group& group, const Account& account) {
    const Day opens_on = membership.period.opens_on;
    const bool before_group = opens_on < group.period.opens_on;
    const bool before_account = opens_on < account.period.opens_on;
    if (!before_group && !before_account) return;
    Hit& hit = hits.membership(membership, {});
    wording::describe(in.snapshot, hit, [&](const Naming& name) {
      std::vector<std::string> before;
      if (before_group) before.push_back(say("le groupe (", on(group.period.opens_on), ")"));
      if (before_account)
        before.push_back(name.may_read(membership.account) ? say("le compte (", on(account.period.opens_on), ")")
                                                           : std::string("le compte"));
      return say("L'appartenance au groupe ", wording::group(group), " s'est ouverte le ", on(opens_on), ", avant ",
                 wording::listed(before), " : ", name(membership.account, group.convention), ".");
    });
  });
}

// An account's memberships are few: looking through them all beats any index.
const Membership* overlapping(const RuleInput& in, Index m) {
  const Membership& membership = in.snapshot.memberships[m];
  for (const Index other : in.snapshot.of.memberships_of_account[membership.account]) {
    const Membership& candidate = in.snapshot.memberships[other];
    if (other != m && candidate.group == membership.group && candidate.period.overlaps(membership.period))
      return &candidate;
  }
  return nullptr;
}

std::string extent(const Period& period) {
  const std::string beginning = say("du ", on(period.opens_on));
  return period.closes_on.given() ? say(beginning, " au ", on(period.closes_on)) : say(beginning, " sans fin");
}

void membership_overlap(const RuleInput& in, Hits& hits) {
  for_active_memberships(in, [&](Index m, const Membership& membership, const Group& group, const Account&) {
    const Membership* other = overlapping(in, m);
    if (other == nullptr) return;
    Hit& hit = hits.membership(membership, {});
    wording::describe(in.snapshot, hit, [&](const Naming& name) {
      return say("Deux appartenances au groupe ", wording::group(group), " se recouvrent pour ",
                 name(membership.account, group.convention), " : ", extent(membership.period), ", et ",
                 extent(other->period), ".");
    });
  });
}

constexpr Rule kMembershipRules[] = {
    {.id = "membership-account-closed",
     .title = "Appartenance en cours d'un compte clôturé",
     .severity = Severity::kCritical,
     .audience = kForAdminManager,
     .source = "Guide partenaire, Fiche n°6 Détacher un utilisateur d'un groupe d'utilisateurs",
     .remedy = "« Gestion des habilitations » > « Mes utilisateurs » > « Gérer l'appartenance de l'utilisateur » pour "
               "{identifiant} > saisir la date de clôture pour le groupe {groupe} > « Enregistrer les modifications ».",
     .check = &membership_account_closed},
    {.id = "membership-group-closed",
     .title = "Appartenance en cours à un groupe clôturé",
     .severity = Severity::kMajor,
     .audience = kForAdminManager,
     .source = "Guide partenaire, Fiche n°11 Désactiver un groupe d'utilisateurs (membres retirés du groupe)",
     .remedy = "« Gestion des habilitations » > « Mes utilisateurs » > « Gérer l'appartenance de l'utilisateur » pour "
               "{identifiant} > saisir la date de clôture pour le groupe {groupe} > « Enregistrer les modifications » "
               "; puis, si besoin, « Ajouter à un groupe » ouvert.",
     .check = &membership_group_closed},
    {.id = "membership-foreign-account",
     .title = "Membre d'une autre convention",
     .severity = Severity::kCritical,
     .audience = kForAdminManager,
     .source = "Guide administrateur (mode délégué), Respect des termes de la Convention (personnels sous votre "
               "responsabilité)",
     .remedy = "« Gestion des habilitations » > « Mes groupes » > groupe {groupe} > retirer {identifiant} en "
               "saisissant la date de clôture de son appartenance > « Enregistrer les modifications ».",
     .check = &membership_foreign_account},
    {.id = "membership-opens-early",
     .title = "Appartenance ouverte avant son groupe ou son compte",
     .severity = Severity::kInfo,
     .audience = kForAdminManager,
     .source = "Guide partenaire, Fiche n°4 Rattacher un utilisateur à un groupe d'utilisateurs (déjà créés)",
     .remedy =
         "« Gestion des habilitations » > « Mes utilisateurs » > « Gérer l'appartenance de l'utilisateur » pour "
         "{identifiant} > corriger la date d'ouverture pour le groupe {groupe} > « Enregistrer les modifications ».",
     .check = &membership_opens_early},
    {.id = "membership-overlap",
     .title = "Appartenances au même groupe qui se recouvrent",
     .severity = Severity::kMinor,
     .audience = kForAdminManager,
     .source = "Guide partenaire, Fiche n°6 Détacher un utilisateur d'un groupe d'utilisateurs (dates d'appartenance)",
     .remedy = "« Gestion des habilitations » > « Mes utilisateurs » > « Gérer l'appartenance de l'utilisateur » pour "
               "{identifiant} > saisir une date de clôture pour celle des deux qui est en trop dans le groupe {groupe} "
               "> « Enregistrer les modifications ».",
     .check = &membership_overlap},
};
static_assert(is_sound(kMembershipRules, {"membership-"}));

}  // namespace

std::span<const Rule> membership_rules() { return kMembershipRules; }

}  // namespace vigie
