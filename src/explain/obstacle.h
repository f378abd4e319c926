#pragma once
// What stands between an account and a service.

#include <string>
#include <string_view>

#include "domain/day.h"

namespace vigie::explain {

struct Obstacle {
  std::string_view cause;  // as an Answer's; empty: nothing stands between
  std::string detail;
  std::string recommendation;
  Day since;  // of what is over: of several, the last one counts

  explicit operator bool() const { return !cause.empty(); }
};

}  // namespace vigie::explain
