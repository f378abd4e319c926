#include "odbc/utf16.h"

namespace vigie::odbc {
namespace {

constexpr std::uint32_t kReplacement = 0xFFFD;

bool is_first_half(std::uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_second_half(std::uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

void append(std::string& text, std::uint32_t code) {
  const auto tail = [&](unsigned shift) { text += static_cast<char>(0x80 | ((code >> shift) & 0x3F)); };
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xC0 | (code >> 6));
    tail(0);
  } else if (code < 0x10000) {
    text += static_cast<char>(0xE0 | (code >> 12));
    tail(6);
    tail(0);
  } else {
    text += static_cast<char>(0xF0 | (code >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

}  // namespace

std::string from_utf16(std::span<const std::uint16_t> units) {
  std::string text;
  text.reserve(units.size());
  for (std::size_t i = 0; i < units.size(); ++i) {
    std::uint32_t code = units[i];
    if (is_first_half(code) && i + 1 < units.size() && is_second_half(units[i + 1]))
      code = 0x10000 + ((code - 0xD800) << 10) + (units[++i] - 0xDC00U);
    else if (is_first_half(code) || is_second_half(code))
      code = kReplacement;
    append(text, code);
  }
  return text;
}

}  // namespace vigie::odbc
