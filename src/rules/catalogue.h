#pragma once
// All rules, in the order of docs/rules.md: by family, then as the guides bring them up.
// Adding one: a row in its family's table, its function, its case under tests/cases, a line in CHANGELOG.md.

#include <span>

#include "rules/rule.h"

namespace vigie {

std::span<const Rule> catalogue();

// nullptr: no such rule.
const Rule* find_rule(std::string_view id);

std::string_view family_of(const Rule& rule);  // "group": "subgroup-…" is of the family group
std::string_view french_family_name(std::string_view family);

// Whether a drop with these columns can prove anything about the rule; else the needs that it lacks.
std::vector<Need> missing_needs(const Rule& rule, const Snapshot& snapshot);

}  // namespace vigie
