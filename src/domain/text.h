#pragma once
// Text as the data contract compares it: case and accents aside, any script, UTF-8 in and out.
//
// "Accents aside" is NFKD without combining marks, with œ = oe, æ = ae, ß = ss, ’ = ', and also ł = l, ø = o, đ = d.
// Hangul syllables and CJK compatibility ideographs stay as they are. A byte that belongs to no valid UTF-8 sequence
// is kept as it is. All functions are pure; none depends on the locale. Plain ASCII takes a fast path everywhere.

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

// fold("Éric Œuvré-L’Haÿ") is "eric oeuvre-l'hay"; fold(fold(x)) == fold(x).
std::string fold(std::string_view text);

// Overwrites `out`, whose storage is reused from call to call; `text` may not lie in `out`.
void fold_into(std::string_view text, std::string& out);

// Folded, then without blanks, '-' and '_': squash("Offre-Bailleurs ") == squash("offre_bailleurs").
// Apostrophes stay.
std::string squash(std::string_view text);

// Unicode upper case, accents kept: upper("Cité de l'œuf") is "CITÉ DE L'ŒUF"; ß becomes SS.
std::string upper(std::string_view text);

// Without the Unicode white space around it, no-break spaces included. U+200B and U+FEFF are not white space.
std::string_view trim(std::string_view text);

// ASCII letters alone: what mail addresses and names of files are compared by.
std::string lower_ascii(std::string_view text);

// The texts, the separator between them.
std::string joined(const std::vector<std::string>& texts, std::string_view separator = ", ");

// The items of a list with commas, trimmed; blank ones are left out. Views into `list`.
std::vector<std::string_view> comma_items(std::string_view list);

// On one line, for a header, a paragraph or a terminal, and valid UTF-8: control characters (line breaks, tabs and NUL
// among them), line and paragraph separators, and the invisible signs that turn the direction of all that follows them
// become blanks; a byte that belongs to no character becomes U+FFFD. one_line("Nice\r\nBcc: x@y") == "Nice  Bcc: x@y"
std::string one_line(std::string_view text);

// On one line, for a log or a message: control characters, line and paragraph separators, marks that turn the direction
// of writing, and bytes that are not UTF-8 stand as \xHH, byte by byte; after `longest` bytes of `text` at most comes …
std::string printable(std::string_view text, std::size_t longest);

struct Replacement {
  std::string_view mark;  // not empty
  std::string_view value;
};

// In one pass: what stands in a value is not read as a mark.
void replace_all(std::string& text, std::initializer_list<Replacement> replacements);

// Strict: no overlong form, no surrogate, nothing above U+10FFFF.
bool is_valid_utf8(std::string_view text);

// Takes the first code point off `rest`, which may not be empty. A byte that begins no valid sequence is taken alone,
// as U+FFFD.
char32_t next_code_point(std::string_view& rest);

// What sentences show of a text from the data, which may be of any length: all of it up to kExcerpt code points, else
// its beginning and « … ».
inline constexpr std::size_t kExcerpt = 300;
std::string excerpt(std::string_view text);

// Unicode categories L* and Nd, of any script: 'é', 'Ж' and '٣' are, '²', '_' and a lone combining accent are not.
bool is_letter_or_digit(char32_t code_point);

// Unicode white space, as trim() takes it off.
bool is_blank(char32_t code_point);

}  // namespace vigie
