#include "store/postgres/text.h"

#include "domain/text.h"

namespace vigie::store {
namespace {

constexpr std::string_view kNul("\0", 1);
constexpr std::string_view kEscape = "\xF4\x8F\xBF\xBE";  // U+10FFFE
constexpr std::string_view kStoredNul =
    "\xF4\x8F\xBF\xBE"
    "0";
constexpr std::string_view kStoredEscape =
    "\xF4\x8F\xBF\xBE"
    "1";

void append_quoted(std::string& literal, std::string_view text) {
  literal += '"';
  for (std::size_t at = text.find_first_of("\"\\"); at != std::string_view::npos; at = text.find_first_of("\"\\")) {
    literal.append(text.substr(0, at)).append(1, '\\').append(1, text[at]);
    text.remove_prefix(at + 1);
  }
  literal.append(text).append(1, '"');
}

}  // namespace

bool is_plain_stored(std::string_view stored) {
  return stored.find(kEscape.front()) == std::string_view::npos || stored.find(kEscape) == std::string_view::npos;
}

bool is_plain(std::string_view text) { return text.find('\0') == std::string_view::npos && is_plain_stored(text); }

std::string to_stored(std::string_view text) {
  std::string stored(text);
  replace_all(stored, {{kNul, kStoredNul}, {kEscape, kStoredEscape}});
  return stored;
}

std::string from_stored(std::string_view stored) {
  std::string text(stored);
  replace_all(text, {{kStoredNul, kNul}, {kStoredEscape, kEscape}});
  return text;
}

void append_text(std::string& literal, std::string_view text) {
  if (is_plain(text))
    append_quoted(literal, text);
  else
    append_quoted(literal, to_stored(text));
}

}  // namespace vigie::store
