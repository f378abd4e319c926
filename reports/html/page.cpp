#include "html/page.h"

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "domain/french.h"
#include "domain/text.h"
#include "html/escape.h"
#include "html/parts.h"
#include "report_error.h"
#include "summary/notices.h"
#include "workbook/columns.h"
#include "workbook/partial_file.h"

namespace vigie {
namespace html {
namespace {

using workbook::Column;

// A list of the page.
struct Part {
  const char* name;  // the workbook's sheet
  const char* id;
};

constexpr Part kAnomalies = {"Anomalies", "anomalies"};
constexpr Part kSharedMailboxes = {"BAL partagées", "bal-partagees"};
constexpr Part kT1 = {"T1 non autorisés", "t1-non-autorises"};
constexpr Part kManagers = {"Responsables manquants", "responsables-manquants"};
constexpr Part kApprovers = {"Approbateurs en attente", "approbateurs-en-attente"};
constexpr Part kActions = {"Rapprochement", "rapprochement"};
constexpr Part kAccess = {"Accès par service", "acces-par-service"};
constexpr Part kImports = {"Imports", "imports"};
constexpr Part kRejectCounts = {"Rejets par motif", "motifs"};
constexpr Part kRejects = {"Lignes rejetées", "rejets"};
constexpr Part kWaivers = {"Dérogations", "derogations"};
constexpr Part kRules = {"Règles", "regle"};

constexpr double kCharactersOfWidth = 0.8;  // of a browser's for one of a spreadsheet's

std::string number(std::int64_t value) { return french::figures(value); }

std::string signed_number(std::int64_t value) {
  return (value > 0 ? "+" : value < 0 ? "−" : "") + number(std::abs(value));
}

// What a cell shows of a text.
std::string beginning(std::string_view text) {
  std::string_view rest = text;
  for (std::size_t shown = 0; shown < kLongestPageText && !rest.empty(); ++shown) next_code_point(rest);
  std::string begin(text.substr(0, text.size() - rest.size()));
  if (!rest.empty()) begin += " …";
  return begin;
}

std::string cell(const char* kind, const std::string& key, const std::string& content) {
  return std::string("<td class=\"") + kind + "\"" + (key.empty() ? "" : " data-k=\"" + key + "\"") + ">" + content +
         "</td>";
}

template <class Row>
std::string cell(const Column<Row>& column, const Row& row) {
  return std::visit(
      [&](const auto& value) -> std::string {
        using Value = std::decay_t<decltype(value)>;
        if constexpr (workbook::kIsText<Row, Value>) {
          const std::string begin = beginning(std::invoke(value, row));
          const std::string text = escape(column.sentence ? french::spaced(begin) : begin);
          if (column.rule_link) return "<td><a href=\"#regle-" + text + "\">" + text + "</a></td>";
          return (column.marked != nullptr && row.*column.marked ? "<td class=\"m\">" : "<td>") + text + "</td>";
        } else if constexpr (std::is_same_v<Value, int Row::*> || std::is_same_v<Value, std::int64_t Row::*>) {
          return cell("n", std::to_string(row.*value), number(row.*value));
        } else if constexpr (std::is_same_v<Value, Day Row::*>) {
          return cell("d", to_iso(row.*value), to_french(row.*value));
        } else if constexpr (std::is_same_v<Value, Severity Row::*>) {
          const std::string rank = std::to_string(static_cast<int>(row.*value));
          return cell(("s" + rank).c_str(), rank, std::string(french_name(row.*value)));
        } else if constexpr (std::is_same_v<Value, const char* (*)(const Row&)>) {
          return "<td>" + escape(value(row)) + "</td>";
        } else {
          const auto known = value(row);
          if (!known) return cell("n", "", "");
          return cell("n", std::to_string(*known), column.is_change ? signed_number(*known) : number(*known));
        }
      },
      column.value);
}

// Writes from top to bottom.
class Page {
 public:
  Page(const summary::Report& report, std::ofstream& out) : report_(report), overview_(report.overview), out_(out) {}

  void write() {
    head();
    overview();
    list<summary::FindingRow>(kAnomalies, summary::unless_nothing_imported(report_, "Aucune anomalie n'est ouverte."),
                              workbook::kFindings, report_.findings);
    list<summary::SharedMailboxRow>(kSharedMailboxes, summary::nothing_in(report_, kSharedMailboxes.name),
                                    workbook::kSharedMailboxes, report_.shared_mailboxes);
    list<summary::T1Row>(kT1, summary::nothing_in(report_, kT1.name), workbook::kT1, report_.t1);
    list<summary::ManagerRow>(kManagers, summary::nothing_in(report_, kManagers.name), workbook::kManagers,
                              report_.managers);
    list<summary::ApproverRow>(kApprovers, summary::nothing_in(report_, kApprovers.name), workbook::kApprovers,
                               report_.approvers);
    list<summary::ActionRow>(kActions, summary::unless_nothing_imported(report_, "Aucune clôture n'est à faire."),
                             workbook::kActions, report_.actions);
    list<summary::AccessRow>(kAccess, summary::unless_nothing_imported(report_, "Personne ne détient de rôle."),
                             workbook::kAccess, report_.access);
    if (!report_.of_partner) imports_and_waivers();
    list<summary::RuleRow>(kRules, "Le catalogue est vide.", workbook::kRules, report_.rules);
    out_ << "</main>\n<script>" << kScript << "</script>\n</body>\n</html>\n";
  }

 private:
  void imports_and_waivers() {
    list<summary::ImportRow>(kImports, "Aucun import n'a encore eu lieu.", workbook::kImports, report_.imports);
    notices(report_.import_remarks);
    if (!report_.reject_counts.empty())
      list<summary::RejectCount>(kRejectCounts, "", workbook::kRejectCounts, report_.reject_counts);
    list<summary::RejectRow>(kRejects, "Aucune ligne n'a été rejetée.", workbook::kRejects, report_.rejects);
    list<summary::WaiverRow>(kWaivers, "Aucune dérogation n'a été accordée.", workbook::kWaivers, report_.waivers);
  }

  void head() {
    const std::string title = escape(report_.title);
    out_ << "<!doctype html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
            "script-src 'unsafe-inline'\">\n<title>"
         << title << " – " << to_french(report_.day) << "</title>\n<style>" << kStyle
         << "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#contenu\">Aller au contenu</a>\n<header><h1>" << title
         << "</h1>\n<p>Situation au " << to_french(report_.day) << "  ·  exécution " << escape(report_.run)
         << "  ·  Vigie " << escape(report_.version) << "</p></header>\n";
    navigation();
    out_ << "<main id=\"contenu\">\n";
  }

  void navigation() {
    out_ << "<nav aria-label=\"Parties de la page\"><ul>\n";
    const auto item = [&](const Part& part, std::size_t rows) {
      out_ << "<li><a href=\"#" << part.id << "\">" << part.name << "</a> (" << number(static_cast<std::int64_t>(rows))
           << ")</li>\n";
    };
    item(kAnomalies, report_.findings.size());
    item(kSharedMailboxes, report_.shared_mailboxes.size());
    item(kT1, report_.t1.size());
    item(kManagers, report_.managers.size());
    item(kApprovers, report_.approvers.size());
    item(kActions, report_.actions.size());
    item(kAccess, report_.access.size());
    if (!report_.of_partner) {
      item(kImports, report_.imports.size());
      item(kRejects, report_.rejects.size());
      item(kWaivers, report_.waivers.size());
    }
    item(kRules, report_.rules.size());
    out_ << "</ul></nav>\n";
  }

  void overview() {
    out_ << "<section aria-labelledby=\"synthese\"><h2 id=\"synthese\">Synthèse</h2>\n";
    if (overview_.before) out_ << "<p>" << escape(french::spaced(summary::balance_words(overview_))) << "</p>\n";
    out_ << "<h3>À savoir</h3>\n";
    if (overview_.notices.empty()) out_ << "<p>" << escape(summary::kNothingToNotice) << "</p>\n";
    notices(overview_.notices);
    answers();
    families();
    if (!report_.of_partner) {
      sources();
      trend();
    }
    out_ << "</section>\n";
  }

  void notices(const std::vector<std::string>& texts) {
    if (texts.empty()) return;
    out_ << "<ul class=\"notices\">\n";
    for (const std::string& text : texts) out_ << "<li>" << escape(french::spaced(text)) << "</li>\n";
    out_ << "</ul>\n";
  }

  void begin_figures(const char* caption, const std::vector<const char*>& headings) {
    out_ << "<h3>" << caption << "</h3>\n<div class=\"figures\"><table><caption>" << caption
         << "</caption>\n<thead><tr>";
    for (const char* heading : headings) out_ << "<th scope=\"col\">" << heading << "</th>";
    out_ << "</tr></thead>\n<tbody>\n";
  }
  void end_figures() { out_ << "</tbody></table></div>\n"; }

  void answers() {
    begin_figures("Les quatre questions", {"Question", "Nombre", "Réponse"});
    for (const summary::Answer& answer : overview_.answers)
      out_ << "<tr><th scope=\"row\">" << escape(answer.question) << "</th>" << answer_figure(answer) << "<td>"
           << escape(french::spaced(answer.sentence)) << "</td></tr>\n";
    end_figures();
  }

  static std::string link(const std::string& id, int count) {
    return cell("n", "", "<a href=\"#" + id + "\">" + number(count) + "</a>");
  }

  // To the list that answers the question.
  static std::string answer_figure(const summary::Answer& answer) {
    for (const Part& part : {kSharedMailboxes, kT1, kManagers, kApprovers})
      if (answer.count > 0 && answer.sheet == part.name) return link(part.id, answer.count);
    return cell("n", "", answer.verified ? number(answer.count) : "–");
  }

  // A figure that leads to the first of its rows, where the page shows it.
  static std::string figure(int count, const Part& part, std::size_t row) {
    if (row >= kMostPageRows) return cell("n", "", number(count));
    return link(std::string(part.id) + "-" + std::to_string(row), count);
  }

  static std::string change(int now, std::optional<int> before) {
    if (!before) return cell("n", "", "–");
    return cell("n", "", signed_number(now - *before));
  }

  void families() {
    std::vector<const char*> headings = {"Famille", "Critiques", "Majeures", "Mineures", "Informations", "Total"};
    if (!report_.of_partner) headings.insert(headings.end(), {"Depuis la dernière exécution", "En 30 jours"});
    constexpr const char* kCaption = "Anomalies ouvertes par famille et par gravité";
    if (summary::nothing_imported(report_)) {
      out_ << "<h3>" << kCaption << "</h3>\n<p>" << escape(french::spaced(summary::kNothingImported)) << "</p>\n";
      return;
    }
    begin_figures(kCaption, headings);
    for (const summary::FamilyFigure& family : overview_.by_family) {
      out_ << "<tr><th scope=\"row\">" << escape(family.family) << "</th>";
      std::size_t first = summary::kNoRow;
      for (const Severity severity : kSeveritiesGravestFirst) {
        out_ << figure(family.open[severity], kAnomalies, family.first_row(severity));
        first = std::min(first, family.first_row(severity));
      }
      out_ << figure(family.open.total(), kAnomalies, first);
      changes(family.open.total(), family.before, family.month_before);
    }
    out_ << "<tr><th scope=\"row\">Total</th>";
    std::optional<int> month_before;
    for (const summary::SeverityFigure& severity : overview_.by_severity) {
      out_ << figure(severity.open.now, kAnomalies, severity.first_row);
      if (severity.open.month_before) month_before = month_before.value_or(0) + *severity.open.month_before;
    }
    out_ << figure(overview_.open(), kAnomalies, overview_.open() > 0 ? 0 : summary::kNoRow);
    changes(overview_.open(), overview_.before, month_before);
    end_figures();
  }

  void changes(int now, std::optional<int> before, std::optional<int> month_before) {
    if (!report_.of_partner) out_ << change(now, before) << change(now, month_before);
    out_ << "</tr>\n";
  }

  void sources() {
    begin_figures("Sources", {"Caf", "Dernier import", "État", "Comptes", "Anomalies", "Clôtures à faire", "Retenues"});
    for (const summary::SourceState& source : overview_.sources)
      out_ << "<tr><th scope=\"row\">" << escape(source.label.empty() ? source.name : source.label) << "</th>"
           << "<td>" << (source.imported_on.given() ? to_french(source.imported_on) : "jamais") << "</td><td>"
           << escape(source.outcome) << "</td>" << figure(source.accounts, kImports, source.accounts_import)
           << figure(source.open_findings, kAnomalies, source.first_finding)
           << figure(source.closings, kActions, source.first_closing)
           << figure(source.held, kActions, source.first_held) << "</tr>\n";
    end_figures();
  }

  void trend() {
    if (overview_.trend.size() < 2) return;
    begin_figures("Tendance des dernières exécutions", {"Jour", "Critiques", "Majeures", "Mineures", "Informations"});
    for (const summary::TrendPoint& point : overview_.trend) {
      out_ << "<tr><th scope=\"row\">" << to_french(point.day) << "</th>";
      for (const Severity severity : kSeveritiesGravestFirst) out_ << cell("n", "", number(point.open[severity]));
      out_ << "</tr>\n";
    }
    end_figures();
  }

  template <class Row>
  void list(const Part& part, const std::string& none, std::span<const Column<Row>> all_columns,
            const std::vector<Row>& rows) {
    out_ << "<section aria-labelledby=\"" << part.id << "\"><h2 id=\"" << part.id << "\">" << part.name << "</h2>\n";
    if (rows.empty()) {
      out_ << "<p>" << escape(french::spaced(none)) << "</p>\n</section>\n";
      return;
    }
    const std::size_t taken = std::min(rows.size(), kMostPageRows);
    if (taken < rows.size())
      out_ << "<p>Cette page montre les " << number(static_cast<std::int64_t>(taken)) << " premières lignes sur "
           << number(static_cast<std::int64_t>(rows.size())) << " : le classeur les a toutes.</p>\n";
    const std::vector<Column<Row>> columns = workbook::shown(all_columns, report_.several_sources);
    out_ << "<div class=\"list\"><div class=\"rows\" tabindex=\"0\" role=\"region\" aria-label=\"" << part.name
         << "\"><noscript><table><caption>" << part.name << "</caption>\n<thead><tr>";
    for (const Column<Row>& column : columns)
      out_ << "<th scope=\"col\" style=\"min-width:" << static_cast<int>(column.width * kCharactersOfWidth) << "ch\">"
           << column.heading << "</th>";
    out_ << "</tr></thead>\n<tbody>\n";
    for (std::size_t i = 0; i < taken; ++i) {
      out_ << "<tr id=\"" << part.id << '-' << row_name(rows[i], i) << "\">";
      for (const Column<Row>& column : columns) out_ << cell(column, rows[i]);
      out_ << "</tr>\n";
    }
    out_ << "</tbody></table></noscript></div></div>\n</section>\n";
  }

  template <class Row>
  static std::string row_name(const Row&, std::size_t index) {
    return std::to_string(index);
  }
  // A rule's first row is what links to the rule lead to.
  std::string row_name(const summary::RuleRow& row, std::size_t index) const {
    const bool is_first = index == 0 || report_.rules[index - 1].id != row.id;
    return escape(row.id) + (is_first ? "" : "-" + std::to_string(index));
  }

  const summary::Report& report_;
  const summary::Overview& overview_;
  std::ofstream& out_;
};

}  // namespace
}  // namespace html

void write_page(const summary::Report& report, const std::filesystem::path& file) {
  try {
    workbook::PartialFile partial(file);
    std::ofstream out(partial.path(), std::ios::binary);
    html::Page(report, out).write();
    if (!out.flush()) throw std::runtime_error("is there room?");
    partial.publish();
  } catch (const std::exception& error) {
    throw ReportError("the page " + file.string() + " cannot be written: " + error.what() +
                      "; check that its folder exists, may be written to and has room, then run \"vigie report "
                      "--format html\"");
  }
}

}  // namespace vigie
