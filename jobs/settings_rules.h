#pragma once
// The keys of rules: `rule.ID.…` for all sources, `source.NAME.rule.ID.…` for one.

#include <string>

#include "findings/engine.h"
#include "settings_values.h"

namespace vigie {

// `key`: what stands behind "rule.", such as "account-inactive.days".
void apply_rule(Values& values, const Entry& entry, const std::string& key, RulesSettings& rules);

}  // namespace vigie
