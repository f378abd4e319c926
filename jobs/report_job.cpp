#include "report_job.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "calendar.h"
#include "detect_job.h"
#include "domain/french.h"
#include "output_file.h"
#include "rules/catalogue.h"
#include "store/actions.h"
#include "store/findings.h"
#include "summary/summarize.h"
#include "workbook/workbook.h"

namespace vigie {
namespace {

namespace fs = std::filesystem;

constexpr int kTrendRuns = 30;
constexpr std::int64_t kSecondsADay = 86'400;

template <typename Row>
void append(std::vector<Row>& rows, std::vector<Row> more) {
  rows.insert(rows.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string columns_remark(FileId file, const store::FileCounts& counts) {
  if (!counts.present) return "Fichier absent";
  std::string absent;
  const auto fields = spec(file).fields;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if ((counts.columns & column_bit(i)) == 0) absent.append(absent.empty() ? "" : ", ").append(fields[i].name);
  std::string remark;
  if (!absent.empty()) remark = "Colonnes absentes : " + absent;
  if (!counts.unknown_columns.empty())
    remark += (remark.empty() ? "" : ". ") + std::string("Colonnes ignorées : ") + counts.unknown_columns;
  return remark;
}

std::string parameter_text(const Rule& rule, const RuleSettings& settings) {
  if (rule.parameter.name.empty()) return {};
  return fmt::format("{} = {}", rule.parameter.name, settings.parameter.value_or(rule.parameter.value));
}

// Builds one report, source by source.
class ReportBuilder {
 public:
  ReportBuilder(Context& context, bool several_sources) : context_(context) {
    report_.title = "Conformité des habilitations";
    report_.version = VIGIE_VERSION;
    report_.run = std::to_string(context.run);
    report_.day = context.day;
    report_.created_at = context.day.count() * kSecondsADay;
    report_.several_sources = several_sources;
  }

  void add(SourceNight& night) {
    if (!report_.several_sources) report_.title += " – " + night.settings().label;
    add_imports(night);
    if (night.has_data()) add_data(night);
    add_source_state(night);
  }

  summary::Report finish() {
    if (report_.several_sources) std::ranges::stable_sort(report_.findings, summary::shown_before);
    summary::fill_overview(report_);
    if (!has_data_) say_nothing_is_verified();
    add_trend();
    add_rules();
    return std::move(report_);
  }

 private:
  // Without any good import a zero is no good news.
  void say_nothing_is_verified() {
    for (summary::Answer& answer : report_.overview.answers)
      answer.sentence = "Non vérifié : aucun export n'a encore été importé.";
  }

  void add_data(SourceNight& night) {
    has_data_ = true;
    const store::Findings stored(context_.store, night.number());
    const auto judged_on = stored.judged_on();
    std::vector<Finding> findings;
    std::ranges::copy_if(night.findings(), std::back_inserter(findings),
                         [&](const Finding& finding) { return !finding.resolved && night.shows(finding); });
    const auto actions = store::Actions(context_.store, night.number()).all();
    const Addressees addressees(night.snapshot(), night.facts(), context_.lexicon, context_.day);
    const summary::Inputs inputs{.source = night.settings().name,
                                 .snapshot = night.snapshot(),
                                 .facts = night.facts(),
                                 .addressees = addressees,
                                 .day = context_.day,
                                 .judged_on = judged_on.value_or(context_.day),
                                 .findings = findings,
                                 .actions = actions,
                                 .plan = held_plan(night)};
    append(report_.findings, summary::finding_rows(inputs));
    append(report_.shared_mailboxes, summary::shared_mailbox_rows(inputs));
    append(report_.t1, summary::t1_rows(inputs));
    append(report_.managers, summary::manager_rows(inputs));
    append(report_.approvers, summary::approver_rows(inputs));
    append(report_.actions, summary::action_rows(inputs));
    append(report_.access, access_rows(inputs, night));
    open_[night.settings().name] = static_cast<int>(findings.size());
    closings_[night.settings().name] =
        static_cast<int>(std::ranges::count_if(actions, [](const Action& action) { return !action.finished(); }));
    for (const store::Tally& tally : stored.tallies(kTrendRuns)) tallies_[night.settings().name].push_back(tally);
    note_unverifiable(night);
  }

  std::vector<summary::AccessRow> access_rows(const summary::Inputs& inputs, const SourceNight& night) const {
    std::map<std::tuple<std::string, std::string, std::string>, int> before;
    for (const auto& count : store::read_access(context_.store, night.number(), month_of(context_.day) - 1))
      before[{count.convention, count.service, count.role}] = count.persons;
    auto rows = summary::access_rows(inputs);
    for (summary::AccessRow& row : rows) {
      const auto found = before.find({row.convention, row.service, row.role});
      row.known_before = !before.empty();
      row.before = found == before.end() ? 0 : found->second;
    }
    return rows;
  }

  // The id of the plan that holds closings; notices say all that is held.
  std::string held_plan(const SourceNight& night) {
    std::string closings;
    for (const store::Plan& plan : store::Plans(context_.store).held()) {
      if (plan.source != night.number()) continue;
      const bool of_closings = plan.kind == store::PlanKind::kClosings;
      report_.overview.notices.push_back(
          fmt::format("{} : {} en attente d'approbation depuis le {} ({}), plan {}{}.", night.settings().name,
                      of_closings ? counted(plan.count, "clôture retenue", "clôtures retenues")
                                  : counted(plan.count, "courriel retenu", "courriels retenus"),
                      to_french(plan.held_on), plan.reason, plan.id,
                      plan.approved ? ", approuvé : partira au prochain passage" : ""));
      if (of_closings) closings = plan.id;
    }
    return closings;
  }

  static std::string counted(std::int64_t count, const std::string& one, const std::string& many) {
    return french::figures(count) + ' ' + (count > 1 ? many : one);
  }

  void note_unverifiable(SourceNight& night) {
    for (const Rule& rule : catalogue()) {
      const auto lacking = missing_needs(rule, night.snapshot());
      if (lacking.empty() || !settings_of(rule, night.settings().rules).enabled) continue;
      const std::string why = explain({&rule, lacking});
      unverifiable_[std::string(rule.id)].push_back(report_.several_sources ? night.settings().name + " : " + why
                                                                            : why);
      by_need_[night.settings().name + " : " + why].push_back(std::string(rule.id));
    }
  }

  void add_imports(SourceNight& night) {
    const auto last = night.imports().last();
    if (!last) return;
    for (const std::string& line : lines_of(last->remarks)) {
      report_.import_remarks.push_back(night.settings().name + " : " + line);
      report_.overview.notices.push_back(night.settings().name + " : " + line);
    }
    for (std::size_t i = 0; i < kFileCount; ++i) {
      const store::FileCounts& counts = last->files[i];
      report_.imports.push_back({.source = night.settings().name,
                                 .file = std::string(spec(file_at(i)).name) + ".csv",
                                 .present = counts.present,
                                 .rows = counts.rows,
                                 .accepted = counts.accepted,
                                 .kept = counts.kept,
                                 .rejected = counts.rejected,
                                 .added = counts.added,
                                 .changed = counts.changed,
                                 .withdrawn = counts.withdrawn,
                                 .returned = counts.returned,
                                 .remark = columns_remark(file_at(i), counts)});
    }
    night.imports().each_reject([&](const store::RejectRecord& reject) {
      report_.rejects.push_back({.source = night.settings().name,
                                 .file = reject.file,
                                 .line = reject.line,
                                 .reason = std::string(intake::french_reason(reject.reason)),
                                 .field = reject.field,
                                 .value = reject.value,
                                 .record = reject.record});
    });
  }

  void add_source_state(SourceNight& night) {
    const auto last = night.imports().last();
    const auto good = night.imports().last_good();
    std::string outcome = "Jamais importé";
    if (last) outcome = last->good ? (last->stale ? "Importé, export ancien" : "Importé") : "Export refusé";
    const std::string& name = night.settings().name;
    report_.overview.sources.push_back(
        {.name = name,
         .label = night.settings().label,
         .imported_on = good ? good->as_of : Day::never(),
         .outcome = outcome,
         .accounts = night.has_data() ? static_cast<int>(night.snapshot().accounts.size()) : 0,
         .open_findings = open_[name],
         .closings = closings_[name]});
    settings_[name] = &night.settings().rules;
  }

  // Sums over the sources, day by day: a source that did not run on a day counts as it was on its last one.
  void add_trend() {
    std::set<Day> days;
    for (const auto& [source, tallies] : tallies_)
      for (const store::Tally& tally : tallies) days.insert(tally.as_of);
    while (days.size() > kTrendRuns) days.erase(days.begin());
    for (const Day day : days) report_.overview.trend.push_back(point_on(day));
    for (summary::SeverityFigure& figure : report_.overview.by_severity) {
      const auto& trend = report_.overview.trend;
      figure.open.first = trend.size() < 2;
      if (!figure.open.first) figure.open.before = figure_of(trend[trend.size() - 2], figure.severity);
    }
    for (const auto& [source, tallies] : tallies_)
      for (const store::Tally& tally : tallies)
        if (tally.as_of == tallies.back().as_of) report_.overview.resolved += tally.resolved;
    report_.overview.fresh = static_cast<int>(std::ranges::count(report_.findings, true, &summary::FindingRow::fresh));
    for (summary::SeverityFigure& figure : report_.overview.by_severity)
      figure.open.fresh = static_cast<int>(std::ranges::count_if(report_.findings, [&](const summary::FindingRow& row) {
        return row.fresh && row.severity == figure.severity;
      }));
    for (const auto& [need, rules] : by_need_)
      report_.overview.notices.push_back(fmt::format("{} : {} règle{} non vérifiable{}.", need, rules.size(),
                                                     rules.size() > 1 ? "s" : "", rules.size() > 1 ? "s" : ""));
  }

  static int figure_of(const summary::TrendPoint& point, Severity severity) {
    switch (severity) {
      case Severity::kCritical:
        return point.critical;
      case Severity::kMajor:
        return point.major;
      case Severity::kMinor:
        return point.minor;
      case Severity::kInfo:
        return point.info;
    }
    return 0;
  }

  [[nodiscard]] summary::TrendPoint point_on(Day day) const {
    summary::TrendPoint point{.day = day};
    for (const auto& [source, tallies] : tallies_) {
      Day last = Day(INT32_MIN);
      for (const store::Tally& tally : tallies)
        if (tally.as_of <= day) last = std::max(last, tally.as_of);
      for (const store::Tally& tally : tallies) {
        if (tally.as_of != last) continue;
        const Rule* rule = find_rule(tally.rule);
        if (rule == nullptr || !settings_of(*rule, *settings_.at(source)).enabled) continue;
        add(point, tally);
      }
    }
    return point;
  }

  static void add(summary::TrendPoint& point, const store::Tally& tally) {
    switch (tally.severity) {
      case Severity::kCritical:
        point.critical += tally.open;
        break;
      case Severity::kMajor:
        point.major += tally.open;
        break;
      case Severity::kMinor:
        point.minor += tally.open;
        break;
      case Severity::kInfo:
        point.info += tally.open;
        break;
    }
  }

  void add_rules() {
    const auto open = summary::count_by_rule(report_.findings);
    for (const Rule& rule : catalogue()) {
      const RuleSettings& settings = settings_.empty() ? common_ : settings_of(rule, *settings_.begin()->second);
      const auto count = open.find(std::string(rule.id));
      report_.rules.push_back({.id = std::string(rule.id),
                               .family = std::string(french_family_name(family_of(rule))),
                               .title = std::string(rule.title),
                               .severity = settings.severity.value_or(rule.severity),
                               .parameter = parameter_text(rule, settings),
                               .state = state_of(rule),
                               .open = count == open.end() ? 0 : count->second,
                               .source = std::string(rule.source),
                               .remedy = general_remedy(rule)});
    }
  }

  [[nodiscard]] std::string state_of(const Rule& rule) const {
    std::string off;
    for (const auto& [source, rules] : settings_)
      if (!settings_of(rule, *rules).enabled) off.append(off.empty() ? "" : ", ").append(source);
    if (!off.empty()) return report_.several_sources ? "Désactivée : " + off : "Désactivée";
    const auto found = unverifiable_.find(std::string(rule.id));
    if (found == unverifiable_.end()) return "Active";
    std::string why;
    for (const std::string& each : found->second) why += (why.empty() ? "" : " ; ") + each;
    return "Non vérifiable : " + why;
  }

  Context& context_;
  summary::Report report_;
  std::map<std::string, int> open_;
  std::map<std::string, int> closings_;
  std::map<std::string, std::vector<store::Tally>> tallies_;
  std::map<std::string, const RulesSettings*> settings_;
  std::map<std::string, std::vector<std::string>> unverifiable_;  // by rule: why
  std::map<std::string, std::vector<std::string>> by_need_;       // by reason: rules
  bool has_data_ = false;
  RuleSettings common_;  // where no source says otherwise
};

}  // namespace

std::vector<fs::path> write_reports(Context& context, std::vector<SourceNight>& nights) {
  std::vector<fs::path> written;
  make_private_folder(context.settings.report_directory);
  const auto write = [&](ReportBuilder& builder, const std::string& about) {
    const fs::path file =
        context.settings.report_directory / fmt::format("conformite-{}{}.xlsx", about, to_iso(context.day));
    write_workbook(builder.finish(), file);
    written.push_back(file);
    context.log.info("reported", "workbook: " + file.string());
  };
  for (SourceNight& night : nights) {
    ReportBuilder builder(context, false);
    builder.add(night);
    write(builder, night.settings().name + "-");
  }
  if (context.settings.sources.size() < 2 || nights.size() != context.settings.sources.size()) return written;
  ReportBuilder all(context, true);
  for (SourceNight& night : nights) all.add(night);
  write(all, "");
  return written;
}

}  // namespace vigie
