#include "settings_sources.h"

#include <algorithm>

#include "domain/text.h"
#include "nearest.h"
#include "odbc/connection_string.h"
#include "odbc/named_statement.h"
#include "settings_rules.h"

namespace vigie {
namespace {

constexpr std::size_t kLongestSourceName = 40;
constexpr std::string_view kPrefix = "source.";
constexpr std::string_view kQuery = "query.";
constexpr std::string_view kWriteBack = "write-back.";

// Of closings, what their statements may name.
struct Kind {
  std::string_view name;
  std::string_view parameters;
};

constexpr Kind kKinds[kActionKindCount] = {
    {"close-afas-profile", "convention, identifiant, role, activite, lieu, date_debut, date, reason, cause"},
    {"close-membership", "convention, groupe, identifiant, date_ouverture, date, reason, cause"},
    {"close-grant", "convention, groupe, service, role, date_ouverture, date, reason, cause"},
    {"close-designation", "convention, identifiant, date_ouverture, date, reason, cause"},
    {"close-group", "convention, groupe, date, reason, cause"},
    {"close-account", "convention, identifiant, date, reason, cause"},
};

bool is_source_name(std::string_view name) {
  return name.size() <= kLongestSourceName && name.front() != '-' && name.front() != '_';
}

std::vector<std::string> all_fields() {
  std::set<std::string> fields;
  for (const FileSpec& file : all_files())
    for (const FieldSpec& field : file.fields) fields.emplace(field.name);
  return {fields.begin(), fields.end()};
}

std::vector<std::string> kind_names() {
  std::vector<std::string> names;
  for (const Kind& kind : kKinds) names.emplace_back(kind.name);
  return names;
}

std::vector<std::string> file_names() {
  std::vector<std::string> names;
  for (const FileSpec& file : all_files()) names.emplace_back(file.name);
  return names;
}

}  // namespace

bool SourceKeys::apply(const Entry& entry) {
  const std::string rest = entry.key.substr(kPrefix.size());
  const std::size_t dot = rest.find('.');
  if (dot == std::string::npos) return false;
  return apply(entry, rest.substr(dot + 1), named(rest.substr(0, dot), entry));
}

SourceKeys::Source& SourceKeys::named(const std::string& name, const Entry& entry) {
  const auto [found, is_new] = sources_.try_emplace(name);
  if (is_new) {
    found->second.where = entry.where;
    found->second.settings.rules = common_rules_;
  }
  return found->second;
}

bool SourceKeys::apply(const Entry& entry, const std::string& key, Source& source) {
  if (key == "connector") {
    source.has_connector = true;
    values_.one_of(source.behind_odbc, {{"csv", false}, {"odbc", true}})(entry);
  } else if (key == "path") {
    source.of_connector.emplace(key, entry);
    values_.path(source.settings.path)(entry);
  } else if (key == "label") {
    source.settings.label = entry.value;
  } else if (key == "mail") {
    values_.one_mail(source.settings.mail)(entry);
  } else if (key.starts_with("default.")) {
    apply_column(entry, key.substr(8), source, &intake::ColumnSettings::defaults);
  } else if (key.starts_with("heading.")) {
    apply_column(entry, key.substr(8), source, &intake::ColumnSettings::headings);
  } else if (key.starts_with("rule.")) {
    apply_rule(values_, entry, key.substr(5), source.settings.rules);
  } else {
    return apply_to_database(entry, key, source);
  }
  return true;
}

bool SourceKeys::apply_to_database(const Entry& entry, const std::string& key, Source& source) {
  odbc::Database& database = source.settings.database;
  if (key == "connection") {
    apply_connection(entry, database);
  } else if (key == "password-file") {
    database.password = values_.secret(entry);
  } else if (key == "connect-seconds") {
    values_.integer(database.connect_seconds, 1, 3600)(entry);
  } else if (key == "query-seconds") {
    values_.integer(database.query_seconds, 0, 86400)(entry);
  } else if (key.starts_with(kQuery)) {
    apply_query(entry, key.substr(kQuery.size()), source.settings.queries);
  } else if (key.starts_with(kWriteBack)) {
    apply_statement(entry, key.substr(kWriteBack.size()), source.settings);
  } else {
    return false;
  }
  source.of_connector.emplace(key, entry);
  return true;
}

void SourceKeys::apply_connection(const Entry& entry, odbc::Database& database) {
  database.connection = entry.value;
  if (const std::string flaw = odbc::flaw_of(entry.value); !flaw.empty())
    values_.problem(entry, flaw + "; " + connection_advice("mcp"));
}

void SourceKeys::apply_query(const Entry& entry, const std::string& name, odbc::Queries& queries) {
  const auto file = std::ranges::find(all_files(), name, &FileSpec::name);
  if (file == all_files().end())
    return values_.problem(entry, "the data contract has no file " + name + did_you_mean(name, file_names()));
  if (entry.value.empty()) return values_.problem(entry, "must be a query, such as SELECT …");
  queries[static_cast<std::size_t>(file - all_files().begin())] = entry.value;
}

void SourceKeys::apply_statement(const Entry& entry, const std::string& name, SourceSettings& source) {
  const auto* const kind = std::ranges::find(kKinds, name, &Kind::name);
  if (kind == std::end(kKinds))
    return values_.problem(entry, "no closing is called " + name + did_you_mean(name, kind_names()));
  const auto known = comma_items(kind->parameters);
  const auto statement = odbc::parse_named(entry.value);
  for (const std::string& parameter : statement.parameters)
    if (std::ranges::find(known, parameter) == known.end())
      return values_.problem(entry,
                             "no parameter is called :" + parameter + "; it knows " + std::string(kind->parameters));
  if (statement.parameters.empty())
    return values_.problem(entry, "must be a statement that names what it closes, such as UPDATE … = :date WHERE …");
  source.statements[static_cast<std::size_t>(kind - std::begin(kKinds))] = entry.value;
}

// `default.FIELD` and `heading.FIELD` hold for every file that has the field, `….FILE.FIELD` for one, and the latter
// goes before the former.
void SourceKeys::apply_column(const Entry& entry, const std::string& key, Source& source,
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
    if (member == &intake::ColumnSettings::headings) {
      apply_headings(entry, field, columns);
      continue;
    }
    if (!file.empty())
      source.defaults_of_files.emplace(each.name, field);
    else if (source.defaults_of_files.contains({each.name, field}))
      continue;
    columns[field] = entry.value;
  }
  if (!known)
    values_.problem(entry, "no file of the data contract has the field " + key + did_you_mean(field, all_fields()));
}

void SourceKeys::apply_headings(const Entry& entry, const std::string& field,
                                std::map<std::string, std::string>& columns) {
  const auto headings = split_list(entry.value);
  if (headings.empty()) values_.problem(entry, "must be a heading, or several with commas between them");
  for (const std::string& heading : headings) {
    const auto [known, is_new] = columns.emplace(heading, field);
    if (!is_new && known->second != field)
      return values_.problem(
          entry, "the heading " + Values::part(entry, heading) + " is the field " + known->second + "'s already");
  }
}

std::vector<SourceSettings> SourceKeys::finish(bool writes_back) {
  refuse_names_that_differ_by_case();
  refuse_folders_given_twice();
  std::vector<SourceSettings> finished;
  for (auto& [name, source] : sources_) {
    finish(name, source);
    if (!writes_back) source.settings.statements = {};
    finished.push_back(std::move(source.settings));
  }
  return finished;
}

void SourceKeys::refuse_names_that_differ_by_case() {
  std::map<std::string, std::string> names;
  for (const auto& [name, source] : sources_)
    if (const auto [before, is_new] = names.emplace(fold(name), name); !is_new)
      values_.problem(source.where, "source." + name + ": differs from source." + before->second +
                                        " by capitals only, as the names of its files would; choose another name");
}

void SourceKeys::refuse_folders_given_twice() {
  std::map<std::filesystem::path, std::string> folders;
  for (const auto& [name, source] : sources_) {
    const auto given = source.of_connector.find("path");
    if (source.behind_odbc || given == source.of_connector.end() || source.settings.path.empty()) continue;
    const auto folder = (source.settings.path / "").lexically_normal();
    if (const auto [before, is_new] = folders.emplace(folder, name); !is_new)
      values_.problem(given->second, "this is source " + before->second +
                                         "'s folder; each source has a drop of its own: name another");
  }
}

void SourceKeys::finish(const std::string& name, Source& source) {
  const std::string key = std::string(kPrefix) + name;
  if (!is_source_name(name))
    values_.problem(source.where, key + ": a source's name begins with a letter or a digit and has at most " +
                                      std::to_string(kLongestSourceName) + " characters");
  if (!source.has_connector) values_.problem(source.where, key + ".connector is missing; write csv or odbc");
  if (source.behind_odbc)
    finish_database(key, source);
  else if (source.settings.path.empty() && (source.has_connector || source.of_connector.empty()))
    values_.problem(source.where, key + ".path is missing; write the drop's folder");
  for (const auto& [name_of_key, entry] : source.of_connector)
    if (source.has_connector && (name_of_key == "path") == source.behind_odbc)
      values_.problem(entry, std::string("means nothing with connector = ") + (source.behind_odbc ? "odbc" : "csv") +
                                 "; take it out");
  source.settings.name = name;
  if (source.settings.label.empty()) source.settings.label = name;
}

void SourceKeys::finish_database(const std::string& key, Source& source) {
  if (source.settings.database.connection.empty() && !source.of_connector.contains("connection"))
    values_.problem(source.where, key + ".connection is missing; " + connection_advice("mcp"));
  for (std::size_t i = 0; i < kFileCount; ++i)
    if (const FileSpec& file = spec(file_at(i)); file.required && source.settings.queries[i].empty())
      values_.problem(source.where, key + "." + std::string(kQuery) + std::string(file.name) +
                                        " is missing; write a query that gives the columns of " + csv_name(file_at(i)));
}

std::vector<std::string> SourceKeys::keys_like(const std::string& key) {
  const std::string prefix = key.substr(0, key.find('.', kPrefix.size()));
  std::vector<std::string> keys;
  for (const char* each :
       {".connector", ".path", ".label", ".mail", ".default.convention", ".heading.mail", ".connection",
        ".password-file", ".connect-seconds", ".query-seconds", ".query.utilisateurs", ".write-back.close-membership"})
    keys.push_back(prefix + each);
  return keys;
}

}  // namespace vigie
