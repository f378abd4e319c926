#pragma once
// The columns of every list: of the workbook's sheets, and of the page's tables.

#include <cstdint>
#include <optional>
#include <string>

#include "summary/report.h"
#include "workbook/column.h"

namespace vigie::workbook {

template <class Row>
inline constexpr Column<Row> kSource = {
    .heading = "Source", .width = 12, .value = &Row::source, .only_several_sources = true};

inline constexpr Column<summary::FindingRow> kFindings[] = {
    kSource<summary::FindingRow>,
    {.heading = "Gravité", .width = 12, .value = &summary::FindingRow::severity},
    {.heading = "Statut", .width = 11, .value = &summary::FindingRow::status, .marked = &summary::FindingRow::fresh},
    {.heading = "Règle", .width = 27, .value = &summary::FindingRow::rule, .rule_link = true},
    {.heading = "Anomalie", .width = 22, .value = &summary::FindingRow::title, .sentence = true},
    {.heading = "Convention", .width = 13, .value = &summary::FindingRow::convention},
    {.heading = "Partenaire", .width = 20, .value = &summary::FindingRow::partner},
    {.heading = "Services", .width = 11, .value = &summary::FindingRow::services},
    {.heading = "Groupe", .width = 14, .value = &summary::FindingRow::group},
    {.heading = "Compte", .width = 14, .value = &summary::FindingRow::account},
    {.heading = "Personne", .width = 16, .value = &summary::FindingRow::person},
    {.heading = "Détail", .width = 40, .value = &summary::FindingRow::detail, .sentence = true},
    {.heading = "Que faire", .width = 36, .value = &summary::recommendation, .sentence = true},
    {.heading = "Depuis le", .width = 12, .value = &summary::FindingRow::first_seen},
    {.heading = "Âge (jours)", .width = 9, .value = &summary::FindingRow::age_days},
    // What the lists of the command line identify a finding by: for filters, and said again by group and account.
    {.heading = "Sujet", .width = 28, .value = &summary::FindingRow::subject, .printed = false},
};

inline constexpr Column<summary::SharedMailboxRow> kSharedMailboxes[] = {
    kSource<summary::SharedMailboxRow>,
    {.heading = "Convention", .width = 13, .value = &summary::SharedMailboxRow::convention},
    {.heading = "Partenaire", .width = 24, .value = &summary::SharedMailboxRow::partner},
    {.heading = "Compte", .width = 15, .value = &summary::SharedMailboxRow::account},
    {.heading = "Personne", .width = 20, .value = &summary::SharedMailboxRow::person},
    {.heading = "Adresse partagée", .width = 34, .value = &summary::SharedMailboxRow::mail},
    {.heading = "Ce qui le montre", .width = 42, .value = &summary::SharedMailboxRow::why, .sentence = true},
    {.heading = "Rôles détenus", .width = 24, .value = &summary::SharedMailboxRow::roles},
    {.heading = "Dernière connexion", .width = 13, .value = &summary::SharedMailboxRow::last_login_on},
    {.heading = "À qui écrire", .width = 38, .value = &summary::SharedMailboxRow::tell},
    {.heading = "Depuis le", .width = 12, .value = &summary::SharedMailboxRow::first_seen},
};

inline constexpr Column<summary::T1Row> kT1[] = {
    kSource<summary::T1Row>,
    {.heading = "Gravité", .width = 12, .value = &summary::T1Row::severity},
    {.heading = "Convention", .width = 13, .value = &summary::T1Row::convention},
    {.heading = "Partenaire", .width = 24, .value = &summary::T1Row::partner},
    {.heading = "Compte", .width = 15, .value = &summary::T1Row::account},
    {.heading = "Personne", .width = 20, .value = &summary::T1Row::person},
    {.heading = "Profession déclarée", .width = 26, .value = &summary::T1Row::profession},
    {.heading = "Diplôme vérifié le", .width = 12, .value = &summary::T1Row::diploma_checked_on},
    {.heading = "Groupes qui donnent T1", .width = 20, .value = &summary::T1Row::groups},
    {.heading = "Pourquoi", .width = 40, .value = &summary::T1Row::why, .sentence = true},
    {.heading = "À qui écrire", .width = 38, .value = &summary::T1Row::tell},
    {.heading = "Depuis le", .width = 12, .value = &summary::T1Row::first_seen},
};

inline constexpr Column<summary::ManagerRow> kManagers[] = {
    kSource<summary::ManagerRow>,
    {.heading = "Convention", .width = 13, .value = &summary::ManagerRow::convention},
    {.heading = "Partenaire", .width = 24, .value = &summary::ManagerRow::partner},
    {.heading = "Groupe", .width = 15, .value = &summary::ManagerRow::group},
    {.heading = "Libellé du groupe", .width = 28, .value = &summary::ManagerRow::label},
    {.heading = "Membres", .width = 12, .value = &summary::ManagerRow::members},
    {.heading = "Rôles du groupe", .width = 22, .value = &summary::ManagerRow::roles},
    {.heading = "Problème", .width = 32, .value = &summary::ManagerRow::problem},
    {.heading = "Responsable indiqué", .width = 20, .value = &summary::ManagerRow::manager},
    {.heading = "À qui écrire", .width = 38, .value = &summary::ManagerRow::tell},
    {.heading = "Depuis le", .width = 12, .value = &summary::ManagerRow::first_seen},
};

// An activity without any approver waits for nobody and for no document.
inline const char* document_words(const summary::ApproverRow& row) {
  if (row.account.empty()) return "";
  return row.document_received ? "Oui" : "Non";
}

inline std::optional<std::int64_t> days_waiting(const summary::ApproverRow& row) {
  if (!row.waiting_since.given()) return std::nullopt;
  return row.days_waiting;
}

inline constexpr Column<summary::ApproverRow> kApprovers[] = {
    kSource<summary::ApproverRow>,
    {.heading = "Convention", .width = 13, .value = &summary::ApproverRow::convention},
    {.heading = "Partenaire", .width = 24, .value = &summary::ApproverRow::partner},
    {.heading = "Activité", .width = 24, .value = &summary::ApproverRow::activity},
    {.heading = "Problème", .width = 26, .value = &summary::ApproverRow::problem},
    {.heading = "Compte", .width = 15, .value = &summary::ApproverRow::account},
    {.heading = "Personne", .width = 20, .value = &summary::ApproverRow::person},
    {.heading = "En attente depuis le", .width = 12, .value = &summary::ApproverRow::waiting_since},
    {.heading = "Jours d'attente", .width = 12, .value = &days_waiting},
    {.heading = "PJ3 reçue", .width = 10, .value = &document_words},
    {.heading = "PJ3 reçue le", .width = 12, .value = &summary::ApproverRow::document_on},
    {.heading = "À qui écrire", .width = 38, .value = &summary::ApproverRow::tell},
    {.heading = "Depuis le", .width = 12, .value = &summary::ApproverRow::first_seen},
};

inline const char* kind_words(const summary::ActionRow& row) { return french_name(row.kind).data(); }

inline const char* reason_words(const summary::ActionRow& row) { return french_name(row.reason).data(); }

inline std::string subject_words(const summary::ActionRow& row) { return subject_in_words(row.kind, row.subject); }

inline constexpr Column<summary::ActionRow> kActions[] = {
    kSource<summary::ActionRow>,
    {.heading = "Convention", .width = 13, .value = &summary::ActionRow::convention},
    {.heading = "Partenaire", .width = 24, .value = &summary::ActionRow::partner},
    {.heading = "Action", .width = 24, .value = &kind_words},
    {.heading = "Ce qui est à clôturer", .width = 40, .value = &subject_words},
    {.heading = "Date de clôture", .width = 12, .value = &summary::ActionRow::date},
    {.heading = "Raison", .width = 22, .value = &reason_words},
    {.heading = "Cause", .width = 24, .value = &summary::ActionRow::cause},
    {.heading = "État", .width = 24, .value = &summary::state_in_words},
    {.heading = "Plan retenu", .width = 18, .value = &summary::ActionRow::plan},
    {.heading = "Depuis le", .width = 12, .value = &summary::ActionRow::first_seen},
    {.heading = "Sujet", .width = 30, .value = &summary::ActionRow::subject, .printed = false},
};

inline std::optional<std::int64_t> persons_before(const summary::AccessRow& row) {
  if (!row.known_before) return std::nullopt;
  return row.before;
}

inline std::optional<std::int64_t> change_in_persons(const summary::AccessRow& row) {
  if (!row.known_before) return std::nullopt;
  return row.persons - row.before;
}

inline constexpr Column<summary::AccessRow> kAccess[] = {
    kSource<summary::AccessRow>,
    {.heading = "Convention", .width = 13, .value = &summary::AccessRow::convention},
    {.heading = "Partenaire", .width = 40, .value = &summary::AccessRow::partner},
    {.heading = "Service", .width = 18, .value = &summary::AccessRow::service},
    {.heading = "Rôle", .width = 26, .value = &summary::AccessRow::role},
    {.heading = "Personnes", .width = 20, .value = &summary::AccessRow::persons, .bars = true},
    {.heading = "Il y a un mois", .width = 14, .value = &persons_before},
    {.heading = "Évolution", .width = 13, .value = &change_in_persons, .is_change = true},
};

inline const char* presence(const summary::ImportRow& row) {
  return !row.read ? "Non lu" : row.present ? "Oui" : "Absent";
}

// Imports and rejects share a sheet, hence their widths.
inline constexpr double kFileWidth = 22;
inline constexpr double kNarrowWidth = 11;
inline constexpr double kReasonWidth = 40;
inline constexpr double kFieldWidth = 19;
inline constexpr double kCountWidth = 14;

inline constexpr Column<summary::ImportRow> kImports[] = {
    kSource<summary::ImportRow>,
    {.heading = "Fichier", .width = kFileWidth, .value = &summary::ImportRow::file},
    {.heading = "Présent", .width = kNarrowWidth, .value = &presence},
    {.heading = "Remarque", .width = kReasonWidth, .value = &summary::ImportRow::remark, .sentence = true},
    {.heading = "Lignes", .width = kFieldWidth, .value = &summary::ImportRow::rows},
    {.heading = "Acceptées", .width = kFieldWidth, .value = &summary::ImportRow::accepted},
    {.heading = "Conservées", .width = kCountWidth, .value = &summary::ImportRow::kept},
    {.heading = "Rejetées", .width = kCountWidth, .value = &summary::ImportRow::rejected},
    {.heading = "Ajoutées", .width = kCountWidth, .value = &summary::ImportRow::added},
    {.heading = "Modifiées", .width = kCountWidth, .value = &summary::ImportRow::changed},
    {.heading = "Retirées", .width = kCountWidth, .value = &summary::ImportRow::withdrawn},
    {.heading = "Revenues", .width = kCountWidth, .value = &summary::ImportRow::returned},
};

inline constexpr Column<summary::RejectCount> kRejectCounts[] = {
    kSource<summary::RejectCount>,
    {.heading = "Fichier", .width = kFileWidth, .value = &summary::RejectCount::file},
    {.heading = "Lignes", .width = kNarrowWidth, .value = &summary::RejectCount::rows},
    {.heading = "Motif du rejet", .width = kReasonWidth, .value = &summary::RejectCount::reason, .sentence = true},
};

inline constexpr Column<summary::RejectRow> kRejects[] = {
    kSource<summary::RejectRow>,
    {.heading = "Fichier", .width = kFileWidth, .value = &summary::RejectRow::file},
    {.heading = "Ligne", .width = kNarrowWidth, .value = &summary::RejectRow::line},
    {.heading = "Motif du rejet", .width = kReasonWidth, .value = &summary::RejectRow::reason, .sentence = true},
    {.heading = "Champ", .width = kFieldWidth, .value = &summary::RejectRow::field},
    {.heading = "Valeur", .width = kFieldWidth, .value = &summary::RejectRow::value},
    // Runs on over the empty cells to its right.
    {.heading = "Ligne telle que reçue", .width = 80, .value = &summary::RejectRow::record, .text_style = Style::kRaw},
};

inline constexpr Column<summary::WaiverRow> kWaivers[] = {
    kSource<summary::WaiverRow>,
    {.heading = "N°", .width = 8, .value = &summary::WaiverRow::id},
    {.heading = "État", .width = 18, .value = &summary::WaiverRow::state, .marked = &summary::WaiverRow::ends_soon},
    {.heading = "Règle", .width = 27, .value = &summary::WaiverRow::rule, .rule_link = true},
    {.heading = "Anomalie", .width = 28, .value = &summary::WaiverRow::title, .sentence = true},
    {.heading = "Convention", .width = 13, .value = &summary::WaiverRow::convention},
    {.heading = "Partenaire", .width = 24, .value = &summary::WaiverRow::partner},
    {.heading = "Sujet", .width = 28, .value = &summary::WaiverRow::subject},
    {.heading = "Jusqu'au", .width = 12, .value = &summary::WaiverRow::until},
    {.heading = "Motif", .width = 36, .value = &summary::WaiverRow::reason},
    {.heading = "Accordée par", .width = 20, .value = &summary::WaiverRow::by},
    {.heading = "Accordée le", .width = 12, .value = &summary::WaiverRow::recorded_on},
    {.heading = "Levée le", .width = 12, .value = &summary::WaiverRow::ended_on},
    {.heading = "Levée par", .width = 20, .value = &summary::WaiverRow::ended_by},
    {.heading = "Motif de la levée", .width = 30, .value = &summary::WaiverRow::end_reason},
};

inline constexpr Column<summary::RuleRow> kRules[] = {
    {.heading = "Règle", .width = 32, .value = &summary::RuleRow::id},
    {.heading = "Famille", .width = 16, .value = &summary::RuleRow::family},
    {.heading = "Anomalie recherchée", .width = 38, .value = &summary::RuleRow::title, .sentence = true},
    {.heading = "Gravité", .width = 12, .value = &summary::RuleRow::severity},
    {.heading = "Sources", .width = 16, .value = &summary::RuleRow::sources, .only_several_sources = true},
    {.heading = "Paramètre", .width = 14, .value = &summary::RuleRow::parameter},
    {.heading = "État", .width = 28, .value = &summary::RuleRow::state, .sentence = true},
    {.heading = "Ouvertes", .width = 12, .value = &summary::RuleRow::open},
    {.heading = "Référence", .width = 38, .value = &summary::RuleRow::source, .sentence = true},
    {.heading = "Que faire", .width = 48, .value = &summary::RuleRow::remedy, .sentence = true},
};

}  // namespace vigie::workbook
