#pragma once
// The configuration, typed and checked once: vigie.properties, then what --set adds.
//
// Every key, its unit, bounds and default stands in config/vigie.properties. An unknown key, one that is given twice, a
// value of the wrong kind and an environment variable that is not defined are errors that name key, line and remedy;
// the first 50 of them are said at once. No message shows a value that came from the environment: it may be a secret.

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "csv/csv_drop.h"
#include "findings/engine.h"
#include "reconcile/reconcile.h"
#include "routing/letters.h"

namespace vigie {

struct ImportSettings {
  int max_reject_percent = 5;
  int max_rejects = 10;
  int max_shrink_percent = 20;
  int max_age_days = 3;
};

struct MailSettings {
  std::filesystem::path directory;
  std::string from;
  int max_per_run = 500;
  RoutingSettings routing;
};

struct SourceSettings {
  std::string name;
  std::filesystem::path path;  // the drop's folder
  std::string label;
  std::string mail;  // of the Caf's own MCP administrators
  csv::ColumnSettingsOfFiles columns;
  RulesSettings rules;  // the common ones and the source's own
};

struct Settings {
  std::filesystem::path file;  // where it was read
  std::filesystem::path store;
  std::vector<SourceSettings> sources;  // by name
  std::vector<std::string> compliance_mails;
  ImportSettings import;
  ReconcileSettings reconcile;
  RulesSettings rules;  // for all sources
  MailSettings mail;
  std::filesystem::path report_directory;
  int report_keep_days = 0;  // 0: for ever
  bool report_partners = false;
  std::string schedule;  // cron; read by nothing, so that `vigie check` says it
};

using Overrides = std::vector<std::pair<std::string, std::string>>;

// The file that --config names, else ./vigie.properties, else /etc/vigie/vigie.properties.
std::filesystem::path find_configuration(const std::string& given);

// Paths are made absolute from the file's folder. Throws UsageError with one line for each thing that is wrong.
Settings load_settings(const std::filesystem::path& file, const Overrides& overrides);

// The keys that are no source's and no rule's, sorted.
std::vector<std::string> common_keys();

}  // namespace vigie
