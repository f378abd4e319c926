#pragma once
// Text from the data as it may stand in a header or a paragraph: on one line, and valid UTF-8.
//
// Control characters (line breaks, tabs and NUL among them), line and paragraph separators, and the invisible signs
// that turn the direction of all that follows them become blanks; a byte that belongs to no character becomes U+FFFD.
// Letters of every direction, emoji and blanks stay as they are.
//
//   one_line("Nice\r\nBcc: x@y") == "Nice  Bcc: x@y"

#include <string>
#include <string_view>

namespace vigie {

std::string one_line(std::string_view text);

}  // namespace vigie
