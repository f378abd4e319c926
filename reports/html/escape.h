#pragma once
// Text from the data within HTML.

#include <string>
#include <string_view>

namespace vigie::html {

// For content and for quoted attributes: escape("a<b") is "a&lt;b". Tabs and line feeds become blanks, other control
// characters go, what is no valid UTF-8 becomes U+FFFD.
std::string escape(std::string_view text);

}  // namespace vigie::html
