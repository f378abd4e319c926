#pragma once
// UTF-16, as ODBC's wide texts are, into UTF-8. What is no character (half a pair) becomes U+FFFD.

#include <cstdint>
#include <span>
#include <string>

namespace vigie::odbc {

std::string from_utf16(std::span<const std::uint16_t> units);

}  // namespace vigie::odbc
