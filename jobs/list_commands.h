#pragma once
// Commands that only read: findings, actions, rejects, history, rules, plans, status. They print on standard output.

#include "lists/list_writer.h"
#include "options.h"
#include "settings.h"
#include "store/store.h"

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

// A source of the store, where it has ever been imported.
struct StoredSource {
  const SourceSettings* settings;
  store::SourceNumber number;
};

// Of those chosen. Says on standard error which have never brought anything: nothing listed must not read as nothing
// wrong.
std::vector<StoredSource> stored_sources(const store::Store& store, const std::vector<const SourceSettings*>& chosen);

// The store to list from, and its sources of those chosen. Throws UsageError for a source that is not configured, and
// for a convention that none of them has ever brought: a mistyped filter must not read as nothing found.
class ListedStore {
 public:
  ListedStore(const Options& options, const Settings& settings);

  [[nodiscard]] const store::Store& store() const { return store_; }
  [[nodiscard]] const std::vector<StoredSource>& sources() const { return sources_; }

 private:
  std::vector<const SourceSettings*> chosen_;
  store::Store store_;
  std::vector<StoredSource> sources_;
};

// Whether a value passes a filter that may be left out.
bool matches(const std::string& filter, std::string_view value);

lists::Format format_of(const Options& options);

// Throws UsageError for a rule that is not in the catalogue.
void check_rule(const Options& options);

// Throws UsageError for a convention that none of the sources has ever brought.
void check_convention(const store::Store& store, const std::vector<StoredSource>& sources, const Options& options);

// A day of the command line, or UsageError that names the option.
Day parse_day(const std::string& text, const std::string& option);

}  // namespace vigie
