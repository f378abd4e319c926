#pragma once
// The catalogue for officers and administrators, in French: what `docs/regles.fr.md` is.

#include <iosfwd>
#include <string>

#include "findings/engine.h"

namespace vigie {

// As Markdown, a part for each family and a section for each rule, as the settings have them. `only`: that rule's
// section alone; empty: all.
void print_rules_in_french(const RulesSettings& settings, const std::string& only, std::ostream& out);

}  // namespace vigie
