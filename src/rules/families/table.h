#pragma once
// What the compiler checks of a family's table: nothing an auditor reads is empty, and every id is new and begins
// like its family. As no two families share a beginning, no id is given twice in the whole catalogue.

#include <algorithm>
#include <initializer_list>
#include <span>
#include <string_view>

#include "rules/rule.h"

namespace vigie {

constexpr bool is_complete(const Rule& rule) {
  const bool is_read = rule.audience.administrators || rule.audience.managers || rule.audience.caf;
  return !rule.id.empty() && !rule.title.empty() && !rule.source.empty() && !rule.remedy.empty() && is_read &&
         rule.check != nullptr && rule.parameter.value >= 0;
}

constexpr bool is_sound(std::span<const Rule> rules, std::initializer_list<std::string_view> beginnings) {
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const std::string_view id = rules[i].id;
    const auto begins_id = [id](std::string_view beginning) { return id.starts_with(beginning); };
    if (!is_complete(rules[i]) || std::ranges::none_of(beginnings, begins_id)) return false;
    for (std::size_t j = 0; j < i; ++j)
      if (rules[j].id == id) return false;
  }
  return !rules.empty();
}

}  // namespace vigie
