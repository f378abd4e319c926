#pragma once
// Mail addresses: well formed or not, thrown away after use, a person's or a service's.

#include <optional>
#include <string>
#include <string_view>

#include "rules/judges/lexicon.h"

namespace vigie::judges {

// One `@`; a local part of 1 to 64 ASCII letters, digits and .!#$%&'*+/=?^_`{|}~-, no dot first, last or twice in a
// row; a domain of two or more labels of letters, digits and inner hyphens, the last of letters, two or more.
bool well_formed_mail(std::string_view mail);

// What stands before and after the last `@`; all of it and nothing where there is none.
std::string_view mail_local_part(std::string_view mail);
std::string_view mail_domain(std::string_view mail);

// Whether the domain, or a parent of it, is on the list of throw-away domains; case aside.
bool disposable_domain(const Lexicon& lexicon, std::string_view domain);

// Why the address is a service's and not a person's, in French; nullopt for a person's, and for one that tells nothing.
// `mail` must be well formed; names as they are written in the data.
//
//   creche@ville.fr of Marie DURAND: « creche » désigne un service, et l'adresse n'est pas au nom de Marie DURAND
//   marie.creche@ville.fr of Marie DURAND, lafarandole@asso.fr: nullopt
std::optional<std::string> shared_mailbox(const Lexicon& lexicon, std::string_view mail, std::string_view last_name,
                                          std::string_view first_name);

// Whether the local part bears the person's name, in any usual way of writing it.
bool is_in_the_name_of(const Lexicon& lexicon, std::string_view mail, std::string_view last_name,
                       std::string_view first_name);

}  // namespace vigie::judges
