#pragma once
// Headings of an export, for log, report and terminal.

#include <string>
#include <vector>

namespace vigie {

// "Couleur, Taille, and 3 more". A file without its header has data for headings: what may be personal (an address), or
// is none (a long text, one with control characters), is counted and not repeated; so are those after the 20th.
std::string said_headings(const std::vector<std::string>& headings);

}  // namespace vigie
