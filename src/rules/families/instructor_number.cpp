#include "rules/families/instructor_number.h"

#include <algorithm>

#include "domain/text.h"
#include "rules/families/wording.h"

namespace vigie {
namespace {

using wording::quoted;
using wording::say;

constexpr std::string_view kFiveZeros = "00000";

std::string without_blanks(std::string_view text) {
  std::string kept;
  while (!text.empty()) {
    const std::string_view before = text;
    if (!is_blank(next_code_point(text))) kept += before.substr(0, before.size() - text.size());
  }
  return kept;
}

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Department (3 digits, or 02A and 02B for Corsica), a letter, 3 digits of the municipality and 2 of the agreement.
bool is_short_instructor_number(std::string_view text) {
  if (text.size() != 9) return false;
  const std::string_view department = text.substr(0, 3);
  const bool known = std::ranges::all_of(department, is_digit) || department == "02A" || department == "02B";
  return known && text[3] >= 'A' && text[3] <= 'Z' && std::ranges::all_of(text.substr(4), is_digit);
}

}  // namespace

std::string instructor_number_fault(std::string_view written) {
  const std::string number = upper(without_blanks(written));
  if (number.empty()) return "est vide";
  if (is_short_instructor_number(number))
    return say("s'arrête avant ses cinq zéros : ", quoted(written), " au lieu de ", quoted(say(number, kFiveZeros)));
  const std::size_t zeros_at = number.size() - std::min(number.size(), kFiveZeros.size());
  const std::string_view start = std::string_view(number).substr(0, zeros_at);
  if (number.ends_with(kFiveZeros) && is_short_instructor_number(start)) return {};
  return say("est mal formé : ", quoted(written),
             " ; on attend le département (3 chiffres), une lettre, 5 chiffres, puis cinq zéros");
}

}  // namespace vigie
