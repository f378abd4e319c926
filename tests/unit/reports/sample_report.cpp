#include "sample_report.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

namespace vigie::testing {
namespace {

using summary::Report;

const Day kDay = Day::from_ymd(2026, 11, 20);

struct SampleRule {
  const char* id;
  const char* family;
  const char* title;
  Severity severity;
  const char* services;
  const char* detail;
  const char* remedy;
  const char* source;
};

constexpr SampleRule kRules[] = {
    {"convention-contract-missing", "Conventions", "Contrat de service non signé", Severity::kMajor, "",
     "Aucune date de signature du contrat de service pour la convention",
     "Faire signer le contrat de service par le partenaire, puis saisir la date de signature",
     "Guide administrateur responsable, La contractualisation"},
    {"bulletin-missing", "Conventions", "Habilitation sans bulletin d'adhésion", Severity::kCritical, "Cdap",
     "Le rôle T2 est donné au groupe, mais aucun bulletin d'adhésion n'ouvre le service Cdap à cette date",
     "Faire signer le bulletin d'adhésion du service, ou retirer le rôle dans « Mes groupes »",
     "Guide partenaire, Les bulletins d'adhésion"},
    {"administrator-too-many", "Administrateurs", "Plus de deux administrateurs", Severity::kMajor, "",
     "Trois administrateurs actifs : ENF01302SM, MAI00412CD, CCA07733PL",
     "Gestion des habilitations > Administrateurs : clôturer les désignations en trop",
     "Guide partenaire, Les administrateurs partenaires"},
    {"group-manager-missing", "Groupes", "Groupe sans responsable d'habilitations", Severity::kCritical, "Cdap",
     "Aucun responsable d'habilitations n'est désigné pour ce groupe",
     "Mes groupes > crayon > désigner un responsable d'habilitations",
     "Guide partenaire, Les responsables d'habilitations"},
    {"group-empty", "Groupes", "Groupe sans membre", Severity::kInfo, "Cdap/Afas",
     "Aucune personne n'appartient à ce groupe à la date du jour",
     "Mes groupes > supprimer le groupe s'il ne sert plus", "Fiches pratiques, fiche 11"},
    {"account-shared-mailbox", "Comptes", "Boîte aux lettres partagée", Severity::kCritical, "Afas",
     "L'adresse accueil.creche@ville-rosny.example est celle d'un service (« accueil »), non d'une personne",
     "Gestion des habilitations > Mes utilisateurs : saisir l'adresse nominative de la personne, ou clôturer le compte",
     "Guide partenaire, Les comptes sont nominatifs"},
    {"account-inactive", "Comptes", "Compte inutilisé", Severity::kMajor, "Cdap",
     "Dernière connexion le 03/02/2026, soit 290 jours avant le 20/11/2026 (seuil : 180 jours)",
     "Vérifier avec le responsable que la personne en a encore besoin, sinon clôturer le compte",
     "Guide partenaire, La revue des comptes"},
    {"account-without-group", "Comptes", "Compte sans groupe", Severity::kMinor, "",
     "Le compte n'appartient à aucun groupe et n'a aucun autre rôle", "Mettre le compte dans un groupe ou le clôturer",
     "Fiches pratiques, fiche 2"},
    {"membership-account-closed", "Appartenances", "Appartenance d'un compte clôturé", Severity::kCritical, "Cdap",
     "Le compte est clôturé depuis le 31/10/2026, l'appartenance est restée ouverte",
     "Mes groupes > membres > saisir la date de clôture de l'appartenance", "Fiches pratiques, fiche 3"},
    {"cdap-t1-unauthorized", "Cdap", "Profil T1 sans y avoir droit", Severity::kCritical, "Cdap",
     "Profession « assistante sociale du personnel » : le profil T1 est réservé aux assistants de service social et "
     "aux "
     "conseillers en économie sociale et familiale",
     "Retirer la personne du groupe T1, la mettre dans un groupe T2", "Guide partenaire, Les profils Cdap"},
    {"cdap-t4-instructor-number", "Cdap", "Numéro d'instructeur mal formé", Severity::kCritical, "Cdap",
     "Numéro « 075A12345 » : il manque les cinq zéros de la fin, le numéro complet serait 075A1234500000",
     "Corriger le numéro d'instructeur du compte", "Guide partenaire, Les profils Cdap"},
    {"afas-approver-pending", "Afas", "Approbateur en attente de validation", Severity::kMajor, "Afas",
     "Demande du 12/10/2026, en attente depuis 39 jours (seuil : 15 jours)",
     "Envoyer la PJ3 signée à la Caf, ou relancer la Caf", "Mode opératoire Afas, L'approbateur"},
};

struct Partner {
  const char* convention;
  const char* name;
  const char* administrator;
};

constexpr Partner kPartners[] = {
    {"19_214", "Ville de Rosny-sous-Bois", "Claire Martin <c.martin@ville-rosny.example>"},
    {"19_007", "Conseil départemental de la Seine-Saint-Denis", "Hélène Traoré <h.traore@cd93.example>"},
    {"21_118", "CCAS d'Aubervilliers", "Jean-Noël Lefèvre <jn.lefevre@ccas-aubervilliers.example>"},
    {"20_033", "Association Les P'tits Loups", "Aïcha Benali <a.benali@ptits-loups.example>"},
    {"18_132", "UDAF 93", "Œdipe Garçon <o.garcon@udaf93.example>"},
};

struct Person {
  const char* account;
  const char* name;
};

constexpr Person kPersons[] = {{"ENF01302SM", "Stéphane Bruet"},   {"MAI00412CD", "Catherine Dûment"},
                               {"CCA07733PL", "Pierre L'Hermite"}, {"CRE00018AB", "Anne-Sophie Bérenger"},
                               {"ASS02201NK", "Nadia Kaci"},       {"TUT00944JG", "Jean-Gabriel Œuvrard"},
                               {"ENF01377EZ", "Éloïse Zimmermann"}};

constexpr const char* kGroups[] = {"CDAP-T1-SOC", "CDAP-T2-ENF", "AFAS-DECLARER", "CDAP-T4-INS"};

template <class T, std::size_t size>
const T& pick(const T (&from)[size], int i) {
  return from[static_cast<std::size_t>(i) % size];
}

Day days_ago(int days) { return kDay - days; }

summary::FindingRow finding(int i) {
  const SampleRule& rule = pick(kRules, i * 5 + i / 12);
  const Partner& partner = pick(kPartners, i * 3);
  const Person& person = pick(kPersons, i);
  const std::string family = rule.family;
  const bool about_group = family == "Groupes" || family == "Cdap" || family == "Appartenances";
  const bool about_account = family == "Comptes" || family == "Cdap" || family == "Afas" || family == "Appartenances";
  const bool fresh = i % 9 == 0;
  summary::FindingRow row;
  row.source = "caf931";
  row.severity = rule.severity;
  row.fresh = fresh;
  row.rule = rule.id;
  row.title = rule.title;
  row.convention = partner.convention;
  row.partner = partner.name;
  row.services = rule.services;
  if (about_group) row.group = pick(kGroups, i);
  if (about_account) row.account = person.account;
  if (about_account) row.person = person.name;
  row.subject = about_group && about_account ? SharedText(row.group + "/" + row.account)
                : about_group                ? row.group
                : about_account              ? row.account
                                             : row.convention;
  if (i >= 60) row.subject = row.subject + ":" + std::to_string(i);
  row.detail = rule.detail;
  row.remedy = rule.remedy;
  row.first_seen = days_ago(fresh ? 0 : 1 + i % 97);
  row.age_days = kDay - row.first_seen;
  row.status = fresh ? "Nouvelle" : "Ouverte";
  return row;
}

bool graver(const summary::FindingRow& a, const summary::FindingRow& b) { return a.severity > b.severity; }

void count(const Report& report, summary::Overview& overview) {
  for (const Severity severity : kSeveritiesGravestFirst) {
    summary::SeverityFigure figure{.severity = severity, .open = {}};
    for (const summary::FindingRow& row : report.findings) {
      if (row.severity != severity) continue;
      ++figure.open.now;
      figure.open.fresh += row.fresh ? 1 : 0;
    }
    figure.open.before = std::max(0, figure.open.now - figure.open.fresh + (severity == Severity::kMajor ? 4 : 0));
    overview.by_severity.push_back(figure);
    overview.fresh += figure.open.fresh;
  }
  overview.resolved = overview.fresh > 0 ? 4 : 0;
  overview.returned = overview.fresh > 0 ? 1 : 0;
  overview.before = overview.open() - overview.fresh - overview.returned + overview.resolved;
}

void count_families(const Report& report, summary::Overview& overview) {
  for (const char* name : {"Conventions", "Administrateurs", "Groupes", "Comptes", "Appartenances", "Cdap", "Afas"}) {
    summary::FamilyFigure family;
    family.family = name;
    for (const summary::FindingRow& row : report.findings) {
      const auto* rule = std::find_if(std::begin(kRules), std::end(kRules),
                                      [&](const SampleRule& each) { return row.rule == each.id; });
      if (family.family != rule->family) continue;
      ++family.open[row.severity];
    }
    if (family.open.total() > 0) overview.by_family.push_back(family);
  }
}

void add_trend(summary::Overview& overview) {
  for (int ago = 29; ago >= 0; --ago) {
    const auto at = [&](std::size_t severity, int slope) {
      return overview.by_severity[severity].open.now + ago * slope / 7 + (ago % 4 == 0 ? 1 : 0);
    };
    overview.trend.push_back({days_ago(ago), {at(0, 2), at(1, 3), at(2, 1), at(3, -1) < 0 ? 0 : at(3, 1)}});
  }
}

void add_overview(Report& report) {
  summary::Overview& overview = report.overview;
  overview.sources = {
      {"caf931", "Caf de la Seine-Saint-Denis", kDay, "Importé", 1482, static_cast<int>(report.findings.size()), 12}};
  count(report, overview);
  count_families(report, overview);
  add_trend(overview);
  overview.answers = {
      {"Boîtes aux lettres partagées", "BAL partagées", static_cast<int>(report.shared_mailboxes.size()),
       "3 comptes ouverts utilisent l'adresse d'un service ; le plus ancien depuis le 14/08/2026."},
      {"Profils T1 non autorisés", "T1 non autorisés", static_cast<int>(report.t1.size()),
       "3 personnes détiennent le profil T1 sans qu'une profession leur y donne droit."},
      {"Groupes sans responsable", "Responsables manquants", static_cast<int>(report.managers.size()),
       "3 groupes n'ont pas de responsable d'habilitations en exercice, pour 41 membres."},
      {"Approbateurs Afas en attente", "Approbateurs en attente", static_cast<int>(report.approvers.size()),
       "2 demandes attendent la Caf, la plus ancienne depuis 39 jours ; 1 activité n'a aucun approbateur."}};
  overview.notices = {
      "12 clôtures sont retenues (seuil de 10 dépassé) : « vigie approve P-2026-11-20-1 » les laisse partir.",
      "Non vérifiable pour caf931 : « Compte inutilisé » (la colonne derniere_connexion est absente)."};
}

void add_questions(Report& report, int rows) {
  for (int i = 0; i < rows; ++i) {
    const Partner& partner = pick(kPartners, i);
    const Person& person = pick(kPersons, i);
    report.shared_mailboxes.push_back({"caf931", partner.convention, partner.name, person.account, person.name,
                                       "accueil.creche" + std::to_string(i) + "@ville-rosny.example",
                                       "« accueil » et « creche » désignent un service", "Cdap T2, Afas Déclarer",
                                       i % 3 == 2 ? Day::never() : days_ago(i + 2), partner.administrator,
                                       days_ago(i + 30)});
    report.t1.push_back({"caf931", partner.convention, partner.name, person.account, person.name,
                         i % 2 == 0 ? "Assistante sociale du personnel" : "", i % 2 == 0 ? days_ago(400) : Day::never(),
                         "CDAP-T1-SOC", pick(kRules, 9).detail, i % 2 == 0 ? Severity::kCritical : Severity::kMajor,
                         partner.administrator, days_ago(i + 12)});
    report.managers.push_back({"caf931", partner.convention, partner.name, pick(kGroups, i),
                               "T2 - Service de la petite enfance et de la famille", 7 + i, "Cdap T2",
                               i % 2 == 0 ? "Aucun responsable désigné" : "Compte du responsable clôturé",
                               i % 2 == 0 ? "" : person.account, partner.administrator, days_ago(i + 3)});
    const bool absent = i % 3 == 2;
    report.approvers.push_back(
        {"caf931", partner.convention, partner.name, "Multi-accueil Les Lilas", absent ? "" : person.account,
         absent ? "" : person.name, absent ? Day::never() : days_ago(39 - i), absent ? 0 : 39 - i, i % 3 == 1,
         i % 3 == 1 ? days_ago(20) : Day::never(), absent ? "Aucun approbateur" : "Validation en attente",
         partner.administrator, days_ago(i)});
  }
}

void add_the_rest(Report& report, int rows) {
  for (int i = 0; i < rows; ++i) {
    const Partner& partner = pick(kPartners, i);
    const Person& person = pick(kPersons, i);
    const bool held = i % 3 == 0;
    report.actions.push_back({"caf931", partner.convention, partner.name, ActionKind::kCloseMembership,
                              std::string(pick(kGroups, i)) + "/" + person.account, kDay, Reason::kAccountClosed,
                              person.account, held ? ActionState::kHeld : ActionState::kSent, "", days_ago(i % 5),
                              held ? "P-2026-11-20-1" : ""});
    report.access.push_back({"caf931", partner.convention, partner.name, i % 2 == 0 ? "Cdap" : "Offre Bailleurs",
                             i % 2 == 0 ? "T2" : "Logements conventionnés", 3 + i * 17 % 40, 5 + i, i % 4 != 3});
    report.rejects.push_back({"caf931", "appartenances.csv", 12 + i, "Date illisible", "date_cloture", "31/02/2026",
                              "19_214;CDAP-T2-ENF;ENF01302SM;01/03/2024;31/02/2026"});
  }
}

void add_files(Report& report) {
  const char* const files[] = {"conventions.csv",  "bulletins.csv",     "utilisateurs.csv",  "administrateurs.csv",
                               "groupes.csv",      "habilitations.csv", "appartenances.csv", "activites.csv",
                               "profils_afas.csv", "lieux.csv",         "departs.csv"};
  for (std::int64_t i = 0; const char* file : files) {
    ++i;
    const bool present = std::string(file) != "departs.csv";
    const std::int64_t rows = present ? 217 * i : 0;
    report.imports.push_back({"caf931", file, present, true, rows, present ? rows - 1 : 0, 0, present ? 1 : 0,
                              present ? 2 * i : 0, i, 0, 0,
                              present ? "" : "Fichier absent : les départs ne sont pas vérifiables"});
  }
}

void add_rules(Report& report) {
  for (const SampleRule& rule : kRules) {
    const auto open = std::count_if(report.findings.begin(), report.findings.end(),
                                    [&](const summary::FindingRow& row) { return row.rule == rule.id; });
    report.rules.push_back({rule.id, rule.family, rule.title, rule.severity,
                            std::string(rule.id) == "account-inactive" ? "180 jours" : "", "Active",
                            static_cast<int>(open), rule.source, rule.remedy});
  }
}

Report blank_report() {
  Report report;
  report.title = "Conformité des habilitations – Caf de la Seine-Saint-Denis";
  report.version = "1.0.0";
  report.run = "42";
  report.day = kDay;
  report.created_at = 1'795'140'900;  // 2026-11-20, in the night
  return report;
}

}  // namespace

Report sample_report(int findings) {
  Report report = blank_report();
  report.findings.reserve(static_cast<std::size_t>(findings));
  for (int i = 0; i < findings; ++i) report.findings.push_back(finding(i));
  std::stable_sort(report.findings.begin(), report.findings.end(), graver);
  const int some = std::clamp(findings / 10, 1, 40);
  add_questions(report, some);
  add_the_rest(report, some * 4);
  add_files(report);
  add_rules(report);
  report.import_remarks = {"utilisateurs.csv : la colonne « téléphone » n'est pas lue."};
  add_overview(report);
  return report;
}

Report empty_report() {
  Report report = blank_report();
  add_rules(report);
  add_files(report);
  summary::Overview& overview = report.overview;
  overview.sources = {{"caf931", "Caf de la Seine-Saint-Denis", kDay, "Importé", 1482, 0, 0}};
  for (const Severity severity : kSeveritiesGravestFirst) overview.by_severity.push_back({severity, {.first = true}});
  overview.trend = {{.day = kDay}};
  overview.answers = {{"Boîtes aux lettres partagées", "BAL partagées", 0, "Aucun compte."},
                      {"Profils T1 non autorisés", "T1 non autorisés", 0, "Non vérifiable.", false},
                      {"Groupes sans responsable", "Responsables manquants", 0, "Aucun groupe."},
                      {"Approbateurs Afas en attente", "Approbateurs en attente", 0, "Aucune demande."}};
  return report;
}

}  // namespace vigie::testing
