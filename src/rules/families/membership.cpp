#include "rules/families/membership.h"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

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
  for (const Membership& membership : in.snapshot.memberships)
    if (membership.period.active_on(in.day))
      visit(membership, in.snapshot.groups[membership.group], in.snapshot.accounts[membership.account]);
}

void membership_account_closed(const RuleInput& in, Hits& hits) {
  for_active_memberships(in, [&](const Membership& membership, const Group& group, const Account& account) {
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
  for_active_memberships(in, [&](const Membership& membership, const Group& group, const Account&) {
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
  for_active_memberships(in, [&](const Membership& membership, const Group& group, const Account& account) {
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
  for_active_memberships(in, [&](const Membership& membership, const Group& group, const Account& account) {
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

// Calls `visit` with an account's memberships in one group, where there are several, each in the snapshot's order.
template <typename Visit>
void for_repeated_memberships(const Snapshot& snapshot, Visit visit) {
  std::vector<Index> by_group;
  const auto group_of = [&](Index m) { return snapshot.memberships[m].group; };
  for (Index a = 0; a < snapshot.accounts.size(); ++a) {
    const auto memberships = snapshot.of.memberships_of_account[a];
    if (memberships.size() < 2) continue;
    by_group.assign(memberships.begin(), memberships.end());
    std::ranges::stable_sort(by_group, {}, group_of);
    for (auto begin = by_group.begin(), end = begin; begin != by_group.end(); begin = end) {
      end = std::ranges::upper_bound(begin, by_group.end(), group_of(*begin), {}, group_of);
      if (end - begin > 1) visit(std::span<const Index>(begin, end));
    }
  }
}

const Membership* overlapping(const Snapshot& snapshot, std::span<const Index> memberships, Index m) {
  const Period& period = snapshot.memberships[m].period;
  const auto other = std::ranges::find_if(
      memberships, [&](Index i) { return i != m && snapshot.memberships[i].period.overlaps(period); });
  return other == memberships.end() ? nullptr : &snapshot.memberships[*other];
}

std::string extent(const Period& period) {
  const std::string beginning = say("du ", on(period.opens_on));
  return period.closes_on.given() ? say(beginning, " au ", on(period.closes_on)) : say(beginning, " sans fin");
}

// All memberships of an account in a group are one subject. Two that are active overlap, so looking at the first one
// that is active says all.
void membership_overlap(const RuleInput& in, Hits& hits) {
  for_repeated_memberships(in.snapshot, [&](std::span<const Index> memberships) {
    const auto is_active = [&](Index m) { return in.snapshot.memberships[m].period.active_on(in.day); };
    const auto active = std::ranges::find_if(memberships, is_active);
    if (active == memberships.end()) return;
    const Membership& membership = in.snapshot.memberships[*active];
    const Membership* other = overlapping(in.snapshot, memberships, *active);
    if (other == nullptr) return;
    const Group& group = in.snapshot.groups[membership.group];
    wording::describe(in.snapshot, hits.membership(membership, {}), [&](const Naming& name) {
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
               "; puis, si besoin, « Ajouter à un groupe » qui soit ouvert > « Ajouter au groupe ».",
     .check = &membership_group_closed},
    {.id = "membership-foreign-account",
     .title = "Membre d'une autre convention",
     .severity = Severity::kCritical,
     .audience = kForAdminManager,
     .source = "Guide administrateur (mode délégué), Respect des termes de la Convention (personnels sous votre "
               "responsabilité)",
     .remedy = "« Gestion des habilitations » > « Mes utilisateurs » > « Sélectionner un groupe » {groupe} > « Gérer "
               "l'appartenance de l'utilisateur » pour {identifiant} > saisir la date de clôture > « Enregistrer les "
               "modifications ».",
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
