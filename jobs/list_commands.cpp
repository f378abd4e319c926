#include "list_commands.h"

#include <algorithm>
#include <iostream>
#include <set>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "calendar.h"
#include "context.h"
#include "detect_job.h"
#include "domain/text.h"
#include "errors.h"
#include "findings/remedy.h"
#include "good_runs.h"
#include "lists/list_writer.h"
#include "lock.h"
#include "nearest.h"
#include "rows.h"
#include "rules/catalogue.h"
#include "rules_document.h"
#include "store/actions.h"
#include "store/findings.h"
#include "store/history.h"
#include "store/mails.h"
#include "store/runs.h"

namespace vigie {
namespace {

constexpr std::size_t kNewestHistory = 1000;
constexpr int kNewestRuns = 20;

void check_account(const store::Store& store, const std::vector<StoredSource>& sources, const Options& options) {
  if (options.account.empty()) return;
  const bool known = std::ranges::any_of(
      sources, [&](const StoredSource& source) { return knows_account(store, source.number, options.account); });
  if (!known) throw UsageError("--account: no account " + options.account + " has ever been imported");
}

bool shown(const Finding& finding, FindingStatus status, const SourceSettings& source, const Options& options) {
  if (!is_enabled(finding.rule, source.rules)) return false;
  if (options.status.empty() && !options.all && status == FindingStatus::kResolved) return false;
  return matches(options.status, name(status)) && matches(options.convention, finding.convention) &&
         matches(options.rule, finding.rule) && matches(options.severity, name(finding.severity));
}

bool shown(const Action& action, const Options& options) {
  if (options.state.empty() && !options.all && action.finished()) return false;
  return matches(options.state, name(action.state)) && matches(options.convention, action.convention) &&
         matches(options.kind, name(action.kind));
}

std::string stem_of(const std::string& file) { return file.ends_with(".csv") ? file.substr(0, file.size() - 4) : file; }

bool shown(const store::RejectRecord& reject, const Options& options) {
  return matches(options.reason, reject.reason) && matches(stem_of(options.file), stem_of(reject.file));
}

std::string rule_state(const Rule& rule, const RuleSettings& settings, const std::optional<Snapshot>& columns) {
  if (!settings.enabled) return "disabled";
  if (!columns) return "enabled";
  const auto lacking = missing_needs(rule, *columns);
  return lacking.empty() ? "enabled" : "not verifiable: " + explain_lack({&rule, lacking});
}

std::string audience_text(const Audience& audience) {
  std::vector<std::string> told;
  if (audience.administrators) told.emplace_back("admin");
  if (audience.managers) told.emplace_back("manager");
  if (audience.caf) told.emplace_back("caf");
  return joined(told);
}

std::string needs_text(const Rule& rule) {
  std::vector<std::string> needs;
  for (const Need& need : rule.needs) {
    const FileSpec& file = spec(need.file);
    needs.push_back(need.field == Need::kWholeFile ? csv_name(need.file)
                                                   : fmt::format("{}.{}", file.name, file.fields[need.field].name));
  }
  return joined(needs);
}

// Only the columns that the source's last good drop had: enough to tell what is verifiable.
std::optional<Snapshot> columns_of(const SourceSettings& source, const Settings& settings) try {
  const store::Store store(settings.store, store::Opening::kExisting);
  const auto stored = stored_sources(store, {&source});
  const auto good = stored.empty() ? std::nullopt : store::Imports(store, stored.front().number).last_good();
  if (!good) return std::nullopt;
  Snapshot snapshot;
  for (std::size_t i = 0; i < kFileCount; ++i)
    snapshot.columns[i] = good->files[i].present ? good->files[i].columns : ColumnMask{0};
  return snapshot;
} catch (const NoStoreError&) {
  return std::nullopt;
}

// Tells runs that are under way from those that were killed.
class LivingRuns {
 public:
  LivingRuns(const store::Store& store, const store::Location& location) : store_(store), is_file_(location.is_file()) {
    if (is_file_) holder_ = holder_of(location);
  }

  [[nodiscard]] std::string result_of(const store::Run& run) const {
    if (run.finished_at != 0) return run.summary;
    return run.summary.empty() && is_under_way(run) ? "under way" : "interrupted";
  }

 private:
  // Whoever holds a file's lock began its run after it took it, and has marked those that were killed before.
  [[nodiscard]] bool is_under_way(const store::Run& run) const {
    if (!is_file_) return store_.claimed_by(store::Claim::kRun, run.number).has_value();
    return holder_ && run.started_at >= holder_->since;
  }

  const store::Store& store_;
  bool is_file_;
  std::optional<LockHolder> holder_;
};

std::string next_time(const schedule::Job& job) { return paris_time(job.cron.next(now_seconds(), paris_clock())); }

void list_jobs(const store::Store& store, const Options& options, const Settings& settings, const LivingRuns& living) {
  lists::ListWriter writer(format_of(options),
                           {{"job"},
                            {"schedule"},
                            {"last_started_at"},
                            {"seconds", lists::ColumnKind::kInteger},
                            {"exit", lists::ColumnKind::kInteger},
                            {"last_good_at"},
                            {"next_at"},
                            {"result"}},
                           std::cout);
  const auto runs = store::newest_runs(store, -1);
  for (const std::string& name : schedulable_jobs()) {
    const auto job = std::ranges::find(settings.schedule.jobs, name, &schedule::Job::name);
    const auto last = std::ranges::find(runs, name, &store::Run::command);
    const bool is_scheduled = job != settings.schedule.jobs.end();
    if (!is_scheduled && last == runs.end()) continue;
    const bool ran = last != runs.end();
    const bool ended = ran && last->finished_at != 0;
    const auto good = last_good_run(store, name);
    writer.row({name, is_scheduled ? job->cron.text() : "", ran ? paris_time(last->started_at) : "",
                ended ? std::to_string(last->finished_at - last->started_at) : "",
                ended ? std::to_string(last->exit_code) : "", good ? paris_time(*good) : "",
                is_scheduled ? next_time(*job) : "", ran ? living.result_of(*last) : ""});
  }
  writer.end();
}

void print_plan(const store::Store& store, const store::Plan& plan, lists::Format format) {
  if (plan.kind == store::PlanKind::kClosings) {
    lists::ListWriter writer(format, action_columns(), std::cout, "The plan is empty.");
    auto actions = store::Actions(store, plan.source).all();
    std::erase_if(actions, [](const Action& action) { return action.state != ActionState::kHeld; });
    std::ranges::sort(actions, carried_out_before);
    for (const Action& action : actions) writer.row(action_row(plan.source_name, action));
    return writer.end();
  }
  lists::ListWriter writer(
      format, {{"source"}, {"address"}, {"convention"}, {"date"}, {"findings", lists::ColumnKind::kInteger}}, std::cout,
      "The plan is empty.");
  for (const store::HeldMail& mail : store::Mails(store, plan.source).held())
    writer.row(
        {plan.source_name, mail.address, mail.convention, to_iso(mail.as_of), std::to_string(mail.findings.size())});
  writer.end();
}

std::vector<std::string> names_of(const std::vector<SourceSettings>& sources) {
  std::vector<std::string> names;
  for (const SourceSettings& source : sources) names.push_back(source.name);
  return names;
}

}  // namespace

bool matches(const std::string& filter, std::string_view value) { return filter.empty() || filter == value; }

ListedStore::ListedStore(const Options& options, const Settings& settings)
    : chosen_(chosen_sources(options, settings)),
      store_(settings.store, store::Opening::kExisting),
      sources_(stored_sources(store_, chosen_)) {
  check_convention(store_, sources_, options);
}

lists::Format format_of(const Options& options) {
  return lists::find_format(options.format).value_or(lists::Format::kTable);
}

void check_rule(const Options& options) {
  if (options.rule.empty() || find_rule(options.rule) != nullptr) return;
  std::vector<std::string> ids;
  for (const Rule& rule : catalogue()) ids.emplace_back(rule.id);
  throw UsageError("--rule: no rule " + options.rule + did_you_mean(options.rule, ids) + "; `vigie rules` lists them");
}

void check_convention(const store::Store& store, const std::vector<StoredSource>& sources, const Options& options) {
  if (options.convention.empty()) return;
  std::set<std::string> known;
  for (const StoredSource& source : sources)
    for (std::string& number : known_conventions(store, source.number)) known.insert(std::move(number));
  if (!known.contains(options.convention))
    throw UsageError("--convention: no convention " + options.convention + " has ever been imported" +
                     did_you_mean(options.convention, {known.begin(), known.end()}));
}

std::vector<StoredSource> stored_sources(const store::Store& store, const std::vector<const SourceSettings*>& chosen) {
  std::vector<StoredSource> sources;
  auto find = store.prepare("SELECT id FROM source WHERE name = ?");
  for (const SourceSettings* settings : chosen) {
    const bool is_known = find.with(settings->name).step();
    if (is_known) sources.push_back({settings, find.integer(0)});
    if (!is_known || !store::Imports(store, sources.back().number).last_good())
      std::cerr << "nothing of the source " << settings->name << " has been imported yet\n";
  }
  return sources;
}

std::vector<const SourceSettings*> chosen_sources(const Options& options, const Settings& settings) {
  std::vector<const SourceSettings*> chosen;
  for (const std::string& name : options.sources)
    if (std::ranges::find(settings.sources, name, &SourceSettings::name) == settings.sources.end())
      throw UsageError("--source: no source " + name + " in " + settings.file.string() +
                       did_you_mean(name, names_of(settings.sources)));
  for (const SourceSettings& source : settings.sources)
    if (options.sources.empty() || std::ranges::find(options.sources, source.name) != options.sources.end())
      chosen.push_back(&source);
  return chosen;
}

Day parse_day(const std::string& text, const std::string& option) {
  const auto day = Day::parse(text);
  if (!day) throw UsageError(option + ": " + text + " is no day; write it as 2026-11-20");
  return *day;
}

bool list_findings(const Options& options, const Settings& settings) {
  check_rule(options);
  const ListedStore listed(options, settings);
  lists::ListWriter writer(format_of(options), finding_columns(), std::cout, "No findings.");
  const auto fail_on = find_severity(options.fail_on);
  bool fails = false;
  for (const auto& [source, number] : listed.sources()) {
    const store::Findings stored(listed.store(), number);
    const Day judged_on = stored.judged_on().value_or(Day());
    auto findings = stored.all();
    mark_waived(listed.store(), number, judged_on, findings);
    std::erase_if(findings, [&, &source = source](const Finding& finding) {
      return !shown(finding, status_of(finding, judged_on), *source, options);
    });
    std::ranges::sort(findings, {}, [](const Finding& f) { return std::tie(f.convention, f.rule, f.subject); });
    for (const Finding& finding : findings) {
      writer.row(finding_row(source->name, finding, judged_on));
      fails = fails || (fail_on && is_counted(finding) && finding.severity >= *fail_on);
    }
  }
  writer.end();
  return fails;
}

void list_actions(const Options& options, const Settings& settings) {
  const ListedStore listed(options, settings);
  lists::ListWriter writer(format_of(options), action_columns(), std::cout, "No closings are missing.");
  for (const auto& [source, number] : listed.sources()) {
    auto actions = store::Actions(listed.store(), number).all();
    std::erase_if(actions, [&](const Action& action) { return !shown(action, options); });
    std::ranges::sort(actions, {}, [](const Action& a) { return std::tuple(a.convention, name(a.kind), a.subject); });
    for (const Action& action : actions) writer.row(action_row(source->name, action));
  }
  writer.end();
}

void list_rejects(const Options& options, const Settings& settings) {
  const ListedStore listed(options, settings);
  lists::ListWriter writer(format_of(options), reject_columns(), std::cout, "No row of the last import was rejected.");
  for (const auto& [source, number] : listed.sources()) {
    auto rejects = store::Imports(listed.store(), number).rejects();
    std::erase_if(rejects, [&](const store::RejectRecord& reject) { return !shown(reject, options); });
    std::ranges::stable_sort(rejects, {}, [](const store::RejectRecord& r) { return std::tie(r.file, r.line); });
    for (const store::RejectRecord& reject : rejects) writer.row(reject_row(source->name, reject));
  }
  writer.end();
}

void list_history(const Options& options, const Settings& settings) {
  const ListedStore listed(options, settings);
  check_account(listed.store(), listed.sources(), options);
  store::HistoryFilter filter{.convention = options.convention, .account = options.account};
  for (const SourceSettings* source : chosen_sources(options, settings)) filter.sources.push_back(source->name);
  filter.file = stem_of(options.file);
  if (!options.since.empty()) filter.since = parse_day(options.since, "--since");
  const bool filtered = !filter.file.empty() || !filter.convention.empty() || !filter.account.empty() || filter.since ||
                        !options.sources.empty();
  filter.newest = options.limit >= 0 ? static_cast<std::size_t>(options.limit) : filtered ? 0 : kNewestHistory;
  const auto rows = store::history(listed.store(), filter);
  lists::ListWriter writer(format_of(options), history_columns(), std::cout, "No history.");
  for (const store::HistoryRow& row : rows) writer.row(history_row(row));
  writer.end();
  if (!filtered && options.limit < 0 && rows.size() == kNewestHistory)
    std::cerr << "the newest 1,000 rows; filter with --source, --file, --convention, --account, --since, or --limit 0 "
                 "for all\n";
}

void list_rules(const Options& options, const Settings& settings) {
  check_rule(options);
  const auto chosen = chosen_sources(options, settings);
  const SourceSettings* source = options.sources.empty() ? nullptr : chosen.front();
  const RulesSettings& in_force = source != nullptr ? source->rules : settings.rules;
  if (options.language == "fr") {
    if (options.format != "markdown") throw UsageError("rules: --language fr is for --format markdown");
    return print_rules_in_french(in_force, options.rule, std::cout);
  }
  const auto columns = source != nullptr ? columns_of(*source, settings) : std::nullopt;
  lists::ListWriter writer(
      format_of(options),
      {{"id"}, {"severity"}, {"parameter"}, {"state"}, {"audience"}, {"title"}, {"needs"}, {"source"}, {"remedy"}},
      std::cout, "No rules.");
  for (const Rule& rule : catalogue()) {
    if (!matches(options.rule, rule.id)) continue;
    const RuleSettings& setting = settings_of(rule, in_force);
    writer.row({std::string(rule.id), std::string(name(setting.severity.value_or(rule.severity))),
                rule.parameter.name.empty()
                    ? ""
                    : fmt::format("{}={}", rule.parameter.name, setting.parameter.value_or(rule.parameter.value)),
                rule_state(rule, setting, columns), audience_text(rule.audience), std::string(rule.title),
                needs_text(rule), std::string(rule.source), general_remedy(rule)});
  }
  writer.end();
}

void list_plans(const Options& options, const Settings& settings) {
  if (options.all && !options.plan.empty()) throw UsageError("plans: PLAN and --all; give one of them");
  const auto chosen = chosen_sources(options, settings);
  const store::Store store(settings.store, store::Opening::kExisting);
  auto plans = options.all ? store::Plans(store).all() : store::Plans(store).held();
  std::erase_if(plans, [&](const store::Plan& plan) {
    return std::ranges::none_of(chosen, [&](const SourceSettings* source) { return source->name == plan.source_name; });
  });
  if (!options.plan.empty()) {
    for (const store::Plan& plan : plans)
      if (plan.id == options.plan) return print_plan(store, plan, format_of(options));
    throw UsageError("no plan " + options.plan + " is held; `vigie plans` lists them");
  }
  lists::ListWriter writer(format_of(options), plan_columns(options.all), std::cout,
                           options.all ? "Nothing has ever been held." : "Nothing is held.");
  for (const store::Plan& plan : plans) writer.row(plan_row(plan, options.all));
  writer.end();
}

void list_runs(const Options& options, const Settings& settings) {
  const store::Store store(settings.store, store::Opening::kExisting);
  const LivingRuns living(store, settings.store);
  if (options.jobs) return list_jobs(store, options, settings, living);
  lists::ListWriter writer(format_of(options),
                           {{"run", lists::ColumnKind::kInteger},
                            {"command"},
                            {"as_of"},
                            {"started_at"},
                            {"seconds", lists::ColumnKind::kInteger},
                            {"exit", lists::ColumnKind::kInteger},
                            {"result"}},
                           std::cout, "Nothing has run yet.");
  const int newest = options.limit < 0 ? kNewestRuns : options.limit == 0 ? -1 : static_cast<int>(options.limit);
  for (const store::Run& run : store::newest_runs(store, newest)) {
    const bool ended = run.finished_at != 0;
    writer.row({std::to_string(run.number), run.command, to_iso(run.as_of), paris_time(run.started_at),
                ended ? std::to_string(run.finished_at - run.started_at) : "",
                ended ? std::to_string(run.exit_code) : "", living.result_of(run)});
  }
  writer.end();
  if (options.format != "table") return;
  for (const schedule::Job& job : settings.schedule.jobs)
    std::cout << fmt::format("next: vigie {} at {}, where vigie serve runs\n", job.name, next_time(job));
}

}  // namespace vigie
