#include "settings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <functional>
#include <optional>
#include <set>
#include <utility>

#include <Poco/AutoPtr.h>
#include <Poco/Util/SystemConfiguration.h>

#include "domain/text.h"
#include "errors.h"
#include "nearest.h"
#include "odbc/connection_string.h"
#include "private_files.h"
#include "properties.h"
#include "rules/catalogue.h"
#include "rules/judges/mailbox.h"

namespace vigie {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostProblems = 50;
constexpr std::size_t kLongestSourceName = 40;
constexpr std::size_t kLongestSchema = 40;
constexpr std::string_view kWriteConnection =
    "write ODBC's connection string, such as Driver=PostgreSQL ANSI;Server=127.0.0.1;Database=vigie;UID=vigie";
constexpr std::size_t kLongestReason = 200;
constexpr int kMostJobs = 64;

// One key of the configuration, as it was found.
struct Entry {
  std::string key;
  std::string value;
  std::string where;  // "vigie.properties, line 12", or "--set"
  std::string shown;  // the value as a message may show it: what comes from the environment may be a secret
  bool from_environment = false;
};

std::vector<std::string> split_list(std::string_view text) {
  const auto items = comma_items(text);
  return {items.begin(), items.end()};
}

// Of a value that may be long and hold anything.
std::string shown(std::string_view value) {
  constexpr std::size_t kLongest = 60;
  std::string text = one_line(value.substr(0, kLongest));
  if (value.size() > kLongest) text += "…";
  return text.empty() ? "empty" : text;
}

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

bool is_source_name(std::string_view name) {
  return name.size() <= kLongestSourceName && name.front() != '-' && name.front() != '_';
}

class Loader {
 public:
  explicit Loader(const fs::path& file, const fs::path& text = {})
      : file_(file), text_(text.empty() ? file : text), folder_(fs::absolute(file).parent_path()) {
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
    check_mail_server();
    refuse_names_that_differ_by_case();
    for (auto& [name, source] : sources_) finish(name, source);
    if (settings_.sources.empty() && problems_.empty())
      problem(file_.string(), "no source: write source.NAME.connector and source.NAME.path");
    if (!problems_.empty()) throw UsageError(joined_problems());
    std::ranges::sort(settings_.schedule.jobs, {}, [](const schedule::Job& job) {
      return std::ranges::find(schedulable_jobs(), job.name) - schedulable_jobs().begin();
    });
    settings_.rules = common_rules_;
    return std::move(settings_);
  }

 private:
  using Apply = std::function<void(const Entry&)>;

  struct Source {
    SourceSettings settings;
    bool has_connector = false;
    std::string where;
    std::set<std::pair<std::string_view, std::string>> defaults_of_files;  // file and field
  };

  void set_defaults() {
    settings_.mail.directory = folder_ / "out/mail";
    settings_.mail.from = "vigie@localhost.localdomain";
    settings_.report_directory = folder_ / "out/reports";
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
    keys_["compliance.mail"] = [this](const Entry& e) { settings_.compliance_mails = mails(e); };
    keys_["run.share"] = yes_or_no(settings_.shares_night);
    keys_["run.jobs"] = integer(settings_.sources_at_once, 1, kMostJobs);
    keys_["import.max-reject-percent"] = integer(settings_.import.max_reject_percent, 0, 100);
    keys_["import.max-rejects"] = integer(settings_.import.max_rejects, 0);
    keys_["import.max-shrink-percent"] = integer(settings_.import.max_shrink_percent, 0, 100);
    keys_["import.max-age-days"] = integer(settings_.import.max_age_days, 0);
    keys_["reconcile.mode"] = only("propose");
    keys_["reconcile.horizon-days"] = integer(settings_.reconcile.horizon_days, 0);
    keys_["reconcile.overdue-days"] = integer(settings_.reconcile.overdue_days, 0);
    keys_["reconcile.max-closures"] = integer(settings_.reconcile.max_closures, 0);
    keys_["reconcile.max-closures-percent"] = integer(settings_.reconcile.max_closures_percent, 0, 100);
    keys_["reconcile.guard-min"] = integer(settings_.reconcile.guard_min, 0);
    keys_["mail.transport"] =
        one_of(settings_.mail.transport, {{"files", MailTransport::kFiles}, {"smtp", MailTransport::kSmtp}});
    define_mail_server_keys();
    keys_["mail.directory"] = path(settings_.mail.directory);
    keys_["mail.from"] = one_mail(settings_.mail.from);
    keys_["mail.reminder-days"] = integer(settings_.mail.routing.reminder_days, 1);
    keys_["mail.escalation-days"] = integer(settings_.mail.routing.escalation_days, 0);
    keys_["mail.redirect-to"] = one_mail(settings_.mail.redirect_to);
    keys_["mail.days"] = [this](const Entry& entry) {
      if (const auto days = OpenDays::parse(entry.value))
        settings_.mail.days = *days;
      else
        wrong(entry, "all, or days and ranges such as mon-fri or mon, wed-fri");
    };
    keys_["mail.attach-report"] = yes_or_no(settings_.mail.attach_report);
    keys_["mail.max-per-run"] = integer(settings_.mail.max_per_run, 0);
    keys_["report.directory"] = path(settings_.report_directory);
    keys_["report.partners"] = yes_or_no(settings_.report_partners);
    keys_["report.keep-days"] = integer(settings_.report_keep_days, 0);
    for (const std::string& job : schedulable_jobs()) keys_["schedule." + job] = cron(job);
    keys_["schedule.jitter"] = integer(settings_.schedule.jitter, 0, 3600);
    keys_["schedule.timezone"] = only("Europe/Paris");
    keys_["metrics.file"] = path(settings_.metrics_file);
    keys_["http.listen"] = [this](const Entry& entry) {
      const auto address = listening_address(entry.value);
      if (!address) return wrong(entry, "a port, such as 9187, or HOST:PORT");
      settings_.http_listen = *address;
    };
  }

  void define_mail_server_keys() {
    SmtpServer& server = settings_.mail.server;
    keys_["mail.host"] = [this](const Entry& entry) { apply_host(entry); };
    keys_["mail.port"] = integer(mail_port_, 1, 65535);
    keys_["mail.security"] =
        one_of(server.security,
               {{"starttls", SmtpSecurity::kStartTls}, {"tls", SmtpSecurity::kTls}, {"none", SmtpSecurity::kClear}});
    keys_["mail.ca-file"] = path(server.ca_file);
    keys_["mail.user"] = [this](const Entry& entry) { apply_filled(entry, settings_.mail.server.user); };
    keys_["mail.password"] = [this](const Entry& entry) { apply_filled(entry, settings_.mail.server.password); };
    keys_["mail.password-file"] = path(settings_.mail.password_file);
    keys_["mail.timeout-seconds"] = integer(server.timeout_seconds, 1, 3600);
    keys_["mail.per-minute"] = integer(settings_.mail.per_minute, 0);
    keys_["mail.retry-seconds"] = [this](const Entry& entry) { apply_waits(entry); };
  }

  void apply_host(const Entry& entry) {
    const bool sound = std::ranges::all_of(entry.value, [](char c) {
      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' ||
             c == ':';
    });
    if (entry.value.empty() || !sound) return wrong(entry, "the name of a mail server, or its address");
    settings_.mail.server.host = entry.value;
  }

  // Of a value that no message may show.
  void apply_filled(const Entry& entry, std::string& target) {
    if (entry.value.empty()) return problem(entry, "is empty; give a value, or leave the key out");
    target = entry.value;
  }

  void apply_waits(const Entry& entry) {
    settings_.mail.retry_seconds.clear();
    if (entry.value == "none") return;
    const auto waits = split_list(entry.value);
    if (waits.empty() || waits.size() > 10) return wrong(entry, "none, or up to ten waits such as 10, 60");
    for (const std::string& wait : waits) {
      Entry one = entry;
      one.value = wait;
      integer(settings_.mail.retry_seconds.emplace_back(), 0, 3600)(one);
    }
  }

  // What single keys cannot tell of each other.
  void check_mail_server() {
    MailSettings& mail = settings_.mail;
    SmtpServer& server = mail.server;
    constexpr std::array kPorts = {587, 465, 25};
    server.port =
        static_cast<std::uint16_t>(mail_port_ != 0 ? mail_port_ : kPorts.at(static_cast<std::size_t>(server.security)));
    const auto say = [this](const std::string& what) { problem(file_.string(), what); };
    const bool has_password = !server.password.empty() || !mail.password_file.empty();
    if (has_password && server.user.empty()) say("mail.user is missing, beside its password");
    if (!server.user.empty() && !has_password) say("mail.password-file is missing, beside mail.user");
    if (mail.transport != MailTransport::kSmtp) return;
    if (server.host.empty()) say("mail.host is missing; mail.transport = smtp needs it");
    if (!has_mail_from()) say("mail.from is missing; a server takes no mail without a sender of its own");
    if (server.security == SmtpSecurity::kClear && has_password && !is_loopback(server.host))
      say("mail.security = none would send the password in the clear to another machine; write starttls or tls, or "
          "leave out mail.user");
  }

  [[nodiscard]] bool has_mail_from() const {
    return std::ranges::find(entries_, "mail.from", &Entry::key) != entries_.end();
  }

  void read(const Overrides& overrides) {
    std::set<std::string> overridden;
    for (const auto& [key, value] : overrides) {
      if (!is_sound_key(key)) throw UsageError("--set: " + shown(key) + " is no key; write SECTION.NAME=VALUE");
      if (!overridden.insert(key).second) throw UsageError("--set: " + key + " is given twice; give it once");
    }
    Properties properties = read_properties(file_, text_);
    problems_ = std::move(properties.problems);
    for (const Property& property : properties.given)
      if (!overridden.contains(property.key))
        read(property.key, property.value, file_.string() + ", line " + std::to_string(property.line));
    for (const auto& [key, value] : overrides) read(key, std::string(trim(value)), "--set");
  }

  void read(const std::string& key, const std::string& value, const std::string& where) {
    Entry entry{key, value, where, shown(value), value.find("${") != std::string::npos};
    if (const std::string wrong = fill_in(entry.value); !wrong.empty()) return problem(entry, wrong);
    if (const std::string wrong = wrong_characters(entry.value); !wrong.empty()) return problem(entry, wrong);
    if (entry.value.size() > 1 && entry.value.front() == '"' && entry.value.back() == '"')
      return problem(entry, "write it without quotation marks");
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
      fs::path file = folder_ / "vigie.db";
      if (store_connection_) path(file)(*store_connection_);
      settings_.store.file = file.string();
      return;
    }
    if (!store_connection_)
      return problem(store_connector_->where, "store.connection is missing; " + std::string(kWriteConnection));
    settings_.store.connection = store_connection_->value;
    if (const std::string flaw = odbc::flaw_of(settings_.store.connection); !flaw.empty())
      problem(*store_connection_, flaw + "; " + std::string(kWriteConnection));
    if (store_password_file_) settings_.store.password = secret(*store_password_file_);
  }

  // The first line of a file.
  std::string secret(const Entry& entry) {
    fs::path file;
    path(file)(entry);
    if (const std::string fault = fault_of_secret(file); !fault.empty()) problem(entry, fault);
    std::ifstream input(file);
    std::string line;
    if (!std::getline(input, line) || line.empty()) problem(entry, "no password in " + file.string());
    return line;
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
    if (entry.key.starts_with("rule.")) return apply_rule(entry, entry.key.substr(5), common_rules_);
    if (entry.key.starts_with("source.")) return apply_source(entry);
    unknown(entry);
  }

  void apply_source(const Entry& entry) {
    const std::string rest = entry.key.substr(std::string_view("source.").size());
    const std::size_t dot = rest.find('.');
    if (dot == std::string::npos) return unknown(entry);
    const auto [named, is_new] = sources_.try_emplace(rest.substr(0, dot));
    Source& source = named->second;
    if (is_new) {
      source.where = entry.where;
      source.settings.rules = common_rules_;
    }
    const std::string key = rest.substr(dot + 1);
    if (key == "connector") {
      source.has_connector = true;
      only("csv")(entry);
    } else if (key == "path") {
      path(source.settings.path)(entry);
    } else if (key == "label") {
      source.settings.label = entry.value;
    } else if (key == "mail") {
      one_mail(source.settings.mail)(entry);
    } else if (key.starts_with("default.")) {
      apply_column(entry, key.substr(8), source, &intake::ColumnSettings::defaults);
    } else if (key.starts_with("heading.")) {
      apply_column(entry, key.substr(8), source, &intake::ColumnSettings::headings);
    } else if (key.starts_with("rule.")) {
      apply_rule(entry, key.substr(5), source.settings.rules);
    } else {
      unknown(entry);
    }
  }

  // `default.FIELD` and `heading.FIELD` hold for every file that has the field, `….FILE.FIELD` for one.
  void apply_column(const Entry& entry, const std::string& key, Source& source,
                    std::map<std::string, std::string> intake::ColumnSettings::*member) {
    const std::size_t dot = key.find('.');
    const std::string file = dot == std::string::npos ? "" : key.substr(0, dot);
    const std::string field = dot == std::string::npos ? key : key.substr(dot + 1);
    bool known = false;
    for (const FileSpec& each : all_files()) {
      if (!file.empty() && file != each.name) continue;
      if (std::ranges::find(each.fields, field, &FieldSpec::name) == each.fields.end()) continue;
      known = true;
      auto& columns = source.settings.columns[static_cast<std::size_t>(&each - all_files().data())].*member;
      if (member == &intake::ColumnSettings::defaults)
        apply_default(entry, source, each, field, columns, !file.empty());
      else
        apply_headings(entry, field, columns);
    }
    if (!known) problem(entry, "no file of the data contract has the field " + key + did_you_mean(field, all_fields()));
  }

  // One for a file goes before one for all.
  static void apply_default(const Entry& entry, Source& source, const FileSpec& file, const std::string& field,
                            std::map<std::string, std::string>& columns, bool for_one_file) {
    if (for_one_file)
      source.defaults_of_files.emplace(file.name, field);
    else if (source.defaults_of_files.contains({file.name, field}))
      return;
    columns[field] = entry.value;
  }

  void apply_headings(const Entry& entry, const std::string& field, std::map<std::string, std::string>& columns) {
    const auto headings = split_list(entry.value);
    if (headings.empty()) problem(entry, "must be a heading, or several with commas between them");
    for (const std::string& heading : headings) {
      const auto [known, is_new] = columns.emplace(heading, field);
      if (!is_new && known->second != field)
        return problem(entry, "the heading " + part(entry, heading) + " is the field " + known->second + "'s already");
    }
  }

  static std::vector<std::string> all_fields() {
    std::set<std::string> fields;
    for (const FileSpec& file : all_files())
      for (const FieldSpec& field : file.fields) fields.emplace(field.name);
    return {fields.begin(), fields.end()};
  }

  void apply_rule(const Entry& entry, const std::string& key, RulesSettings& rules) {
    const std::size_t dot = key.rfind('.');
    const std::string id = key.substr(0, dot);
    const Rule* rule = dot == std::string::npos ? nullptr : find_rule(id);
    if (rule == nullptr)
      return problem(entry, "no rule " + id + "; `vigie rules` lists them" + did_you_mean(id, rule_ids()));
    RuleSettings& settings = rules[id];
    const std::string what = key.substr(dot + 1);
    if (what == "enabled") {
      bool enabled = settings.enabled;
      yes_or_no(enabled)(entry);
      settings.enabled = enabled;
    } else if (what == "severity") {
      settings.severity = find_severity(entry.value);
      if (!settings.severity) wrong(entry, "critical, major, minor or info");
    } else if (!rule->parameter.name.empty() && what == rule->parameter.name) {
      int value = 0;
      integer(value, 0)(entry);
      settings.parameter = value;
    } else {
      problem(entry, "the rule " + id + " has no parameter " + what + "; it knows enabled, severity" +
                         (rule->parameter.name.empty() ? "" : ", " + std::string(rule->parameter.name)));
    }
  }

  void refuse_names_that_differ_by_case() {
    std::map<std::string, std::string> names;
    for (const auto& [name, source] : sources_)
      if (const auto [before, is_new] = names.emplace(fold(name), name); !is_new)
        problem(source.where, "source." + name + ": differs from source." + before->second +
                                  " by capitals only, as the names of its files would; choose another name");
  }

  void finish(const std::string& name, Source& source) {
    if (!is_source_name(name))
      problem(source.where, "source." + name + ": a source's name begins with a letter or a digit and has at most " +
                                std::to_string(kLongestSourceName) + " characters");
    if (!source.has_connector) problem(source.where, "source." + name + ".connector is missing; write csv");
    if (source.settings.path.empty())
      problem(source.where, "source." + name + ".path is missing; write the drop's folder");
    source.settings.name = name;
    if (source.settings.label.empty()) source.settings.label = name;
    settings_.sources.push_back(std::move(source.settings));
  }

  // One of a few words, each with what it means.
  template <typename Value>
  Apply one_of(Value& target, std::vector<std::pair<std::string, Value>> words) {
    return [this, &target, words = std::move(words)](const Entry& entry) {
      std::string allowed;
      for (std::size_t i = 0; i < words.size(); ++i) {
        const auto& [word, value] = words[i];
        if (word == entry.value) {
          target = value;
          return;
        }
        allowed += (i == 0 ? "" : i + 1 < words.size() ? ", " : " or ") + word;
      }
      wrong(entry, allowed);
    };
  }

  Apply yes_or_no(bool& target) { return one_of<bool>(target, {{"true", true}, {"false", false}}); }

  // The one word that there is so far.
  Apply only(const std::string& word) {
    return [this, word](const Entry& entry) {
      if (entry.value != word) wrong(entry, word);
    };
  }

  Apply path(fs::path& target) {
    return [this, &target](const Entry& entry) {
      if (entry.value.empty()) return problem(entry, "must be a path");
      if (entry.value.front() == '~') return problem(entry, "~ is not filled in; write the whole path");
      if (entry.value.find(" #") != std::string::npos) return problem(entry, "a comment needs a line of its own");
      target = folder_ / entry.value;
    };
  }

  Apply integer(int& target, int least, int most = 1'000'000'000) {
    return [this, &target, least, most](const Entry& entry) {
      int value = 0;
      const char* end = entry.value.data() + entry.value.size();
      const auto [stop, error] = std::from_chars(entry.value.data(), end, value);
      if (error != std::errc() || stop != end || value < least || value > most)
        return wrong(entry, "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
      target = value;
    };
  }

  Apply cron(const std::string& job) {
    return [this, job](const Entry& entry) {
      auto [cron, wrong] = schedule::Cron::parse(entry.value);
      if (!cron)
        return problem(entry,
                       "must be five fields of a crontab, such as 15 2 * * *; " +
                           (entry.from_environment ? "it is " + entry.shown
                                                   : "it is " + entry.shown + ": " + printable(wrong, kLongestReason)));
      settings_.schedule.jobs.push_back({job, std::move(*cron)});
    };
  }

  Apply one_mail(std::string& target) {
    return [this, &target](const Entry& entry) {
      const auto given = mails(entry);
      if (given.size() > 1) return problem(entry, "must be one mail address");
      if (!given.empty()) target = given.front();
    };
  }

  std::vector<std::string> mails(const Entry& entry) {
    auto given = split_list(entry.value);
    if (given.empty()) problem(entry, "must be a mail address");
    for (const std::string& mail : given)
      if (!judges::well_formed_mail(mail)) problem(entry, part(entry, mail) + " is no well-formed mail address");
    return given;
  }

  // One of the values of a list, as a message may show it.
  static std::string part(const Entry& entry, const std::string& value) {
    return entry.from_environment ? entry.shown : shown(value);
  }

  void unknown(const Entry& entry) {
    if (problems_.size() >= kMostProblems) return problem(entry, "unknown key");
    std::vector<std::string> known = keys();
    if (entry.key.starts_with("source.")) {
      const std::string prefix = entry.key.substr(0, entry.key.find('.', 7));
      for (const char* key : {".connector", ".path", ".label", ".mail", ".default.convention", ".heading.mail"})
        known.push_back(prefix + key);
    }
    problem(entry, "unknown key" + did_you_mean(entry.key, known));
  }

  static std::vector<std::string> rule_ids() {
    std::vector<std::string> ids;
    for (const Rule& rule : catalogue()) ids.emplace_back(rule.id);
    return ids;
  }

  void wrong(const Entry& entry, const std::string& wanted) {
    const bool has_comment = entry.value.find('#') != std::string::npos;
    problem(entry, "must be " + wanted + "; it is " + entry.shown +
                       (has_comment ? "; a comment needs a line of its own" : ""));
  }
  void problem(const Entry& entry, const std::string& message) { problem(entry.where, entry.key + ": " + message); }
  void problem(const std::string& where, const std::string& message) { problems_.push_back(where + ": " + message); }

  [[nodiscard]] std::string joined_problems() const {
    std::string text;
    for (std::size_t i = 0; i < std::min(problems_.size(), kMostProblems); ++i)
      text += (i == 0 ? "" : "\n") + problems_[i];
    if (problems_.size() > kMostProblems) text += "\nand " + std::to_string(problems_.size() - kMostProblems) + " more";
    return text;
  }

  fs::path file_;
  fs::path text_;
  fs::path folder_;
  Settings settings_;
  bool behind_odbc_ = false;  // the store
  std::optional<Entry> store_connector_;
  std::optional<Entry> store_connection_;
  std::optional<Entry> store_password_file_;
  std::map<std::string, Apply> keys_;
  std::vector<Entry> entries_;
  std::map<std::string, Source> sources_;
  RulesSettings common_rules_;
  int mail_port_ = 0;  // 0: that of mail.security
  std::vector<std::string> problems_;
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

Settings load_settings(const fs::path& file, const Overrides& overrides, const fs::path& text) {
  return Loader(file, text).load(overrides);
}

const std::vector<std::string>& schedulable_jobs() {
  static const std::vector<std::string> kJobs = {"run", "import", "reconcile", "detect", "notify", "report", "purge"};
  return kJobs;
}

std::vector<std::string> common_keys() { return Loader("vigie.properties").keys(); }

}  // namespace vigie
