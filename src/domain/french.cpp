#include "domain/french.h"

#include <algorithm>
#include <array>

#include "domain/text.h"

namespace vigie::french {
namespace {

bool begins_with_mute_h(std::string_view folded) {
  constexpr std::array<std::string_view, 8> kBeginnings = {"he", "hil", "hip", "hon", "hor", "hub", "hug", "hy"};
  return std::ranges::any_of(kBeginnings, [&](std::string_view beginning) { return folded.starts_with(beginning); });
}

bool elides(std::string_view folded) {
  constexpr std::string_view kVowels = "aeiou";
  if (folded.empty()) return false;
  if (folded.front() == 'y') return folded.size() > 1 && kVowels.find(folded[1]) == std::string_view::npos;
  return kVowels.find(folded.front()) != std::string_view::npos || begins_with_mute_h(folded);
}

}  // namespace

std::string figures(std::int64_t number) {
  std::string digits = std::to_string(number);
  const std::size_t first = number < 0 ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3;) digits.insert(at -= 3, kThousands);
  return digits;
}

std::string counted(std::int64_t count, std::string_view words) {
  std::string text = figures(count) + ' ';
  for (const char c : words) {
    if (c == ' ' && count > 1) text += 's';
    text += c;
  }
  if (count > 1) text += 's';
  return text;
}

std::string spaced(std::string_view sentence) {
  constexpr std::string_view kOpening = "«";
  constexpr std::string_view kClosing = "»";
  constexpr std::string_view kNoBreak = "\u00a0";
  std::string out;
  out.reserve(sentence.size() + kNoBreak.size() * 4);
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    const std::string_view rest = sentence.substr(i + 1);
    const bool before_sign = !rest.empty() && (std::string_view(";:!?").find(rest.front()) != std::string_view::npos ||
                                               rest.starts_with(kClosing));
    if (sentence[i] == ' ' && (before_sign || sentence.substr(0, i).ends_with(kOpening)))
      out += kNoBreak;
    else
      out += sentence[i];
  }
  return out;
}

std::string of(std::string_view name) { return (elides(fold(name)) ? "d'" : "de ") + std::string(name); }

}  // namespace vigie::french
