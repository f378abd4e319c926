#include "commands.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <limits>
#include <map>
#include <sstream>
#include <thread>

#include <fmt/format.h>

#include "calendar.h"
#include "chain.h"
#include "check.h"
#include "command_line.h"
#include "demo.h"
#include "domain/text.h"
#include "embedded.h"
#include "error.h"
#include "errors.h"
#include "list_commands.h"
#include "lock.h"
#include "mail/one_line.h"
#include "options.h"
#include "standard_streams.h"
#include "store/actions.h"
#include "waiver_commands.h"

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
    if (equals == std::string::npos || equals == 0)
      throw UsageError("--set: " + each + " is not KEY=VALUE, such as import.max-age-days=7");
    overrides.emplace_back(each.substr(0, equals), each.substr(equals + 1));
  }
  Settings settings = load_settings(find_configuration(options.config), overrides);
  settings.store.session = session_name();
  return settings;
}

// A run for a day far ahead would stop every run for a day before it: only a rehearsal may be for any day.
Day as_of(const Options& options) {
  constexpr int kFarthest = 3653;
  if (options.as_of.empty()) return today();
  const Day day = parse_day(options.as_of, "--as-of");
  if (!options.dry_run && std::abs(day - today()) > kFarthest)
    throw UsageError(
        fmt::format("--as-of: {} is more than ten years from today, {}; check it, or try it with --dry-run",
                    to_iso(day), to_iso(today())));
  return day;
}

int run_command(const Options& options, const Settings& settings, const std::string& command) {
  const Day day = as_of(options);
  const auto sources = chosen_sources(options, settings);
  Log log(options.quiet     ? LogLevel::kQuiet
          : options.verbose ? LogLevel::kVerbose
                            : LogLevel::kNormal,
          options.log_format == "json");
  store::require_writable(settings.store);  // a rehearsal says what the run would say
  std::optional<StoreLock> lock;
  if (!options.dry_run) lock.emplace(settings.store);
  const bool begins = command == "run" || command == "import";  // a store; the other steps work on what one holds
  store::Store store(settings.store, options.dry_run ? store::Opening::kRehearse
                                     : begins        ? store::Opening::kWrite
                                                     : store::Opening::kChange);
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
  store::require_writable(settings.store);
  std::optional<StoreLock> lock;
  if (!options.dry_run) lock.emplace(settings.store);
  const store::Store store(settings.store, options.dry_run ? store::Opening::kExisting : store::Opening::kChange);
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

int work_on_store(const std::string& command, const Options& options, const Settings& settings) {
  if (kSteps.contains(command)) return run_command(options, settings, command);
  if (command == "approve") return approve(options, settings);
  if (command == "waive") return waive(options, settings, as_of(options)), exit_code::kDone;
  if (command == "waivers") return show_waivers(options, settings, as_of(options)), exit_code::kDone;
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

// Messages hold words of the configuration and of drops: no control character of them reaches a terminal.
int fail(int code, const std::exception& error) {
  std::cout.flush();
  std::istringstream lines(error.what());
  std::string prefix = "vigie: ";
  for (std::string line; std::getline(lines, line); prefix.clear()) std::cerr << prefix << one_line(line) << '\n';
  return code;
}

int run_command_line(const std::vector<std::string>& words) {
  try {
    const CommandLine line = read_command_line(words);
    if (!line.command.empty()) return dispatch(line.command, line.options);
    std::cout << line.text;
    return exit_code::kDone;
  } catch (const std::exception& error) {
    return fail(exit_code_of(error), error);
  }
}

}  // namespace

int run_program(int argc, const char* const* argv) {
  keep_standard_streams();
  const int code = run_command_line({argv + std::min(argc, 1), argv + argc});
  try {
    finish_output();
  } catch (const std::exception& error) {
    return fail(code == exit_code::kDone ? exit_code::kUnexpected : code, error);
  }
  return code;
}

}  // namespace vigie
