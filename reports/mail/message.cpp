#include "mail/message.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <string_view>
#include <vector>

#include "domain/text.h"

namespace vigie {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::size_t kHeaderLine = 76;   // RFC 2047, for lines that hold an encoded word
constexpr std::size_t kEncodedWord = 66;  // so that one fits behind "Subject: "
constexpr std::size_t kPlainWord = 60;    // longer ones are encoded, which lets them be folded
constexpr std::size_t kBodyLine = 75;     // RFC 2045: 76, with the '=' of a soft line break
constexpr std::size_t kAddress = 320;     // RFC 5321: 64, '@' and 255

constexpr std::string_view kAddressSigns = ".!#$%&'*+/=?^_`{|}~-@";  // those of an atom, '.' and '@'
constexpr std::string_view kPhraseSigns = "!#$%&'*+/=?^_`{|}~- ";
constexpr std::string_view kEncodedWordSigns = "!*+-/";

bool is_ascii_alnum(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

bool is_one_of(char c, std::string_view signs) { return signs.find(c) != std::string_view::npos; }

std::string escaped_byte(char c) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  return {'=', kHex[byte >> 4], kHex[byte & 15]};
}

std::vector<std::string_view> split_at_blanks(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t end = text.find(' '); end != std::string_view::npos; end = text.find(' ')) {
    words.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  words.push_back(text);
  return words;
}

std::string_view without_blanks_around(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// Folded where it must be, between tokens; a token is never cut.
void add_header(std::string& out, std::string_view name, const std::vector<std::string>& tokens) {
  out.append(name).append(":");
  std::size_t column = name.size() + 1;
  for (const std::string& token : tokens) {
    if (column + 1 + token.size() > kHeaderLine) {
      out += kLineEnd;
      column = 0;
    }
    out.append(" ").append(token);
    column += 1 + token.size();
  }
  out += kLineEnd;
}

std::string q_encoded(std::string_view text) {
  std::string out;
  for (const char c : text)
    out += c == ' ' ? "_" : is_ascii_alnum(c) || is_one_of(c, kEncodedWordSigns) ? std::string(1, c) : escaped_byte(c);
  return out;
}

std::string b_encoded(std::string_view text) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (; !text.empty(); text.remove_prefix(std::min<std::size_t>(3, text.size()))) {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i) bits = bits << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
    for (std::size_t i = 0; i < 4; ++i) out += i <= text.size() ? kDigits[bits >> (18 - 6 * i) & 63] : '=';
  }
  return out;
}

// RFC 2047. Q, most of which can be read as it is, but for Arabic or emoji, where it is much longer than B.
std::string encoded_word(std::string_view text) {
  const std::string q = q_encoded(text);
  const std::string b = b_encoded(text);
  return 2 * q.size() <= 3 * b.size() ? "=?UTF-8?Q?" + q + "?=" : "=?UTF-8?B?" + b + "?=";
}

bool fits_encoded_word(std::string_view text) {
  return text.size() <= kEncodedWord && encoded_word(text).size() <= kEncodedWord;
}

// The longest head of `text` that fits an encoded word. It ends behind a blank where one is in it, since some readers
// see a blank between two encoded words, where there is none; else behind a whole character.
std::string_view head_for_encoded_word(std::string_view text) {
  if (fits_encoded_word(text)) return text;
  std::size_t behind_character = 0;
  std::size_t behind_blank = 0;
  for (std::string_view rest = text; !rest.empty();) {
    const bool blank = next_code_point(rest) == U' ';
    const std::size_t length = text.size() - rest.size();
    if (!fits_encoded_word(text.substr(0, length))) break;
    behind_character = length;
    if (blank) behind_blank = length;
  }
  return text.substr(0, behind_blank > 0 ? behind_blank : behind_character);
}

// Blanks between encoded words vanish when they are read, so the text's own are encoded with it.
void add_encoded_words(std::vector<std::string>& tokens, std::string_view text) {
  while (!text.empty()) {
    const std::string_view head = head_for_encoded_word(text);
    tokens.push_back(encoded_word(head));
    text.remove_prefix(head.size());
  }
}

// An empty word is a second blank in a row, which readers would not keep.
bool needs_encoding(std::string_view word) {
  if (word.empty() || word.size() > kPlainWord || word.find("=?") != std::string_view::npos) return true;
  for (const char c : word)
    if (c <= ' ' || c > '~') return true;
  return false;
}

// A word beside a second blank in a row is encoded with it.
bool needs_encoding(const std::vector<std::string_view>& words, std::size_t i) {
  const bool before_blank = i + 1 < words.size() && words[i + 1].empty();
  const bool behind_blank = i > 0 && words[i - 1].empty();
  return before_blank || behind_blank || needs_encoding(words[i]);
}

// Plain words stay readable; those from the first that needs it to the last are encoded as one run.
std::vector<std::string> unstructured(std::string_view value) {
  const std::string line = one_line(value);
  const std::string_view text = without_blanks_around(line);
  if (text.empty()) return {};
  const std::vector<std::string_view> words = split_at_blanks(text);
  std::size_t first = 0;
  while (first < words.size() && !needs_encoding(words, first)) ++first;
  std::size_t last = words.size();
  while (last > first && !needs_encoding(words, last - 1)) --last;

  std::vector<std::string> tokens(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(first));
  if (first < last) {
    const char* const end = words[last - 1].data() + words[last - 1].size();
    add_encoded_words(tokens, {words[first].data(), static_cast<std::size_t>(end - words[first].data())});
  }
  tokens.insert(tokens.end(), words.begin() + static_cast<std::ptrdiff_t>(last), words.end());
  return tokens;
}

std::string quoted(std::string_view phrase) {
  std::string out = "\"";
  for (const char c : phrase) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

void add_phrase(std::vector<std::string>& tokens, std::string_view phrase) {
  bool encode = phrase.size() > kPlainWord;
  for (const std::string_view word : split_at_blanks(phrase)) encode = encode || needs_encoding(word);
  if (encode) return add_encoded_words(tokens, phrase);
  bool quote = false;
  for (const char c : phrase) quote = quote || !(is_ascii_alnum(c) || is_one_of(c, kPhraseSigns));
  tokens.push_back(quote ? quoted(phrase) : std::string(phrase));
}

std::string clean_address(std::string_view address) {
  std::string clean;
  for (const char c : address.substr(0, kAddress)) clean += is_ascii_alnum(c) || is_one_of(c, kAddressSigns) ? c : '?';
  return clean;
}

std::vector<std::string> mailbox(std::string_view name, std::string_view address) {
  const std::string line = one_line(name);
  const std::string_view phrase = without_blanks_around(line);
  if (phrase.empty()) return {clean_address(address)};
  std::vector<std::string> tokens;
  add_phrase(tokens, phrase);
  tokens.push_back('<' + clean_address(address) + '>');
  return tokens;
}

std::vector<std::string> identifiers(std::string_view value) {
  const std::string line = one_line(value);
  std::vector<std::string> tokens;
  for (std::string_view id : split_at_blanks(line)) {
    if (id.starts_with('<')) id.remove_prefix(1);
    if (id.ends_with('>')) id.remove_suffix(1);
    if (!id.empty()) tokens.push_back('<' + clean_address(id) + '>');
  }
  return tokens;
}

void add_identifiers(std::string& out, std::string_view name, std::string_view value) {
  const std::vector<std::string> tokens = identifiers(value);
  if (!tokens.empty()) add_header(out, name, tokens);
}

std::string utc_date(std::int64_t epoch_seconds) {
  using namespace std::chrono;
  constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const sys_seconds instant{seconds(epoch_seconds)};
  const sys_days midnight = floor<days>(instant);
  const year_month_day date(midnight);
  const hh_mm_ss time(instant - midnight);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d +0000",
                kDays[weekday(midnight).c_encoding()], static_cast<unsigned>(date.day()),
                kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return text.data();
}

// Quoted-printable never holds "=_", so no body can hold the boundary. At most 70 characters (RFC 2046).
std::string boundary_of(const Message& message) {
  constexpr std::size_t kLongest = 70;
  std::string boundary = "=_vigie_";
  for (const char c : message.message_id)
    if (is_ascii_alnum(c) && boundary.size() < kLongest) boundary += c;
  return boundary;
}

// The character at the head of `rest` as it stands at `column`.
std::string quoted_printable_byte(std::string_view rest, std::size_t column) {
  const char c = rest.front();
  const bool risky_at_line_start = column == 0 && (c == '.' || rest.starts_with("From "));
  const bool blank = c == ' ' || c == '\t';
  const bool ends_line = rest.size() == 1 || rest[1] == '\n' || rest.substr(1).starts_with(kLineEnd);
  const bool plain = (c > ' ' && c <= '~' && c != '=') || (blank && !ends_line);
  return plain && !risky_at_line_start ? std::string(1, c) : escaped_byte(c);
}

std::string quoted_printable(std::string_view text) {
  std::string out;
  std::size_t column = 0;
  for (; !text.empty(); text.remove_prefix(1)) {
    if (text.starts_with(kLineEnd)) continue;  // its LF makes the line break
    if (text.front() == '\n') {
      out += kLineEnd;
      column = 0;
      continue;
    }
    std::string piece = quoted_printable_byte(text, column);
    if (column + piece.size() > kBodyLine) {
      out += "=\r\n";
      column = 0;
      piece = quoted_printable_byte(text, column);
    }
    out += piece;
    column += piece.size();
  }
  return out;
}

void add_part(std::string& out, std::string_view boundary, std::string_view type, std::string_view body) {
  out.append("--").append(boundary).append(kLineEnd);
  out.append("Content-Type: ").append(type).append("; charset=utf-8").append(kLineEnd);
  out.append("Content-Transfer-Encoding: quoted-printable").append(kLineEnd).append(kLineEnd);
  out.append(quoted_printable(body)).append(kLineEnd);
}

std::string safe_name(std::string_view name) {
  std::string safe(name);
  for (char& c : safe)
    if (!is_ascii_alnum(c) && !is_one_of(c, ".-_")) c = '_';
  return safe;
}

void add_base64_lines(std::string& out, std::string_view bytes) {
  constexpr std::size_t kBytesALine = 57;  // 76 digits
  for (; !bytes.empty(); bytes.remove_prefix(std::min(kBytesALine, bytes.size())))
    out.append(b_encoded(bytes.substr(0, kBytesALine))).append(kLineEnd);
}

}  // namespace

std::string to_rfc5322(const Message& message) {
  const std::string boundary = boundary_of(message);
  std::string out;
  add_header(out, "Date", {utc_date(message.date)});
  add_header(out, "From", mailbox(message.from_name, message.from));
  add_header(out, "To", mailbox(message.to_name, message.to_address));
  add_header(out, "Subject", unstructured(message.subject));
  add_identifiers(out, "Message-ID", message.message_id);
  add_identifiers(out, "In-Reply-To", message.in_reply_to);
  add_identifiers(out, "References", message.references);
  add_header(out, "Auto-Submitted", {"auto-generated"});
  add_header(out, "X-Auto-Response-Suppress", {"All"});
  add_header(out, "Content-Language", {"fr"});
  add_header(out, "MIME-Version", {"1.0"});
  add_header(out, "Content-Type", {"multipart/alternative;", "boundary=\"" + boundary + '"'});
  out += kLineEnd;
  add_part(out, boundary, "text/plain", message.text);
  add_part(out, boundary, "text/html", message.html);
  return out.append("--").append(boundary).append("--").append(kLineEnd);
}

std::string with_attachment(const std::string& message, const Attachment& attachment) {
  constexpr std::string_view kBoundary = "=_mixed_vigie";  // neither it nor that of the texts begins the other
  const std::size_t content = message.find("\r\nContent-Type: multipart/alternative;") + kLineEnd.size();
  const std::string name = safe_name(attachment.name);
  std::string out = message.substr(0, content);
  out.reserve(message.size() + attachment.bytes.size() * 3 / 2);
  add_header(out, "Content-Type", {"multipart/mixed;", "boundary=\"" + std::string(kBoundary) + '"'});
  out.append(kLineEnd).append("--").append(kBoundary).append(kLineEnd).append(message, content);
  out.append(kLineEnd).append("--").append(kBoundary).append(kLineEnd);
  add_header(out, "Content-Type", {attachment.type + ';', "name=\"" + name + '"'});
  add_header(out, "Content-Disposition", {"attachment;", "filename=\"" + name + '"'});
  add_header(out, "Content-Transfer-Encoding", {"base64"});
  out += kLineEnd;
  add_base64_lines(out, attachment.bytes);
  return out.append("--").append(kBoundary).append("--").append(kLineEnd);
}

}  // namespace vigie
