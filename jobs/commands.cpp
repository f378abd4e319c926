#include "commands.h"

#include <algorithm>
#include <functional>
#include <iostream>
#include <limits>
#include <map>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "calendar.h"
#include "chain.h"
#include "check.h"
#include "demo.h"
#include "domain/text.h"
#include "embedded.h"
#include "error.h"
#include "errors.h"
#include "list_commands.h"
#include "lock.h"
#include "options.h"
#include "store/actions.h"

namespace vigie {
namespace {

const std::map<std::string, std::vector<Step>> kSteps = {
    {"run", {Step::kImport, Step::kReconcile, Step::kDetect, Step::kNotify, Step::kReport}},
    {"import", {Step::kImport}},
    {"reconcile", {Step::kReconcile}},
    {"detect", {Step::kDetect}},
    {"notify", {Step::kNotify}},
    {"report", {Step::kReport}},
};

constexpr long kMostRows = std::numeric_limits<int>::max();

Settings load(const Options& options) {
  Overrides overrides;
  for (const std::string& each : options.set) {
    const std::size_t equals = each.find('=');
    if (equals == std::string::npos || equals == 0) throw UsageError("--set: " + each + " is not KEY=VALUE");
    overrides.emplace_back(each.substr(0, equals), each.substr(equals + 1));
  }
  return load_settings(find_configuration(options.config), overrides);
}

Day as_of(const Options& options) { return options.as_of.empty() ? today() : parse_day(options.as_of, "--as-of"); }

int run_command(const Options& options, const Settings& settings, const std::string& command) {
  const Day day = as_of(options);
  const auto sources = chosen_sources(options, settings);
  Log log(options.quiet     ? LogLevel::kQuiet
          : options.verbose ? LogLevel::kVerbose
                            : LogLevel::kNormal,
          options.log_format == "json");
  store::require_writable(settings.store.string());  // a rehearsal says what the run would say
  std::optional<StoreLock> lock;
  if (!options.dry_run) lock.emplace(settings.store);
  store::Store store(settings.store.string(), options.dry_run ? store::Opening::kRehearse : store::Opening::kWrite);
  const judges::Lexicon lexicon = load_lexicon();
  Context context{.settings = settings,
                  .store = store,
                  .log = log,
                  .lexicon = lexicon,
                  .day = day,
                  .dry_run = options.dry_run,
                  .accept_shrink = options.accept_shrink,
                  .threads = std::max(1U, std::thread::hardware_concurrency())};
  return run_steps(context, sources, kSteps.at(command), command, find_severity(options.fail_on));
}

int approve(const Options& options, const Settings& settings) {
  if (trim(options.by).empty() || trim(options.because).empty())
    throw UsageError("approve: --by and --reason must say who and why");
  store::require_writable(settings.store.string());
  std::optional<StoreLock> lock;
  if (!options.dry_run) lock.emplace(settings.store);
  const store::Store store(settings.store.string(),
                           options.dry_run ? store::Opening::kExisting : store::Opening::kChange);
  const store::Plans plans(store);
  const auto sources = chosen_sources(options, settings);
  std::string held;
  for (const store::Plan& plan : plans.held()) {
    if (std::ranges::find(sources, plan.source_name, &SourceSettings::name) == sources.end()) continue;
    if (plan.id == options.plan) {
      if (plan.approved)
        throw UsageError(
            fmt::format("plan {} is approved already, by {}; it goes at the next run", plan.id, plan.approved_by));
      if (!options.dry_run) plans.approve(plan, options.by, options.because, as_of(options));
      std::cout << fmt::format(
          "plan {} {}approved: its {} {} go at the next `vigie {}` (or `vigie run`) of source {}\n", plan.id,
          options.dry_run ? "would be " : "", plan.count, name(plan.kind),
          plan.kind == store::PlanKind::kClosings ? "reconcile" : "notify", plan.source_name);
      return exit_code::kDone;
    }
    held += fmt::format("\n{} ({} {} of source {})", plan.id, plan.count, name(plan.kind), plan.source_name);
  }
  throw UsageError("no plan " + options.plan + " is held, or it has changed; " +
                   (held.empty() ? "nothing is held" : "held now:" + held));
}

int demo(const Options& options) {
  if (options.dry_run) {
    std::cout << "the demo would be written to " << options.folder << '\n';
    return exit_code::kDone;
  }
  write_demo(options.folder, as_of(options));
  std::cout << "demo written to " << options.folder << "; now: vigie --config " << options.folder
            << "/vigie.properties run\n";
  return exit_code::kDone;
}

// A command of the lists, with the formats it knows.
void add_list(CLI::App& app, Options& options, const std::string& name, const std::string& description,
              const std::vector<std::string>& formats = {"table", "csv", "json"}) {
  CLI::App* list = app.add_subcommand(name, description);
  list->add_option("--format", options.format, "how to print")->check(CLI::IsMember(formats))->capture_default_str();
}

void add_global_options(CLI::App& app, Options& options) {
  app.add_option("--config", options.config, "configuration; else ./vigie.properties, /etc/vigie/vigie.properties");
  app.add_option("--set", options.set, "KEY=VALUE: replaces what the configuration says")
      ->take_all()
      ->allow_extra_args(false);
  app.add_option("--as-of", options.as_of, "the day to judge, 2026-11-20; today in Europe/Paris where not given");
  app.add_option("--source", options.sources, "only this source; again for more")->take_all()->allow_extra_args(false);
  app.add_flag("--dry-run", options.dry_run, "compute and print, write nothing anywhere");
  app.add_flag("--quiet", options.quiet, "only warnings and errors");
  app.add_flag("--verbose", options.verbose, "durations and details too");
  app.add_option("--log-format", options.log_format, "of the log on standard error")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
}

void add_step_commands(CLI::App& app, Options& options) {
  const std::map<std::string, std::string> descriptions = {
      {"run", "the nightly chain once: import, reconcile, detect, notify, report"},
      {"import", "read the drops into the store"},
      {"reconcile", "work out the closings that are missing"},
      {"detect", "run the rules"},
      {"notify", "write to administrators, managers, the Caf and compliance"},
      {"report", "write the workbooks"},
  };
  for (const auto& [name, description] : descriptions) {
    CLI::App* command = app.add_subcommand(name, description);
    if (name == "run" || name == "import")
      command->add_flag("--accept-shrink", options.accept_shrink, "take a file that lost many rows");
    if (name == "run" || name == "detect")
      command->add_option("--fail-on", options.fail_on, "exit 10 where an open finding is at least that severe")
          ->check(CLI::IsMember({"critical", "major", "minor", "info"}));
  }
}

void add_list_commands(CLI::App& app, Options& options) {
  add_list(app, options, "findings", "what is wrong");
  add_list(app, options, "actions", "closings that are missing");
  add_list(app, options, "rejects", "rows of the last import that were not taken");
  add_list(app, options, "history", "what changed in the records");
  add_list(app, options, "rules", "the catalogue as it is in force", {"table", "csv", "json", "markdown"});
  add_list(app, options, "plans", "closings and mails that are held");
  add_list(app, options, "status", "the last runs");
  const auto option = [&](const char* command, const std::string& flag, std::string& value,
                          const std::string& description) {
    return app.get_subcommand(command)->add_option(flag, value, description);
  };
  const CLI::IsMember severities({"critical", "major", "minor", "info"});
  for (const char* command : {"findings", "actions", "history"})
    option(command, "--convention", options.convention, "of this convention");
  for (const char* command : {"findings", "rules"}) option(command, "--rule", options.rule, "of this rule");
  option("findings", "--severity", options.severity, "of this severity")->check(severities);
  option("findings", "--status", options.status, "in this state")
      ->check(CLI::IsMember({"new", "open", "resolved", "waived"}));
  option("findings", "--fail-on", options.fail_on, "exit 10 where an open finding is at least that severe")
      ->check(severities);
  app.get_subcommand("findings")->add_flag("--all", options.all, "resolved ones too");
  option("actions", "--kind", options.kind, "close-membership, …");
  option("actions", "--state", options.state, "sent, held, overdue, confirmed, obsolete");
  app.get_subcommand("actions")->add_flag("--all", options.all, "confirmed and obsolete ones too");
  for (const char* command : {"rejects", "history"})
    option(command, "--file", options.file, "utilisateurs, groupes, …");
  option("rejects", "--reason", options.reason, "bad-date, …");
  option("history", "--account", options.account, "of this identifiant");
  option("history", "--since", options.since, "from this day on");
  for (const char* command : {"history", "status"})
    app.get_subcommand(command)
        ->add_option("--limit", options.limit, "the newest so many; 0: all")
        ->check(CLI::Range(0L, kMostRows));
  app.get_subcommand("plans")->add_option("PLAN", options.plan, "what this plan holds");
}

void add_other_commands(CLI::App& app, Options& options) {
  CLI::App* approval = app.add_subcommand("approve", "let a plan of held closings or mails go: exactly that one");
  approval->add_option("PLAN", options.plan, "its id, as `vigie plans` lists it")->required();
  approval->add_option("--by", options.by, "who approves")->required();
  approval->add_option("--reason", options.because, "why")->required();
  app.add_subcommand("check", "look at configuration, store, sources, word lists and folders; change nothing");
  CLI::App* writing = app.add_subcommand("demo", "put a configuration and a small real drop in a folder");
  writing->add_option("DIR", options.folder, "the folder")->required();
}

int work_on_store(const std::string& command, const Options& options, const Settings& settings) {
  if (kSteps.contains(command)) return run_command(options, settings, command);
  if (command == "approve") return approve(options, settings);
  if (command == "check") return check_all(settings);
  if (command == "findings") return list_findings(options, settings) ? exit_code::kFindings : exit_code::kDone;
  const std::map<std::string, void (*)(const Options&, const Settings&)> lists = {
      {"actions", list_actions}, {"rejects", list_rejects}, {"history", list_history},
      {"rules", list_rules},     {"plans", list_plans},     {"status", list_runs}};
  lists.at(command)(options, settings);
  return exit_code::kDone;
}

// Says of a busy store who keeps it so, which SQLite cannot tell.
int dispatch(const std::string& command, const Options& options) {
  if (command == "demo") return demo(options);
  const Settings settings = load(options);
  try {
    return work_on_store(command, options, settings);
  } catch (const LockedError&) {
    throw;
  } catch (const BusyError& error) {
    const auto holder = holder_of(settings.store);
    throw LockedError(fmt::format(
        "{}: {}; wait until it ends, then try again", error.what(),
        holder ? holder->who + " writes to it (vigie status)" : "no run of Vigie, but a backup or another program"));
  }
}

int fail(const std::exception& error) {
  std::cout.flush();
  std::cerr << "vigie: " << error.what() << '\n';
  return exit_code_of(error);
}

}  // namespace

int run_program(int argc, const char* const* argv) {
  Options options;
  CLI::App app("Nightly synchronization and compliance of the entitlements of Mon Compte Partenaire", "vigie");
  app.set_version_flag("--version", "vigie " VIGIE_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  add_global_options(app, options);
  add_step_commands(app, options);
  add_list_commands(app, options);
  add_other_commands(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? exit_code::kDone : exit_code::kUsage;
  }
  try {
    return dispatch(app.get_subcommands().front()->get_name(), options);
  } catch (const std::exception& error) {
    return fail(error);
  }
}

}  // namespace vigie
