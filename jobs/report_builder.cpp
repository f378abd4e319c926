#include "report_builder.h"

#include <algorithm>
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "calendar.h"
#include "detect_job.h"
#include "domain/french.h"
#include "domain/text.h"
#include "events.h"
#include "rules/catalogue.h"
#include "store/waivers.h"
#include "summary/raw_record.h"
#include "summary/summarize.h"

namespace vigie {
namespace {

constexpr int kTrendRuns = 30;
constexpr int kMonthDays = 30;
constexpr int kTallyDays = std::max(kTrendRuns, kMonthDays + 1);  // a night each day: the last is of 30 days ago
constexpr std::int64_t kSecondsADay = 86'400;

using AccessKey = std::tuple<std::string, std::string, std::string>;  // convention, service, role

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
  std::vector<std::string> absent;
  const auto fields = spec(file).fields;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if ((counts.columns & column_bit(i)) == 0) absent.emplace_back(fields[i].name);
  std::vector<std::string> remarks;
  if (!absent.empty()) remarks.push_back("Colonnes absentes : " + joined(absent));
  if (!counts.unknown_columns.empty()) remarks.push_back("Colonnes ignorées : " + counts.unknown_columns);
  return joined(remarks, ". ");
}

std::string parameter_text(const Rule& rule, const RuleSettings& settings) {
  if (rule.parameter.name.empty()) return {};
  const int value = settings.parameter.value_or(rule.parameter.value);
  return rule.parameter.name == "days" ? french::counted(value, "jour") : french::figures(value) + " au plus";
}

std::string counted(std::int64_t count, const std::string& one, const std::string& many) {
  return french::figures(count) + ' ' + (count > 1 ? many : one);
}

std::string held_plan_of(const Context& context, store::SourceNumber source) {
  for (const store::Plan& plan : store::Plans(context.store).held())
    if (plan.source == source && plan.kind == store::PlanKind::kClosings) return plan.id;
  return {};
}

void read_data(Context& context, SourceNight& night, SourceRecord& source) {
  const store::Findings stored(context.store, night.number());
  source.snapshot = &night.snapshot();
  source.facts = &night.facts();
  source.addressees = &night.addressees();
  source.findings = &night.findings();
  source.actions = store::Actions(context.store, night.number()).all();
  source.waivers = store::SourceWaivers(context.store, night.number()).all();
  source.held_plan = held_plan_of(context, night.number());
  source.judged_on = stored.judged_on().value_or(context.day);
  source.access_before = store::read_access(context.store, night.number(), month_of(context.day) - 1);
  source.tallies = stored.tallies(kTallyDays);
}

Findings shown_findings(const SourceRecord& source) {
  Findings shown;
  for (const Finding& finding : *source.findings)
    if (!finding.resolved && source.night->shows(finding)) shown.push_back(&finding);
  return shown;
}

summary::Inputs inputs_of(const SourceRecord& source, const Findings& findings, Day day) {
  return {.source = source.night->settings().name,
          .snapshot = *source.snapshot,
          .facts = *source.facts,
          .addressees = *source.addressees,
          .day = day,
          .judged_on = source.judged_on,
          .findings = findings,
          .actions = source.actions,
          .waivers = source.waivers,
          .plan = source.held_plan};
}

std::vector<summary::AccessRow> access_rows(const summary::Inputs& inputs,
                                            const std::vector<store::AccessCount>& counts_before) {
  std::map<AccessKey, int> before;
  for (const store::AccessCount& count : counts_before)
    before[{count.convention, count.service, count.role}] = count.persons;
  auto rows = summary::access_rows(inputs);
  for (summary::AccessRow& row : rows) {
    const auto found = before.find({row.convention, row.service, row.role});
    row.known_before = !before.empty();
    row.before = found == before.end() ? 0 : found->second;
  }
  return rows;
}

std::string_view outcome_of(const std::optional<store::Import>& import) {
  if (!import) return "Jamais importé";
  if (!import->good) return "Export refusé";
  return import->stale ? "Importé, export ancien" : "Importé";
}

}  // namespace

SourceRecord read_source(Context& context, SourceNight& night) {
  SourceRecord source{.night = &night, .last_import = night.imports().last(), .rejects = night.imports().rejects()};
  if (const auto good = night.imports().last_good()) source.imported_on = good->as_of;
  if (night.has_data()) read_data(context, night, source);
  return source;
}

ReportBuilder::ReportBuilder(const Context& context, bool several_sources) : common_(context.settings.rules) {
  report_.title = "Conformité des habilitations";
  report_.version = VIGIE_VERSION;
  report_.run = std::to_string(context.run);
  report_.day = context.day;
  report_.created_at = context.day.count() * kSecondsADay;
  report_.several_sources = several_sources;
  if (context.begins_again) report_.overview.notices.push_back(new_store_notice(context));
}

void ReportBuilder::add(const SourceRecord& source) {
  if (!report_.several_sources) report_.title += " – " + source.night->settings().label;
  settings_[source.night->settings().name] = &source.night->settings().rules;
  add_import(source);
  if (source.snapshot != nullptr) add_data(source);
  add_source_state(source);
}

void ReportBuilder::finish_lists() {
  if (report_.several_sources) std::ranges::stable_sort(report_.findings, summary::shown_before);
  report_.reject_counts = summary::count_rejects(report_.rejects);
  open_by_rule_ = summary::count_by_rule_and_source(report_.findings);
  add_rules();
}

void ReportBuilder::finish_overview(const StateOfNight& state) {
  summary::fill_overview(report_);
  if (!has_data_) say_nothing_is_verified();
  add_held(state.held);
  add_mail_troubles(state.mail_troubles);
  add_waived();
  add_trend();
  add_changes();
  add_month();
  add_unverifiable();
}

std::vector<summary::PartnerReport> ReportBuilder::partners(const SourceRecord& source) const {
  const Findings findings = shown_findings(source);
  return summary::partner_reports(inputs_of(source, findings, report_.day), report_, source.night->settings().label);
}

// Without any good import a zero is no good news.
void ReportBuilder::say_nothing_is_verified() {
  for (summary::Answer& answer : report_.overview.answers) {
    answer.sentence = "Non vérifié : aucun export n'a encore été importé.";
    answer.verified = false;
  }
}

void ReportBuilder::add_data(const SourceRecord& source) {
  has_data_ = true;
  const std::string& name = source.night->settings().name;
  const Findings findings = shown_findings(source);
  const summary::Inputs inputs = inputs_of(source, findings, report_.day);
  append(report_.findings, summary::finding_rows(inputs));
  append(report_.shared_mailboxes, summary::shared_mailbox_rows(inputs));
  append(report_.t1, summary::t1_rows(inputs));
  append(report_.managers, summary::manager_rows(inputs));
  append(report_.approvers, summary::approver_rows(inputs));
  append(report_.actions, summary::action_rows(inputs));
  append(report_.waivers, summary::waiver_rows(inputs));
  append(report_.access, access_rows(inputs, source.access_before));
  open_[name] =
      static_cast<int>(std::ranges::count_if(findings, [](const Finding* finding) { return is_counted(*finding); }));
  closings_[name] = static_cast<int>(std::ranges::count_if(source.actions, &Action::given_out));
  held_[name] = static_cast<int>(std::ranges::count(source.actions, ActionState::kHeld, &Action::state));
  tallies_[name] = source.tallies;
  note_taken_back(source);
  note_unverifiable(source);
}

// What somebody may still have on a list of the days before.
void ReportBuilder::note_taken_back(const SourceRecord& source) {
  const auto count = std::ranges::count_if(
      source.actions, [&](const Action& action) { return action.taken_back() && action.ended_on == report_.day; });
  if (count > 0)
    report_.overview.notices.push_back(
        fmt::format("{} : {} plus par l'export ; à ne pas effectuer (vigie actions --state obsolete).",
                    source.night->settings().name,
                    counted(count, "clôture demandée auparavant n'est", "clôtures demandées auparavant ne sont") +
                        (count > 1 ? " justifiées" : " justifiée")));
}

// What guards hold of the report's sources.
void ReportBuilder::add_held(const std::vector<store::Plan>& held) {
  for (const store::Plan& plan : held) {
    if (!settings_.contains(plan.source_name)) continue;
    report_.overview.notices.push_back(fmt::format(
        "{} : {} en attente d'approbation depuis le {} ({}), plan {}{}.", plan.source_name,
        plan.kind == store::PlanKind::kClosings ? counted(plan.count, "clôture retenue", "clôtures retenues")
                                                : counted(plan.count, "mail retenu", "mails retenus"),
        to_french(plan.held_on), plan.reason, plan.id,
        plan.approved ? ", approuvé : partira au prochain passage" : ""));
  }
}

void ReportBuilder::add_mail_troubles(const std::vector<store::MailTrouble>& troubles) {
  for (const store::MailTrouble& trouble : troubles) {
    if (!settings_.contains(trouble.source)) continue;
    const auto say = [&](std::int64_t count, const std::string& one, const std::string& many, std::string_view filter) {
      if (count > 0)
        report_.overview.notices.push_back(
            fmt::format("{} : {} (vigie mails --state {}).", trouble.source, counted(count, one, many), filter));
    };
    say(trouble.waiting, "mail attend un nouvel essai d'envoi", "mails attendent un nouvel essai d'envoi", "queued");
    say(trouble.refused, "mail refusé par le serveur de messagerie en 30 jours",
        "mails refusés par le serveur de messagerie en 30 jours", "refused");
    say(trouble.given_up, "mail abandonné en 30 jours, après cinq jours d'essais",
        "mails abandonnés en 30 jours, après cinq jours d'essais", "given-up");
  }
}

void ReportBuilder::add_waived() {
  const auto waived = std::ranges::count(report_.findings, true, &summary::FindingRow::waived);
  if (waived > 0)
    report_.overview.notices.push_back(fmt::format(
        "{}, hors des chiffres de cette page : voir « Dérogations ».",
        counted(waived, "anomalie fait l'objet d'une dérogation", "anomalies font l'objet d'une dérogation")));
  const auto idle = std::ranges::count(report_.waivers, "Sans objet", &summary::WaiverRow::state);
  if (idle > 0)
    report_.overview.notices.push_back(
        fmt::format("{} à aucune anomalie ouverte.",
                    counted(idle, "dérogation en vigueur ne correspond", "dérogations en vigueur ne correspondent")));
  const auto soon = std::ranges::count(report_.waivers, true, &summary::WaiverRow::ends_soon);
  if (soon == 0) return;
  Day first = Day::never();
  for (const summary::WaiverRow& waiver : report_.waivers)
    if (waiver.ends_soon) first = std::min(first, waiver.until);
  report_.overview.notices.push_back(fmt::format("{} dans les 30 jours{} le {} : voir « Dérogations ».",
                                                 counted(soon, "dérogation se termine", "dérogations se terminent"),
                                                 soon > 1 ? ", la première" : ",", to_french(first)));
}

void ReportBuilder::note_unverifiable(const SourceRecord& source) {
  const SourceSettings& settings = source.night->settings();
  for (const Rule& rule : catalogue()) {
    const auto lacking = missing_needs(rule, *source.snapshot);
    if (lacking.empty() || !settings_of(rule, settings.rules).enabled) continue;
    const std::string why = explain({&rule, lacking});
    const std::string of_source = settings.name + " : " + why;
    const std::string& shown = report_.several_sources ? of_source : why;
    unverifiable_[{std::string(rule.id), settings.name}] = shown;
    report_.unverifiable.push_back({std::string(rule.id), shown});
    by_need_[of_source].emplace_back(rule.id);
  }
}

void ReportBuilder::add_unverifiable() {
  for (const auto& [need, rules] : by_need_)
    report_.overview.notices.push_back(fmt::format(
        "{} : {}.", need,
        counted(static_cast<std::int64_t>(rules.size()), "règle non vérifiable", "règles non vérifiables")));
}

void ReportBuilder::add_import(const SourceRecord& source) {
  if (!source.last_import) return;
  const std::string& name = source.night->settings().name;
  for (const std::string& line : lines_of(source.last_import->remarks)) {
    report_.import_remarks.push_back(name + " – " + line);
    report_.overview.notices.push_back(name + " – " + line);
  }
  for (std::size_t i = 0; i < kFileCount; ++i) {
    const store::FileCounts& counts = source.last_import->files[i];
    const bool read = counts.present || source.last_import->good;
    report_.imports.push_back({.source = name,
                               .file = csv_name(file_at(i)),
                               .present = counts.present,
                               .read = read,
                               .rows = counts.rows,
                               .accepted = counts.accepted,
                               .kept = counts.kept,
                               .rejected = counts.rejected,
                               .added = counts.added,
                               .changed = counts.changed,
                               .withdrawn = counts.withdrawn,
                               .returned = counts.returned,
                               .remark = read ? columns_remark(file_at(i), counts) : "Export refusé"});
  }
  for (const store::RejectRecord& reject : source.rejects)
    report_.rejects.push_back({.source = name,
                               .file = reject.file,
                               .line = reject.line,
                               .reason = std::string(intake::french_reason(reject.reason)),
                               .field = reject.field,
                               .value = reject.value,
                               .record = summary::shown_record(reject.record)});
}

void ReportBuilder::add_source_state(const SourceRecord& source) {
  const SourceSettings& settings = source.night->settings();
  report_.overview.sources.push_back(
      {.name = settings.name,
       .label = settings.label,
       .imported_on = source.imported_on,
       .outcome = std::string(outcome_of(source.last_import)),
       .accounts = source.snapshot == nullptr ? 0 : static_cast<int>(source.snapshot->accounts.size()),
       .open_findings = open_[settings.name],
       .closings = closings_[settings.name],
       .held = held_[settings.name]});
}

// Sums over the sources, day by day: a source that did not run on a day counts as it was on its last one.
void ReportBuilder::add_trend() {
  std::set<Day> days;
  for (const auto& [source, tallies] : tallies_)
    for (const store::Tally& tally : tallies) days.insert(tally.as_of);
  while (days.size() > kTrendRuns) days.erase(days.begin());
  for (const Day day : days) {
    summary::TrendPoint point{.day = day};
    for (const auto& [family, counts] : counts_on(day))
      for (const Severity severity : kSeveritiesGravestFirst) point.open[severity] += counts[severity];
    report_.overview.trend.push_back(point);
  }
}

void ReportBuilder::add_changes() {
  summary::Overview& overview = report_.overview;
  if (overview.trend.empty()) return;
  const bool first = overview.trend.size() < 2;
  if (!first) overview.before = 0;
  for (summary::SeverityFigure& figure : overview.by_severity) {
    figure.open.first = first;
    if (!first)
      *overview.before += figure.open.before = overview.trend[overview.trend.size() - 2].open[figure.severity];
  }
  if (!first) {
    for (const auto& [family, counts] : counts_on(overview.trend[overview.trend.size() - 2].day))
      family_figure(family).before = counts.total();
    for (summary::FamilyFigure& figure : overview.by_family) figure.before = figure.before.value_or(0);
  }
  for (const auto& [source, tallies] : tallies_)
    for (const store::Tally& tally : tallies) {
      if (tally.as_of != overview.trend.back().day || !is_enabled(tally.rule, *settings_.at(source))) continue;
      overview.returned += tally.returned;
      overview.resolved += tally.resolved;
    }
}

// What was open 30 days ago, where each source was judged by then.
void ReportBuilder::add_month() {
  const Day day = report_.day - kMonthDays;
  if (tallies_.empty() || !all_judged_by(day)) return;
  summary::Overview& overview = report_.overview;
  SeverityCounts all;
  for (const auto& [family, counts] : counts_on(day)) {
    for (const Severity severity : kSeveritiesGravestFirst) all[severity] += counts[severity];
    family_figure(family).month_before = counts.total();
  }
  for (summary::SeverityFigure& figure : overview.by_severity) figure.open.month_before = all[figure.severity];
  for (summary::FamilyFigure& figure : overview.by_family) {
    figure.month_before = figure.month_before.value_or(0);
    if (overview.before) figure.before = figure.before.value_or(0);
  }
}

bool ReportBuilder::all_judged_by(Day day) const {
  return std::ranges::all_of(tallies_, [&](const auto& source) {
    return std::ranges::any_of(source.second, [&](const store::Tally& tally) { return tally.as_of <= day; });
  });
}

ReportBuilder::Counts ReportBuilder::counts_on(Day day) const {
  Counts counts;
  for (const auto& [source, tallies] : tallies_) {
    Day last = Day(INT32_MIN);
    for (const store::Tally& tally : tallies)
      if (tally.as_of <= day) last = std::max(last, tally.as_of);
    for (const store::Tally& tally : tallies) {
      if (tally.as_of != last || tally.open == 0 || !is_enabled(tally.rule, *settings_.at(source))) continue;
      const Rule* rule = find_rule(tally.rule);
      counts[rule == nullptr ? "" : french_family_name(family_of(*rule))][tally.severity] += tally.open;
    }
  }
  return counts;
}

// Of a family of the catalogue, made where nothing of it is open.
summary::FamilyFigure& ReportBuilder::family_figure(std::string_view family) {
  auto& figures = report_.overview.by_family;
  auto next = figures.begin();
  std::string_view last;
  for (const Rule& rule : catalogue()) {
    const std::string_view each = french_family_name(family_of(rule));
    if (each == last) continue;
    last = each;
    const bool is_there = next != figures.end() && next->family == each;
    if (each == family) return is_there ? *next : *figures.insert(next, {.family = std::string(family)});
    if (is_there) ++next;
  }
  return *figures.insert(figures.end(), {.family = std::string(family)});
}

void ReportBuilder::add_rules() {
  for (const Rule& rule : catalogue())
    for (const std::vector<std::string>& sources : sources_by_settings(rule)) add_rule(rule, sources);
}

// The report's sources, those together that set the rule alike; one group of none where there are no sources.
std::vector<std::vector<std::string>> ReportBuilder::sources_by_settings(const Rule& rule) const {
  if (settings_.empty()) return {{}};
  std::vector<std::vector<std::string>> groups;
  for (const auto& [source, rules] : settings_) {
    const RuleSettings& settings = settings_of(rule, *rules);
    const auto group = std::ranges::find_if(groups, [&](const std::vector<std::string>& others) {
      const RuleSettings& other = settings_of(rule, *settings_.at(others.front()));
      return other.enabled == settings.enabled &&
             other.severity.value_or(rule.severity) == settings.severity.value_or(rule.severity) &&
             other.parameter.value_or(rule.parameter.value) == settings.parameter.value_or(rule.parameter.value);
    });
    if (group == groups.end())
      groups.push_back({source});
    else
      group->push_back(source);
  }
  return groups;
}

void ReportBuilder::add_rule(const Rule& rule, const std::vector<std::string>& sources) {
  const RuleSettings& settings = settings_of(rule, sources.empty() ? common_ : *settings_.at(sources.front()));
  int open = 0;
  for (const std::string& source : sources)
    if (const auto count = open_by_rule_.find({std::string(rule.id), source}); count != open_by_rule_.end())
      open += count->second;
  report_.rules.push_back({.id = std::string(rule.id),
                           .family = std::string(french_family_name(family_of(rule))),
                           .title = std::string(rule.title),
                           .severity = settings.severity.value_or(rule.severity),
                           .parameter = parameter_text(rule, settings),
                           .state = state_of(rule, sources),
                           .open = open,
                           .source = std::string(rule.source),
                           .remedy = general_remedy(rule),
                           .sources = sources.size() == settings_.size() ? "Toutes" : joined(sources)});
}

std::string ReportBuilder::state_of(const Rule& rule, const std::vector<std::string>& sources) const {
  if (!sources.empty() && !settings_of(rule, *settings_.at(sources.front())).enabled) return "Désactivée";
  std::vector<std::string> reasons;
  for (const std::string& source : sources)
    if (const auto found = unverifiable_.find({std::string(rule.id), source}); found != unverifiable_.end())
      reasons.push_back(found->second);
  return reasons.empty() ? "Active" : "Non vérifiable : " + joined(reasons, " ; ");
}

}  // namespace vigie
