#pragma once
// The connection to a mail server: lines in, bytes out, first in the clear, then through TLS.
//
// Every call ends within its time: what takes longer, a connection that is gone, and a certificate that does not hold
// are a MailError that says so.

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "mail/smtp_server.h"

namespace vigie {

class SmtpStream {
 public:
  // Tries the host's addresses one after the other.
  explicit SmtpStream(const SmtpServer& server);
  ~SmtpStream();
  SmtpStream(const SmtpStream&) = delete;
  SmtpStream& operator=(const SmtpStream&) = delete;

  // The certificate must be valid today, signed by an authority that is trusted, and made for the host's name; TLS 1.2
  // or later. What the server said before and nobody read is a MailError: somebody may have put it there.
  void start_tls();

  // Without its end, which may be LF alone. Lines have at most 4,096 bytes.
  std::string read_line(std::chrono::steady_clock::time_point until);

  void write(std::string_view bytes, std::chrono::steady_clock::time_point until);

  // "[192.0.2.7]": this machine's address as the server sees it, unless something between them changes it.
  [[nodiscard]] std::string own_address() const;

 private:
  struct Connection;
  std::unique_ptr<Connection> connection_;
};

}  // namespace vigie
