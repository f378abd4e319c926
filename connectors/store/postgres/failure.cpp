#include "store/postgres/failure.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <string_view>

#include "domain/text.h"
#include "error.h"

namespace vigie::store {
namespace {

constexpr std::size_t kLongestReason = 300;

struct Meaning {
  std::string_view state;  // SQLSTATE, or its first characters
  std::string_view what;
};

bool is_one_of(std::string_view state, std::initializer_list<std::string_view> beginnings) {
  return std::ranges::any_of(beginnings, [&](std::string_view each) { return state.starts_with(each); });
}

bool is_busy(std::string_view state) { return is_one_of(state, {"55P03", "40P01", "40001"}); }

// What it is, and what to do; nothing for what a healthy store never answers.
std::string_view meaning(std::string_view state) {
  static constexpr Meaning kMeanings[] = {
      {"08", "was lost while it was worked on: what was not committed is undone; check the server, then run again"},
      {"57P0", "was lost while it was worked on: what was not committed is undone; check the server, then run again"},
      {"25006", "cannot be written: it was opened to be read, or the server is a standby; check store.connection"},
      {"42501",
       "refuses its rights: grant them to the user of store.connection (CREATE and TEMPORARY on the database, "
       "all on the schema)"},
      {"53100", "has no room left on its disk: free some space, then run again"},
      {"53200", "cannot be worked on, the server has not enough memory: free some, then run again"},
      {"53300", "takes no further connection: raise max_connections, or run again later"},
      {"54000",
       "cannot hold a text of that length in an index: look in the export for a mail address of more "
       "than 2,000 bytes"},
      {"57014", "was told to stop a statement: check statement_timeout of the user or the database, then run again"},
      {"58", "cannot be read or written, its disk reports an error: check the server's disk, then run again"},
      {"XX001", "is damaged: keep a copy of it, restore the last backup, and check the server's disk"},
      {"XX002", "is damaged: keep a copy of it, restore the last backup, and check the server's disk"},
  };
  const auto* const found =
      std::ranges::find_if(kMeanings, [&](const Meaning& each) { return state.starts_with(each.state); });
  return found == std::end(kMeanings) ? std::string_view{} : found->what;
}

bool has_any_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view each) { return text.find(each) != std::string_view::npos; });
}

}  // namespace

void fail(const odbc::Error& error, const std::string& place) {
  if (is_busy(error.state())) throw BusyError(place + " is locked by another process");
  const std::string number = " (SQLSTATE " + (error.state().empty() ? "unknown" : error.state()) + ")";
  if (const auto known = meaning(error.state()); !known.empty())
    throw StoreError(place + " " + std::string(known) + number);
  throw StoreError(place + " refused a statement" + number +
                   "; was it changed by another program? restore the last backup, or keep a copy and report it");
}

// These words name a server, a user, a database, a driver; what was sent to them is not repeated.
void fail_to_connect(const odbc::Error& error, const std::string& place) {
  std::string_view words = error.what();
  words = words.substr(0, words.find('\n'));
  throw StoreError(place + " cannot be reached: " + printable(trim(words), kLongestReason) +
                   "; check store.connection, its password, and that the server runs");
}

// The driver gives one state to all; a server that says no says FATAL, in any language.
bool may_pass(const odbc::Error& error) {
  const std::string_view words = error.what();
  if (!error.state().starts_with("08")) return false;
  if (words.find("FATAL") == std::string_view::npos) return true;
  return has_any_of(words, {"starting up", "shutting down", "recovery", "too many", "connection slots"});
}

}  // namespace vigie::store
