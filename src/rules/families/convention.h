#pragma once
// The convention and its papers: contract, validation, bulletins and what they open.

#include <span>

#include "rules/rule.h"

namespace vigie {

std::span<const Rule> convention_rules();

}  // namespace vigie
