#pragma once
// Write-backs that did not go through, until compliance is told.

#include <optional>

#include "reconcile/write_back.h"
#include "store/store.h"

namespace vigie::store {

class WriteBacks {
 public:
  WriteBacks(const Store& store, SourceNumber source) : store_(store), source_(source) {}

  // The last one that compliance does not know of.
  [[nodiscard]] std::optional<FailedWriteBack> unreported() const;

  // Within a transaction of the caller's.
  void note(const FailedWriteBack& failed) const;
  void mark_reported() const;

 private:
  const Store& store_;
  SourceNumber source_;
};

}  // namespace vigie::store
