#pragma once
// Files and columns that the good import of the day before had, and the last one lacks: what they were needed for is
// not verified any more, which nobody asked for.

#include <string>
#include <vector>

#include "findings/engine.h"
#include "store/imports.h"

namespace vigie {

struct LostColumn {
  Need column;                          // or a whole file
  std::vector<const Rule*> rules = {};  // that were verifiable before; of those that are on
};

std::vector<LostColumn> lost_columns(const store::Import& before, const store::Import& now,
                                     const RulesSettings& settings);

// "La colonne origine n'est plus dans l'export de groupes.csv ; les règles … ne sont plus vérifiables."
std::string in_french(const LostColumn& lost);

// "the column origine is no longer in groupes.csv; not verifiable any more: …"
std::string in_english(const LostColumn& lost);

}  // namespace vigie
