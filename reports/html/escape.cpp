#include "html/escape.h"

#include "domain/text.h"

namespace vigie::html {
namespace {

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == U'\uFFFE' || c == U'\uFFFF'; }

std::string_view entity_of(char32_t c) {
  switch (c) {
    case U'&':
      return "&amp;";
    case U'<':
      return "&lt;";
    case U'>':
      return "&gt;";
    case U'"':
      return "&quot;";
    case U'\'':
      return "&#39;";
    case U'\t':
    case U'\n':
      return " ";
    case U'\uFFFD':
      return "\xEF\xBF\xBD";
    default:
      return {};
  }
}

}  // namespace

std::string escape(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::string_view before = text;
    const char32_t c = next_code_point(text);
    if (const std::string_view entity = entity_of(c); !entity.empty())
      out += entity;
    else if (!is_control(c))
      out += before.substr(0, before.size() - text.size());
  }
  return out;
}

}  // namespace vigie::html
