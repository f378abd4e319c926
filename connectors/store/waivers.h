#pragma once
// Waivers in the store. None is ever deleted.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "findings/waiver.h"
#include "store/store.h"

namespace vigie::store {

class SourceWaivers {
 public:
  SourceWaivers(const Store& store, SourceNumber source) : store_(store), source_(source) {}

  [[nodiscard]] std::vector<Waiver> all() const;  // by id, those that are over too

  // Returns the id. Within a transaction of the caller's.
  std::int64_t record(const Waiver& waiver) const;

 private:
  const Store& store_;
  SourceNumber source_;
};

// Ends a waiver of any source before its time. False: there is none of that id, or it is over by the day. Within a
// transaction of the caller's.
bool end_waiver(const Store& store, std::int64_t id, Day day, std::string_view by, std::string_view reason);

}  // namespace vigie::store
