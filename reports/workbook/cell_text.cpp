#include "workbook/cell_text.h"

#include <algorithm>

#include "domain/text.h"

namespace vigie::workbook {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::string_view kEllipsis = "…";
constexpr std::string_view kEscapedUnderscore = "_x005F_";

// Printable ASCII without '_' needs no look. One branch per text, not per byte, so that the loop is vectorized.
bool is_plain(std::string_view text) {
  bool plain = true;
  for (const char c : text) plain &= c >= 0x20 && c < 0x7F && c != '_';
  return plain;
}

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

void append_clean(std::string_view text, std::string& out) {
  while (true) {
    const auto* rest = std::find_if_not(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
    out.append(text.begin(), rest);
    text.remove_prefix(static_cast<std::size_t>(rest - text.begin()));
    if (text.empty()) return;
    const std::string_view before = text;
    const char32_t c = next_code_point(text);
    if (c == U'\t' || c == U'\n')
      out += ' ';
    else if (c == U'\uFFFD' || c == U'\uFFFE' || c == U'\uFFFF')
      out += kReplacement;
    else if (!is_control(c))
      out += before.substr(0, before.size() - text.size());
  }
}

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'); }

// The format reads `_xHHHH_` as the character of that number.
bool begins_escape(std::string_view text) {
  return text.size() >= 7 && text.starts_with("_x") && text[6] == '_' &&
         std::all_of(text.begin() + 2, text.begin() + 6, is_hex);
}

void escape_escapes(std::string& text) {
  for (std::size_t at = text.find("_x"); at != std::string::npos; at = text.find("_x", at + 1)) {
    if (!begins_escape(std::string_view(text).substr(at))) continue;
    text.replace(at, 1, kEscapedUnderscore);
    at += kEscapedUnderscore.size() - 1;
  }
}

void cut(std::string& text) {
  std::size_t units = 0;
  std::size_t keep = 0;  // bytes that leave room for the ellipsis
  for (std::string_view rest = text; !rest.empty();) {
    if (units < kLongestText) keep = text.size() - rest.size();
    units += next_code_point(rest) >= 0x10000 ? 2U : 1U;
  }
  if (units > kLongestText) text.replace(keep, std::string::npos, kEllipsis);
}

}  // namespace

const char* cell_text(std::string_view text, const char* stored, std::string& scratch) {
  if (text.size() <= kLongestText && is_plain(text)) return stored;
  scratch.clear();
  append_clean(text, scratch);
  escape_escapes(scratch);
  if (scratch.size() > kLongestText) cut(scratch);
  return scratch.c_str();
}

}  // namespace vigie::workbook
