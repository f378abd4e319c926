#pragma once
// What the values of an enumeration are called: a code in lists and the configuration, and words in French. A table of
// them is in the order of the enumeration.

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace vigie {

struct Names {
  std::string_view code;
  std::string_view french;
};

template <typename Enumeration, typename Row, std::size_t kCount>
constexpr const Row& names_of(const std::array<Row, kCount>& table, Enumeration value) {
  return table[static_cast<std::size_t>(value)];
}

template <typename Enumeration, typename Row, std::size_t kCount>
std::optional<Enumeration> find_by_code(const std::array<Row, kCount>& table, std::string_view code) {
  for (std::size_t i = 0; i < kCount; ++i)
    if (table[i].code == code) return static_cast<Enumeration>(i);
  return std::nullopt;
}

}  // namespace vigie
