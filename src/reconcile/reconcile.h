#pragma once
// One night's reconciliation of one source: closings found missing, what became of those asked for before, and the
// guard that holds a night which would close too much.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "domain/snapshot.h"
#include "findings/waiver.h"
#include "reconcile/action.h"

namespace vigie {

struct ReconcileSettings {
  int horizon_days = 0;
  int overdue_days = 7;
  int max_closures = 500;
  int max_closures_percent = 10;
  int guard_min = 10;
};

// What the guard holds: an id over what would be closed, without dates, so that the same plan keeps its id.
struct HeldPlan {
  std::string id;
  std::size_t count = 0;
  std::string why;  // French
};

struct Reconciliation {
  std::vector<Action> actions;  // all that were or are; the finished ones as they ended
  std::optional<HeldPlan> held;
  std::size_t sent = 0;               // for the first time tonight
  std::vector<std::size_t> sent_now;  // the positions of these actions
};

// What people said.
struct Decisions {
  std::vector<std::string> approved;  // ids of plans that may go
  std::vector<Waiver> waivers;        // all of the source
  // By kind, where the source is written back to; empty: closings of the kind are carried out by people.
  std::array<std::string, kActionKindCount> statements = {};
};

// What the imports behind the snapshot can prove.
struct EvidenceDays {
  Day imported_as_of;  // of the last good import: closings on or before it confirm
  std::int64_t last_good_import = 0;
  Day renewed_as_of;  // of the last good import of a drop that was not too old: until then what is missing was not done
};

Reconciliation reconcile(const Snapshot& snapshot, Day day, const EvidenceDays& proven, std::vector<Action> before,
                         const Decisions& decisions, const ReconcileSettings& settings);

}  // namespace vigie
