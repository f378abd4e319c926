#include "embedded.h"

#include <vector>

namespace vigie {

judges::Lexicon load_lexicon() {
  std::vector<judges::WordFile> files;
  for (const EmbeddedFile& file : embedded_files())
    if (file.path.starts_with("words/")) files.push_back({file.path, file.text});
  return judges::Lexicon::parse(files);
}

}  // namespace vigie
