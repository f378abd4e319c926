#pragma once
// The texts of RFC 5321: answers as they are read, mails as they are written.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::smtp {

// An answer of a server, of one line or several.
//
//   "250-mx.example greets you\r\n250-SIZE 10240000\r\n250 STARTTLS\r\n": code 250, three lines
struct Reply {
  int code = 0;
  std::vector<std::string> lines;  // without code and line end

  [[nodiscard]] bool is_good() const { return code / 100 == 2; }
  [[nodiscard]] bool is_for_now() const { return code / 100 == 4; }
};

// Takes one line, without its end, into the reply; true where it was the last. Throws std::invalid_argument where it
// is none: no three digits from 200 to 599, another code than the lines before.
bool add_line(Reply& reply, std::string_view line);

// "550 5.1.1 <c.martin@ville.example>: unknown": all of it on one line, without control characters, at most 300 bytes.
// It may name the recipient.
std::string whole(const Reply& reply);
// "550 5.1.1", or "550": no word of the server's, so that nothing personal is in it.
std::string code_of(const Reply& reply);

// What EHLO told of a keyword: "PLAIN LOGIN" for AUTH. Keywords are compared without case.
struct Offer {
  bool there = false;
  std::string parameters;
};
Offer offer_of(const Reply& ehlo, std::string_view keyword);

// Whether a mechanism is among "PLAIN LOGIN".
bool names(std::string_view parameters, std::string_view mechanism);

// An address as it may stand between < and >: ASCII without blanks, control characters, '<' and '>', at most 320.
bool is_path(std::string_view address);

// A message as it stands behind DATA, its end included: every line ends in CR LF, one that begins with a dot has
// another in front. A CR or LF that stands alone becomes CR LF, so that no server sees an end of mail where none is.
std::string as_data(std::string_view message);

}  // namespace vigie::smtp
