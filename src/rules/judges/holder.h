#pragma once
// Whether an address bears the name of the account's holder.

#include <cstddef>

#include "rules/judges/lexicon.h"
#include "rules/judges/reading.h"

namespace vigie::judges {

inline constexpr std::size_t kMaxLocalPart = 64;  // letters, digits and signs before the `@`

// Whether the first and the last name, an initial and the last name, the full first name, the initials or the surname
// stand in the local part, in any usual way of writing them and whatever else stands there. A namesake in the name of a
// place or an establishment does not count, nor a surname that is a place or a service among other words. `local_part`
// has at most kMaxLocalPart letters and digits.
//
//   "mjpm.renaudin" bears RENAUDIN / Luc; "ecole-jean-jaures" does not bear MARTIN / Jean
bool bears_name(const Lexicon& lexicon, const Reading& local_part, const Reading& last_name, const Reading& first_name);

}  // namespace vigie::judges
