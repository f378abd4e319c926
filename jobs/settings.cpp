#include "settings.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <functional>
#include <optional>
#include <set>

#include <Poco/Exception.h>
#include <Poco/Util/LayeredConfiguration.h>
#include <Poco/Util/MapConfiguration.h>
#include <Poco/Util/PropertyFileConfiguration.h>
#include <Poco/Util/SystemConfiguration.h>

#include "domain/text.h"
#include "errors.h"
#include "rules/catalogue.h"
#include "rules/judges/mailbox.h"

namespace vigie {
namespace {

namespace fs = std::filesystem;

// One key of the configuration, as it was found.
struct Entry {
  std::string key;
  std::string value;
  std::string where;  // "vigie.properties, line 12", or "--set"
};

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    if (const auto part = trim(text.substr(0, comma)); !part.empty()) parts.emplace_back(part);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return parts;
}

// Parts joined by single dots, of a bounded length.
bool is_sound_key(std::string_view key) {
  constexpr std::size_t kLongest = 200;
  return !key.empty() && key.size() <= kLongest && key.front() != '.' && key.back() != '.' &&
         key.find("..") == std::string_view::npos;
}

// Line of each key in the file, as Poco reads it: the text before the first `=` or `:`.
std::map<std::string, int> lines_of_keys(const fs::path& file) {
  std::map<std::string, int> lines;
  std::ifstream in(file);
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    const std::string_view text = trim(line);
    if (text.empty() || text.front() == '#' || text.front() == '!') continue;
    const std::string key(trim(text.substr(0, text.find_first_of("=:"))));
    if (!is_sound_key(key))
      throw UsageError(file.string() + ", line " + std::to_string(number) +
                       ": this is no key; write SECTION.NAME = VALUE");
    lines[key] = number;
  }
  return lines;
}

void collect(const Poco::Util::AbstractConfiguration& configuration, const std::string& prefix,
             std::vector<std::string>& keys) {
  Poco::Util::AbstractConfiguration::Keys children;
  configuration.keys(prefix, children);
  if (!prefix.empty() && configuration.hasProperty(prefix)) keys.push_back(prefix);
  for (const std::string& child : children) collect(configuration, prefix.empty() ? child : prefix + "." + child, keys);
}

// Levenshtein's distance: the nearest known key is proposed for an unknown one.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

class Loader {
 public:
  explicit Loader(const fs::path& file) : file_(file), folder_(fs::absolute(file).parent_path()) {
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
    for (const Entry& entry : entries_) apply(entry);
    for (auto& [name, source] : sources_) finish(name, source);
    if (settings_.sources.empty() && problems_.empty())
      problem(file_.string(), "no source: write source.NAME.connector and source.NAME.path");
    if (!problems_.empty()) throw UsageError(joined_problems());
    settings_.rules = common_rules_;
    return std::move(settings_);
  }

 private:
  using Apply = std::function<void(const Entry&)>;

  struct Source {
    SourceSettings settings;
    bool has_connector = false;
    std::string where;
    RulesSettings own_rules;
  };

  void set_defaults() {
    settings_.store = folder_ / "vigie.db";
    settings_.mail.directory = folder_ / "out/mail";
    settings_.mail.from = "vigie@localhost.localdomain";
    settings_.report_directory = folder_ / "out/reports";
  }

  void define_keys() {
    keys_["store.connector"] = choice({"SQLite"});
    keys_["store.connection"] = path(settings_.store);
    keys_["compliance.mail"] = [this](const Entry& e) { settings_.compliance_mails = mails(e); };
    keys_["import.max-reject-percent"] = integer(settings_.import.max_reject_percent, 0, 100);
    keys_["import.max-rejects"] = integer(settings_.import.max_rejects, 0);
    keys_["import.max-shrink-percent"] = integer(settings_.import.max_shrink_percent, 0, 100);
    keys_["import.max-age-days"] = integer(settings_.import.max_age_days, 0);
    keys_["reconcile.mode"] = choice({"propose"});
    keys_["reconcile.horizon-days"] = integer(settings_.reconcile.horizon_days, 0);
    keys_["reconcile.overdue-days"] = integer(settings_.reconcile.overdue_days, 0);
    keys_["reconcile.max-closures"] = integer(settings_.reconcile.max_closures, 0);
    keys_["reconcile.max-closures-percent"] = integer(settings_.reconcile.max_closures_percent, 0, 100);
    keys_["reconcile.guard-min"] = integer(settings_.reconcile.guard_min, 0);
    keys_["mail.transport"] = choice({"files"});
    keys_["mail.directory"] = path(settings_.mail.directory);
    keys_["mail.from"] = one_mail(settings_.mail.from);
    keys_["mail.reminder-days"] = integer(settings_.mail.routing.reminder_days, 1);
    keys_["mail.escalation-days"] = integer(settings_.mail.routing.escalation_days, 0);
    keys_["mail.max-per-run"] = integer(settings_.mail.max_per_run, 0);
    keys_["report.directory"] = path(settings_.report_directory);
    keys_["schedule.run"] = [](const Entry& /*unused*/) {};
    keys_["schedule.timezone"] = choice({"Europe/Paris"});
  }

  void read(const Overrides& overrides) {
    const auto lines = lines_of_keys(file_);
    try {
      Poco::AutoPtr<Poco::Util::PropertyFileConfiguration> properties(
          new Poco::Util::PropertyFileConfiguration(file_.string()));
      Poco::AutoPtr<Poco::Util::LayeredConfiguration> layers(new Poco::Util::LayeredConfiguration);
      Poco::AutoPtr<Poco::Util::MapConfiguration> given(new Poco::Util::MapConfiguration);
      Poco::AutoPtr<Poco::Util::SystemConfiguration> system(new Poco::Util::SystemConfiguration);
      for (const auto& [key, value] : overrides) {
        if (!is_sound_key(key)) throw UsageError("--set: this is no key; write SECTION.NAME=VALUE");
        given->setString(key, value);
      }
      layers->add(given, 0);
      layers->add(properties, 1);
      layers->add(system, 2);
      std::vector<std::string> keys;
      collect(*properties, "", keys);
      collect(*given, "", keys);
      std::set<std::string> seen;
      for (const std::string& key : keys) {
        if (!seen.insert(key).second) continue;
        const auto line = lines.find(key);
        const bool overridden = std::ranges::any_of(overrides, [&](const auto& o) { return o.first == key; });
        const std::string where =
            overridden || line == lines.end() ? "--set" : file_.string() + ", line " + std::to_string(line->second);
        entries_.push_back({key, layers->getString(key), where});
      }
    } catch (const Poco::Exception& error) {
      throw UsageError("the configuration " + file_.string() + " cannot be read: " + error.displayText());
    }
  }

  void apply(const Entry& entry) {
    if (const auto at = entry.value.find("${"); at != std::string::npos)
      return problem(entry, "the variable " + entry.value.substr(at, entry.value.find('}', at) - at + 1) +
                                " is not defined; define it in the service's environment");
    if (const auto known = keys_.find(entry.key); known != keys_.end()) return known->second(entry);
    if (entry.key.starts_with("rule.")) return apply_rule(entry, entry.key.substr(5), common_rules_);
    if (entry.key.starts_with("source.")) return apply_source(entry);
    unknown(entry);
  }

  void apply_source(const Entry& entry) {
    const std::string rest = entry.key.substr(std::string_view("source.").size());
    const std::size_t dot = rest.find('.');
    if (dot == std::string::npos || dot == 0) return unknown(entry);
    Source& source = sources_[rest.substr(0, dot)];
    if (source.where.empty()) source.where = entry.where;
    const std::string key = rest.substr(dot + 1);
    if (key == "connector") {
      source.has_connector = true;
      choice({"csv"})(entry);
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
      apply_rule(entry, key.substr(5), source.own_rules);
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
        columns[field] = entry.value;
      else
        for (const std::string& heading : split_list(entry.value)) columns[heading] = field;
    }
    if (!known) problem(entry, "no file of the data contract has the field " + key);
  }

  void apply_rule(const Entry& entry, const std::string& key, RulesSettings& rules) {
    const std::size_t dot = key.rfind('.');
    const std::string id = key.substr(0, dot);
    const Rule* rule = dot == std::string::npos ? nullptr : find_rule(id);
    if (rule == nullptr) return problem(entry, "no rule " + id + "; `vigie rules` lists them" + nearest_rule(id));
    RuleSettings& settings = rules[id];
    const std::string what = key.substr(dot + 1);
    if (what == "enabled") {
      if (entry.value != "true" && entry.value != "false") return problem(entry, "must be true or false");
      settings.enabled = entry.value == "true";
    } else if (what == "severity") {
      settings.severity = find_severity(entry.value);
      if (!settings.severity) problem(entry, "must be critical, major, minor or info");
    } else if (!rule->parameter.name.empty() && what == rule->parameter.name) {
      int value = 0;
      integer(value, 0)(entry);
      settings.parameter = value;
    } else {
      problem(entry, "the rule " + id + " has no parameter " + what + "; it knows enabled, severity" +
                         (rule->parameter.name.empty() ? "" : ", " + std::string(rule->parameter.name)));
    }
  }

  void finish(const std::string& name, Source& source) {
    if (!source.has_connector) problem(source.where, "source." + name + ".connector is missing; write csv");
    if (source.settings.path.empty())
      problem(source.where, "source." + name + ".path is missing; write the drop's folder");
    source.settings.name = name;
    if (source.settings.label.empty()) source.settings.label = name;
    source.settings.rules = common_rules_;
    for (const auto& [id, own] : source.own_rules) {
      RuleSettings& merged = source.settings.rules[id];
      if (source_says(name, id, "enabled")) merged.enabled = own.enabled;
      if (own.severity) merged.severity = own.severity;
      if (own.parameter) merged.parameter = own.parameter;
    }
    settings_.sources.push_back(std::move(source.settings));
  }

  [[nodiscard]] bool source_says(const std::string& name, const std::string& rule, const std::string& what) const {
    return std::ranges::find(entries_, "source." + name + ".rule." + rule + "." + what, &Entry::key) != entries_.end();
  }

  Apply choice(std::vector<std::string> allowed) {
    return [this, allowed = std::move(allowed)](const Entry& entry) {
      if (std::ranges::find(allowed, entry.value) != allowed.end()) return;
      std::string list;
      for (const std::string& each : allowed) list += (list.empty() ? "" : ", ") + each;
      problem(entry, "must be " + list + "; it is " + entry.value);
    };
  }

  Apply path(fs::path& target) {
    return [this, &target](const Entry& entry) {
      if (entry.value.empty()) return problem(entry, "must be a path");
      target = folder_ / entry.value;
    };
  }

  Apply integer(int& target, int least, int most = 1'000'000'000) {
    return [this, &target, least, most](const Entry& entry) {
      int value = 0;
      const char* end = entry.value.data() + entry.value.size();
      const auto [stop, error] = std::from_chars(entry.value.data(), end, value);
      if (error != std::errc() || stop != end || value < least || value > most)
        return problem(entry, "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
      target = value;
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
      if (!judges::well_formed_mail(mail)) problem(entry, mail + " is no well-formed mail address");
    return given;
  }

  void unknown(const Entry& entry) {
    std::string nearest;
    std::size_t best = entry.key.size() / 2 + 1;
    const auto propose = [&](const std::string& key) {
      if (const std::size_t d = distance(entry.key, key); d < best) best = d, nearest = key;
    };
    for (const auto& [key, apply] : keys_) propose(key);
    if (entry.key.starts_with("source.")) {
      const std::string prefix = entry.key.substr(0, entry.key.find('.', 7));
      for (const char* key : {".connector", ".path", ".label", ".mail", ".default.convention", ".heading.mail"})
        propose(prefix + key);
    }
    problem(entry, "unknown key" + (nearest.empty() ? "" : "; did you mean " + nearest + "?"));
  }

  static std::string nearest_rule(std::string_view id) {
    std::string nearest;
    std::size_t best = id.size() / 2 + 1;
    for (const Rule& rule : catalogue())
      if (const std::size_t d = distance(id, rule.id); d < best) best = d, nearest = rule.id;
    return nearest.empty() ? "" : "; did you mean " + nearest + "?";
  }

  void problem(const Entry& entry, const std::string& message) { problem(entry.where, entry.key + ": " + message); }
  void problem(const std::string& where, const std::string& message) { problems_.push_back(where + ": " + message); }

  [[nodiscard]] std::string joined_problems() const {
    std::string text;
    for (const std::string& each : problems_) text += (text.empty() ? "" : "\n") + each;
    return text;
  }

  fs::path file_;
  fs::path folder_;
  Settings settings_;
  std::map<std::string, Apply> keys_;
  std::vector<Entry> entries_;
  std::map<std::string, Source> sources_;
  RulesSettings common_rules_;
  std::vector<std::string> problems_;
};

}  // namespace

fs::path find_configuration(const std::string& given) {
  std::error_code ignored;
  if (!given.empty()) {
    if (fs::is_regular_file(given, ignored)) return given;
    throw UsageError("no configuration " + given + "; check --config");
  }
  for (const char* candidate : {"vigie.properties", "/etc/vigie/vigie.properties"})
    if (fs::is_regular_file(candidate, ignored)) return candidate;
  throw UsageError(
      "no configuration: neither ./vigie.properties nor /etc/vigie/vigie.properties is there; "
      "name one with --config, or make one with: vigie demo DIR");
}

Settings load_settings(const fs::path& file, const Overrides& overrides) { return Loader(file).load(overrides); }

std::vector<std::string> common_keys() { return Loader("vigie.properties").keys(); }

}  // namespace vigie
