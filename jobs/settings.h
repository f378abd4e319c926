#pragma once
// The configuration, typed and checked once: vigie.properties, then what --set adds.
//
// Every key, its unit, bounds and default stands in config/vigie.properties. An unknown key, one that is given twice, a
// value of the wrong kind and an environment variable that is not defined are errors that name key, line and remedy;
// the first 50 of them are said at once. No message shows a value that came from the environment: it may be a secret.

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "domain/open_days.h"
#include "drops/drop.h"
#include "findings/engine.h"
#include "mail/smtp_server.h"
#include "odbc/odbc_drop.h"
#include "reconcile/reconcile.h"
#include "routing/letters.h"
#include "schedule/agenda.h"
#include "store/location.h"

namespace vigie {

struct ImportSettings {
  int max_reject_percent = 5;
  int max_rejects = 10;
  int max_shrink_percent = 20;
  int max_age_days = 3;
};

enum class MailTransport : std::uint8_t { kFiles, kSmtp };

struct MailSettings {
  MailTransport transport = MailTransport::kFiles;
  std::filesystem::path directory;
  SmtpServer server;  // for kSmtp; its password where it is not in a file
  std::filesystem::path password_file;
  std::string from;
  std::string redirect_to;  // all mails go there, for a trial; empty: no trial
  OpenDays days;
  int max_per_run = 500;
  int per_minute = 100;                       // 0: no limit
  std::vector<int> retry_seconds = {10, 60};  // waits before another try in the same run
  bool attach_report = false;
  RoutingSettings routing;
};

struct SourceSettings {
  std::string name;
  std::filesystem::path path;  // the drop's folder; empty: the source is behind ODBC
  odbc::Database database;
  odbc::Queries queries;
  // By kind, with named parameters; empty: closings of the kind are carried out by people, or no mode = write-back.
  std::array<std::string, kActionKindCount> statements;
  std::string label;
  std::string mail;  // of the Caf's own MCP administrators
  drops::ColumnSettingsOfFiles columns;
  RulesSettings rules;  // the common ones and the source's own

  [[nodiscard]] bool behind_odbc() const { return path.empty(); }
};

struct ScheduleSettings {
  std::vector<schedule::Job> jobs;  // in the order of the chain
  int jitter = 0;                   // seconds at most that a job begins later
};

struct Settings {
  std::filesystem::path file;  // where it was read
  store::Location store;
  int keep_history_days = 1095;
  std::vector<SourceSettings> sources;  // by name
  int sources_at_once = 1;
  bool shares_night = false;
  std::vector<std::string> compliance_mails;  // each once, case aside
  ImportSettings import;
  ReconcileSettings reconcile;
  RulesSettings rules;  // for all sources
  MailSettings mail;
  std::filesystem::path report_directory;
  int report_keep_days = 0;  // 0: for ever
  bool report_partners = false;
  ScheduleSettings schedule;
  std::filesystem::path metrics_file;  // empty: none
  std::string http_listen;             // "127.0.0.1:9187"; empty: nowhere

  std::map<std::string, std::string> places;  // of each key that is given: "vigie.properties, line 12", or "--set"
  bool has_secret = false;                    // whether the file itself holds a password

  // Where a key stands; the file, where it is not given.
  [[nodiscard]] std::string place(const std::string& key) const;
};

using Overrides = std::vector<std::pair<std::string, std::string>>;

// The file that --config names, else ./vigie.properties, else /etc/vigie/vigie.properties.
std::filesystem::path find_configuration(const std::string& given);

// Paths are made absolute from the file's folder. Throws UsageError with one line for each thing that is wrong.
// `text`: where the file's content stands, when not in the file itself.
Settings load_settings(const std::filesystem::path& file, const Overrides& overrides,
                       const std::filesystem::path& text = {});

// The jobs that a schedule may name, in the order of the chain: "run", "import", …; "purge" is no part of it.
const std::vector<std::string>& schedulable_jobs();

// The keys that are no source's and no rule's, sorted.
std::vector<std::string> common_keys();

}  // namespace vigie
