#pragma once
// Cdap's guarded roles: T1, T4, T9 and T10, for those who hold them on the day.

#include <span>

#include "rules/rule.h"

namespace vigie {

std::span<const Rule> cdap_rules();

}  // namespace vigie
