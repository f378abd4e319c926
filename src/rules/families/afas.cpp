#include "rules/families/afas.h"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "domain/distinct.h"
#include "domain/french.h"
#include "rules/families/table.h"
#include "rules/families/visits.h"
#include "rules/families/wording.h"

namespace vigie {
namespace {

using wording::Naming;
using wording::on;
using wording::quoted;
using wording::say;

// ------------------------------------------------------------------------------------------------------- approvers

bool is_pending_approver(const Profile& profile) {
  return profile.role == AfasRole::kApprover && profile.state == ProfileState::kPending;
}

bool is_valid_approver(const Profile& profile) {
  return profile.role == AfasRole::kApprover && profile.state == ProfileState::kValidated;
}

// The longest wait first: it is the one that a finding about several profiles keeps.
void afas_approver_pending(const RuleInput& in, Hits& hits) {
  std::vector<const Profile*> pending;
  for_active_profiles(in, [&](const Profile& profile) {
    if (is_pending_approver(profile)) pending.push_back(&profile);
  });
  std::ranges::stable_sort(pending, {}, &Profile::waits_since);
  for (const Profile* profile : pending) {
    const Day since = profile->waits_since();
    const int waited = in.day - since;
    Hit& hit = hits.approver(*profile, {});
    wording::describe(in.snapshot, hit, [&](const Naming& name) {
      return say("L'approbateur de l'activité ", quoted(profile->activity_name), ", ",
                 name(profile->account, profile->convention), ", attend la validation de la Caf depuis le ", on(since),
                 waited > 0 ? say(" (", wording::days(waited), ").") : ".");
    });
    if (waited <= in.parameter) hit.severity = Severity::kMinor;
  }
}

void afas_approver_document_missing(const RuleInput& in, Hits& hits) {
  for_active_profiles(in, [&](const Profile& profile) {
    if (!is_pending_approver(profile) || profile.document_on <= in.day) return;
    const std::string what = profile.document_on.given() ? say("n'est reçue que le ", on(profile.document_on))
                                                         : "n'a pas de date de réception";
    wording::describe(in.snapshot, hits.approver(profile, {}), [&](const Naming& name) {
      return say("La pièce justificative 3 de l'approbateur de l'activité ", quoted(profile.activity_name), ", ",
                 name(profile.account, profile.convention), ", ", what, ".");
    });
  });
}

template <typename Visit>
void for_open_activities(const RuleInput& in, Visit visit) {
  for (Index a = 0; a < in.snapshot.activities.size(); ++a)
    if (in.snapshot.activities[a].period.active_on(in.day)) visit(a, in.snapshot.activities[a]);
}

// The activity's active profiles, on the whole of it and on its places, that `matches` wants.
template <typename Matches>
std::vector<const Profile*> profiles_over(const RuleInput& in, Index activity, Matches matches) {
  std::vector<const Profile*> profiles;
  for (const Index p : in.snapshot.of.profiles_of_activity[activity])
    if (const Profile& profile = in.snapshot.profiles[p]; is_active(in, profile) && matches(profile))
      profiles.push_back(&profile);
  return profiles;
}

std::vector<Index> accounts_of(const std::vector<const Profile*>& profiles) {
  std::vector<Index> accounts;
  for (const Profile* profile : profiles) accounts.push_back(profile->account);
  sort_distinct(accounts);
  return accounts;
}

std::string names_of(const std::vector<Index>& accounts, const Naming& name, Index convention) {
  std::vector<std::string> names;
  for (const Index account : accounts) names.push_back(name(account, convention));
  return wording::listed(names);
}

// A second request for one approver would only wait behind the first.
constexpr std::string_view kAwaitValidation =
    "Caf : instruire la demande de validation en attente. Partenaire : ne pas faire de seconde demande, et s'assurer "
    "que la pièce justificative 3 a été envoyée à la Caf.";

void afas_approver_absent(const RuleInput& in, Hits& hits) {
  for_open_activities(in, [&](Index a, const Activity& activity) {
    if (!profiles_over(in, a, is_valid_approver).empty()) return;
    const bool is_awaited = !profiles_over(in, a, is_pending_approver).empty();
    Hit& hit = hits.activity(a, {},
                             say("L'activité ", quoted(activity.name), " n'a aucun approbateur validé",
                                 is_awaited ? " : le sien attend encore la validation de la Caf." : "."));
    if (is_awaited) hit.remedy = kAwaitValidation;
  });
}

void afas_approver_several(const RuleInput& in, Hits& hits) {
  for_open_activities(in, [&](Index a, const Activity& activity) {
    const std::vector<Index> accounts = accounts_of(profiles_over(in, a, is_valid_approver));
    if (accounts.size() < 2) return;
    wording::describe(in.snapshot, hits.activity(a, {}, {}), [&](const Naming& name) {
      return say("L'activité ", quoted(activity.name), " a ",
                 french::figures(static_cast<std::int64_t>(accounts.size())),
                 " approbateurs validés : ", names_of(accounts, name, activity.convention), ".");
    });
  });
}

// -------------------------------------------------------------------------------------------------------- providers

void afas_scope_invalid(const RuleInput& in, Hits& hits) {
  for_active_profiles(in, [&](const Profile& profile) {
    if (profile.role == AfasRole::kActivityProvider || profile.place.empty()) return;
    wording::describe(in.snapshot, hits.profile(profile, {}), [&](const Naming& name) {
      return say("Un profil ", afas_role_name(profile.role), " porte sur le lieu ", quoted(profile.place),
                 " de l'activité ", quoted(profile.activity_name),
                 ", alors que seul FDA se donne sur un lieu : ", name(profile.account, profile.convention), ".");
    });
  });
}

void add_places_without_provider(const RuleInput& in, Index activity, const std::vector<const Profile*>& providers,
                                 Hits& hits) {
  std::unordered_set<std::string_view> served;
  for (const Profile* provider : providers) served.insert(provider->place);
  for (const Index p : in.snapshot.of.places_of_activity[activity]) {
    const Place& place = in.snapshot.places[p];
    if (served.contains(place.name)) continue;
    hits.activity(activity, say("/", place.name, ":FDA"),
                  say("Le lieu ", quoted(place.name), " de l'activité ", quoted(place.activity_name),
                      " n'a aucun fournisseur de données d'activité (FDA), et l'activité non plus."));
  }
}

void afas_provider_absent(const RuleInput& in, Hits& hits) {
  const auto has_role = [](AfasRole role) { return [role](const Profile& profile) { return profile.role == role; }; };
  const auto is_on_whole = [](const Profile* profile) { return profile->place.empty(); };
  for_open_activities(in, [&](Index a, const Activity& activity) {
    if (profiles_over(in, a, has_role(AfasRole::kFinancialProvider)).empty())
      hits.activity(a, ":FDF",
                    say("L'activité ", quoted(activity.name), " n'a aucun fournisseur de données financières (FDF)."));
    const std::vector<const Profile*> providers = profiles_over(in, a, has_role(AfasRole::kActivityProvider));
    if (std::ranges::any_of(providers, is_on_whole)) return;
    if (in.snapshot.of.places_of_activity[a].empty())
      hits.activity(a, ":FDA",
                    say("L'activité ", quoted(activity.name), " n'a aucun fournisseur de données d'activité (FDA)."));
    else
      add_places_without_provider(in, a, providers, hits);
  });
}

void afas_too_many_providers(const RuleInput& in, Hits& hits) {
  for_open_activities(in, [&](Index a, const Activity& activity) {
    for (const AfasRole role : {AfasRole::kActivityProvider, AfasRole::kFinancialProvider}) {
      const auto has_role = [role](const Profile& profile) { return profile.role == role; };
      const std::vector<Index> accounts = accounts_of(profiles_over(in, a, has_role));
      if (accounts.size() <= static_cast<std::size_t>(in.parameter)) continue;
      Hit& hit = hits.activity(a, say(":", afas_role_name(role)), {});
      wording::describe(in.snapshot, hit, [&](const Naming& name) {
        return say("L'activité ", quoted(activity.name), " a ",
                   french::figures(static_cast<std::int64_t>(accounts.size())), " ", afas_role_name(role), " (",
                   french::figures(in.parameter), " au plus) : ", names_of(accounts, name, activity.convention), ".");
      });
    }
  });
}

// ----------------------------------------------------------------------------------------------- profiles and groups

// Accounts, and the conventions for which they may declare; sorted.
std::vector<std::pair<Index, Index>> declarers(const RuleInput& in) {
  std::vector<std::pair<Index, Index>> declarers;
  for (Index m = 0; m < in.snapshot.memberships.size(); ++m) {
    const Membership& membership = in.snapshot.memberships[m];
    if (in.facts.membership_effective[m] && in.facts.effective_roles[membership.group].contains(Role::kDeclare))
      declarers.emplace_back(membership.account, in.snapshot.groups[membership.group].convention);
  }
  std::ranges::sort(declarers);
  return declarers;
}

void afas_profile_without_group(const RuleInput& in, Hits& hits) {
  const std::vector<std::pair<Index, Index>> declaring = declarers(in);
  for_active_profiles(in, [&](const Profile& profile) {
    if (std::ranges::binary_search(declaring, std::pair(profile.account, profile.convention))) return;
    // What an activity is called is no matter of the managers who read this.
    const auto sentence = [&](const Naming& name, std::string_view what) {
      return say("Un profil Afas", what, " est donné, sans groupe de la convention qui donne Afas Déclarer, à : ",
                 name(profile.account, profile.convention), ".");
    };
    Hit& hit = hits.account(profile.account, profile.convention,
                            sentence(Naming::in_full(in.snapshot), say(" (", wording::profile(profile), ")")));
    hit.partner_detail = sentence(Naming::within(in.snapshot, profile.convention), "");
  });
}

void afas_profile_foreign_account(const RuleInput& in, Hits& hits) {
  for_active_profiles(in, [&](const Profile& profile) {
    if (in.snapshot.accounts[profile.account].convention == profile.convention) return;
    wording::describe(in.snapshot, hits.profile(profile, {}), [&](const Naming& name) {
      return say("Le profil Afas ", wording::profile(profile), " de la convention ",
                 quoted(in.snapshot.conventions[profile.convention].number), " est donné à ",
                 name(profile.account, profile.convention), ".");
    });
  });
}

void afas_declarer_without_profile(const RuleInput& in, Hits& hits) {
  for_holders(in, Role::kDeclare, [&](Index a, const Account& account) {
    if (!has_active_profile(in, a))
      hits.account(a, say("Le compte ", wording::account(account),
                          " a le rôle Afas Déclarer, mais aucun profil Afas : il ne peut rien déclarer."));
  });
}

bool is_active_afas_group(const Snapshot& snapshot, Index g, Day day) {
  return snapshot.groups[g].period.active_on(day) && has_active_grant(snapshot, g, Service::kAfas, day);
}

template <typename Visit>
void for_active_afas_groups(const RuleInput& in, Visit visit) {
  for (Index g = 0; g < in.snapshot.groups.size(); ++g)
    if (is_active_afas_group(in.snapshot, g, in.day)) visit(g, in.snapshot.groups[g]);
}

void afas_group_not_by_caf(const RuleInput& in, Hits& hits) {
  for_active_afas_groups(in, [&](Index g, const Group& group) {
    if (group.origin == Origin::kPartner)
      hits.group(g,
                 say("Le groupe ", wording::group(group),
                     " donne un rôle Afas, et son origine est « Partenaire » : seule la Caf crée les groupes Afas."));
  });
}

// ---------------------------------------------------------------------------------------------- who may entitle others

void afas_delegation_not_allowed(const RuleInput& in, Hits& hits) {
  for_effective_grants(in, [&](const Grant& grant, Index convention) {
    if (grant.role != Role::kEntitle || in.snapshot.conventions[convention].mode == Mode::kDelegated) return;
    hits.group(grant.group, say("Le groupe ", wording::group(in.snapshot.groups[grant.group]),
                                " donne Afas Habiliter, alors que la convention ",
                                quoted(in.snapshot.conventions[convention].number), " n'est pas en mode délégué."));
  });
}

void afas_manager_not_enabled(const RuleInput& in, Hits& hits) {
  for_active_afas_groups(in, [&](Index g, const Group& group) {
    if (in.snapshot.convention_of(group).mode != Mode::kDelegated || group.manager == kNone) return;
    if (!in.facts.account_active[group.manager] || in.facts.held_roles[group.manager].contains(Role::kEntitle)) return;
    wording::describe(in.snapshot, hits.group(g, {}), [&](const Naming& name) {
      return say("Le responsable du groupe ", wording::group(group), ", ", name(group.manager, group.convention),
                 ", n'a pas le rôle Afas Habiliter : il ne peut pas gérer les profils Afas.");
    });
  });
}

bool manages_afas_group(const RuleInput& in, Index account) {
  return std::ranges::any_of(in.snapshot.of.managed_by_account[account],
                             [&](Index g) { return is_active_afas_group(in.snapshot, g, in.day); });
}

void afas_former_manager_enabled(const RuleInput& in, Hits& hits) {
  if (in.past.afas_managers.empty()) return;
  for_holders(in, Role::kEntitle, [&](Index a, const Account& account) {
    if (manages_afas_group(in, a) || !in.past.afas_managers.contains(std::string(account.id))) return;
    hits.account(a, say("Le compte ", wording::account(account),
                        " n'est plus responsable d'aucun groupe Afas, mais garde le rôle Afas Habiliter."));
  });
}

// ---------------------------------------------------------------------------------------------------------- the table

constexpr Need kNeedsState[] = {{FileId::kProfiles, field::profiles::kState}};
constexpr Need kNeedsStateAndDocument[] = {{FileId::kProfiles, field::profiles::kState},
                                           {FileId::kProfiles, field::profiles::kDocumentOn}};
constexpr Need kNeedsProfiles[] = {{FileId::kProfiles}};
constexpr Need kNeedsActivities[] = {{FileId::kProfiles}, {FileId::kActivities}};
constexpr Need kNeedsPlaces[] = {{FileId::kProfiles}, {FileId::kActivities}, {FileId::kPlaces}};
constexpr Need kNeedsOrigin[] = {{FileId::kGroups, field::groups::kOrigin}};
constexpr Need kNeedsMode[] = {{FileId::kConventions, field::conventions::kMode}};
constexpr Need kNeedsModeAndManager[] = {{FileId::kConventions, field::conventions::kMode},
                                         {FileId::kGroups, field::groups::kManager}};
constexpr Need kNeedsManager[] = {{FileId::kGroups, field::groups::kManager}};

constexpr Rule kAfasRules[] = {
    {.id = "afas-approver-pending",
     .title = "Approbateur en attente de validation",
     .severity = Severity::kMajor,
     .needs = kNeedsState,
     .audience = kForAdminCaf,
     .source = "Mode opératoire Afas, Après avoir affecté les rôles (approbateur en attente de validation Caf)",
     .remedy = "Caf : instruire la demande de validation de l'approbateur {identifiant}. Partenaire : s'assurer que la "
               "pièce justificative 3 lui a été envoyée.",
     .parameter = {"days", 15},
     .check = &afas_approver_pending},
    {.id = "afas-approver-document-missing",
     .title = "Approbateur sans pièce justificative 3",
     .severity = Severity::kMajor,
     .needs = kNeedsStateAndDocument,
     .audience = kForAdmin,
     .source = "Guide administrateur (mode délégué), Service AFAS (changement d'approbateur, PJ 3)",
     .remedy = "Envoyer à la Caf la pièce justificative 3 de l'approbateur {identifiant}.",
     .check = &afas_approver_document_missing},
    {.id = "afas-approver-absent",
     .title = "Activité sans approbateur validé",
     .severity = Severity::kCritical,
     .needs = kNeedsActivities,
     .audience = kForAdminCaf,
     .source = "Mode opératoire Afas, Attribuer les rôles",
     .remedy = "« Aides financières d'action sociale » > « Administration des profils » > « Affecter un rôle à un "
               "utilisateur habilité » > Approbateur, sur l'activité > « Enregistrer », et envoyer la pièce "
               "justificative 3 à la Caf.",
     .check = &afas_approver_absent},
    {.id = "afas-approver-several",
     .title = "Plusieurs approbateurs pour une activité",
     .severity = Severity::kMinor,
     .needs = kNeedsActivities,
     .audience = kForAdmin,
     .source = "Guide administrateur (mode délégué), La configuration des rôles dans l'Administration des profils",
     .remedy = "« Aides financières d'action sociale » > « Administration des profils » > mettre fin aux profils "
               "Approbateur en trop de l'activité.",
     .check = &afas_approver_several},
    {.id = "afas-scope-invalid",
     .title = "Profil FDF ou Approbateur sur un lieu",
     .severity = Severity::kMajor,
     .needs = kNeedsProfiles,
     .audience = kForAdmin,
     .source = "Mode opératoire Afas, Sélectionner la portée (onglets des activités et des lieux d'implantation)",
     .remedy = "« Aides financières d'action sociale » > « Administration des profils » > mettre fin au profil du "
               "compte {identifiant} sur le lieu, et l'affecter sur l'activité > « Enregistrer ».",
     .check = &afas_scope_invalid},
    {.id = "afas-provider-absent",
     .title = "Activité ou lieu sans fournisseur de données",
     .severity = Severity::kMinor,
     .needs = kNeedsPlaces,
     .audience = kForAdmin,
     .source = "Guide administrateur (mode délégué), La configuration des rôles dans l'Administration des profils",
     .remedy = "« Aides financières d'action sociale » > « Administration des profils » > « Affecter un rôle à un "
               "utilisateur habilité » > choisir le fournisseur de données et la portée > « Enregistrer ».",
     .check = &afas_provider_absent},
    {.id = "afas-too-many-providers",
     .title = "Trop de fournisseurs de données pour une activité",
     .severity = Severity::kMinor,
     .needs = kNeedsActivities,
     .audience = kForAdmin,
     .source = "Guide administrateur (mode délégué), La configuration des rôles dans l'Administration des profils (2 "
               "FDA, 2 FDF)",
     .remedy = "« Aides financières d'action sociale » > « Administration des profils » > mettre fin aux profils en "
               "trop de l'activité.",
     .parameter = {"max", 2},
     .check = &afas_too_many_providers},
    {.id = "afas-profile-without-group",
     .title = "Profil Afas sans groupe Afas Déclarer",
     .severity = Severity::kMajor,
     .needs = kNeedsProfiles,
     .audience = kForAdminManager,
     .source = "Guide administrateur (mode délégué), Service AFAS, Processus d'habilitation d'un utilisateur",
     .remedy = "« Gestion des habilitations » > « Mes utilisateurs » > « Ajouter à un groupe » pour {identifiant} > "
               "AFAS-DECLARER > « Ajouter au groupe » ; ou mettre fin à ses profils : « Aides financières d'action "
               "sociale » > « Administration des profils ».",
     .check = &afas_profile_without_group},
    {.id = "afas-profile-foreign-account",
     .title = "Profil Afas d'un compte d'une autre convention",
     .severity = Severity::kCritical,
     .needs = kNeedsProfiles,
     .audience = kForAdminCaf,
     .source = "Guide administrateur (mode délégué), Respect des termes de la Convention (personnels sous votre "
               "responsabilité)",
     .remedy = "« Aides financières d'action sociale » > « Administration des profils » > mettre fin au profil du "
               "compte {identifiant} pour la convention {convention}.",
     .check = &afas_profile_foreign_account},
    {.id = "afas-declarer-without-profile",
     .title = "Rôle Afas Déclarer sans profil Afas",
     .severity = Severity::kMinor,
     .needs = kNeedsProfiles,
     .audience = kForAdminManager,
     .source = "Guide partenaire, Fiche n°1 Créer un utilisateur (Afas : disposer d'un ou plusieurs profils)",
     .remedy = "« Aides financières d'action sociale » > « Administration des profils » > « Affecter un rôle à un "
               "utilisateur habilité » pour {identifiant} > « Enregistrer » ; ou « Gestion des habilitations » > « Mes "
               "utilisateurs » > « Gérer l'appartenance de l'utilisateur » > saisir la date de clôture pour le groupe "
               "qui donne Afas Déclarer > « Enregistrer les modifications ».",
     .check = &afas_declarer_without_profile},
    {.id = "afas-group-not-by-caf",
     .title = "Groupe Afas non créé par la Caf",
     .severity = Severity::kMajor,
     .needs = kNeedsOrigin,
     .audience = kForCaf,
     .source = "Guide administrateur (mode délégué), La configuration des rôles dans l'Administration des profils "
               "(groupes créés par la Caf)",
     .remedy = "Retirer le rôle Afas du groupe {groupe} et mettre ses membres dans AFAS-DECLARER ou AFAS-HABILITER, "
               "créés par la Caf.",
     .check = &afas_group_not_by_caf},
    {.id = "afas-delegation-not-allowed",
     .title = "Afas Habiliter hors du mode délégué",
     .severity = Severity::kCritical,
     .needs = kNeedsMode,
     .audience = kForAdminCaf,
     .source = "Guide partenaire, Les groupes d'utilisateurs (AFAS – Habiliter pour les partenaires en mode délégué)",
     .remedy = "« Gestion des habilitations » > « Mes groupes » > groupe {groupe} > « Habilitations du groupe » > "
               "choisir Habiliter > « Retirer rôle » > « Enregistrer les modifications » ; ou passer la convention en "
               "mode délégué avec la Caf.",
     .check = &afas_delegation_not_allowed},
    {.id = "afas-manager-not-enabled",
     .title = "Responsable d'un groupe Afas sans Afas Habiliter",
     .severity = Severity::kMinor,
     .needs = kNeedsModeAndManager,
     .audience = kForAdmin,
     .source = "Guide partenaire, Fiche n°14 Enregistrer un responsable habilitations (point spécifique Afas)",
     .remedy = "« Gestion des habilitations » > « Mes utilisateurs » > « Ajouter à un groupe » pour le responsable du "
               "groupe {groupe} > AFAS-HABILITER > « Ajouter au groupe ».",
     .check = &afas_manager_not_enabled},
    {.id = "afas-former-manager-enabled",
     .title = "Ancien responsable qui garde Afas Habiliter",
     .severity = Severity::kMinor,
     .needs = kNeedsManager,
     .audience = kForAdmin,
     .source = "Guide partenaire, Fiche n°16 Remplacer un responsable habilitations (point spécifique Afas)",
     .remedy = "« Gestion des habilitations » > « Mes utilisateurs » > « Gérer l'appartenance de l'utilisateur » pour "
               "{identifiant} > saisir la date de clôture pour le groupe qui donne Afas Habiliter > « Enregistrer les "
               "modifications ».",
     .check = &afas_former_manager_enabled},
};
static_assert(is_sound(kAfasRules, {"afas-"}));

}  // namespace

std::span<const Rule> afas_rules() { return kAfasRules; }

}  // namespace vigie
