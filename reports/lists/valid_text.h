#pragma once
// Text from the data as valid UTF-8.

#include <string>
#include <string_view>

namespace vigie::lists {

// The text itself where it is valid; else `storage`, which then holds it with U+FFFD for each byte that belongs to no
// character.
std::string_view valid_text(std::string_view text, std::string& storage);

}  // namespace vigie::lists
