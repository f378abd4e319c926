#include <algorithm>
#include <array>
#include <cstdlib>
#include <ranges>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "domain/contract.h"
#include "domain/french.h"
#include "domain/text.h"
#include "rules/catalogue.h"
#include "rules/families/wording.h"
#include "summary/notices.h"
#include "summary/records.h"
#include "summary/summarize.h"

namespace vigie::summary {
namespace {

using wording::say;

// Keeps the first of the places that it is told, in their order.
void note_first(std::size_t& first, std::size_t row) {
  if (first == kNoRow) first = row;
}

void fill_severities(Report& report) {
  Overview& overview = report.overview;
  overview.by_severity.clear();
  overview.fresh = 0;
  overview.first_fresh = kNoRow;
  for (const Severity severity : kSeveritiesGravestFirst) {
    SeverityFigure figure{.severity = severity};
    for (std::size_t i = 0; i < report.findings.size(); ++i) {
      const FindingRow& row = report.findings[i];
      if (row.severity != severity || row.waived) continue;
      ++figure.open.now;
      note_first(figure.first_row, i);
      if (!row.fresh) continue;
      ++figure.open.fresh;
      note_first(overview.first_fresh, i);
    }
    overview.by_severity.push_back(figure);
    overview.fresh += figure.open.fresh;
  }
}

void fill_families(Report& report) {
  std::vector<FamilyFigure> families;
  std::unordered_map<std::string_view, std::size_t> family_of_rule;
  for (const Rule& rule : catalogue()) {
    const std::string_view family = french_family_name(family_of(rule));
    if (families.empty() || families.back().family != family) families.push_back({.family = std::string(family)});
    family_of_rule.emplace(rule.id, families.size() - 1);
  }
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    const FindingRow& row = report.findings[i];
    const auto family = family_of_rule.find(row.rule);
    if (family == family_of_rule.end() || row.waived) continue;
    FamilyFigure& figure = families[family->second];
    ++figure.open[row.severity];
    note_first(figure.first_rows[static_cast<std::size_t>(row.severity)], i);
  }
  std::erase_if(families, [](const FamilyFigure& family) { return family.open.total() == 0; });
  report.overview.by_family = std::move(families);
}

template <typename Row, typename Which>
std::size_t first_where(const std::vector<Row>& rows, Which which) {
  const auto found = std::ranges::find_if(rows, which);
  return found == rows.end() ? kNoRow : static_cast<std::size_t>(found - rows.begin());
}

void fill_sources(Report& report) {
  for (SourceState& source : report.overview.sources) {
    const auto is_its = [&](const auto& row) { return row.source == source.name; };
    source.first_finding =
        first_where(report.findings, [&](const FindingRow& row) { return is_its(row) && !row.waived; });
    source.first_closing =
        first_where(report.actions, [&](const ActionRow& row) { return is_its(row) && is_given_out(row.state); });
    source.first_held = first_where(
        report.actions, [&](const ActionRow& row) { return is_its(row) && row.state == ActionState::kHeld; });
    source.first_import = first_where(report.imports, is_its);
    source.accounts_import = first_where(report.imports, [&](const ImportRow& row) {
      return is_its(row) && row.file == csv_name(FileId::kAccounts) && row.accepted > 0 &&
             row.accepted + row.kept == source.accounts;
    });
  }
}

// -------------------------------------------------------------------------------------------------------- the answers

// "1 groupe est", "2 groupes sont"
std::string subject(int count, std::string_view noun, std::string_view one, std::string_view several) {
  return say(french::counted(count, noun), " ", count > 1 ? several : one);
}

// Findings of one rule, and the words that stand for them in an answer.
struct Part {
  std::string_view rule;
  std::string_view words;
  int count = 0;
};

using Counts = std::map<std::string, int>;

int count_of(const Counts& counts, std::string_view rule) {
  const auto found = counts.find(std::string(rule));
  return found == counts.end() ? 0 : found->second;
}

std::vector<Part> present(std::vector<Part> parts, const Counts& counts) {
  for (Part& part : parts) part.count = count_of(counts, part.rule);
  std::erase_if(parts, [](const Part& part) { return part.count == 0; });
  return parts;
}

std::string shared_mailboxes_sentence(const std::vector<SharedMailboxRow>& rows) {
  if (rows.empty()) return "Aucune boîte aux lettres partagée n'a été relevée.";
  const int count = static_cast<int>(rows.size());
  const std::string since = wording::on(std::ranges::min(rows, {}, &SharedMailboxRow::first_seen).first_seen);
  const std::string users = say(subject(count, "compte", "utilise", "utilisent"), " une boîte aux lettres partagée");
  if (count == 1) return say(users, ", relevée depuis le ", since, ".");
  std::set<std::pair<std::string_view, std::string_view>> conventions;
  for (const SharedMailboxRow& row : rows) conventions.emplace(row.source, row.convention);
  return say(users, ", dans ", french::counted(static_cast<std::int64_t>(conventions.size()), "convention"),
             " ; la plus ancienne est relevée depuis le ", since, ".");
}

template <typename Write>
std::string broken_down(const std::vector<Part>& parts, Write write) {
  std::vector<std::string> texts;
  texts.reserve(parts.size());
  std::ranges::transform(parts, std::back_inserter(texts), write);
  return wording::listed(texts);
}

std::string t1_sentence(const std::vector<T1Row>& rows, const Counts& counts) {
  if (rows.empty()) return "Aucun profil T1 sans justification n'a été relevé.";
  const std::vector<Part> parts = present({{"cdap-t1-unauthorized", "sans la profession requise"},
                                           {"cdap-t1-profession-unknown", "sans profession renseignée"},
                                           {"cdap-t1-diploma-unchecked", "sans diplôme vérifié"}},
                                          counts);
  const auto count = static_cast<int>(rows.size());
  if (parts.size() == 1) return say(subject(count, "personne", "a", "ont"), " le profil T1 ", parts.front().words, ".");
  // "4 profils T1 à justifier : 3 sans la profession requise et 1 sans diplôme vérifié."
  const auto write = [](const Part& part) { return say(french::figures(part.count), " ", part.words); };
  return say(french::counted(count, "profil"), " T1 à justifier : ", broken_down(parts, write), ".");
}

std::string managers_sentence(const std::vector<ManagerRow>& rows, const Counts& counts) {
  if (rows.empty()) return "Aucun groupe sans responsable d'habilitations en exercice n'a été relevé.";
  const std::vector<Part> parts = present({{"group-manager-missing", "non désigné"},
                                           {"group-manager-unknown", "hors de la convention"},
                                           {"group-manager-closed", "non actif"}},
                                          counts);
  const auto count = static_cast<int>(rows.size());
  if (parts.size() < 2)
    return say(subject(count, "groupe", "n'a", "n'ont"), " pas de responsable d'habilitations en exercice.");
  // "4 groupes sans responsable en exercice : non désigné pour 1 et non actif pour 3."
  const auto write = [](const Part& part) { return say(part.words, " pour ", french::figures(part.count)); };
  return say(french::counted(count, "groupe"), " sans responsable en exercice : ", broken_down(parts, write), ".");
}

std::string waiting_clause(int count, int longest_wait) {
  std::string waiting = say(french::counted(count, "approbateur"), " en attente");
  if (longest_wait == 0) return waiting;
  if (count == 1) return say(waiting, " depuis ", wording::days(longest_wait));
  return say(waiting, " (", wording::days(longest_wait), " au plus)");
}

std::string approvers_sentence(const std::vector<ApproverRow>& rows, const Counts& counts) {
  if (rows.empty()) return "Aucun approbateur n'attend, et aucune activité sans approbateur n'a été relevée.";
  std::vector<std::string> clauses;
  if (const int pending = count_of(counts, "afas-approver-pending"); pending > 0)
    clauses.push_back(waiting_clause(pending, std::ranges::max(rows, {}, &ApproverRow::days_waiting).days_waiting));
  if (const int missing = count_of(counts, "afas-approver-document-missing"); missing > 0)
    clauses.push_back(say(french::figures(missing), " PJ3 ", missing > 1 ? "manquantes" : "manquante"));
  const int absent = count_of(counts, "afas-approver-absent");
  if (absent > 0) clauses.push_back(say(french::counted(absent, "activité"), " sans approbateur validé"));
  if (const int several = count_of(counts, "afas-approver-several"); several > 0)
    clauses.push_back(absent > 0 ? say(french::figures(several), " à plusieurs")
                                 : say(french::counted(several, "activité"), " à plusieurs approbateurs"));
  return say(wording::listed(clauses), ".");
}

struct Question {
  std::string_view text;
  std::string_view sheet;
  std::string_view rules;    // how their ids begin
  std::string_view nothing;  // said where nothing was found
};

constexpr std::array<Question, 4> kQuestions = {{
    {"Boîtes aux lettres partagées", "BAL partagées", "account-shared-mailbox",
     "Aucun compte n'utilise une boîte aux lettres partagée."},
    {"Profils T1", "T1 non autorisés", "cdap-t1-", "Aucune personne ne détient le profil T1 sans y avoir droit."},
    {"Responsables d'habilitations", "Responsables manquants", "group-manager-",
     "Tous les groupes ont un responsable d'habilitations."},
    {"Approbateurs Afas", "Approbateurs en attente", "afas-approver-",
     "Aucun approbateur n'est en attente ni ne manque."},
}};

// What keeps rules of the question from being judged, each thing once.
std::set<std::string_view> lacks_of(const Question& question, const Report& report) {
  std::set<std::string_view> lacks;
  for (const UnverifiableRule& rule : report.unverifiable)
    if (rule.id.starts_with(question.rules)) lacks.insert(rule.lacking.begin(), rule.lacking.end());
  return lacks;
}

bool any_verifiable(const Question& question, const Report& report) {
  return std::ranges::any_of(report.verifiable,
                             [&](const std::string& rule) { return rule.starts_with(question.rules); });
}

constexpr std::string_view kInPart = "En partie non vérifiable";

std::string listed(const std::set<std::string_view>& lacks) {
  constexpr std::size_t kMostNamed = 2;  // they are one line of « Synthèse »
  std::vector<std::string> texts;
  for (const std::string_view lack : lacks | std::views::take(kMostNamed)) texts.emplace_back(lack);
  if (const auto hidden = lacks.size() - texts.size(); hidden > 0)
    texts.push_back(french::counted(static_cast<std::int64_t>(hidden), "autre motif"));
  return joined(texts, " ; ");
}

// Missing evidence is no good news: neither a zero nor a sentence may read as if it were. What is missing, and of
// which source, the page's notices say once.
Answer answer(const Question& question, std::size_t count, std::string sentence, const Report& report) {
  Answer answer{.question = std::string(question.text),
                .sheet = std::string(question.sheet),
                .count = static_cast<int>(count),
                .sentence = std::move(sentence)};
  const auto lacks = lacks_of(question, report);
  if (lacks.empty()) return answer;
  answer.verified = count > 0 || any_verifiable(question, report);
  answer.sentence =
      answer.verified ? say(answer.sentence, " ", kInPart, ".") : say("Non vérifiable : ", listed(lacks), ".");
  return answer;
}

void fill_answers(Report& report) {
  const Counts counts = count_by_rule(report.findings);
  const auto& [mailboxes, t1, managers, approvers] = kQuestions;
  report.overview.answers = {
      answer(mailboxes, report.shared_mailboxes.size(), shared_mailboxes_sentence(report.shared_mailboxes), report),
      answer(t1, report.t1.size(), t1_sentence(report.t1, counts), report),
      answer(managers, report.managers.size(), managers_sentence(report.managers, counts), report),
      answer(approvers, report.approvers.size(), approvers_sentence(report.approvers, counts), report)};
}

std::string term(int count, const std::string& words) {
  return say(count < 0 ? ", − " : ", + ", french::figures(std::abs(count)), " ", words);
}

std::string plural(int count, const char* one) { return say(one, count > 1 ? "s" : ""); }

}  // namespace

std::string balance_words(const Overview& overview) {
  std::string words = say(french::counted(*overview.before, "anomalie ouverte"), " à l'exécution précédente");
  words += term(overview.fresh, plural(overview.fresh, "nouvelle"));
  if (overview.returned > 0) words += term(overview.returned, plural(overview.returned, "revenue"));
  words += say(", − ", french::figures(overview.resolved), " ", plural(overview.resolved, "résolue"));
  if (overview.by_waivers() != 0) words += term(-overview.by_waivers(), "par l'effet des dérogations");
  return say(words, " = ", french::counted(overview.open(), "ouverte"), ".");
}

void fill_overview(Report& report) {
  fill_severities(report);
  fill_families(report);
  fill_sources(report);
  fill_answers(report);
}

std::string nothing_in(const Report& report, std::string_view sheet) {
  if (nothing_imported(report)) return kNothingImported;
  const Question& question = *std::ranges::find(kQuestions, sheet, &Question::sheet);
  const auto lacks = lacks_of(question, report);
  if (lacks.empty()) return std::string(question.nothing);
  if (!any_verifiable(question, report)) return say("Non vérifiable : ", listed(lacks), ".");
  return say(question.nothing, " ", kInPart, " : ", listed(lacks), ".");
}

}  // namespace vigie::summary
