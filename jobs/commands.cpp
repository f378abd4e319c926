#include "commands.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>
#include <sstream>
#include <thread>

#include <fmt/format.h>

#include "calendar.h"
#include "chain.h"
#include "check.h"
#include "command_line.h"
#include "configuration.h"
#include "decision_commands.h"
#include "demo.h"
#include "domain/text.h"
#include "embedded.h"
#include "error.h"
#include "errors.h"
#include "explain_command.h"
#include "keeping_commands.h"
#include "list_commands.h"
#include "lock.h"
#include "mail_commands.h"
#include "metrics.h"
#include "options.h"
#include "private_files.h"
#include "serve.h"
#include "standard_streams.h"
#include "writable_store.h"

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

// The lock of a store outlives it: a run has been here, and what it stored is not, or was cut to nothing.
bool is_gone(const store::Location& store) {
  if (!store.is_file()) return false;
  std::error_code error;
  const auto size = std::filesystem::file_size(store.file, error);
  const bool is_empty = !error && size == 0;
  return (is_empty || error == std::errc::no_such_file_or_directory) &&
         std::filesystem::exists(lock_file(store), error);
}

void say_begins_again(Context& context) {
  const std::string what = fmt::format(
      "the store {} is gone, although {} shows that there was one: {} run begins a new one, which knows of no mail, "
      "closing, waiver or day before; if it was moved, put it back and run again",
      context.settings.store.name(), lock_file(context.settings.store), context.dry_run ? "a" : "this");
  context.log.warning("new-store", what);
  context.outcome.lines.push_back("warning: " + what);
}

// However the run ends; a file that cannot be written ends no run.
class MetricsAtTheEnd {
 public:
  explicit MetricsAtTheEnd(const Context& context) : context_(context) {}
  ~MetricsAtTheEnd() {
    try {
      if (!context_.dry_run) write_metrics(context_.store, context_.settings, now_seconds());
    } catch (const std::exception& error) {
      context_.log.warning("metrics", error.what());
    }
  }
  MetricsAtTheEnd(const MetricsAtTheEnd&) = delete;
  MetricsAtTheEnd& operator=(const MetricsAtTheEnd&) = delete;

 private:
  const Context& context_;
};

// Whether this run does what others leave of the night; a rehearsal is of the whole.
bool shares_night(const Options& options, const Settings& settings, const std::string& command) {
  const bool shares = command == "run" && (options.share || settings.shares_night);
  if (shares && settings.store.is_file())
    throw UsageError("run: a night is shared in a store on PostgreSQL; leave out --share and run.share");
  return shares && !options.dry_run;
}

unsigned sources_at_once(const Options& options, const Settings& settings) {
  return static_cast<unsigned>(options.sources_at_once > 0 ? options.sources_at_once : settings.sources_at_once);
}

int run_command(const Options& options, const Settings& settings, const std::string& command) {
  const Day day = as_of(options);
  const auto sources = chosen_sources(options, settings);
  const bool shares = shares_night(options, settings, command);
  Log log(options.quiet     ? LogLevel::kQuiet
          : options.verbose ? LogLevel::kVerbose
                            : LogLevel::kNormal,
          options.log_format == "json");
  const bool begins = command == "run" || command == "import";  // the other steps work on what a store holds
  const bool begins_again = is_gone(settings.store);
  constexpr bool kShared = true;
  WritableStore store(options, settings, begins, kShared);
  const judges::Lexicon lexicon = load_lexicon();
  Context context{.settings = settings,
                  .store = *store,
                  .log = log,
                  .lexicon = lexicon,
                  .day = day,
                  .dry_run = options.dry_run,
                  .accept_shrink = options.accept_shrink,
                  .as_pages = options.report_format == "html",
                  .begins_again = begins_again,
                  .threads = std::max(1U, std::thread::hardware_concurrency()),
                  .shares_night = shares,
                  .sources_at_once = sources_at_once(options, settings)};
  if (begins_again) say_begins_again(context);
  for (const std::string& fault : open_files(settings)) log.warning("open-file", fault);
  const MetricsAtTheEnd metrics(context);
  return run_steps(context, sources, kSteps.at(command), command, find_severity(options.fail_on));
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
  if (command == "check") return check_all(settings);
  if (command == "findings") return list_findings(options, settings) ? exit_code::kFindings : exit_code::kDone;
  if (command == "explain")
    return explain_account(options, settings, options.as_of.empty() ? today() : parse_day(options.as_of, "--as-of")),
           exit_code::kDone;
  const std::map<std::string, void (*)(const Options&, const Settings&, Day)> decisions = {
      {"approve", approve}, {"waive", waive}, {"waivers", show_waivers}, {"purge", purge}};
  const std::map<std::string, void (*)(const Options&, const Settings&)> lists = {
      {"actions", list_actions}, {"rejects", list_rejects}, {"history", list_history}, {"rules", list_rules},
      {"plans", list_plans},     {"status", list_runs},     {"mails", show_mails},     {"backup", back_up}};
  if (const auto decision = decisions.find(command); decision != decisions.end())
    decision->second(options, settings, as_of(options));
  else
    lists.at(command)(options, settings);
  return exit_code::kDone;
}

// Says of a busy store who keeps it so, which SQLite cannot tell.
int dispatch(const std::string& command, const Options& options) {
  if (command == "demo") return demo(options);
  if (command == "serve" || (kSteps.contains(command) && !options.dry_run)) do_without_output();
  if (command == "serve") return serve(options);
  const Settings settings = configured(options);
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
