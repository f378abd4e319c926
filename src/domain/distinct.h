#pragma once

#include <algorithm>

namespace vigie {

// Sorts the values, and keeps each once.
template <typename Values>
void sort_distinct(Values& values) {
  std::ranges::sort(values);
  const auto repeated = std::ranges::unique(values);
  values.erase(repeated.begin(), repeated.end());
}

}  // namespace vigie
