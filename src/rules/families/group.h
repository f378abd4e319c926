#pragma once
// Groups and sub-groups: who manages them, which roles they give, where they stand.

#include <span>

#include "rules/rule.h"

namespace vigie {

std::span<const Rule> group_rules();

}  // namespace vigie
