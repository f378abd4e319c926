#include "rules/families/convention.h"

#include <array>
#include <string>
#include <vector>

#include "domain/text.h"
#include "rules/families/bulletins.h"
#include "rules/families/table.h"
#include "rules/families/visits.h"
#include "rules/families/wording.h"

namespace vigie {
namespace {

using wording::on;
using wording::quoted;
using wording::say;

// ---------------------------------------------------------------------------------------------- the convention itself

std::string lack_of_signature(Day signed_on) {
  return signed_on.given() ? say("n'est signé que le ", on(signed_on)) : "n'a pas de date de signature";
}

void convention_contract_missing(const RuleInput& in, Hits& hits) {
  for (Index c = 0; c < in.snapshot.conventions.size(); ++c) {
    const Convention& convention = in.snapshot.conventions[c];
    if (convention.contract_signed_on <= in.day) continue;
    hits.convention(c, say("Le contrat de service de la convention ", quoted(convention.number), " ",
                           lack_of_signature(convention.contract_signed_on), "."));
  }
}

bool is_validated(const Convention& convention) {
  const std::string state = fold(convention.state);
  std::string_view rest = state;
  std::size_t length = 0;
  while (!rest.empty() && is_letter_or_digit(next_code_point(rest))) length = state.size() - rest.size();
  const std::string_view first_word = std::string_view(state).substr(0, length);
  return first_word == "valide" || first_word == "validee";
}

void convention_not_validated(const RuleInput& in, Hits& hits) {
  for (Index c = 0; c < in.snapshot.conventions.size(); ++c) {
    const Convention& convention = in.snapshot.conventions[c];
    if (is_validated(convention)) continue;
    const std::string what = convention.state.empty() ? "est vide" : say("est ", quoted(convention.state));
    hits.convention(
        c, say("L'état de la convention ", quoted(convention.number), " ", what, " : elle n'est pas validée."));
  }
}

void convention_expiring(const RuleInput& in, Hits& hits) {
  for (Index c = 0; c < in.snapshot.conventions.size(); ++c) {
    const Convention& convention = in.snapshot.conventions[c];
    const Day closes_on = convention.period.closes_on;
    if (!closes_on.given() || closes_on <= in.day || closes_on - in.day > in.parameter) continue;
    hits.convention(c, say("La convention ", quoted(convention.number), " se clôt le ", on(closes_on), ", dans ",
                           wording::days(closes_on - in.day), "."));
  }
}

// ------------------------------------------------------------------------------------------------------ its bulletins

// What the bulletins of a convention that are active on the day open.
struct Cover {
  ServiceSet services;
  RoleSet roles;  // that at least one of them allows
};

std::vector<Cover> covers(const RuleInput& in) {
  std::vector<Cover> covers(in.snapshot.conventions.size());
  for (const Bulletin& bulletin : in.snapshot.bulletins) {
    if (!bulletin.service || !bulletin.period.active_on(in.day)) continue;
    covers[bulletin.convention].services.insert(*bulletin.service);
    covers[bulletin.convention].roles.insert(allowed_roles(bulletin));
  }
  return covers;
}

// By service: the bulletin that came nearest to covering it, the last to have closed, else the next to open; nullptr
// where there is none.
using NearestBulletins = std::array<const Bulletin*, kServiceCount>;

std::vector<NearestBulletins> nearest_bulletins(const RuleInput& in) {
  std::vector<NearestBulletins> nearest_of(in.snapshot.conventions.size());
  for (const Bulletin& bulletin : in.snapshot.bulletins) {
    if (!bulletin.service) continue;
    const Bulletin*& nearest = nearest_of[bulletin.convention][static_cast<std::size_t>(*bulletin.service)];
    if (nearest == nullptr || is_nearer(bulletin.period, nearest->period, in.day)) nearest = &bulletin;
  }
  return nearest_of;
}

void bulletin_missing(const RuleInput& in, Hits& hits) {
  const std::vector<Cover> cover_of = covers(in);
  const std::vector<NearestBulletins> nearest_of = nearest_bulletins(in);
  for_effective_grants(in, [&](const Grant& grant, Index convention) {
    if (!grant.service || cover_of[convention].services.contains(*grant.service)) return;
    const Bulletin* nearest = nearest_of[convention][static_cast<std::size_t>(*grant.service)];
    const std::string why = nearest == nullptr ? say("la convention n'en a aucun pour ", grant.service_name)
                                               : say("le sien ", wording::inactivity(nearest->period, in.day));
    hits.grant(grant, say("Le groupe ", wording::group(in.snapshot.groups[grant.group]), " donne ",
                          wording::grant(grant), " sans bulletin d'adhésion en cours : ", why, "."));
  });
}

void bulletin_outside_convention(const RuleInput& in, Hits& hits) {
  for (const Bulletin& bulletin : in.snapshot.bulletins) {
    if (bulletin.period.closed_on(in.day)) continue;
    const Convention& convention = in.snapshot.conventions[bulletin.convention];
    std::vector<std::string> faults;
    if (bulletin.period.opens_on < convention.period.opens_on)
      faults.push_back(say("ouvre le ", on(bulletin.period.opens_on), ", avant la convention (",
                           on(convention.period.opens_on), ")"));
    if (bulletin.period.closes_on > convention.period.closes_on)
      faults.push_back(say(bulletin.period.closes_on.given() ? say("se clôt le ", on(bulletin.period.closes_on))
                                                             : std::string("n'a pas de date de clôture"),
                           ", alors que la convention se clôt le ", on(convention.period.closes_on)));
    if (!faults.empty())
      hits.bulletin(bulletin,
                    say("Le bulletin d'adhésion ", excerpt(bulletin.service_name), " ", wording::listed(faults), "."));
  }
}

void bulletin_unsigned(const RuleInput& in, Hits& hits) {
  for (const Bulletin& bulletin : in.snapshot.bulletins) {
    if (!bulletin.period.active_on(in.day) || bulletin.signed_on <= in.day) continue;
    hits.bulletin(bulletin, say("Le bulletin d'adhésion ", excerpt(bulletin.service_name), ", ouvert le ",
                                on(bulletin.period.opens_on), ", ", lack_of_signature(bulletin.signed_on), "."));
  }
}

std::string names_of(RoleSet roles, Service service) {
  std::vector<std::string> names;
  for (const Role role : roles_in(roles))
    if (service_of(role) == service) names.emplace_back(name(role));
  return names.empty() ? "aucun rôle connu" : wording::listed(names);
}

void grant_outside_contract(const RuleInput& in, Hits& hits) {
  const std::vector<Cover> cover_of = covers(in);
  for_effective_grants(in, [&](const Grant& grant, Index convention) {
    const Cover& cover = cover_of[convention];
    if (!grant.role || !cover.services.contains(*grant.service) || cover.roles.contains(*grant.role)) return;
    hits.grant(grant, say("Le groupe ", wording::group(in.snapshot.groups[grant.group]), " donne ",
                          wording::grant(grant), ", que le bulletin d'adhésion n'autorise pas (autorisés : ",
                          names_of(cover.roles, *grant.service), ")."));
  });
}

// ----------------------------------------------------------------------------------------------------------- the table

constexpr Need kNeedsContract[] = {{FileId::kConventions, field::conventions::kContractSignedOn}};
constexpr Need kNeedsState[] = {{FileId::kConventions, field::conventions::kState}};
constexpr Need kNeedsBulletins[] = {{FileId::kBulletins}};
constexpr Need kNeedsSignature[] = {{FileId::kBulletins, field::bulletins::kSignedOn}};
constexpr Need kNeedsRoles[] = {{FileId::kBulletins, field::bulletins::kRoles}};

constexpr Rule kConventionRules[] = {
    {.id = "convention-contract-missing",
     .title = "Contrat de service non signé",
     .severity = Severity::kMajor,
     .needs = kNeedsContract,
     .audience = kForCaf,
     .source = "Guide administrateur ou responsable, Les documents contractuels",
     .remedy = "Faire signer le contrat de service de la convention {convention}, puis saisir sa date de signature.",
     .check = &convention_contract_missing},
    {.id = "convention-not-validated",
     .title = "Convention non validée",
     .severity = Severity::kMajor,
     .needs = kNeedsState,
     .audience = kForCaf,
     .source = "Mode opératoire Afas, Consulter les conventions (état de la convention)",
     .remedy = "Valider la convention {convention}, ou la clôturer si elle n'a pas lieu d'être.",
     .check = &convention_not_validated},
    {.id = "convention-expiring",
     .title = "Convention bientôt clôturée",
     .severity = Severity::kInfo,
     .audience = kForAdminCaf,
     .source = "Guide partenaire, Les documents de conventionnement",
     .remedy = "Préparer avec la Caf le renouvellement de la convention {convention} : à sa clôture, tous les accès "
               "s'arrêtent.",
     .parameter = {"days", 60},
     .check = &convention_expiring},
    {.id = "bulletin-missing",
     .title = "Service ouvert sans bulletin d'adhésion",
     .severity = Severity::kCritical,
     .needs = kNeedsBulletins,
     .audience = kForAdminCaf,
     .source = "Guide partenaire, Les documents de conventionnement",
     .remedy = "Faire signer le bulletin d'adhésion du service avec la Caf ; sinon, « Gestion des habilitations » > « "
               "Mes groupes » > groupe {groupe} > « Habilitations du groupe » > « Retirer rôle » > « Enregistrer les "
               "modifications ».",
     .check = &bulletin_missing},
    {.id = "bulletin-outside-convention",
     .title = "Bulletin d'adhésion hors des dates de la convention",
     .severity = Severity::kMinor,
     .needs = kNeedsBulletins,
     .audience = kForCaf,
     .source = "Guide administrateur (mode délégué), 4 - L'ouverture d'un service de Mon Compte Partenaire",
     .remedy =
         "Mettre les dates du bulletin {sujet} dans celles de la convention {convention}, ou prolonger la convention.",
     .check = &bulletin_outside_convention},
    {.id = "bulletin-unsigned",
     .title = "Bulletin d'adhésion non signé",
     .severity = Severity::kMajor,
     .needs = kNeedsSignature,
     .audience = kForAdminCaf,
     .source = "Guide partenaire, Les documents de conventionnement",
     .remedy =
         "Faire signer le bulletin d'adhésion {sujet} par le partenaire et la Caf, puis saisir sa date de signature.",
     .check = &bulletin_unsigned},
    {.id = "grant-outside-contract",
     .title = "Rôle donné hors du contrat",
     .severity = Severity::kMajor,
     .needs = kNeedsRoles,
     .audience = kForAdminCaf,
     .source = "Guide administrateur (mode délégué), Service CDAP, Créer un groupe (profils du contrat de services)",
     .remedy = "« Gestion des habilitations » > « Mes groupes » > groupe {groupe} > « Habilitations du groupe » > « "
               "Retirer rôle » > « Enregistrer les modifications » ; ou faire ajouter le rôle au contrat par la Caf.",
     .check = &grant_outside_contract},
};
static_assert(is_sound(kConventionRules, {"convention-", "bulletin-", "grant-"}));

}  // namespace

std::span<const Rule> convention_rules() { return kConventionRules; }

}  // namespace vigie
