#include "workbook/lists.h"

#include <span>
#include <string>

#include "domain/french.h"
#include "summary/notices.h"
#include "workbook/columns.h"
#include "workbook/table.h"

namespace vigie::workbook {
namespace {

using summary::AccessRow;
using summary::ActionRow;
using summary::ApproverRow;
using summary::FindingRow;
using summary::ImportRow;
using summary::ManagerRow;
using summary::RejectCount;
using summary::RejectRow;
using summary::RuleRow;
using summary::SharedMailboxRow;
using summary::T1Row;
using summary::WaiverRow;

// The remarks on an import, one below the other. Returns the last row written.
RowIndex write_remarks(Sheet& sheet, RowIndex row, const std::vector<std::string>& remarks, ColumnIndex last_column) {
  constexpr double kWidth = 200;  // of all columns together
  sheet.words({row, 0}, "Remarques", Style::kHeading);
  for (const std::string& remark : remarks)
    sheet.paragraph(++row, {.first = 0, .last = last_column, .width = kWidth}, french::spaced(remark), Style::kNotice);
  return row;
}

// Returns the rejects that the sheet cannot hold. `last_column`: of those that are printed, which rows as they came run
// beyond.
std::span<const RejectRow> write_first_rejects(Book& book, Sheet& sheet, RowIndex row,
                                               std::span<const Column<RejectRow>> columns, ColumnIndex last_column) {
  const std::span<const RejectRow> rejects(book.report().rejects);
  sheet.words({row, 0}, "Lignes rejetées", Style::kHeading);
  const RowIndex header = row + 1;
  const std::size_t taken = std::min<std::size_t>(rejects.size(), book.rows_below(header));
  const RowIndex last =
      write_table<RejectRow>(book, sheet, header, columns, rejects.first(taken), "Aucune ligne n'a été rejetée.");
  sheet.print({{0, 0}, {last, last_column}});
  if (taken > 0) sheet.repeat_when_printed(header);
  return rejects.subspan(taken);
}

}  // namespace

void write_findings(Book& book) {
  write_sheets<FindingRow>(book, "Anomalies",
                           summary::unless_nothing_imported(book.report(), "Aucune anomalie n'est ouverte."), kFindings,
                           book.report().findings);
}

void write_shared_mailboxes(Book& book) {
  write_sheets<SharedMailboxRow>(book, "BAL partagées", summary::nothing_in(book.report(), "BAL partagées"),
                                 kSharedMailboxes, book.report().shared_mailboxes);
}

void write_t1(Book& book) {
  write_sheets<T1Row>(book, "T1 non autorisés", summary::nothing_in(book.report(), "T1 non autorisés"), kT1,
                      book.report().t1);
}

void write_managers(Book& book) {
  write_sheets<ManagerRow>(book, "Responsables manquants", summary::nothing_in(book.report(), "Responsables manquants"),
                           kManagers, book.report().managers);
}

void write_approvers(Book& book) {
  write_sheets<ApproverRow>(book, "Approbateurs en attente",
                            summary::nothing_in(book.report(), "Approbateurs en attente"), kApprovers,
                            book.report().approvers);
}

void write_actions(Book& book) {
  write_sheets<ActionRow>(book, "Rapprochement",
                          summary::unless_nothing_imported(book.report(), "Aucune clôture n'est à faire."), kActions,
                          book.report().actions);
}

void write_access(Book& book) {
  write_sheets<AccessRow>(book, "Accès par service",
                          summary::unless_nothing_imported(book.report(), "Personne ne détient de rôle."), kAccess,
                          book.report().access);
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
  if (!report.reject_counts.empty()) {
    const std::vector<Column<RejectCount>> counts = shown<RejectCount>(kRejectCounts, report.several_sources);
    sheet.words({last + 2, 0}, "Rejets par motif", Style::kHeading);
    last = write_table<RejectCount>(book, sheet, last + 3, counts, report.reject_counts, "");
  }
  const auto left = write_first_rejects(book, sheet, last + 2, rejects, last_column);
  write_continuations<RejectRow>(book, "Imports et rejets", rejects, left);
}

void write_waivers(Book& book) {
  write_sheets<WaiverRow>(book, "Dérogations", "Aucune dérogation n'a été accordée.", kWaivers, book.report().waivers);
}

void write_rules(Book& book) {
  write_sheets<RuleRow>(book, "Règles", "Le catalogue est vide.", kRules, book.report().rules);
}

}  // namespace vigie::workbook
