#pragma once
// The keys of sources: `source.NAME.…`.

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "settings.h"
#include "settings_values.h"

namespace vigie {

class SourceKeys {
 public:
  // `rules`: those for all sources, taken in before.
  SourceKeys(Values& values, const RulesSettings& rules) : values_(values), common_rules_(rules) {}
  SourceKeys(const SourceKeys&) = delete;
  SourceKeys& operator=(const SourceKeys&) = delete;

  // Whether the key is known.
  bool apply(const Entry& entry);

  // By name; says what is missing. `writes_back`: closings are carried out by statements; else sources have none.
  std::vector<SourceSettings> finish(bool writes_back);

  // Some that the source of an unknown key may have, such as "source.caf931.path".
  static std::vector<std::string> keys_like(const std::string& key);

 private:
  struct Source {
    SourceSettings settings;
    bool has_connector = false;
    bool behind_odbc = false;
    std::string where;
    std::map<std::string, Entry> of_connector;                             // keys that one connector knows
    std::set<std::pair<std::string_view, std::string>> defaults_of_files;  // file and field
  };

  Source& named(const std::string& name, const Entry& entry);
  bool apply(const Entry& entry, const std::string& key, Source& source);
  bool apply_to_database(const Entry& entry, const std::string& key, Source& source);
  void apply_connection(const Entry& entry, odbc::Database& database);
  void apply_query(const Entry& entry, const std::string& name, odbc::Queries& queries);
  void apply_column(const Entry& entry, const std::string& key, Source& source,
                    std::map<std::string, std::string> intake::ColumnSettings::*member);
  void apply_headings(const Entry& entry, const std::string& field, std::map<std::string, std::string>& columns);
  void apply_statement(const Entry& entry, const std::string& name, SourceSettings& source);
  void refuse_names_that_differ_by_case();
  void refuse_folders_given_twice();
  void finish(const std::string& name, Source& source);
  void finish_database(const std::string& key, Source& source);

  Values& values_;
  const RulesSettings& common_rules_;
  std::map<std::string, Source> sources_;
};

}  // namespace vigie
