#include "workbook/lists.h"

#include <span>
#include <string>

#include "workbook/table.h"

namespace vigie::workbook {
namespace {

using summary::AccessRow;
using summary::ActionRow;
using summary::ApproverRow;
using summary::FindingRow;
using summary::ImportRow;
using summary::ManagerRow;
using summary::RejectRow;
using summary::RuleRow;
using summary::SharedMailboxRow;
using summary::T1Row;
using summary::WaiverRow;

template <class Row>
constexpr Column<Row> kSource = {.heading = "Source", .width = 12, .value = &Row::source, .only_several_sources = true};

constexpr Column<FindingRow> kFindings[] = {
    kSource<FindingRow>,
    {.heading = "Gravité", .width = 12, .value = &FindingRow::severity},
    {.heading = "Statut", .width = 11, .value = &FindingRow::status, .marked = &FindingRow::fresh},
    {.heading = "Règle", .width = 27, .value = &FindingRow::rule, .rule_link = true},
    {.heading = "Anomalie", .width = 22, .value = &FindingRow::title},
    {.heading = "Convention", .width = 13, .value = &FindingRow::convention},
    {.heading = "Partenaire", .width = 20, .value = &FindingRow::partner},
    {.heading = "Services", .width = 11, .value = &FindingRow::services},
    {.heading = "Groupe", .width = 14, .value = &FindingRow::group},
    {.heading = "Compte", .width = 14, .value = &FindingRow::account},
    {.heading = "Personne", .width = 16, .value = &FindingRow::person},
    {.heading = "Détail", .width = 40, .value = &FindingRow::detail},
    {.heading = "Que faire", .width = 36, .value = &FindingRow::recommendation},
    {.heading = "Depuis le", .width = 12, .value = &FindingRow::first_seen},
    {.heading = "Âge (jours)", .width = 9, .value = &FindingRow::age_days},
    // What the lists of the command line identify a finding by: for filters, and said again by group and account.
    {.heading = "Sujet", .width = 28, .value = &FindingRow::subject, .printed = false},
};

constexpr Column<SharedMailboxRow> kSharedMailboxes[] = {
    kSource<SharedMailboxRow>,
    {.heading = "Convention", .width = 13, .value = &SharedMailboxRow::convention},
    {.heading = "Partenaire", .width = 24, .value = &SharedMailboxRow::partner},
    {.heading = "Compte", .width = 15, .value = &SharedMailboxRow::account},
    {.heading = "Personne", .width = 20, .value = &SharedMailboxRow::person},
    {.heading = "Adresse partagée", .width = 34, .value = &SharedMailboxRow::mail},
    {.heading = "Ce qui le montre", .width = 30, .value = &SharedMailboxRow::why},
    {.heading = "Rôles détenus", .width = 24, .value = &SharedMailboxRow::roles},
    {.heading = "Dernière connexion", .width = 13, .value = &SharedMailboxRow::last_login_on},
    {.heading = "À qui écrire", .width = 38, .value = &SharedMailboxRow::tell},
    {.heading = "Depuis le", .width = 12, .value = &SharedMailboxRow::first_seen},
};

constexpr Column<T1Row> kT1[] = {
    kSource<T1Row>,
    {.heading = "Gravité", .width = 12, .value = &T1Row::severity},
    {.heading = "Convention", .width = 13, .value = &T1Row::convention},
    {.heading = "Partenaire", .width = 24, .value = &T1Row::partner},
    {.heading = "Compte", .width = 15, .value = &T1Row::account},
    {.heading = "Personne", .width = 20, .value = &T1Row::person},
    {.heading = "Profession déclarée", .width = 26, .value = &T1Row::profession},
    {.heading = "Diplôme vérifié le", .width = 12, .value = &T1Row::diploma_checked_on},
    {.heading = "Groupes qui donnent T1", .width = 20, .value = &T1Row::groups},
    {.heading = "Pourquoi", .width = 40, .value = &T1Row::why},
    {.heading = "À qui écrire", .width = 38, .value = &T1Row::tell},
    {.heading = "Depuis le", .width = 12, .value = &T1Row::first_seen},
};

constexpr Column<ManagerRow> kManagers[] = {
    kSource<ManagerRow>,
    {.heading = "Convention", .width = 13, .value = &ManagerRow::convention},
    {.heading = "Partenaire", .width = 24, .value = &ManagerRow::partner},
    {.heading = "Groupe", .width = 15, .value = &ManagerRow::group},
    {.heading = "Libellé du groupe", .width = 28, .value = &ManagerRow::label},
    {.heading = "Membres", .width = 12, .value = &ManagerRow::members},
    {.heading = "Rôles du groupe", .width = 22, .value = &ManagerRow::roles},
    {.heading = "Problème", .width = 32, .value = &ManagerRow::problem},
    {.heading = "Responsable indiqué", .width = 20, .value = &ManagerRow::manager},
    {.heading = "À qui écrire", .width = 38, .value = &ManagerRow::tell},
    {.heading = "Depuis le", .width = 12, .value = &ManagerRow::first_seen},
};

// An activity without any approver waits for nobody and for no document.
const char* document_words(const ApproverRow& row) {
  if (row.account.empty()) return "";
  return row.document_received ? "Oui" : "Non";
}

std::optional<std::int64_t> days_waiting(const ApproverRow& row) {
  if (!row.waiting_since.given()) return std::nullopt;
  return row.days_waiting;
}

constexpr Column<ApproverRow> kApprovers[] = {
    kSource<ApproverRow>,
    {.heading = "Convention", .width = 13, .value = &ApproverRow::convention},
    {.heading = "Partenaire", .width = 24, .value = &ApproverRow::partner},
    {.heading = "Activité", .width = 24, .value = &ApproverRow::activity},
    {.heading = "Problème", .width = 26, .value = &ApproverRow::problem},
    {.heading = "Compte", .width = 15, .value = &ApproverRow::account},
    {.heading = "Personne", .width = 20, .value = &ApproverRow::person},
    {.heading = "En attente depuis le", .width = 12, .value = &ApproverRow::waiting_since},
    {.heading = "Jours d'attente", .width = 12, .value = &days_waiting},
    {.heading = "PJ3 reçue", .width = 10, .value = &document_words},
    {.heading = "PJ3 reçue le", .width = 12, .value = &ApproverRow::document_on},
    {.heading = "À qui écrire", .width = 38, .value = &ApproverRow::tell},
    {.heading = "Depuis le", .width = 12, .value = &ApproverRow::first_seen},
};

constexpr Column<ActionRow> kActions[] = {
    kSource<ActionRow>,
    {.heading = "Convention", .width = 13, .value = &ActionRow::convention},
    {.heading = "Partenaire", .width = 24, .value = &ActionRow::partner},
    {.heading = "Action", .width = 24, .value = &ActionRow::kind},
    {.heading = "Ce qui est à clôturer", .width = 34, .value = &ActionRow::words},
    {.heading = "Date de clôture", .width = 12, .value = &ActionRow::date},
    {.heading = "Raison", .width = 22, .value = &ActionRow::reason},
    {.heading = "Cause", .width = 24, .value = &ActionRow::cause},
    {.heading = "État", .width = 24, .value = &ActionRow::state},
    {.heading = "Plan retenu", .width = 18, .value = &ActionRow::plan},
    {.heading = "Depuis le", .width = 12, .value = &ActionRow::first_seen},
    {.heading = "Sujet", .width = 30, .value = &ActionRow::subject, .printed = false},
};

std::optional<std::int64_t> persons_before(const AccessRow& row) {
  if (!row.known_before) return std::nullopt;
  return row.before;
}

constexpr Column<AccessRow> kAccess[] = {
    kSource<AccessRow>,
    {.heading = "Convention", .width = 13, .value = &AccessRow::convention},
    {.heading = "Partenaire", .width = 40, .value = &AccessRow::partner},
    {.heading = "Service", .width = 18, .value = &AccessRow::service},
    {.heading = "Rôle", .width = 26, .value = &AccessRow::role},
    {.heading = "Personnes", .width = 20, .value = &AccessRow::persons, .bars = true},
    {.heading = "Il y a un mois", .width = 14, .value = &persons_before},
};

const char* presence(const ImportRow& row) { return row.present ? "Oui" : "Absent"; }

// Imports and rejects share a sheet, hence their widths.
constexpr double kFileWidth = 22;
constexpr double kNarrowWidth = 11;
constexpr double kReasonWidth = 40;
constexpr double kFieldWidth = 19;
constexpr double kCountWidth = 14;

constexpr Column<ImportRow> kImports[] = {
    kSource<ImportRow>,
    {.heading = "Fichier", .width = kFileWidth, .value = &ImportRow::file},
    {.heading = "Présent", .width = kNarrowWidth, .value = &presence},
    {.heading = "Remarque", .width = kReasonWidth, .value = &ImportRow::remark},
    {.heading = "Lignes", .width = kFieldWidth, .value = &ImportRow::rows},
    {.heading = "Acceptées", .width = kFieldWidth, .value = &ImportRow::accepted},
    {.heading = "Conservées", .width = kCountWidth, .value = &ImportRow::kept},
    {.heading = "Rejetées", .width = kCountWidth, .value = &ImportRow::rejected},
    {.heading = "Ajoutées", .width = kCountWidth, .value = &ImportRow::added},
    {.heading = "Modifiées", .width = kCountWidth, .value = &ImportRow::changed},
    {.heading = "Retirées", .width = kCountWidth, .value = &ImportRow::withdrawn},
    {.heading = "Revenues", .width = kCountWidth, .value = &ImportRow::returned},
};

constexpr Column<RejectRow> kRejects[] = {
    kSource<RejectRow>,
    {.heading = "Fichier", .width = kFileWidth, .value = &RejectRow::file},
    {.heading = "Ligne", .width = kNarrowWidth, .value = &RejectRow::line},
    {.heading = "Motif du rejet", .width = kReasonWidth, .value = &RejectRow::reason},
    {.heading = "Champ", .width = kFieldWidth, .value = &RejectRow::field},
    {.heading = "Valeur", .width = kFieldWidth, .value = &RejectRow::value},
    // Runs on over the empty cells to its right.
    {.heading = "Ligne telle que reçue", .width = 80, .value = &RejectRow::record, .text_style = Style::kRaw},
};

constexpr Column<WaiverRow> kWaivers[] = {
    kSource<WaiverRow>,
    {.heading = "N°", .width = 8, .value = &WaiverRow::id},
    {.heading = "État", .width = 18, .value = &WaiverRow::state, .marked = &WaiverRow::ends_soon},
    {.heading = "Règle", .width = 27, .value = &WaiverRow::rule, .rule_link = true},
    {.heading = "Anomalie", .width = 28, .value = &WaiverRow::title},
    {.heading = "Convention", .width = 13, .value = &WaiverRow::convention},
    {.heading = "Partenaire", .width = 24, .value = &WaiverRow::partner},
    {.heading = "Sujet", .width = 28, .value = &WaiverRow::subject},
    {.heading = "Jusqu'au", .width = 12, .value = &WaiverRow::until},
    {.heading = "Motif", .width = 36, .value = &WaiverRow::reason},
    {.heading = "Accordée par", .width = 20, .value = &WaiverRow::by},
    {.heading = "Accordée le", .width = 12, .value = &WaiverRow::recorded_on},
    {.heading = "Levée le", .width = 12, .value = &WaiverRow::ended_on},
    {.heading = "Levée par", .width = 20, .value = &WaiverRow::ended_by},
    {.heading = "Motif de la levée", .width = 30, .value = &WaiverRow::end_reason},
};

constexpr Column<RuleRow> kRules[] = {
    {.heading = "Règle", .width = 32, .value = &RuleRow::id},
    {.heading = "Famille", .width = 16, .value = &RuleRow::family},
    {.heading = "Anomalie recherchée", .width = 38, .value = &RuleRow::title},
    {.heading = "Gravité", .width = 12, .value = &RuleRow::severity},
    {.heading = "Sources", .width = 16, .value = &RuleRow::sources, .only_several_sources = true},
    {.heading = "Paramètre", .width = 14, .value = &RuleRow::parameter},
    {.heading = "État", .width = 28, .value = &RuleRow::state},
    {.heading = "Ouvertes", .width = 12, .value = &RuleRow::open},
    {.heading = "Référence", .width = 38, .value = &RuleRow::source},
    {.heading = "Que faire", .width = 48, .value = &RuleRow::remedy},
};

// The remarks on an import, one below the other. Returns the last row written.
RowIndex write_remarks(Sheet& sheet, RowIndex row, const std::vector<std::string>& remarks, ColumnIndex last_column) {
  constexpr double kWidth = 200;  // of all columns together
  sheet.words({row, 0}, "Remarques", Style::kHeading);
  for (const std::string& remark : remarks)
    sheet.paragraph(++row, {.first = 0, .last = last_column, .width = kWidth}, remark, Style::kNotice);
  return row;
}

// Returns the rejects that the sheet cannot hold.
std::span<const RejectRow> write_first_rejects(Book& book, Sheet& sheet, RowIndex row,
                                               std::span<const Column<RejectRow>> columns) {
  const std::span<const RejectRow> rejects(book.report().rejects);
  sheet.words({row, 0}, "Lignes rejetées", Style::kHeading);
  const RowIndex header = row + 1;
  const std::size_t taken = std::min<std::size_t>(rejects.size(), book.rows_below(header));
  write_table<RejectRow>(book, sheet, header, columns, rejects.first(taken), "Aucune ligne n'a été rejetée.");
  if (taken > 0) sheet.repeat_when_printed(header);
  return rejects.subspan(taken);
}

}  // namespace

void write_findings(Book& book) {
  write_sheets<FindingRow>(book, "Anomalies", "Aucune anomalie n'est ouverte.", kFindings, book.report().findings);
}

void write_shared_mailboxes(Book& book) {
  write_sheets<SharedMailboxRow>(book, "BAL partagées", "Aucun compte n'utilise une boîte aux lettres partagée.",
                                 kSharedMailboxes, book.report().shared_mailboxes);
}

void write_t1(Book& book) {
  write_sheets<T1Row>(book, "T1 non autorisés", "Aucune personne ne détient le profil T1 sans y avoir droit.", kT1,
                      book.report().t1);
}

void write_managers(Book& book) {
  write_sheets<ManagerRow>(book, "Responsables manquants", "Tous les groupes ont un responsable d'habilitations.",
                           kManagers, book.report().managers);
}

void write_approvers(Book& book) {
  write_sheets<ApproverRow>(book, "Approbateurs en attente", "Aucun approbateur n'est en attente ni ne manque.",
                            kApprovers, book.report().approvers);
}

void write_actions(Book& book) {
  write_sheets<ActionRow>(book, "Rapprochement", "Aucune clôture n'est à faire.", kActions, book.report().actions);
}

void write_access(Book& book) {
  write_sheets<AccessRow>(book, "Accès par service", "Personne ne détient de rôle.", kAccess, book.report().access);
}

void write_imports(Book& book) {
  const summary::Report& report = book.report();
  const std::vector<Column<ImportRow>> imports = shown<ImportRow>(kImports, report.several_sources);
  const std::vector<Column<RejectRow>> rejects = shown<RejectRow>(kRejects, report.several_sources);
  const auto last_column = static_cast<ColumnIndex>(imports.size() - 1);

  Sheet sheet = book.add_sheet("Imports et rejets");
  sheet.widths(headings<ImportRow>(imports));
  sheet.words({0, 0}, "Fichiers importés", Style::kHeading);
  RowIndex last = write_table<ImportRow>(book, sheet, 1, imports, report.imports, "Aucun import n'a encore eu lieu.");
  if (!report.import_remarks.empty()) last = write_remarks(sheet, last + 2, report.import_remarks, last_column);
  const auto left = write_first_rejects(book, sheet, last + 2, rejects);
  write_continuations<RejectRow>(book, "Imports et rejets", rejects, left);
}

void write_waivers(Book& book) {
  write_sheets<WaiverRow>(book, "Dérogations", "Aucune dérogation n'a été accordée.", kWaivers, book.report().waivers);
}

void write_rules(Book& book) {
  write_sheets<RuleRow>(book, "Règles", "Le catalogue est vide.", kRules, book.report().rules);
}

}  // namespace vigie::workbook
