#pragma once
// Accounts: one per person, with a mail of its own, used, and closed in time.

#include <span>

#include "rules/rule.h"

namespace vigie {

std::span<const Rule> account_rules();

}  // namespace vigie
