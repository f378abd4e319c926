#pragma once
// Accounts that are not a person's: ACCUEIL / Mairie, RESPONSABLE / Petite Enfance, TEST / Test, AGENT / 1.

#include <optional>
#include <string>
#include <string_view>

#include "rules/judges/lexicon.h"
#include "rules/judges/reading.h"

namespace vigie::judges {

// Why the two names denote a function, a service, an institution or a placeholder, in French; nullopt for a person. A
// first name tells a person, whatever stands by it (DUPONT (CCAS) / Marie), but for the name of an establishment (ÉCOLE
// / Jean Jaurès).
std::optional<std::string> functional_name(const Lexicon& lexicon, std::string_view last_name,
                                           std::string_view first_name);

// The same, for names that have been read already.
bool denotes_function(const Lexicon& lexicon, const Reading& last_name, const Reading& first_name);

}  // namespace vigie::judges
