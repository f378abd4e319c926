#pragma once
// Actions in the store, and the plans that guards hold.

#include <string>
#include <vector>

#include "reconcile/reconcile.h"
#include "store/store.h"

namespace vigie::store {

class Actions {
 public:
  Actions(const Store& store, SourceNumber source) : store_(store), source_(source) {}

  [[nodiscard]] std::vector<Action> all() const;  // by id

  // Writes those that differ from what `before` says. Within a transaction of the caller's.
  void write(const std::vector<Action>& before, const std::vector<Action>& after) const;
  void note_reconciled(Day day) const;  // the day's reconcile is done

 private:
  const Store& store_;
  SourceNumber source_;
};

enum class PlanKind { kClosings, kMails };

struct Plan {
  std::string id;
  PlanKind kind = PlanKind::kClosings;
  SourceNumber source = 0;
  std::string source_name;
  Day held_on;  // since when something of the source and kind is held without a break, whatever its plan was then
  std::int64_t count = 0;
  std::string reason;  // French: what the guard says
  std::string state;   // "held", "approved", "gone", "replaced"
  bool approved = false;
  std::string approved_by;
  Day approved_on = Day::never();
  std::string approval_reason;
};

std::string_view name(PlanKind kind);  // "closings", "mails"

class Plans {
 public:
  explicit Plans(const Store& store) : store_(store) {}

  [[nodiscard]] std::vector<Plan> held() const;  // of all sources; approved or not, by source, kind and id
  [[nodiscard]] std::vector<Plan> all() const;   // those that went or were replaced too, by source and day
  [[nodiscard]] std::vector<std::string> approved(SourceNumber source, PlanKind kind) const;

  // The source's plan of the kind is this one now; one that was held or approved before, with another id, is no more,
  // but hands on its day.
  void hold(SourceNumber source, PlanKind kind, const HeldPlan& plan, Day day) const;
  // Nothing is held any more; one that was approved went.
  void release(SourceNumber source, PlanKind kind) const;
  void approve(const Plan& plan, std::string_view by, std::string_view reason, Day day) const;

 private:
  [[nodiscard]] std::vector<Plan> read(std::string_view which) const;

  const Store& store_;
};

}  // namespace vigie::store
