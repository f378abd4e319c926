#pragma once
// Commands that only read: findings, actions, rejects, history, rules, plans, status. They print on standard output.

#include "options.h"
#include "settings.h"

namespace vigie {

// True where --fail-on names a severity that an open finding has, or a graver one has.
bool list_findings(const Options& options, const Settings& settings);
void list_actions(const Options& options, const Settings& settings);
void list_rejects(const Options& options, const Settings& settings);
void list_history(const Options& options, const Settings& settings);
void list_rules(const Options& options, const Settings& settings);
void list_plans(const Options& options, const Settings& settings);
void list_runs(const Options& options, const Settings& settings);

// Those that --source names, else all; by name. Throws UsageError for an unknown one.
std::vector<const SourceSettings*> chosen_sources(const Options& options, const Settings& settings);

// A day of the command line, or UsageError that names the option.
Day parse_day(const std::string& text, const std::string& option);

}  // namespace vigie
