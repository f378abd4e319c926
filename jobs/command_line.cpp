#include "command_line.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <limits>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "domain/contract.h"
#include "domain/day.h"
#include "domain/text.h"
#include "errors.h"
#include "intake/table.h"
#include "nearest.h"
#include "reconcile/action.h"
#include "store/mails.h"

namespace vigie {
namespace {

constexpr long kMostRows = std::numeric_limits<int>::max();
constexpr long kMostSourcesAtOnce = 64;

constexpr const char* kExitCodes =
    "Exit codes: 0 done; 1 an unexpected error; 2 usage or configuration; 3 a drop was refused or is too old, or\n"
    "closings or mails are held; 4 some mail could not be handed over; 5 the store cannot be reached or used;\n"
    "6 another run holds the lock; 10 with --fail-on.";
constexpr const char* kEverywhere =
    "Also --config, --set, --as-of, --source, --dry-run, --quiet, --verbose, --log-format: see vigie --help.";

// An empty value is a variable that a script did not set: it must not read as an option that is not there.
CLI::Validator something() {
  return {[](const std::string& value) { return value.empty() ? std::string("is empty; give a value") : ""; }, ""};
}

CLI::Validator one_of(const std::vector<std::string>& words) {
  return {[words](const std::string& value) {
            if (std::ranges::find(words, value) != words.end()) return std::string();
            return (value.empty() ? "is empty" : "there is no " + value) + did_you_mean(value, words) +
                   "; it is one of: " + joined(words);
          },
          ""};
}

CLI::Validator a_day() {
  return {[](const std::string& value) {
            if (Day::parse(value)) return std::string();
            return (value.empty() ? "an empty text" : value) + " is no day; write it as 2026-11-20";
          },
          ""};
}

CLI::Validator a_count(long least = 0, long most = kMostRows) {
  return {[least, most](const std::string& value) {
            long count = -1;
            const char* end = value.data() + value.size();
            const auto [stop, error] = std::from_chars(value.data(), end, count);
            if (error == std::errc() && stop == end && count >= least && count <= most) return std::string();
            return fmt::format("must be a whole number from {} to {}; it is {}", least, most, value);
          },
          ""};
}

std::vector<std::string> severities() { return {"critical", "major", "minor", "info"}; }

template <typename... Values>
std::vector<std::string> names_of(Values... values) {
  return {std::string(name(values))...};
}

std::vector<std::string> action_kinds() {
  std::vector<std::string> names;
  for (int i = 0; i < kActionKindCount; ++i) names.emplace_back(name(static_cast<ActionKind>(i)));
  return names;
}

std::vector<std::string> action_states() {
  using enum ActionState;
  return names_of(kProposed, kSent, kSending, kHeld, kWaived, kOverdue, kConfirmed, kObsolete);
}

std::vector<std::string> reject_reasons() {
  using enum intake::RejectReason;
  return names_of(kFieldCount, kMissingValue, kBadDate, kBadValue, kDuplicateKey, kUnknownReference);
}

std::vector<std::string> mail_states() {
  std::vector<std::string> names;
  for (int i = 0; i < store::kMailStateCount; ++i) names.emplace_back(name(static_cast<store::MailState>(i)));
  return names;
}

// "utilisateurs" and "utilisateurs.csv".
CLI::Validator a_file() {
  std::vector<std::string> names;
  for (const FileSpec& file : all_files()) names.emplace_back(file.name);
  const CLI::Validator known = one_of(names);
  return {[known](const std::string& value) {
            std::string stem = value.ends_with(".csv") ? value.substr(0, value.size() - 4) : value;
            return known(stem);
          },
          ""};
}

class Commands {
 public:
  explicit Commands(Options& options)
      : app_("Nightly synchronization and compliance of the entitlements of Mon Compte Partenaire", "vigie"),
        options_(options) {
    app_.set_version_flag("--version", "vigie " VIGIE_VERSION, "print the version and end");
    app_.set_help_flag("-h,--help", "print this and end; after a command, that command's options");
    app_.require_subcommand(1);
    app_.fallthrough();
    app_.footer(kExitCodes);
    add_global_options();
    add_steps();
    add_lists();
    add_others();
    for (CLI::App* command : app_.get_subcommands({})) command->footer(kEverywhere);
  }

  CLI::App& app() { return app_; }

  // What is wrong with words that could not be read, for a person.
  [[nodiscard]] std::string explain(const CLI::ParseError& error, const std::vector<std::string>& words) const {
    if (const auto unknown = first_unknown(words)) return explain_unknown(*unknown);
    const auto chosen = app_.get_subcommands();
    if (chosen.empty()) return "no command; `vigie --help` lists them";
    const std::string help = "; see `vigie " + chosen.front()->get_name() + " --help`";
    const std::string text = error.what();
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) == nullptr) return text + help;
    const bool too_many = text.find("At Most") != std::string::npos;
    return text.substr(0, text.find(':')) + (too_many ? ": is given twice" : ": its value is missing") + help;
  }

 private:
  CLI::Option* value(CLI::App& command, const std::string& flag, std::string& target, const std::string& type,
                     const std::string& description) {
    return command.add_option(flag, target, description)->type_name(type)->check(something());
  }

  CLI::Option* word(CLI::App& command, const std::string& flag, std::string& target,
                    const std::vector<std::string>& words, const std::string& description) {
    return command.add_option(flag, target, description + ": " + joined(words))
        ->type_name("WORD")
        ->check(one_of(words));
  }

  void add_global_options() {
    value(app_, "--config", options_.config, "FILE",
          "configuration; else ./vigie.properties, /etc/vigie/vigie.properties");
    app_.add_option("--config-text", options_.config_text)->group("");  // of `vigie serve` to its jobs
    app_.add_option("--set", options_.set, "replaces what the configuration says; again for more")
        ->type_name("KEY=VALUE")
        ->take_all()
        ->allow_extra_args(false);
    app_.add_option("--as-of", options_.as_of, "the day to judge, 2026-11-20; today in Europe/Paris where not given")
        ->type_name("DAY")
        ->check(a_day());
    app_.add_option("--source", options_.sources, "only this source; again for more")
        ->type_name("NAME")
        ->take_all()
        ->allow_extra_args(false)
        ->check(something());
    app_.add_flag("--dry-run", options_.dry_run, "compute and print, write nothing anywhere");
    app_.add_flag("--quiet", options_.quiet, "only warnings and errors");
    app_.add_flag("--verbose", options_.verbose, "durations and details too");
    word(app_, "--log-format", options_.log_format, {"text", "json"}, "of the log on standard error")
        ->capture_default_str();
  }

  void add_fail_on(CLI::App& command) {
    word(command, "--fail-on", options_.fail_on, severities(), "exit 10 where an open finding is at least that severe");
  }

  void add_steps() {
    constexpr std::array<std::pair<const char*, const char*>, 6> kSteps = {{
        {"run", "the nightly chain once: import, reconcile, detect, notify, report"},
        {"import", "read the drops into the store"},
        {"reconcile", "work out the closings that are missing"},
        {"detect", "run the rules"},
        {"notify", "write to administrators, managers, the Caf and compliance"},
        {"report", "write the workbooks"},
    }};
    for (const auto& [name, description] : kSteps) {
      CLI::App& command = *app_.add_subcommand(name, description);
      const std::string_view step = name;
      if (step == "run" || step == "import")
        command.add_flag("--accept-shrink", options_.accept_shrink, "take a file that lost many rows");
      if (step == "run")
        command.add_flag("--share", options_.share,
                         "do what no other process has done of the day's night (PostgreSQL)");
      if (step == "run" || step == "import" || step == "detect")
        command.add_option("--jobs", options_.sources_at_once, "so many sources at once; else run.jobs, which is 1")
            ->type_name("COUNT")
            ->check(a_count(1, kMostSourcesAtOnce));
      if (step == "run" || step == "detect") add_fail_on(command);
      if (step == "report")
        word(command, "--format", options_.report_format, {"xlsx", "html"}, "workbooks, or pages for a browser")
            ->capture_default_str();
    }
  }

  // A command of the lists, with the formats it knows.
  CLI::App& add_list(const std::string& name, const std::string& description,
                     const std::vector<std::string>& formats = {"table", "csv", "json"}) {
    CLI::App& list = *app_.add_subcommand(name, description);
    word(list, "--format", options_.format, formats, "how to print")->capture_default_str();
    return list;
  }

  void add_convention(CLI::App& list) {
    value(list, "--convention", options_.convention, "NUMERO", "of this convention");
  }
  void add_rule(CLI::App& list) {
    value(list, "--rule", options_.rule, "ID", "of this rule, as `vigie rules` lists it");
  }
  void add_file(CLI::App& list) {
    value(list, "--file", options_.file, "FILE", "of this file of the drop: utilisateurs, groupes, …")->check(a_file());
  }
  void add_limit(CLI::App& list, const std::string& otherwise) {
    list.add_option("--limit", options_.limit, "the newest so many; 0: all; else " + otherwise)
        ->type_name("COUNT")
        ->check(a_count());
  }

  void add_lists() {
    CLI::App& findings = add_list("findings", "what is wrong: all findings but resolved ones");
    add_convention(findings);
    add_rule(findings);
    word(findings, "--severity", options_.severity, severities(), "of this severity");
    word(findings, "--status", options_.status, {"new", "open", "waived", "resolved"}, "in this state");
    findings.add_flag("--all", options_.all, "resolved ones too");
    add_fail_on(findings);

    CLI::App& actions = add_list("actions", "closings that are missing: all but confirmed and obsolete ones");
    add_convention(actions);
    word(actions, "--kind", options_.kind, action_kinds(), "of this kind");
    word(actions, "--state", options_.state, action_states(), "in this state");
    actions.add_flag("--all", options_.all, "confirmed and obsolete ones too");

    CLI::App& rejects = add_list("rejects", "rows of the last import that were not taken");
    add_file(rejects);
    word(rejects, "--reason", options_.reason, reject_reasons(), "for this reason");

    CLI::App& history = add_list("history", "what changed in the records");
    add_convention(history);
    add_file(history);
    value(history, "--account", options_.account, "IDENTIFIANT", "of this account");
    history.add_option("--since", options_.since, "from this day on, 2026-11-20")->type_name("DAY")->check(a_day());
    add_limit(history, "all where there is a filter, and 1,000");

    CLI::App& rules = add_list("rules", "the catalogue as it is in force; with --source as it is for that source",
                               {"table", "csv", "json", "markdown"});
    add_rule(rules);
    word(rules, "--language", options_.language, {"en", "fr"}, "fr: for officers, with --format markdown")
        ->capture_default_str();
    CLI::App& explanation = add_list("explain", "what an account can use, through which group, and why not the rest");
    value(explanation, "IDENTIFIANT", options_.account, "", "the account")->required();
    value(explanation, "--service", options_.service, "SERVICE", "about this service alone: Cdap, Afas, …");
    CLI::App& plans = add_list("plans", "closings and mails that are held; the content of one plan");
    value(plans, "PLAN", options_.plan, "", "what this plan holds");
    plans.add_flag("--all", options_.all, "those too that went or were replaced, with who approved them, when and why");
    add_mails();
    CLI::App& waivers = add_list("waivers", "accepted exceptions, those that are over too; --end ends one");
    add_convention(waivers);
    add_rule(waivers);
    CLI::Option* end = waivers.add_option("--end", options_.end, "end this one before its time");
    end->type_name("ID")->check(a_count());
    value(waivers, "--by", options_.by, "NAME", "who ends it")->needs(end);
    value(waivers, "--reason", options_.because, "TEXT", "why")->needs(end);
    CLI::App& status = add_list("status", "the last runs, and what is next");
    add_limit(status, "20");
    status.add_flag("--jobs", options_.jobs, "a line a job: its schedule, its last run, the last good one, the next");
  }

  void add_mails() {
    CLI::App& mails =
        add_list("mails", "the outbox: mails, what became of them, and when those that wait are tried again");
    add_convention(mails);
    word(mails, "--state", options_.state, mail_states(), "in this state");
    add_limit(mails, "all where there is a filter, and 1,000");
    mails.add_option("--show", options_.show, "print this one as it goes over the wire")
        ->type_name("ID")
        ->check(a_count());
    mails.add_option("--resend", options_.resend, "queue this one again: the same mail; again for more")
        ->type_name("ID")
        ->take_all()
        ->allow_extra_args(false)
        ->check(a_count());
    mails.add_flag("--resend-all", options_.resend_all, "queue all again that --state and other filters choose");
  }

  // Who decided, and why.
  void add_decision(CLI::App& command, const std::string& verb) {
    value(command, "--by", options_.by, "NAME", "who " + verb)->required();
    value(command, "--reason", options_.because, "TEXT", "why")->required();
  }

  void add_others() {
    CLI::App& approval = *app_.add_subcommand("approve", "let a plan of held closings or mails go: exactly that one");
    value(approval, "PLAN", options_.plan, "", "its id, as `vigie plans` lists it")->required();
    add_decision(approval, "approves");
    CLI::App& waiving = *app_.add_subcommand("waive", "let one finding stand until a day, as an accepted exception");
    value(waiving, "RULE", options_.rule, "", "its rule, as `vigie findings` lists it")->required();
    value(waiving, "--convention", options_.convention, "NUMERO", "its convention")->required();
    value(waiving, "--subject", options_.subject, "SUBJECT", "its subject, as `vigie findings` lists it")->required();
    value(waiving, "--until", options_.until, "DAY", "the last day on which it may stand")->required()->check(a_day());
    add_decision(waiving, "accepts it");
    app_.add_subcommand("purge", "remove for ever what ended before store.keep-history-days; --dry-run counts it");
    CLI::App& copying = *app_.add_subcommand("backup", "copy a store in SQLite to a file, also beside a run");
    value(copying, "FILE", options_.backup, "", "the file; it must not be there yet")->required();
    app_.add_subcommand("serve", "stay up and run the jobs by the schedule of the configuration; for systemd");
    app_.add_subcommand(
        "check", "look at configuration, store, sources, word lists, folders and the mail server; change nothing");
    CLI::App& writing = *app_.add_subcommand("demo", "put a configuration and two small real drops in a folder");
    value(writing, "DIR", options_.folder, "", "the folder")->required();
  }

  [[nodiscard]] std::optional<std::string> first_unknown(const std::vector<std::string>& words) const {
    const auto unknown = app_.remaining(true);
    for (const std::string& word : words)
      if (std::ranges::find(unknown, word) != unknown.end()) return word;
    return std::nullopt;
  }

  [[nodiscard]] std::string explain_unknown(const std::string& word) const {
    const auto chosen = app_.get_subcommands();
    const std::string command = chosen.empty() ? "" : chosen.front()->get_name();
    const std::string help = "; see `vigie " + command + (chosen.empty() ? "" : " ") + "--help`";
    if (word.starts_with('-')) {
      const std::string name = word.substr(0, word.find('='));
      auto options = options_of(app_);
      if (!chosen.empty()) std::ranges::copy(options_of(*chosen.front()), std::back_inserter(options));
      const std::string proposal = did_you_mean(name, options);
      return (chosen.empty() ? "there is" : command + " has") + " no option " + name +
             (proposal.empty() ? whose_option(name) : proposal) + help;
    }
    if (!chosen.empty()) return command + ": " + word + " is one word too many" + help;
    std::vector<std::string> commands;
    for (const CLI::App* each : app_.get_subcommands({})) commands.push_back(each->get_name());
    return "no command " + word + did_you_mean(word, commands) + help;
  }

  static std::vector<std::string> options_of(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::Option* option : app.get_options())
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    return names;
  }

  [[nodiscard]] std::string whose_option(const std::string& name) const {
    std::vector<std::string> commands;
    for (const CLI::App* command : app_.get_subcommands({})) {
      const auto options = options_of(*command);
      if (std::ranges::find(options, name) != options.end()) commands.push_back("vigie " + command->get_name());
    }
    return commands.empty() ? "" : "; it is one of " + joined(commands);
  }

  CLI::App app_;
  Options& options_;
};

}  // namespace

CommandLine read_command_line(const std::vector<std::string>& words) {
  CommandLine line;
  Commands commands(line.options);
  try {
    commands.app().parse(std::vector<std::string>(words.rbegin(), words.rend()));
    line.command = commands.app().get_subcommands().front()->get_name();
  } catch (const CLI::CallForVersion&) {
    line.text = "vigie " VIGIE_VERSION "\n";
  } catch (const CLI::CallForHelp&) {
    line.text = commands.app().help();
  } catch (const CLI::ParseError& error) {
    throw UsageError(commands.explain(error, words));
  }
  return line;
}

}  // namespace vigie
