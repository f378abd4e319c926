#include "rules/families/administrator.h"

#include <string>
#include <unordered_set>
#include <vector>

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

constexpr std::size_t kMostAdministrators = 2;

template <typename Visit>
void for_active_designations(const RuleInput& in, Visit visit) {
  for (const Designation& designation : in.snapshot.designations)
    if (designation.period.active_on(in.day)) visit(designation);
}

// Distinct active accounts with an active designation, in the order of the designations.
std::vector<Index> administrators_of(const RuleInput& in, Index convention) {
  std::vector<Index> accounts;
  std::unordered_set<Index> met;
  for (const Index d : in.snapshot.of.designations_of_convention[convention]) {
    const Designation& designation = in.snapshot.designations[d];
    if (designation.period.active_on(in.day) && in.facts.account_active[designation.account] &&
        met.insert(designation.account).second)
      accounts.push_back(designation.account);
  }
  return accounts;
}

void administrator_missing(const RuleInput& in, Hits& hits) {
  for (Index c = 0; c < in.snapshot.conventions.size(); ++c) {
    if (!administrators_of(in, c).empty()) continue;
    const bool ever_designated = !in.snapshot.of.designations_of_convention[c].empty();
    hits.convention(
        c, say("La convention ", quoted(in.snapshot.conventions[c].number),
               ever_designated ? " n'a plus d'administrateur partenaire dont la désignation et le compte soient actifs."
                               : " n'a aucun administrateur partenaire désigné."));
  }
}

void administrator_too_many(const RuleInput& in, Hits& hits) {
  for (Index c = 0; c < in.snapshot.conventions.size(); ++c) {
    const std::vector<Index> accounts = administrators_of(in, c);
    if (accounts.size() <= kMostAdministrators) continue;
    wording::describe(in.snapshot, hits.convention(c, {}), [&](const Naming& name) {
      std::vector<std::string> names;
      for (const Index account : accounts) names.push_back(name(account, c));
      return say("La convention ", quoted(in.snapshot.conventions[c].number), " a ",
                 french::figures(static_cast<std::int64_t>(accounts.size())),
                 " administrateurs partenaires (deux au plus) : ", wording::listed(names), ".");
    });
  }
}

void administrator_account_closed(const RuleInput& in, Hits& hits) {
  for_active_designations(in, [&](const Designation& designation) {
    if (in.facts.account_active[designation.account]) return;
    const Account& account = in.snapshot.accounts[designation.account];
    Hit& hit = hits.account(designation.account, designation.convention, {});
    wording::describe(in.snapshot, hit, [&](const Naming& name) {
      return say("Le compte de l'administrateur partenaire désigné le ", on(designation.period.opens_on), ", ",
                 name(designation.account, designation.convention), ", ",
                 name.may_read(designation.account) ? wording::inactivity(account.period, in.day) : "n'est pas ouvert",
                 ".");
    });
  });
}

void administrator_foreign_account(const RuleInput& in, Hits& hits) {
  for_active_designations(in, [&](const Designation& designation) {
    if (in.snapshot.accounts[designation.account].convention == designation.convention) return;
    Hit& hit = hits.account(designation.account, designation.convention, {});
    wording::describe(in.snapshot, hit, [&](const Naming& name) {
      return say("Le compte de l'administrateur partenaire désigné le ", on(designation.period.opens_on),
                 " n'est pas de la convention ", quoted(in.snapshot.conventions[designation.convention].number), " : ",
                 name(designation.account, designation.convention), ".");
    });
  });
}

constexpr Need kNeedsAdministrators[] = {{FileId::kAdministrators}};

constexpr Rule kAdministratorRules[] = {
    {.id = "administrator-missing",
     .title = "Convention sans administrateur partenaire",
     .severity = Severity::kCritical,
     .needs = kNeedsAdministrators,
     .audience = kForCaf,
     .source = "Guide partenaire, Administrateur partenaire",
     .remedy = "Demander au partenaire de la convention {convention} de désigner un administrateur (annexe 3 à la "
               "convention d'accès), puis le désigner.",
     .check = &administrator_missing},
    {.id = "administrator-too-many",
     .title = "Plus de deux administrateurs partenaires",
     .severity = Severity::kMajor,
     .needs = kNeedsAdministrators,
     .audience = kForAdminCaf,
     .source = "Guide partenaire, Administrateur partenaire (deux utilisateurs au plus)",
     .remedy = "Choisir avec la Caf les deux administrateurs de la convention {convention} et faire clôturer les "
               "autres désignations.",
     .check = &administrator_too_many},
    {.id = "administrator-account-closed",
     .title = "Administrateur partenaire dont le compte n'est pas actif",
     .severity = Severity::kMajor,
     .needs = kNeedsAdministrators,
     .audience = kForAdminCaf,
     .source = "Guide administrateur (mode délégué), L'Administrateur partenaire (départ)",
     .remedy = "Signaler à la Caf le départ de la personne du compte {identifiant}, pour qu'une annexe 3 à la "
               "convention d'accès la remplace et que sa désignation soit clôturée.",
     .check = &administrator_account_closed},
    {.id = "administrator-foreign-account",
     .title = "Administrateur partenaire d'une autre convention",
     .severity = Severity::kCritical,
     .needs = kNeedsAdministrators,
     .audience = kForCaf,
     .source = "Guide partenaire, Administrateur partenaire (il représente le partenaire lié par la convention)",
     .remedy =
         "Clôturer la désignation du compte {identifiant} pour la convention {convention}, et désigner un compte de "
         "cette convention.",
     .check = &administrator_foreign_account},
};
static_assert(is_sound(kAdministratorRules, {"administrator-"}));

}  // namespace

std::span<const Rule> administrator_rules() { return kAdministratorRules; }

}  // namespace vigie
