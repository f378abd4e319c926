#pragma once
// Afas: providers and approvers of each activity, their groups, and who may entitle others.

#include <span>

#include "rules/rule.h"

namespace vigie {

std::span<const Rule> afas_rules();

}  // namespace vigie
