#pragma once
// What is older than the store keeps goes for ever: personal data that nothing needs any more.
//
// It stays, however old: every record that the last good import brought, with its whole history, which rules read
// (rules/past.h); waivers; what is open, held or waits; the last mail to whom something open was told; rejected rows of
// the last import; and what names nobody: counts of imports, figures by night and month, runs.

#include <cstdint>
#include <string>
#include <vector>

#include "store/store.h"

namespace vigie::store {

struct Purged {
  std::string source;
  std::int64_t records = 0;   // withdrawn before the day
  std::int64_t changes = 0;   // theirs, in the history
  std::int64_t rejects = 0;   // of imports before the day
  std::int64_t findings = 0;  // resolved before it
  std::int64_t closings = 0;  // confirmed or obsolete, of days before it
  std::int64_t mails = 0;     // that ended before it
  std::int64_t plans = 0;     // that went or were replaced

  [[nodiscard]] std::int64_t total() const { return records + changes + rejects + findings + closings + mails + plans; }
};

// Of every source that the store has, configured or not; by name. One transaction. Their bytes are overwritten in
// SQLite's file; PostgreSQL's vacuum does what it does.
std::vector<Purged> purge(const Store& store, Day before);

}  // namespace vigie::store
