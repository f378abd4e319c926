#include "mail/one_line.h"

#include "domain/text.h"

namespace vigie {
namespace {

constexpr std::string_view kReplacementCharacter = "\xEF\xBF\xBD";

bool breaks_the_line(char32_t c) {
  const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
  const bool separator = c == 0x2028 || c == 0x2029;
  const bool turns_direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  return control || separator || turns_direction;
}

}  // namespace

std::string one_line(std::string_view text) {
  constexpr char32_t kReplacement = 0xFFFD;
  std::string line;
  line.reserve(text.size());
  while (!text.empty()) {
    const std::string_view before = text;
    const char32_t c = next_code_point(text);
    if (breaks_the_line(c))
      line += ' ';
    else if (c == kReplacement)
      line += kReplacementCharacter;
    else
      line += before.substr(0, before.size() - text.size());
  }
  return line;
}

}  // namespace vigie
