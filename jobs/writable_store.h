#pragma once
// The store of a command that writes, locked against other runs; in a rehearsal a private copy, which needs no lock.

#include <optional>

#include "lock.h"
#include "options.h"
#include "settings.h"
#include "store/store.h"

namespace vigie {

class WritableStore {
 public:
  // `makes_one`: where there is none yet; else that is an error. A rehearsal says what the command would say. `shared`:
  // where the store can be, others that share it may write beside; what is worked on must be claimed.
  WritableStore(const Options& options, const Settings& settings, bool makes_one, bool shared = false) {
    using enum store::Opening;
    store::Location location = settings.store;
    location.shared = shared && !options.dry_run;
    store::require_writable(settings.store);
    if (!makes_one) store::require_existing(settings.store);
    if (!options.dry_run) lock_.emplace(settings.store);
    store_.emplace(location, options.dry_run ? (makes_one ? kRehearse : kRehearseChange)
                             : makes_one     ? kWrite
                                             : kChange);
  }

  store::Store& operator*() { return *store_; }

 private:
  std::optional<StoreLock> lock_;
  std::optional<store::Store> store_;
};

}  // namespace vigie
