#include "report_builder.h"

#include <algorithm>
#include <sstream>

#include "calendar.h"
#include "domain/french.h"
#include "domain/text.h"
#include "events.h"
#include "findings/remedy.h"
#include "rules/catalogue.h"
#include "store/waivers.h"
#include "summary/raw_record.h"
#include "summary/summarize.h"

namespace vigie {
namespace {

constexpr std::int64_t kSecondsADay = 86'400;

using AccessKey = std::tuple<std::string, std::string, std::string>;  // convention, service, role

template <typename Row>
void append(std::vector<Row>& rows, std::vector<Row> more) {
  if (rows.empty())
    rows = std::move(more);
  else
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
  source.actions = &night.actions();
  source.waivers = store::SourceWaivers(context.store, night.number()).all();
  source.held_plan = held_plan_of(context, night.number());
  source.judged_on = stored.judged_on().value_or(context.day);
  source.access_before = store::read_access(context.store, night.number(), month_of(context.day) - 1);
  source.tallies = stored.tallies(summary::kTallyDays);
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
          .actions = *source.actions,
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
  summary::fill_trend(report_, tallies_);
  add_held(state.held);
  for (const summary::MailTrouble& trouble : state.mail_troubles)
    if (settings_.contains(trouble.source)) append(report_.overview.notices, summary::mail_notices(trouble));
  append(report_.overview.notices, summary::unverifiable_notices(report_.unverifiable));
  append(report_.overview.notices, summary::waiver_notices(report_));
}

std::vector<summary::PartnerReport> ReportBuilder::partners(const SourceRecord& source) const {
  const Findings findings = shown_findings(source);
  return summary::partner_reports(inputs_of(source, findings, report_.day), report_, source.night->settings().label);
}

// Without any good import a zero is no good news.
void ReportBuilder::say_nothing_is_verified() {
  for (summary::Answer& answer : report_.overview.answers) {
    answer.sentence = summary::kNothingImported;
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
  closings_[name] = static_cast<int>(std::ranges::count_if(*source.actions, &Action::given_out));
  held_[name] = static_cast<int>(std::ranges::count(*source.actions, ActionState::kHeld, &Action::state));
  tallies_.push_back({&source.night->settings().rules, source.tallies});
  if (auto notice = summary::taken_back_notice(name, *source.actions, report_.day))
    report_.overview.notices.push_back(std::move(*notice));
  note_verifiable(source);
}

// What guards hold of the report's sources.
void ReportBuilder::add_held(const std::vector<store::Plan>& held) {
  for (const store::Plan& plan : held)
    if (settings_.contains(plan.source_name))
      report_.overview.notices.push_back(summary::held_notice({.source = plan.source_name,
                                                               .is_mails = plan.kind == store::PlanKind::kMails,
                                                               .count = plan.count,
                                                               .since = plan.held_on,
                                                               .reason = plan.reason,
                                                               .plan = plan.id,
                                                               .is_approved = plan.approved}));
}

void ReportBuilder::note_verifiable(const SourceRecord& source) {
  const SourceSettings& settings = source.night->settings();
  for (const Rule& rule : catalogue()) {
    if (!settings_of(rule, settings.rules).enabled) continue;
    std::vector<std::string> lacking;
    for (const Need& need : missing_needs(rule, *source.snapshot)) lacking.push_back(explain_need(need));
    if (lacking.empty())
      report_.verifiable.emplace(rule.id);
    else
      report_.unverifiable.push_back({std::string(rule.id), settings.name, std::move(lacking)});
  }
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
  for (const summary::UnverifiableRule& each : report_.unverifiable)
    if (each.id == rule.id && std::ranges::find(sources, each.source) != sources.end())
      reasons.push_back((report_.several_sources ? each.source + " : " : "") + joined(each.lacking));
  return reasons.empty() ? "Active" : "Non vérifiable : " + joined(reasons, " ; ");
}

}  // namespace vigie
