#include "settings.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <utility>

#include <Poco/AutoPtr.h>
#include <Poco/Util/SystemConfiguration.h>

#include "domain/text.h"
#include "errors.h"
#include "nearest.h"
#include "odbc/connection_string.h"
#include "properties.h"
#include "rules/catalogue.h"
#include "settings_mail.h"
#include "settings_rules.h"
#include "settings_sources.h"
#include "settings_values.h"

namespace vigie {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostProblems = 50;
constexpr std::size_t kLongestSchema = 40;
constexpr const char* kOverride = "--set";
constexpr int kMostJobs = 64;

// "9187" is on this machine only.
std::optional<std::string> listening_address(const std::string& text) {
  constexpr int kLastPort = 65535;
  const std::size_t colon = text.rfind(':');
  const std::string host = colon == std::string::npos ? "127.0.0.1" : text.substr(0, colon);
  const std::string port = colon == std::string::npos ? text : text.substr(colon + 1);
  int number = 0;
  const auto [stop, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  if (error != std::errc() || stop != port.data() + port.size() || number < 1 || number > kLastPort)
    return std::nullopt;
  if (host.empty() || (host.find(':') != std::string::npos && !(host.starts_with('[') && host.ends_with(']'))))
    return std::nullopt;
  return host + ":" + port;
}

class Loader : private Values {
 public:
  explicit Loader(const fs::path& file, const fs::path& text = {})
      : Values(fs::absolute(file).parent_path()), file_(file), text_(text.empty() ? file : text) {
    settings_.file = file;
    set_defaults();
    define_keys();
  }

  [[nodiscard]] std::vector<std::string> keys() const {
    std::vector<std::string> keys;
    for (const auto& [key, apply] : keys_) keys.push_back(key);
    return keys;
  }

  Settings load(const Overrides& overrides) {
    read(overrides);
    std::ranges::stable_partition(entries_, [](const Entry& entry) { return entry.key.starts_with("rule."); });
    for (const Entry& entry : entries_) apply(entry);
    finish_store();
    mail_keys_.check(settings_);
    settings_.sources = source_keys_.finish(writes_back_);
    refuse_writing_back_nothing();
    if (settings_.sources.empty() && problems().empty())
      problem(file_.string(), "no source: write source.NAME.connector and source.NAME.path");
    if (!problems().empty()) throw UsageError(joined_problems());
    std::ranges::sort(settings_.schedule.jobs, {}, [](const schedule::Job& job) {
      return std::ranges::find(schedulable_jobs(), job.name) - schedulable_jobs().begin();
    });
    settings_.rules = common_rules_;
    return std::move(settings_);
  }

 private:
  void set_defaults() {
    settings_.mail.directory = folder() / "out/mail";
    settings_.mail.from = "vigie@localhost.localdomain";
    settings_.report_directory = folder() / "out/reports";
  }

  void define_keys() {
    keys_["store.connector"] = [this,
                                check = one_of(behind_odbc_, {{"SQLite", false}, {"ODBC", true}})](const Entry& entry) {
      check(entry);
      store_connector_ = entry;
    };
    keys_["store.connection"] = [this](const Entry& entry) { store_connection_ = entry; };
    keys_["store.password-file"] = [this](const Entry& entry) { store_password_file_ = entry; };
    keys_["store.schema"] = [this](const Entry& entry) { apply_schema(entry); };
    keys_["store.connect-seconds"] = integer(settings_.store.connect_seconds, 0, 3600);
    keys_["store.keep-history-days"] = integer(settings_.keep_history_days, 90);
    keys_["compliance.mail"] = [this](const Entry& entry) {
      std::set<std::string> known;
      for (std::string& mail : mails(entry))
        if (known.insert(fold(mail)).second) settings_.compliance_mails.push_back(std::move(mail));
    };
    keys_["run.share"] = yes_or_no(settings_.shares_night);
    keys_["run.jobs"] = integer(settings_.sources_at_once, 1, kMostJobs);
    keys_["import.max-reject-percent"] = integer(settings_.import.max_reject_percent, 0, 100);
    keys_["import.max-rejects"] = integer(settings_.import.max_rejects, 0);
    keys_["import.max-shrink-percent"] = integer(settings_.import.max_shrink_percent, 0, 100);
    keys_["import.max-age-days"] = integer(settings_.import.max_age_days, 0);
    keys_["reconcile.mode"] = one_of(writes_back_, {{"propose", false}, {"write-back", true}});
    keys_["reconcile.horizon-days"] = integer(settings_.reconcile.horizon_days, 0);
    keys_["reconcile.overdue-days"] = integer(settings_.reconcile.overdue_days, 0);
    keys_["reconcile.max-closures"] = integer(settings_.reconcile.max_closures, 0);
    keys_["reconcile.max-closures-percent"] = integer(settings_.reconcile.max_closures_percent, 0, 100);
    keys_["reconcile.guard-min"] = integer(settings_.reconcile.guard_min, 0);
    mail_keys_.define(keys_);
    keys_["report.directory"] = path(settings_.report_directory);
    keys_["report.partners"] = yes_or_no(settings_.report_partners);
    keys_["report.keep-days"] = integer(settings_.report_keep_days, 0);
    for (const std::string& job : schedulable_jobs()) keys_["schedule." + job] = cron(job, settings_.schedule.jobs);
    keys_["schedule.jitter"] = integer(settings_.schedule.jitter, 0, 3600);
    keys_["schedule.timezone"] = only("Europe/Paris");
    keys_["metrics.file"] = [this, apply = path(settings_.metrics_file)](const Entry& entry) {
      apply(entry);
      // Each run writes it anew: no other file of ours may be named by mistake.
      if (!entry.value.empty() && settings_.metrics_file.extension() != ".prom")
        wrong(entry, "a file whose name ends in .prom");
    };
    keys_["http.listen"] = [this](const Entry& entry) {
      const auto address = listening_address(entry.value);
      if (!address) return wrong(entry, "a port, such as 9187, or HOST:PORT");
      settings_.http_listen = *address;
    };
  }

  void refuse_writing_back_nothing() {
    const auto has_statement = [](const SourceSettings& source) {
      return std::ranges::any_of(source.statements, [](const std::string& each) { return !each.empty(); });
    };
    if (writes_back_ && std::ranges::none_of(settings_.sources, has_statement))
      problem(
          settings_.place("reconcile.mode"),
          "reconcile.mode = write-back, and no source has a statement: write source.NAME.write-back.close-membership "
          "and those of the other kinds");
  }

  void read(const Overrides& overrides) {
    std::set<std::string> overridden;
    for (const auto& [key, value] : overrides) {
      if (!is_sound_key(key)) throw UsageError("--set: " + shown(key) + " is no key; write SECTION.NAME=VALUE");
      if (!overridden.insert(key).second) throw UsageError("--set: " + key + " is given twice; give it once");
    }
    Properties properties = read_properties(file_, text_);
    for (const std::string& each : properties.problems) add_problem(each);
    for (const Property& property : properties.given)
      if (!overridden.contains(property.key))
        read(property.key, property.value, file_.string() + ", line " + std::to_string(property.line));
    for (const auto& [key, value] : overrides) read(key, std::string(trim(value)), kOverride);
  }

  // Whether the file itself holds a password.
  static bool is_secret(const Entry& entry) {
    if (entry.from_environment || entry.value.empty()) return false;
    const auto has = [&](const char* key) { return !odbc::value_of(entry.value, key).empty(); };
    return entry.key == "mail.password" || (entry.key.ends_with(".connection") && (has("PWD") || has("Password")));
  }

  void read(const std::string& key, const std::string& value, const std::string& where) {
    Entry entry{key, value, where, shown(value), value.find("${") != std::string::npos};
    if (const std::string wrong = fill_in(entry.value); !wrong.empty()) return problem(entry, wrong);
    if (const std::string wrong = wrong_characters(entry.value); !wrong.empty()) return problem(entry, wrong);
    if (entry.value.size() > 1 && entry.value.front() == '"' && entry.value.back() == '"')
      return problem(entry, "write it without quotation marks");
    settings_.places[key] = where;
    settings_.has_secret |= where != kOverride && is_secret(entry);
    entries_.push_back(std::move(entry));
  }

  void apply_schema(const Entry& entry) {
    const auto is_part = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    const std::string& name = entry.value;
    if (name.empty() || name.size() > kLongestSchema || !std::ranges::all_of(name, is_part) || name.front() <= '9' ||
        name.starts_with("pg_"))
      return wrong(entry, "a name of lower case letters, digits and _, not of a schema of PostgreSQL's own");
    settings_.store.schema = name;
  }

  // What a connection means depends on the connector.
  void finish_store() {
    if (!behind_odbc_) {
      fs::path file = folder() / "vigie.db";
      if (store_connection_) path(file)(*store_connection_);
      settings_.store.file = file.string();
      return;
    }
    if (!store_connection_)
      return problem(store_connector_->where, "store.connection is missing; " + connection_advice("vigie"));
    settings_.store.connection = store_connection_->value;
    if (const std::string flaw = odbc::flaw_of(settings_.store.connection); !flaw.empty())
      problem(*store_connection_, flaw + "; " + connection_advice("vigie"));
    if (store_password_file_) settings_.store.password = secret(*store_password_file_);
  }

  // Puts the environment's values in; says what is wrong with a `${…}`. What a value holds is not looked into again.
  static std::string fill_in(std::string& value) {
    static const Poco::AutoPtr<Poco::Util::SystemConfiguration> kSystem(new Poco::Util::SystemConfiguration);
    std::string filled;
    std::string_view rest = value;
    for (std::size_t at = rest.find("${"); at != std::string_view::npos; at = rest.find("${")) {
      const std::size_t end = rest.find('}', at);
      if (end == std::string_view::npos) return "a ${ without its }; write ${system.env.NAME}";
      const std::string name(rest.substr(at + 2, end - at - 2));
      const std::string variable = "the variable ${" + shown(name) + "} ";
      if (!name.starts_with("system.env.")) return variable + "is not known; write ${system.env.NAME}";
      if (!kSystem->hasProperty(name)) return variable + "is not defined; define it in the service's environment";
      filled.append(rest.substr(0, at)).append(kSystem->getRawString(name));
      rest.remove_prefix(end + 1);
    }
    value = filled.append(rest);
    return "";
  }

  void apply(const Entry& entry) {
    if (const auto known = keys_.find(entry.key); known != keys_.end()) return known->second(entry);
    if (entry.key.starts_with("rule.")) return apply_rule(*this, entry, entry.key.substr(5), common_rules_);
    if (!entry.key.starts_with("source.") || !source_keys_.apply(entry)) unknown(entry);
  }

  void unknown(const Entry& entry) {
    if (problems().size() >= kMostProblems) return problem(entry, "unknown key");
    std::vector<std::string> known = keys();
    const std::string family = entry.key.substr(0, entry.key.find('.'));
    const std::string rest = entry.key.substr(family.size());
    if (!nearest(family, {"source"}).empty() && !rest.empty()) {
      const auto of_source = SourceKeys::keys_like("source" + rest);
      known.insert(known.end(), of_source.begin(), of_source.end());
    }
    if (rest.size() > 1 && find_rule(rest.substr(1, rest.rfind('.') - 1)) != nullptr) known.push_back("rule" + rest);
    problem(entry, "unknown key" + did_you_mean(entry.key, known));
  }

  [[nodiscard]] std::string joined_problems() const {
    std::string text;
    for (std::size_t i = 0; i < std::min(problems().size(), kMostProblems); ++i)
      text += (i == 0 ? "" : "\n") + problems()[i];
    if (problems().size() > kMostProblems)
      text += "\nand " + std::to_string(problems().size() - kMostProblems) + " more";
    return text;
  }

  fs::path file_;
  fs::path text_;
  Settings settings_;
  bool behind_odbc_ = false;  // the store
  bool writes_back_ = false;
  std::optional<Entry> store_connector_;
  std::optional<Entry> store_connection_;
  std::optional<Entry> store_password_file_;
  std::map<std::string, Apply> keys_;
  std::vector<Entry> entries_;
  RulesSettings common_rules_;
  MailKeys mail_keys_{*this, settings_.mail};
  SourceKeys source_keys_{*this, common_rules_};
};

}  // namespace

fs::path find_configuration(const std::string& given) {
  std::error_code error;
  if (!given.empty()) {
    const auto status = fs::status(given, error);
    if (fs::is_regular_file(status)) return given;
    if (fs::is_directory(status)) throw UsageError("--config: " + given + " is a folder; name the file in it");
    if (fs::exists(status)) throw UsageError("--config: " + given + " is no regular file; name one");
    throw UsageError("no configuration " + given + "; check --config");
  }
  for (const char* candidate : {"vigie.properties", "/etc/vigie/vigie.properties"})
    if (fs::is_regular_file(candidate, error)) return candidate;
  throw UsageError(
      "no configuration: neither ./vigie.properties nor /etc/vigie/vigie.properties is there; "
      "name one with --config, or make one with: vigie demo DIR");
}

std::string Settings::place(const std::string& key) const {
  const auto found = places.find(key);
  return found == places.end() ? file.string() : found->second;
}

Settings load_settings(const fs::path& file, const Overrides& overrides, const fs::path& text) {
  return Loader(file, text).load(overrides);
}

const std::vector<std::string>& schedulable_jobs() {
  static const std::vector<std::string> kJobs = {"run", "import", "reconcile", "detect", "notify", "report", "purge"};
  return kJobs;
}

std::vector<std::string> common_keys() { return Loader("vigie.properties").keys(); }

}  // namespace vigie
