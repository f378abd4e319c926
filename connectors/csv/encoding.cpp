#include "csv/encoding.h"

#include <algorithm>
#include <array>

#include "csv/refusal.h"

namespace vigie::csv {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// 0x80 to 0x9F of Windows-1252; the five that it leaves undefined are the C1 controls, as the web reads them.
constexpr std::array<char16_t, 32> kWindows1252 = {0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                   0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
                                                   0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                   0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

// Of a byte from 0x80 on.
char16_t code_unit(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0xA0 ? kWindows1252[byte - 0x80U] : char16_t{byte};
}

// From U+0080 on.
void append_utf8(std::string& out, char16_t c) {
  if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

// By its byte-order mark, or by the zero byte beside each of its first letters.
bool is_utf16(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return true;
  if (bytes.size() < 4) return false;
  const auto zeros_at = [&](std::size_t first) {
    return bytes[first] == 0 && bytes[first + 2] == 0 && bytes[1 - first] != 0 && bytes[3 - first] != 0;
  };
  return zeros_at(0) || zeros_at(1);
}

bool is_workbook(std::string_view bytes) {
  return bytes.starts_with("PK\x03\x04"sv) || bytes.starts_with("\xD0\xCF\x11\xE0"sv);
}

}  // namespace

std::string_view without_byte_order_mark(std::string_view bytes) {
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  return bytes;
}

std::string from_windows_1252(std::string_view bytes) {
  constexpr auto kIsHigh = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
  std::string text;
  text.reserve(bytes.size() + 2 * static_cast<std::size_t>(std::ranges::count_if(bytes, kIsHigh)));
  while (!bytes.empty()) {
    const auto plain = static_cast<std::size_t>(std::ranges::find_if(bytes, kIsHigh) - bytes.begin());
    text.append(bytes.substr(0, plain));
    bytes.remove_prefix(plain);
    if (bytes.empty()) break;
    append_utf8(text, code_unit(bytes.front()));
    bytes.remove_prefix(1);
  }
  return text;
}

void refuse_other_forms(std::string_view bytes) {
  if (is_utf16(bytes))
    throw CsvError("is UTF-16; save it as CSV UTF-8", "est codé en UTF-16 ; l'enregistrer au format « CSV UTF-8 »");
  if (is_workbook(bytes))
    throw CsvError("is a workbook or an archive; save it as CSV UTF-8",
                   "est un classeur ou une archive ; l'enregistrer au format « CSV UTF-8 »");
}

}  // namespace vigie::csv
