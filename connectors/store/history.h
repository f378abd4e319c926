#pragma once
// The history of records: which import brought each, changed it and withdrew it.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/day.h"
#include "store/store.h"

namespace vigie::store {

// Lines of the history, of one source or all; sorted by source, file, key, as_of, field.
struct HistoryRow {
  std::string source;
  std::string file;  // "utilisateurs.csv"
  std::string key;
  Day as_of;
  std::string change;
  std::string field;
  std::string before;
  std::string after;
};

struct HistoryFilter {
  std::vector<std::string> sources;  // empty: all
  std::string file;                  // "utilisateurs"; empty: all
  std::string convention;            // of records that name one
  std::string account;               // identifiant, of records that name one
  std::optional<Day> since;
  std::size_t newest = 0;  // 0: all, else the newest so many
};

std::vector<HistoryRow> history(const Store& store, const HistoryFilter& filter);

// Numbers of the conventions that the source has ever brought.
std::vector<std::string> known_conventions(const Store& store, SourceNumber source);

// Whether a record that the source has ever brought names the account.
bool knows_account(const Store& store, SourceNumber source, std::string_view account);

}  // namespace vigie::store
