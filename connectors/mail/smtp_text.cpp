#include "mail/smtp_text.h"

#include <algorithm>
#include <cctype>
#include <stdexcept>

#include "domain/text.h"
#include "mail/smtp_server.h"

namespace vigie {

bool is_loopback(std::string_view host) {
  return host == "localhost" || host == "::1" ||
         (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos);
}

namespace smtp {
namespace {

constexpr std::size_t kLongestAnswer = 300;
constexpr std::size_t kLongestPath = 320;  // RFC 5321: 64, '@' and 255
constexpr std::string_view kLineEnd = "\r\n";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_code(std::string_view text) {
  return text.size() == 3 && text[0] >= '2' && text[0] <= '5' && is_digit(text[1]) && is_digit(text[2]);
}

bool is_same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) {
    return std::toupper(static_cast<unsigned char>(x)) == std::toupper(static_cast<unsigned char>(y));
  });
}

std::string_view first_word(std::string_view text) { return text.substr(0, text.find(' ')); }

// RFC 3463: "5.1.1"
bool is_enhanced_code(std::string_view word) {
  return word.size() >= 5 && word.size() <= 9 && is_digit(word[0]) && word[1] == '.' &&
         std::ranges::all_of(word, [](char c) { return is_digit(c) || c == '.'; });
}

}  // namespace

bool add_line(Reply& reply, std::string_view line) {
  const std::string_view digits = line.substr(0, 3);
  const bool goes_on = line.size() > 3 && line[3] == '-';
  if (!is_code(digits) || (line.size() > 3 && line[3] != '-' && line[3] != ' '))
    throw std::invalid_argument("is no answer of a mail server");
  const int code = (digits[0] - '0') * 100 + (digits[1] - '0') * 10 + (digits[2] - '0');
  if (reply.code != 0 && reply.code != code) throw std::invalid_argument("is an answer of two codes");
  reply.code = code;
  reply.lines.emplace_back(line.substr(std::min<std::size_t>(4, line.size())));
  return !goes_on;
}

std::string whole(const Reply& reply) {
  std::string text = std::to_string(reply.code);
  for (const std::string& line : reply.lines) text += ' ' + line;
  return printable(text, kLongestAnswer);
}

std::string code_of(const Reply& reply) {
  const std::string_view word = reply.lines.empty() ? std::string_view() : first_word(reply.lines.front());
  return std::to_string(reply.code) + (is_enhanced_code(word) ? ' ' + std::string(word) : "");
}

Offer offer_of(const Reply& ehlo, std::string_view keyword) {
  for (std::size_t i = 1; i < ehlo.lines.size(); ++i) {
    const std::string_view line = ehlo.lines[i];
    const std::string_view word = first_word(line);
    if (is_same_word(word, keyword)) return {true, std::string(trim(line.substr(word.size())))};
  }
  return {};
}

bool names(std::string_view parameters, std::string_view mechanism) {
  for (; !parameters.empty(); parameters.remove_prefix(std::min(first_word(parameters).size() + 1, parameters.size())))
    if (is_same_word(first_word(parameters), mechanism)) return true;
  return false;
}

bool is_path(std::string_view address) {
  return !address.empty() && address.size() <= kLongestPath &&
         std::ranges::all_of(address, [](char c) { return c > ' ' && c <= '~' && c != '<' && c != '>'; });
}

std::string as_data(std::string_view message) {
  std::string data;
  data.reserve(message.size() + message.size() / 64 + 8);
  bool begins_line = true;
  for (; !message.empty(); message.remove_prefix(1)) {
    const char c = message.front();
    if (c == '\r' || c == '\n') {
      data += kLineEnd;
      if (message.starts_with(kLineEnd)) message.remove_prefix(1);
      begins_line = true;
      continue;
    }
    if (begins_line && c == '.') data += '.';
    data += c;
    begins_line = false;
  }
  if (!begins_line) data += kLineEnd;
  return data += ".\r\n";
}

}  // namespace smtp
}  // namespace vigie
