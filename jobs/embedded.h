#pragma once
// The files of config/, held by the program itself: word lists, mail templates, the demo drop.

#include <span>
#include <string_view>

#include "rules/judges/lexicon.h"

namespace vigie {

struct EmbeddedFile {
  std::string_view path;  // below config/: "words/services.txt"
  std::string_view text;
};

// In the order of their paths. Made at build time (cmake/embed.cmake).
std::span<const EmbeddedFile> embedded_files();

// The word lists among them.
judges::Lexicon load_lexicon();

}  // namespace vigie
