#pragma once
// The partner's administrators: one or two, active, of the convention itself.

#include <span>

#include "rules/rule.h"

namespace vigie {

std::span<const Rule> administrator_rules();

}  // namespace vigie
