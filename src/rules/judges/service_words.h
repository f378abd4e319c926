#pragma once
// How the judges of mailboxes and of names recognise, word by word, what denotes a service.

#include <cstddef>
#include <string_view>

#include "rules/judges/lexicon.h"
#include "rules/judges/reading.h"

namespace vigie::judges {

// A known entry, of one or several words of a text.
struct Piece {
  std::size_t next;  // the word after it
  WordClass word;    // unknown where the text has no known entry
};

// The longest known entry that begins with the word `index` and ends where a word does.
Piece longest_piece(const Lexicon& lexicon, const Reading& reading, std::size_t index);

// Surnames end like services, or are a slip away from one, more often than they begin like one.
enum class Evidence { kAny, kStrong };

// What decides within an unknown word: its head ("crechelilas") or one of the known words that it is made of
// ("ramnord", "polesocial"), which is strong; its tail ("lilascreche"), or what it is a misspelling of.
WordClass find_inside(const Lexicon& lexicon, std::string_view word, Evidence evidence = Evidence::kAny);

// What the unknown word `index` and its neighbours are a misspelling of ("ressouces.humaines").
WordClass find_misspelt_phrase(const Lexicon& lexicon, const Reading& reading, std::size_t index);

// "un service", "une fonction": what a word of this kind denotes, in French.
std::string_view denoted(WordKind kind);

}  // namespace vigie::judges
