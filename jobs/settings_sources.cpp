#include "settings_sources.h"

#include <algorithm>

#include "domain/text.h"
#include "nearest.h"
#include "settings_rules.h"

namespace vigie {
namespace {

constexpr std::size_t kLongestSourceName = 40;
constexpr std::string_view kPrefix = "source.";

bool is_source_name(std::string_view name) {
  return name.size() <= kLongestSourceName && name.front() != '-' && name.front() != '_';
}

std::vector<std::string> all_fields() {
  std::set<std::string> fields;
  for (const FileSpec& file : all_files())
    for (const FieldSpec& field : file.fields) fields.emplace(field.name);
  return {fields.begin(), fields.end()};
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
    values_.only("csv")(entry);
  } else if (key == "path") {
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
    return false;
  }
  return true;
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

std::vector<SourceSettings> SourceKeys::finish() {
  refuse_names_that_differ_by_case();
  std::vector<SourceSettings> finished;
  for (auto& [name, source] : sources_) {
    finish(name, source);
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

void SourceKeys::finish(const std::string& name, Source& source) {
  const std::string key = std::string(kPrefix) + name;
  if (!is_source_name(name))
    values_.problem(source.where, key + ": a source's name begins with a letter or a digit and has at most " +
                                      std::to_string(kLongestSourceName) + " characters");
  if (!source.has_connector) values_.problem(source.where, key + ".connector is missing; write csv");
  if (source.settings.path.empty()) values_.problem(source.where, key + ".path is missing; write the drop's folder");
  source.settings.name = name;
  if (source.settings.label.empty()) source.settings.label = name;
}

std::vector<std::string> SourceKeys::keys_like(const std::string& key) {
  const std::string prefix = key.substr(0, key.find('.', kPrefix.size()));
  std::vector<std::string> keys;
  for (const char* each : {".connector", ".path", ".label", ".mail", ".default.convention", ".heading.mail"})
    keys.push_back(prefix + each);
  return keys;
}

}  // namespace vigie
