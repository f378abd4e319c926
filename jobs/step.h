#pragma once
// The steps of the nightly chain, in their order.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace vigie {

enum class Step : std::uint8_t { kImport, kReconcile, kDetect, kNotify, kReport };

constexpr std::string_view name(Step step) {
  constexpr std::array<std::string_view, 5> kNames = {"import", "reconcile", "detect", "notify", "report"};
  return kNames[static_cast<std::size_t>(step)];
}

constexpr bool is_for_all_sources(Step step) { return step == Step::kNotify || step == Step::kReport; }

}  // namespace vigie
