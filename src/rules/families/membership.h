#pragma once
// Accounts in groups: both open, of one convention, once at a time.

#include <span>

#include "rules/rule.h"

namespace vigie {

std::span<const Rule> membership_rules();

}  // namespace vigie
