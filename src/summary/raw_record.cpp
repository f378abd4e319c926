#include "summary/raw_record.h"

#include <algorithm>

namespace vigie::summary {
namespace {

constexpr std::string_view kHidden = "…";
constexpr int kPairs = 4;  // after 0 and the digit of the zone

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool ends_word(char c) { return std::string_view(" \t\";,|<>()").find(c) != std::string_view::npos; }

void skip_separator(std::string_view& rest) {
  constexpr std::string_view kNoBreakSpace = "\u00a0";
  if (rest.starts_with(kNoBreakSpace)) return rest.remove_prefix(kNoBreakSpace.size());
  if (!rest.empty() && std::string_view(" .-/").find(rest.front()) != std::string_view::npos) rest.remove_prefix(1);
}

// What may stand between the country and the number: "+33 (0)6 12 34 56 78".
void skip_zone(std::string_view& rest) {
  constexpr std::string_view kZero = "(0)";
  skip_separator(rest);
  if (!rest.starts_with(kZero)) return;
  rest.remove_prefix(kZero.size());
  skip_separator(rest);
}

bool take_digits(std::string_view& rest, std::size_t count) {
  if (rest.size() < count || !std::ranges::all_of(rest.substr(0, count), is_digit)) return false;
  rest.remove_prefix(count);
  return true;
}

// How long the telephone number is that the text begins with; 0: it begins with none.
std::size_t telephone_size(std::string_view text) {
  std::string_view rest = text;
  for (const std::string_view prefix : {"+33", "0033", "0"}) {
    if (!rest.starts_with(prefix)) continue;
    rest.remove_prefix(prefix.size());
    if (prefix.size() > 1) skip_zone(rest);
    break;
  }
  if (rest.size() == text.size() || rest.empty() || rest.front() == '0' || !take_digits(rest, 1)) return 0;
  for (int pair = 0; pair < kPairs; ++pair) {
    skip_separator(rest);
    if (!take_digits(rest, 2)) return 0;
  }
  return rest.empty() || !is_digit(rest.front()) ? text.size() - rest.size() : 0;
}

// How long the mail address is that the text begins with; 0: its first word is none.
std::size_t mail_size(std::string_view text) {
  const auto end = static_cast<std::size_t>(std::ranges::find_if(text, ends_word) - text.begin());
  return text.substr(0, end).find('@') == std::string_view::npos ? 0 : end;
}

}  // namespace

std::string shown_record(std::string_view record) {
  std::string shown;
  char before = ' ';
  for (std::string_view rest = record; !rest.empty();) {
    std::size_t size = is_digit(before) ? 0 : telephone_size(rest);
    if (size == 0 && ends_word(before)) size = mail_size(rest);
    shown += size == 0 ? rest.substr(0, 1) : kHidden;
    size = std::max<std::size_t>(size, 1);
    before = rest[size - 1];
    rest.remove_prefix(size);
  }
  return shown;
}

}  // namespace vigie::summary
