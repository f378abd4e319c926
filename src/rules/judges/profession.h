#pragma once
// Whether a profession, by its text alone, gives the right to a Cdap profile that is kept for it.
//
//   judge_t1(lexicon, "Assistante sociale de secteur")  allowed
//   judge_t1(lexicon, "Assistante sociale du travail")  refused: « travail »
//   judge_t9(lexicon, "Secrétaire MJPM")                refused: « secrétaire »
//
// Of two professions in one text, one that gives the right is enough. An empty text gives none. Reasons are French.

#include <string>
#include <string_view>

#include "rules/judges/lexicon.h"

namespace vigie::judges {

struct ProfessionVerdict {
  bool allowed;
  std::string reason;
};

// Assistant de service social, conseiller en économie sociale et familiale; never at work.
ProfessionVerdict judge_t1(const Lexicon& lexicon, std::string_view profession);

// Mandataire judiciaire à la protection des majeurs, tuteur, curateur; not who helps them.
ProfessionVerdict judge_t9(const Lexicon& lexicon, std::string_view profession);

}  // namespace vigie::judges
