#pragma once
// What a cell can hold of a text.
//
// Tabs and line feeds become blanks; other control characters, NUL included, go; bytes that belong to no character, and
// the two that XML forbids (U+FFFE, U+FFFF), become U+FFFD; above 32,767 UTF-16 units the end gives way to « … ».
// `_x0041_`, which Excel would read as an escaped `A`, is escaped itself.
//
//   std::string scratch;
//   cell_text("plain", scratch) is the text's own storage: most texts cost no copy.
//   cell_text("a\nb\x01", scratch) is scratch's storage, "a b".

#include <cstddef>
#include <string>
#include <string_view>

namespace vigie::workbook {

inline constexpr std::size_t kLongestText = 32'767;

// Valid until `text` or `scratch` changes; `scratch` is overwritten, its storage reused. `stored`: where the text lies,
// with a NUL behind it.
const char* cell_text(std::string_view text, const char* stored, std::string& scratch);

inline const char* cell_text(const std::string& text, std::string& scratch) {
  return cell_text(text, text.c_str(), scratch);
}

}  // namespace vigie::workbook
