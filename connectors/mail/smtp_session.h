#pragma once
// One connection to a mail server, over which any number of mails are handed to it (RFC 5321).
//
//   SmtpSession session(server);
//   const SmtpAnswer answer = session.hand_over("vigie@caf.example", "c.martin@ville.example", message);
//   // {kTaken, "250 2.0.0 Ok: queued as 4f1c"}
//
// Where TLS is asked for, nothing personal and no password goes before it, and there is no way round it. Poco's own
// SMTP session tells neither which of its commands was refused nor what was answered, and reports a login that did not
// take place; this one speaks over Poco's sockets.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "mail/smtp_server.h"
#include "mail/smtp_stream.h"
#include "mail/smtp_text.h"

namespace vigie {

enum class Handover : std::uint8_t {
  kTaken,    // the server answers for it from here on
  kLater,    // not now; or the connection broke, perhaps after the server had taken it
  kRefused,  // never
};

struct SmtpAnswer {
  Handover handover = Handover::kLater;
  std::string text;  // what the server said last, or what went wrong; it may name the recipient
  std::string code;  // "550 5.1.1", or empty where it said nothing; for logs
};

class SmtpSession {
 public:
  // Connects, and logs in where the server has a user. Throws MailError where that does not succeed for now,
  // MailSetupError where it will not.
  explicit SmtpSession(const SmtpServer& server);
  ~SmtpSession();  // takes leave, and waits for an answer for two seconds at most
  SmtpSession(const SmtpSession&) = delete;
  SmtpSession& operator=(const SmtpSession&) = delete;

  // The message is RFC 5322. Throws MailSetupError where the server refuses the sender, or wants a login: that is not
  // this mail's fault. After kLater the session may be over.
  SmtpAnswer hand_over(std::string_view from, std::string_view to, std::string_view message);

  // False once the connection broke or the server ended it: another session is needed.
  [[nodiscard]] bool is_open() const { return open_; }

  // Bytes of the largest message that the server takes; 0 where it does not say.
  [[nodiscard]] std::size_t largest_message() const { return largest_; }

 private:
  void greet();
  void secure();
  void log_in();
  void require_good(const smtp::Reply& reply, const std::string& what) const;
  [[noreturn]] void refuse_login(const smtp::Reply& reply) const;
  [[noreturn]] void fail_setup(const std::string& why) const;

  smtp::Reply command(std::string_view line);
  smtp::Reply read_reply(int seconds);
  smtp::Reply read_reply() { return read_reply(server_.timeout_seconds); }
  SmtpAnswer converse(std::string_view from, std::string_view to, std::string_view message);
  void reset();
  SmtpAnswer not_taken(const smtp::Reply& reply);

  const SmtpServer& server_;
  std::string name_;  // "mx.example, port 587"
  SmtpStream stream_;
  smtp::Reply ehlo_;
  std::size_t largest_ = 0;
  bool open_ = true;
};

}  // namespace vigie
