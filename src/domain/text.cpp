#include "domain/text.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <span>

namespace vigie {
namespace {

struct Mapping {
  char32_t code_point;
  std::uint16_t offset;  // in the table's pool
  std::uint16_t size;
};

struct Range {
  char32_t first;
  char32_t last;
};

#include "domain/text_tables.inc"

constexpr char32_t kReplacement = 0xFFFD;
constexpr std::uint64_t kHighBits = 0x8080808080808080U;

struct MappingTable {
  std::span<const Mapping> mappings;
  const char* pool;
};

constexpr MappingTable kFold{kFoldMappings, kFoldPool};
constexpr MappingTable kUpper{kUpperMappings, kUpperPool};

// Accented Latin letters, which are nearly all that French data has, are indexed; the rest is searched.
const Mapping* find_mapping(std::span<const Mapping> mappings, char32_t code_point) {
  if (code_point >= kFirstDirect && code_point < kEndDirect) return &mappings[code_point - kFirstDirect];
  const auto found = std::ranges::lower_bound(mappings, code_point, {}, &Mapping::code_point);
  return found != mappings.end() && found->code_point == code_point ? &*found : nullptr;
}

constexpr bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

constexpr char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

constexpr char ascii_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c; }

constexpr bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// The bytes of the valid sequence that `text` begins with; 0 if there is none.
std::size_t sequence_size(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4) return 0;
  const std::size_t size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (text.size() < size ||
      !std::all_of(text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(size), is_continuation))
    return 0;
  const auto second = static_cast<unsigned char>(text[1]);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool surrogate = first == 0xED && second > 0x9F;
  const bool too_high = first == 0xF4 && second > 0x8F;
  return overlong || surrogate || too_high ? 0 : size;
}

char32_t decode(std::string_view sequence) {
  if (sequence.size() == 1) return static_cast<unsigned char>(sequence[0]);
  const unsigned lead_bits = 0xFFU >> (sequence.size() + 1);
  char32_t code_point = static_cast<unsigned char>(sequence[0]) & lead_bits;
  for (const char c : sequence.substr(1)) code_point = code_point << 6 | (static_cast<unsigned char>(c) & 0x3FU);
  return code_point;
}

template <typename AsciiConversion>
void convert_into(std::string_view text, std::string& out, const MappingTable& table, AsciiConversion convert_ascii) {
  out.resize(text.size());
  const auto ascii_end = std::find_if_not(text.begin(), text.end(), is_ascii);
  std::transform(text.begin(), ascii_end, out.begin(), convert_ascii);
  if (ascii_end == text.end()) return;
  const auto ascii_size = static_cast<std::size_t>(std::distance(text.begin(), ascii_end));
  out.resize(ascii_size);
  for (std::string_view rest = text.substr(ascii_size); !rest.empty();) {
    if (is_ascii(rest[0])) {
      out += convert_ascii(rest[0]);
      rest.remove_prefix(1);
      continue;
    }
    const std::size_t size = sequence_size(rest);
    const std::string_view sequence = rest.substr(0, std::max<std::size_t>(size, 1));
    const Mapping* mapping = size == 0 ? nullptr : find_mapping(table.mappings, decode(sequence));
    out += mapping == nullptr ? sequence : std::string_view(table.pool + mapping->offset, mapping->size);
    rest.remove_prefix(sequence.size());
  }
}

std::string_view trim_front(std::string_view text) {
  while (!text.empty()) {
    std::string_view rest = text;
    if (!is_blank(next_code_point(rest))) break;
    text = rest;
  }
  return text;
}

std::string_view trim_back(std::string_view text) {
  while (!text.empty()) {
    std::size_t start = text.size() - 1;
    while (start > 0 && text.size() - start < 3 && is_continuation(text[start])) --start;
    std::string_view last = text.substr(start);
    if (!is_blank(next_code_point(last)) || !last.empty()) break;
    text.remove_suffix(text.size() - start);
  }
  return text;
}

// Controls, line breaks, and what turns the direction of all that follows.
bool breaks_the_line(char32_t c) {
  const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
  const bool separator = c == 0x2028 || c == 0x2029;
  const bool turns_direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  return control || separator || turns_direction;
}

bool is_printable(char32_t c) { return !breaks_the_line(c) && c != 0x200E && c != 0x200F; }

void append_hexadecimal(std::string_view bytes, std::string& out) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    (out += "\\x") += {kDigits[byte >> 4U], kDigits[byte & 0xFU]};
  }
}

constexpr bool is_plain(char c) { return c > ' ' && is_ascii(c); }

}  // namespace

std::string fold(std::string_view text) {
  std::string out;
  fold_into(text, out);
  return out;
}

void fold_into(std::string_view text, std::string& out) { convert_into(text, out, kFold, ascii_lower); }

std::string squash(std::string_view text) {
  const std::string folded = fold(text);
  std::string out;
  out.reserve(folded.size());
  for (std::string_view rest = folded; !rest.empty();) {
    const std::string_view before = rest;
    const char32_t code_point = next_code_point(rest);
    if (code_point != '-' && code_point != '_' && !is_blank(code_point)) {
      out += before.substr(0, before.size() - rest.size());
    }
  }
  return out;
}

std::string upper(std::string_view text) {
  std::string out;
  convert_into(text, out, kUpper, ascii_upper);
  return out;
}

std::string_view trim(std::string_view text) {
  if (text.empty() || (is_plain(text.front()) && is_plain(text.back()))) return text;
  return trim_back(trim_front(text));
}

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), ascii_lower);
  return lower;
}

std::string joined(const std::vector<std::string>& texts, std::string_view separator) {
  std::string all;
  for (const std::string& text : texts) {
    if (&text != &texts.front()) all += separator;
    all += text;
  }
  return all;
}

std::vector<std::string_view> comma_items(std::string_view list) {
  std::vector<std::string_view> items;
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    if (const std::string_view item = trim(list.substr(0, comma)); !item.empty()) items.push_back(item);
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return items;
}

std::string one_line(std::string_view text) {
  std::string line;
  line.reserve(text.size());
  while (!text.empty()) {
    const std::string_view before = text;
    const char32_t c = next_code_point(text);
    if (breaks_the_line(c))
      line += ' ';
    else if (c == kReplacement)
      line += "\xEF\xBF\xBD";
    else
      line += before.substr(0, before.size() - text.size());
  }
  return line;
}

std::string printable(std::string_view text, std::size_t longest) {
  std::string out;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t size = std::max<std::size_t>(sequence_size(rest), 1);
    if (text.size() - rest.size() + size > longest) return out + "…";
    const std::string_view sequence = rest.substr(0, size);
    const bool is_valid = sequence_size(sequence) != 0;
    if (is_valid && is_printable(decode(sequence)))
      out += sequence;
    else
      append_hexadecimal(sequence, out);
    rest.remove_prefix(size);
  }
  return out;
}

void replace_all(std::string& text, std::initializer_list<Replacement> replacements) {
  std::string beginnings;
  for (const Replacement& each : replacements) beginnings += each.mark.front();
  std::string replaced;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t plain = std::min(rest.find_first_of(beginnings), rest.size());
    replaced += rest.substr(0, plain);
    rest.remove_prefix(plain);
    if (rest.empty()) break;
    const auto* const found =
        std::ranges::find_if(replacements, [&](const Replacement& each) { return rest.starts_with(each.mark); });
    const bool is_mark = found != replacements.end();
    replaced += is_mark ? found->value : rest.substr(0, 1);
    rest.remove_prefix(is_mark ? found->mark.size() : 1);
  }
  text = std::move(replaced);
}

bool is_valid_utf8(std::string_view text) {
  while (!text.empty()) {
    if (std::uint64_t word = 0; text.size() >= sizeof word) {
      std::memcpy(&word, text.data(), sizeof word);
      if ((word & kHighBits) == 0) {
        text.remove_prefix(sizeof word);
        continue;
      }
    }
    const std::size_t size = sequence_size(text);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

char32_t next_code_point(std::string_view& rest) {
  const std::size_t size = sequence_size(rest);
  const char32_t code_point = size == 0 ? kReplacement : decode(rest.substr(0, size));
  rest.remove_prefix(std::max<std::size_t>(size, 1));
  return code_point;
}

std::string excerpt(std::string_view text) {
  std::string_view rest = text;
  for (std::size_t shown = 0; shown < kExcerpt && !rest.empty(); ++shown) next_code_point(rest);
  std::string shown(text.substr(0, text.size() - rest.size()));
  return rest.empty() ? shown : shown + " …";
}

bool is_letter_or_digit(char32_t code_point) {
  const auto after = std::ranges::upper_bound(kLettersAndDigits, code_point, {}, &Range::first);
  return after != std::begin(kLettersAndDigits) && code_point <= std::prev(after)->last;
}

bool is_blank(char32_t code_point) {
  if (code_point < 0x80) return code_point == ' ' || (code_point >= '\t' && code_point <= '\r');
  switch (code_point) {
    case 0x85:
    case 0xA0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x202F:
    case 0x205F:
    case 0x3000:
      return true;
    default:
      return code_point >= 0x2000 && code_point <= 0x200A;
  }
}

}  // namespace vigie
