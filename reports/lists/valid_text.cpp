#include "lists/valid_text.h"

#include "domain/text.h"

namespace vigie::lists {

std::string_view valid_text(std::string_view text, std::string& storage) {
  if (is_valid_utf8(text)) return text;
  constexpr char32_t kReplacement = 0xFFFD;
  storage.clear();
  while (!text.empty()) {
    const std::string_view before = text;
    const bool is_stray = next_code_point(text) == kReplacement;
    storage += is_stray ? "\xEF\xBF\xBD" : before.substr(0, before.size() - text.size());
  }
  return storage;
}

}  // namespace vigie::lists
