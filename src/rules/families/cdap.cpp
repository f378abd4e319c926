#include "rules/families/cdap.h"

#include <string>

#include "rules/families/instructor_number.h"
#include "rules/families/table.h"
#include "rules/families/visits.h"
#include "rules/families/wording.h"
#include "rules/judges/profession.h"

namespace vigie {
namespace {

using wording::on;
using wording::quoted;
using wording::say;

// --------------------------------------------------------------------------------------------- T1 and T9: professions

void cdap_t1_unauthorized(const RuleInput& in, Hits& hits) {
  for_holders(in, Role::kT1, [&](Index a, const Account& account) {
    if (account.profession.empty()) return;
    const judges::ProfessionVerdict verdict = judges::judge_t1(in.lexicon, account.profession);
    if (!verdict.allowed)
      hits.account(a, say("Le compte ", wording::account(account),
                          " a le profil T1 sans y avoir droit : ", verdict.reason, "."));
  });
}

void cdap_t1_profession_unknown(const RuleInput& in, Hits& hits) {
  for_holders(in, Role::kT1, [&](Index a, const Account& account) {
    if (account.profession.empty())
      hits.account(a, say("Le compte ", wording::account(account), " a le profil T1, et sa profession est vide."));
  });
}

void cdap_t1_diploma_unchecked(const RuleInput& in, Hits& hits) {
  for_holders(in, Role::kT1, [&](Index a, const Account& account) {
    if (account.diploma_checked_on <= in.day || !judges::judge_t1(in.lexicon, account.profession).allowed) return;
    const std::string what = account.diploma_checked_on.given()
                                 ? say("n'est vérifié que le ", on(account.diploma_checked_on))
                                 : "n'a pas de date de vérification";
    hits.account(a, say("Le compte ", wording::account(account), " a le profil T1 comme ", quoted(account.profession),
                        ", mais le diplôme ", what, "."));
  });
}

void cdap_t9_unauthorized(const RuleInput& in, Hits& hits) {
  for_holders(in, Role::kT9, [&](Index a, const Account& account) {
    const judges::ProfessionVerdict verdict = judges::judge_t9(in.lexicon, account.profession);
    if (verdict.allowed) return;
    const std::string why = account.profession.empty() ? "sa profession est vide" : verdict.reason;
    hits.account(a, say("Le compte ", wording::account(account), " a le profil T9 sans y avoir droit : ", why, "."));
  });
}

// ----------------------------------------------------------------------------------------- T4 and T10: numbers, codes

void cdap_t4_instructor_number(const RuleInput& in, Hits& hits) {
  for_holders(in, Role::kT4, [&](Index a, const Account& account) {
    const std::string fault = instructor_number_fault(account.instructor_number);
    if (!fault.empty())
      hits.account(
          a, say("Le compte ", wording::account(account), " a le profil T4, et son numéro d'instructeur ", fault, "."));
  });
}

void cdap_t10_landlord_code(const RuleInput& in, Hits& hits) {
  for_holders(in, Role::kT10, [&](Index a, const Account& account) {
    if (account.landlord_code.empty())
      hits.account(a, say("Le compte ", wording::account(account), " a le profil T10, et son code bailleur est vide."));
  });
}

// ---------------------------------------------------------------------------------------------------------- the table

constexpr Need kNeedsProfession[] = {{FileId::kAccounts, field::accounts::kProfession}};
constexpr Need kNeedsDiploma[] = {{FileId::kAccounts, field::accounts::kProfession},
                                  {FileId::kAccounts, field::accounts::kDiplomaCheckedOn}};
constexpr Need kNeedsInstructorNumber[] = {{FileId::kAccounts, field::accounts::kInstructorNumber}};
constexpr Need kNeedsLandlordCode[] = {{FileId::kAccounts, field::accounts::kLandlordCode}};

constexpr Rule kCdapRules[] = {
    {.id = "cdap-t1-unauthorized",
     .title = "Profil T1 sans la profession qui y donne droit",
     .severity = Severity::kCritical,
     .needs = kNeedsProfession,
     .audience = kForEveryone,
     .source = "Guide administrateur (mode délégué), Conditions d'accès à certains profils (T1)",
     .remedy = "« Gestion des habilitations » > « Mes utilisateurs » > « Gérer l'appartenance de l'utilisateur » pour "
               "{identifiant} > saisir la date de clôture pour le groupe du profil T1 > « Enregistrer les "
               "modifications », puis « Ajouter à un groupe » du profil qui convient > « Ajouter au groupe ».",
     .check = &cdap_t1_unauthorized},
    {.id = "cdap-t1-profession-unknown",
     .title = "Profil T1 sans profession renseignée",
     .severity = Severity::kMajor,
     .needs = kNeedsProfession,
     .audience = kForAdminManager,
     .source = "Guide administrateur (mode délégué), Conditions d'accès à certains profils (T1)",
     .remedy = "Renseigner la profession du compte {identifiant} ; si elle ne donne pas droit au profil T1, « Gestion "
               "des habilitations » > « Mes utilisateurs » > « Gérer l'appartenance de l'utilisateur » > saisir la "
               "date de clôture pour le groupe du profil T1 > « Enregistrer les modifications ».",
     .check = &cdap_t1_profession_unknown},
    {.id = "cdap-t1-diploma-unchecked",
     .title = "Profil T1 au diplôme non vérifié",
     .severity = Severity::kMinor,
     .needs = kNeedsDiploma,
     .audience = kForAdminManager,
     .source = "Guide administrateur (mode délégué), Conditions d'accès à certains profils (copie du diplôme d'État)",
     .remedy =
         "Demander à la personne du compte {identifiant} une copie de son diplôme d'État, et renseigner la date de la "
         "vérification.",
     .check = &cdap_t1_diploma_unchecked},
    {.id = "cdap-t4-instructor-number",
     .title = "Profil T4 sans numéro d'instructeur valable",
     .severity = Severity::kCritical,
     .needs = kNeedsInstructorNumber,
     .audience = kForAdminManager,
     .source = "Guide administrateur (mode délégué), Solutions aux problèmes les plus fréquents (numéro d'instructeur)",
     .remedy =
         "« Gestion des habilitations » > « Mes utilisateurs » > crayon du compte {identifiant} > saisir le numéro "
         "d'instructeur délivré par le Conseil départemental, suivi de cinq « 0 » > « Enregistrer les modifications ».",
     .check = &cdap_t4_instructor_number},
    {.id = "cdap-t9-unauthorized",
     .title = "Profil T9 sans la profession qui y donne droit",
     .severity = Severity::kCritical,
     .needs = kNeedsProfession,
     .audience = kForEveryone,
     .source = "Guide administrateur (mode délégué), Conditions d'accès à certains profils (T9)",
     .remedy = "« Gestion des habilitations » > « Mes utilisateurs » > « Gérer l'appartenance de l'utilisateur » pour "
               "{identifiant} > saisir la date de clôture pour le groupe du profil T9 > « Enregistrer les "
               "modifications » ; ou renseigner sa profession si elle manque.",
     .check = &cdap_t9_unauthorized},
    {.id = "cdap-t10-landlord-code",
     .title = "Profil T10 sans code bailleur",
     .severity = Severity::kMajor,
     .needs = kNeedsLandlordCode,
     .audience = kForAdminManager,
     .source = "Guide administrateur (mode délégué), Solutions aux problèmes les plus fréquents (code bailleur)",
     .remedy = "« Gestion des habilitations » > « Mes utilisateurs » > crayon du compte {identifiant} > saisir le code "
               "bailleur > « Enregistrer les modifications ».",
     .check = &cdap_t10_landlord_code},
};
static_assert(is_sound(kCdapRules, {"cdap-"}));

}  // namespace

std::span<const Rule> cdap_rules() { return kCdapRules; }

}  // namespace vigie
