#include "rules/families/group.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <unordered_set>
#include <vector>

#include "domain/french.h"
#include "domain/text.h"
#include "rules/families/table.h"
#include "rules/families/visits.h"
#include "rules/families/wording.h"

namespace vigie {
namespace {

using wording::Naming;
using wording::on;
using wording::quoted;
using wording::say;

// ------------------------------------------------------------------------------------------------------- the manager

void group_manager_missing(const RuleInput& in, Hits& hits) {
  for_active_groups(in, [&](Index g, const Group& group) {
    if (group.manager_id.empty())
      hits.group(g, say("Le groupe ", wording::group(group), " n'a pas de responsable d'habilitations."));
  });
}

void group_manager_unknown(const RuleInput& in, Hits& hits) {
  for_active_groups(in, [&](Index g, const Group& group) {
    if (group.manager_id.empty()) return;
    if (group.manager == kNone) {
      hits.group(g, say("Le responsable du groupe ", wording::group(group), ", ", quoted(group.manager_id),
                        ", n'est l'identifiant d'aucun compte."));
    } else if (in.snapshot.accounts[group.manager].convention != group.convention) {
      wording::describe(in.snapshot, hits.group(g, {}), [&](const Naming& name) {
        return say("Le compte du responsable du groupe ", wording::group(group), " n'est pas de la convention ",
                   quoted(in.snapshot.convention_of(group).number), " : ", name(group.manager, group.convention), ".");
      });
    }
  });
}

void group_manager_closed(const RuleInput& in, Hits& hits) {
  for_active_groups(in, [&](Index g, const Group& group) {
    if (group.manager == kNone || in.facts.account_active[group.manager]) return;
    const Account& manager = in.snapshot.accounts[group.manager];
    if (manager.convention != group.convention) return;
    hits.group(g, say("Le compte du responsable du groupe ", wording::group(group), ", ", wording::account(manager),
                      ", ", wording::inactivity(manager.period, in.day), "."));
  });
}

// ------------------------------------------------------------------------------------------------ roles and members

void group_without_role(const RuleInput& in, Hits& hits) {
  for_active_groups(in, [&](Index g, const Group& group) {
    bool has_role = false;
    for_active_grants(in, g, [&](const Grant&) { has_role = true; });
    if (!has_role)
      hits.group(
          g, say("Le groupe ", wording::group(group), " ne donne aucun rôle : ses membres n'accèdent à rien par lui."));
  });
}

void group_several_cdap_roles(const RuleInput& in, Hits& hits) {
  for_active_groups(in, [&](Index g, const Group& group) {
    std::vector<std::string> roles;
    std::unordered_set<std::string_view> met;
    for_active_grants(in, g, [&](const Grant& grant) {
      if (grant.service == Service::kCdap && met.insert(grant.role_name).second)
        roles.push_back(excerpt(grant.role_name));
    });
    if (roles.size() > 1)
      hits.group(g, say("Le groupe ", wording::group(group), " donne ",
                        french::figures(static_cast<std::int64_t>(roles.size())),
                        " rôles Cdap : ", wording::listed(roles), ". Un seul est admis par groupe."));
  });
}

// Nothing where the set has no role of Cdap, or several.
std::optional<Role> only_cdap_role(RoleSet roles) {
  std::optional<Role> only;
  for (const Role role : roles_in(roles)) {
    if (service_of(role) != Service::kCdap) continue;
    if (only) return std::nullopt;
    only = role;
  }
  return only;
}

bool label_begins_with(std::string_view label, Role role) {
  std::string_view rest = trim(label);
  for (const char expected : name(role)) {
    const bool is_same = !rest.empty() && (rest.front() == expected || (expected == 'T' && rest.front() == 't'));
    if (!is_same) return false;
    rest.remove_prefix(1);
  }
  return rest.empty() || !is_letter_or_digit(next_code_point(rest));
}

void group_label_mismatch(const RuleInput& in, Hits& hits) {
  for_active_groups(in, [&](Index g, const Group& group) {
    const std::optional<Role> role = only_cdap_role(in.facts.active_roles[g]);
    if (role && !label_begins_with(group.label, *role))
      hits.group(g, say("Le groupe ", quoted(group.code), " donne Cdap ", name(*role), ", mais son libellé ",
                        quoted(group.label), " ne commence pas par ", name(*role), "."));
  });
}

void group_empty(const RuleInput& in, Hits& hits) {
  for_active_groups(in, [&](Index g, const Group& group) {
    const auto is_effective = [&](Index m) -> bool { return in.facts.membership_effective[m]; };
    if (std::ranges::none_of(in.snapshot.of.memberships_of_group[g], is_effective))
      hits.group(g, say("Le groupe ", wording::group(group), " n'a aucun membre en cours."));
  });
}

void group_role_unknown(const RuleInput& in, Hits& hits) {
  for_active_groups(in, [&](Index g, const Group& group) {
    for_active_grants(in, g, [&](const Grant& grant) {
      if (grant.role) return;
      const std::string what =
          grant.service ? say("le rôle ", quoted(grant.role_name), " n'est pas ", french::of(grant.service_name))
                        : say("le service ", quoted(grant.service_name), " n'est pas connu");
      hits.grant(grant,
                 say("Le groupe ", wording::group(group), " donne ", quoted(wording::grant(grant)), " : ", what, "."));
    });
  });
}

// ------------------------------------------------------------------------------------------------------ what changed

std::string_view origin_name(Origin origin) {
  switch (origin) {
    case Origin::kCaf:
      return "Caf";
    case Origin::kPartner:
      return "Partenaire";
    case Origin::kAutomatic:
      return "Automatique";
  }
  return {};
}

bool is_generated(const RuleInput& in, Index g, const FirstGroup& first) {
  return in.snapshot.groups[g].origin == Origin::kAutomatic || first.origin == origin_name(Origin::kAutomatic) ||
         has_active_grant(in.snapshot, g, Service::kLandlords, in.day);
}

// What is no longer as it was in the first import, for columns that today's drop has: one that it lacks proves nothing.
std::vector<std::string> changes_since(const RuleInput& in, const Group& group, const FirstGroup& first) {
  std::vector<std::string> changes;
  const auto compare = [&](std::size_t column, std::string_view what, const std::optional<std::string>& was,
                           std::string_view is) {
    if (was && *was != is && in.snapshot.has_column(FileId::kGroups, column))
      changes.push_back(say(what, " était ", was->empty() ? "vide" : quoted(*was), ", ",
                            is.empty() ? "et est maintenant vide" : say("c'est maintenant ", quoted(is))));
  };
  compare(field::groups::kLabel, "le libellé", first.label, group.label);
  compare(field::groups::kParent, "le parent", first.parent, group.parent_code);
  compare(field::groups::kManager, "le responsable", first.manager, group.manager_id);
  compare(field::groups::kOrigin, "l'origine", first.origin, origin_name(group.origin));
  return changes;
}

void group_generated_changed(const RuleInput& in, Hits& hits) {
  if (in.past.groups.empty()) return;
  for_active_groups(in, [&](Index g, const Group& group) {
    const auto found = in.past.groups.find(group_key(in.snapshot.convention_of(group).number, group.code));
    if (found == in.past.groups.end() || !is_generated(in, g, found->second)) return;
    const std::vector<std::string> changes = changes_since(in, group, found->second);
    if (!changes.empty())
      hits.group(g, say("Le groupe ", wording::group(group),
                        ", généré ou d'Offre Bailleurs, a été modifié : ", wording::listed(changes), "."));
  });
}

void group_status_mismatch(const RuleInput& in, Hits& hits) {
  for (Index g = 0; g < in.snapshot.groups.size(); ++g) {
    const Group& group = in.snapshot.groups[g];
    if (group.status == Status::kOpen && group.period.closed_on(in.day))
      hits.group(g, say("Le groupe ", wording::group(group),
                        " a le statut « Ouvert » alors qu'il est clôturé depuis le ", on(group.period.closes_on), "."));
    else if (group.status == Status::kClosed && in.facts.group_active[g])
      hits.group(g, say("Le groupe ", wording::group(group),
                        " a le statut « Fermé » alors que ses dates le disent ouvert depuis le ",
                        on(group.period.opens_on), "."));
  }
}

// -------------------------------------------------------------------------------------------------------- sub-groups

void subgroup_parent_unknown(const RuleInput& in, Hits& hits) {
  for_active_groups(in, [&](Index g, const Group& group) {
    if (!group.parent_code.empty() && group.parent == kNone)
      hits.group(g, say("Le parent du groupe ", wording::group(group), ", ", quoted(group.parent_code),
                        ", n'est le code d'aucun groupe de la convention."));
  });
}

// A manager may read of a group that it does not manage, such as a parent, neither code nor label.
void subgroup_parent_closed(const RuleInput& in, Hits& hits) {
  for_active_groups(in, [&](Index g, const Group& group) {
    if (group.parent == kNone || in.facts.group_active[group.parent]) return;
    const Group& parent = in.snapshot.groups[group.parent];
    const std::string beginning = say("Le groupe ", wording::group(group), " est ouvert, mais son ");
    const std::string since = wording::inactivity(parent.period, in.day);
    Hit& hit = hits.group(g, say(beginning, "parent ", wording::group(parent), " ", since, "."));
    hit.partner_detail = say(beginning, "groupe parent ", since, ".");
  });
}

// Follows parents from each group, closed ones too. A walk stops at the first group that a walk has seen; where that
// was the same walk, the groups from there on are a cycle.
std::vector<bool> groups_on_cycles(const Snapshot& snapshot) {
  const std::vector<Group>& groups = snapshot.groups;
  std::vector<bool> on_cycle(groups.size());
  std::vector<Index> seen_from(groups.size(), kNone);
  for (Index start = 0; start < groups.size(); ++start) {
    Index at = start;
    for (; at != kNone && seen_from[at] == kNone; at = groups[at].parent) seen_from[at] = start;
    if (at == kNone || seen_from[at] != start) continue;
    for (; !on_cycle[at]; at = groups[at].parent) on_cycle[at] = true;
  }
  return on_cycle;
}

std::string path_back_to(const Snapshot& snapshot, Index start) {
  constexpr int kShown = 6;
  std::string path = quoted(snapshot.groups[start].code);
  Index at = snapshot.groups[start].parent;
  for (int shown = 0; at != start && shown < kShown; ++shown, at = snapshot.groups[at].parent)
    path += say(" > ", quoted(snapshot.groups[at].code));
  return say(path, at == start ? " > " : " > … > ", quoted(snapshot.groups[start].code));
}

void subgroup_cycle(const RuleInput& in, Hits& hits) {
  const std::vector<bool> on_cycle = groups_on_cycles(in.snapshot);
  for_active_groups(in, [&](Index g, const Group& group) {
    if (on_cycle[g])
      hits.group(g, say("De parent en parent, le groupe ", wording::group(group),
                        " se retrouve sous lui-même : ", path_back_to(in.snapshot, g), "."));
  });
}

void subgroup_level_mismatch(const RuleInput& in, Hits& hits) {
  for_active_groups(in, [&](Index g, const Group& group) {
    if (group.parent == kNone) return;
    const Group& parent = in.snapshot.groups[group.parent];
    if (group.level == 0 || parent.level == 0 || group.level == parent.level + 1) return;
    hits.group(g, say("Le groupe ", wording::group(group), " est de niveau ", std::to_string(group.level),
                      ", et son parent ", wording::group(parent), " de niveau ", std::to_string(parent.level),
                      " : on attend ", std::to_string(parent.level + 1), "."));
  });
}

// The roles that the catalogue does not know, by group, service and name, of active grants of active groups.
using UnknownRoles = std::set<std::tuple<Index, std::string_view, std::string_view>>;

UnknownRoles unknown_roles(const RuleInput& in) {
  UnknownRoles unknown;
  for (const Grant& grant : in.snapshot.grants)
    if (!grant.role && grant.period.active_on(in.day) && in.facts.group_active[grant.group])
      unknown.emplace(grant.group, grant.service_name, grant.role_name);
  return unknown;
}

std::string how_it_fails_to_give(const RuleInput& in, Index group) {
  if (in.facts.group_active[group]) return "ne donne pas";
  const Period& period = in.snapshot.groups[group].period;
  return say(period.closed_on(in.day) ? "ne donne plus : il " : "ne donne pas encore : il ",
             wording::inactivity(period, in.day));
}

void subgroup_role_not_in_parent(const RuleInput& in, Hits& hits) {
  const UnknownRoles unknown = unknown_roles(in);
  const auto gives = [&](Index group, const Grant& grant) {
    if (!grant.role) return unknown.contains({group, grant.service_name, grant.role_name});
    return in.facts.group_active[group] && in.facts.active_roles[group].contains(*grant.role);
  };
  for_active_groups(in, [&](Index g, const Group& group) {
    if (group.parent == kNone) return;
    const Group& parent = in.snapshot.groups[group.parent];
    for_active_grants(in, g, [&](const Grant& grant) {
      if (gives(group.parent, grant)) return;
      const std::string beginning =
          say("Le sous-groupe ", wording::group(group), " donne ", wording::grant(grant), ", que son ");
      const std::string why = how_it_fails_to_give(in, group.parent);
      Hit& hit = hits.grant(grant, say(beginning, "parent ", wording::group(parent), " ", why, "."));
      hit.partner_detail = say(beginning, "groupe parent ", why, ".");
    });
  });
}

// ---------------------------------------------------------------------------------------------------------- the table

constexpr Need kNeedsManager[] = {{FileId::kGroups, field::groups::kManager}};
constexpr Need kNeedsOrigin[] = {{FileId::kGroups, field::groups::kOrigin}};
constexpr Need kNeedsStatus[] = {{FileId::kGroups, field::groups::kStatus}};
constexpr Need kNeedsParent[] = {{FileId::kGroups, field::groups::kParent}};
constexpr Need kNeedsParentAndLevel[] = {{FileId::kGroups, field::groups::kParent},
                                         {FileId::kGroups, field::groups::kLevel}};

constexpr Rule kGroupRules[] = {
    {.id = "group-manager-missing",
     .title = "Groupe sans responsable d'habilitations",
     .severity = Severity::kCritical,
     .needs = kNeedsManager,
     .audience = kForAdmin,
     .source = "Guide partenaire, Les responsables d'habilitations",
     .remedy = "« Gestion des habilitations » > « Mes groupes » > crayon du groupe {groupe} > choisir un responsable "
               "d'habilitations > « Enregistrer les modifications ».",
     .check = &group_manager_missing},
    {.id = "group-manager-unknown",
     .title = "Responsable d'habilitations inconnu de la convention",
     .severity = Severity::kCritical,
     .needs = kNeedsManager,
     .audience = kForAdmin,
     .source = "Guide partenaire, Fiche n°14 Enregistrer un responsable habilitations",
     .remedy = "« Gestion des habilitations » > « Mes groupes » > crayon du groupe {groupe} > choisir comme "
               "responsable un compte de la convention {convention} > « Enregistrer les modifications ».",
     .check = &group_manager_unknown},
    {.id = "group-manager-closed",
     .title = "Responsable d'habilitations dont le compte n'est pas actif",
     .severity = Severity::kCritical,
     .needs = kNeedsManager,
     .audience = kForAdmin,
     .source = "Guide administrateur (mode délégué), La mise à jour des Gestionnaires d'habilitations",
     .remedy = "« Gestion des habilitations » > « Mes groupes » > crayon du groupe {groupe} > remplacer le responsable "
               "d'habilitations > « Enregistrer les modifications ».",
     .check = &group_manager_closed},
    {.id = "group-without-role",
     .title = "Groupe sans rôle",
     .severity = Severity::kMinor,
     .audience = kForAdminManager,
     .source = "Guide administrateur (mode délégué), Solutions aux problèmes les plus fréquents",
     .remedy = "« Gestion des habilitations » > « Mes groupes » > groupe {groupe} > « Habilitations du groupe » > "
               "choisir le service et le rôle > « Assigner rôle » > « Enregistrer les modifications » ; ou désactiver "
               "le groupe : « Mes groupes » > « Modifier / Supprimer » > « Oui ».",
     .check = &group_without_role},
    {.id = "group-several-cdap-roles",
     .title = "Plusieurs rôles Cdap dans un groupe",
     .severity = Severity::kMajor,
     .audience = kForAdmin,
     .source = "Guide administrateur (mode délégué), Service CDAP, Créer un groupe (un seul rôle par groupe)",
     .remedy = "« Gestion des habilitations » > « Mes groupes » > groupe {groupe} > « Habilitations du groupe » > ne "
               "garder qu'un rôle Cdap avec « Retirer rôle » > « Enregistrer les modifications » ; créer un groupe "
               "pour chaque autre profil.",
     .check = &group_several_cdap_roles},
    {.id = "group-label-mismatch",
     .title = "Libellé de groupe qui ne commence pas par son profil",
     .severity = Severity::kMinor,
     .audience = kForAdmin,
     .source = "Guide administrateur (mode délégué), Service CDAP, Créer un groupe (Libellé)",
     .remedy = "« Gestion des habilitations » > « Mes groupes » > crayon du groupe {groupe} > faire commencer le "
               "libellé par le profil > « Enregistrer les modifications ».",
     .check = &group_label_mismatch},
    {.id = "group-empty",
     .title = "Groupe sans membre",
     .severity = Severity::kInfo,
     .audience = kForAdminManager,
     .source = "Guide partenaire, Fiche n°4 Rattacher un utilisateur à un groupe d'utilisateurs",
     .remedy =
         "« Gestion des habilitations » > « Mes utilisateurs » > « Ajouter à un groupe » > {groupe} > « Ajouter au "
         "groupe » ; ou, s'il ne sert plus, le désactiver : « Mes groupes » > « Modifier / Supprimer » > « Oui ».",
     .check = &group_empty},
    {.id = "group-role-unknown",
     .title = "Service ou rôle inconnu du catalogue",
     .severity = Severity::kMajor,
     .audience = kForCaf,
     .source = "Guide partenaire, Les groupes d'utilisateurs (services et habilitations)",
     .remedy = "Vérifier dans « Habilitations du groupe » du groupe {groupe} le service et le rôle donnés, et corriger "
               "ou retirer le rôle {sujet}.",
     .check = &group_role_unknown},
    {.id = "group-generated-changed",
     .title = "Groupe généré ou d'Offre Bailleurs modifié",
     .severity = Severity::kMajor,
     .needs = kNeedsOrigin,
     .audience = kForCaf,
     .source = "Guide administrateur ou responsable, Modifier un groupe d'utilisateurs",
     .remedy = "Rendre au groupe {groupe} son libellé, son parent, son responsable et son origine ; chercher comment "
               "il a pu être modifié.",
     .check = &group_generated_changed},
    {.id = "group-status-mismatch",
     .title = "Statut de groupe contraire à ses dates",
     .severity = Severity::kMinor,
     .needs = kNeedsStatus,
     .audience = kForCaf,
     .source = "Guide partenaire, Fiche n°11 Désactiver un groupe d'utilisateurs",
     .remedy = "Vérifier les dates et le statut du groupe {groupe}, et corriger celui des deux qui est faux.",
     .check = &group_status_mismatch},
    {.id = "subgroup-parent-unknown",
     .title = "Sous-groupe dont le parent n'existe pas",
     .severity = Severity::kMajor,
     .needs = kNeedsParent,
     .audience = kForAdmin,
     .source = "Fiches pratiques MCP, Créer un sous-groupe",
     .remedy = "« Gestion des habilitations » > « Mes groupes » > crayon du groupe {groupe} > choisir un groupe parent "
               "de la convention, ou décocher « sous-groupe de… » > « Enregistrer les modifications ».",
     .check = &subgroup_parent_unknown},
    {.id = "subgroup-parent-closed",
     .title = "Sous-groupe dont le parent n'est pas actif",
     .severity = Severity::kMajor,
     .needs = kNeedsParent,
     .audience = kForAdminManager,
     .source = "Fiches pratiques MCP, Créer un sous-groupe",
     .remedy = "« Gestion des habilitations » > « Mes groupes » > crayon du groupe {groupe} > choisir un groupe parent "
               "ouvert > « Enregistrer les modifications » ; ou désactiver ce sous-groupe aussi : « Modifier / "
               "Supprimer » > « Oui ».",
     .check = &subgroup_parent_closed},
    {.id = "subgroup-cycle",
     .title = "Sous-groupes qui tournent en rond",
     .severity = Severity::kCritical,
     .needs = kNeedsParent,
     .audience = kForAdmin,
     .source = "Fiches pratiques MCP, Créer un sous-groupe",
     .remedy = "« Gestion des habilitations » > « Mes groupes » > crayon du groupe {groupe} ou d'un de ses parents > "
               "changer le groupe parent > « Enregistrer les modifications ».",
     .check = &subgroup_cycle},
    {.id = "subgroup-level-mismatch",
     .title = "Niveau de sous-groupe qui ne suit pas celui du parent",
     .severity = Severity::kMinor,
     .needs = kNeedsParentAndLevel,
     .audience = kForAdmin,
     .source = "Fiches pratiques MCP, Créer un sous-groupe",
     .remedy = "« Gestion des habilitations » > « Mes groupes » > crayon du groupe {groupe} > vérifier le groupe "
               "parent > « Enregistrer les modifications ».",
     .check = &subgroup_level_mismatch},
    {.id = "subgroup-role-not-in-parent",
     .title = "Sous-groupe avec un rôle que son parent n'a pas",
     .severity = Severity::kCritical,
     .needs = kNeedsParent,
     .audience = kForAdminManager,
     .source = "Fiches pratiques MCP, Créer un sous-groupe (rôles du parent direct)",
     .remedy = "« Gestion des habilitations » > « Mes groupes » > groupe {groupe} > « Habilitations du groupe » > « "
               "Retirer rôle » > « Enregistrer les modifications » ; ou donner d'abord le rôle au groupe parent.",
     .check = &subgroup_role_not_in_parent},
};
static_assert(is_sound(kGroupRules, {"group-", "subgroup-"}));

}  // namespace

std::span<const Rule> group_rules() { return kGroupRules; }

}  // namespace vigie
