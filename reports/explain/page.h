#pragma once
// The answers about an account as a page for a person at a terminal, in French.

#include <iosfwd>
#include <string>
#include <vector>

#include "domain/day.h"
#include "explain/explain.h"

namespace vigie::explain {

struct Page {
  std::string source;
  std::string account;     // "ENF01302SM (Stéphane Bruet)"
  std::string convention;  // "19_214, Ville de Rosny"
  Day day;
  Day imported_on;  // of the import that the records are of
  std::vector<Answer> answers;
};

// Service by service, then what holds for every account. No control character of the data reaches the terminal.
void write_page(std::ostream& out, const Page& page);

}  // namespace vigie::explain
