#include "mail/smtp_session.h"

#include <charconv>
#include <chrono>
#include <sstream>
#include <stdexcept>

#include <Poco/Base64Encoder.h>

#include "mail/mail_error.h"

namespace vigie {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kServiceGoesDown = 421;
constexpr int kTooLarge = 552;
constexpr int kLeaveSeconds = 2;
constexpr int kTimesForData = 5;  // the server looks through the whole mail before it answers
constexpr std::size_t kMostLines = 200;

Clock::time_point in_seconds(int seconds) { return Clock::now() + std::chrono::seconds(seconds); }

std::string base64(const std::string& bytes) {
  std::ostringstream out;
  Poco::Base64Encoder encoder(out);
  encoder.rdbuf()->setLineLength(0);
  encoder << bytes;
  encoder.close();
  return out.str();
}

// RFC 4954: a login is missing, too weak, wrong, or only allowed through TLS.
bool is_about_login(int code) { return code == 530 || code == 534 || code == 535 || code == 538; }

}  // namespace

SmtpSession::SmtpSession(const SmtpServer& server)
    : server_(server), name_(server.host + ", port " + std::to_string(server.port)), stream_(server) {
  if (server_.security == SmtpSecurity::kTls) stream_.start_tls();
  require_good(read_reply(), "does not greet");
  greet();
  if (server_.security == SmtpSecurity::kStartTls) secure();
  if (!server_.user.empty()) log_in();
}

SmtpSession::~SmtpSession() {
  if (!open_) return;
  try {
    stream_.write("QUIT\r\n", in_seconds(kLeaveSeconds));
    read_reply(kLeaveSeconds);
  } catch (const std::exception&) {  // it has what it took
  }
}

void SmtpSession::greet() {
  ehlo_ = command("EHLO " + stream_.own_address());
  require_good(ehlo_, "does not take EHLO");
  const std::string size = smtp::offer_of(ehlo_, "SIZE").parameters;
  largest_ = 0;
  std::from_chars(size.data(), size.data() + size.size(), largest_);
}

void SmtpSession::secure() {
  if (!smtp::offer_of(ehlo_, "STARTTLS").there)
    fail_setup("does not offer STARTTLS; write mail.security = tls where it speaks TLS on this port");
  const smtp::Reply reply = command("STARTTLS");
  require_good(reply, "does not take STARTTLS");
  stream_.start_tls();
  greet();
}

void SmtpSession::log_in() {
  const std::string mechanisms = smtp::offer_of(ehlo_, "AUTH").parameters;
  if (smtp::names(mechanisms, "PLAIN")) {
    const std::string zero(1, '\0');
    const smtp::Reply reply = command("AUTH PLAIN " + base64(zero + server_.user + zero + server_.password));
    if (!reply.is_good()) refuse_login(reply);
    return;
  }
  if (!smtp::names(mechanisms, "LOGIN"))
    fail_setup("offers neither AUTH PLAIN nor AUTH LOGIN; leave out mail.user where it needs no login");
  for (const std::string& line : {std::string("AUTH LOGIN"), base64(server_.user)})
    if (const smtp::Reply reply = command(line); reply.code != 334) refuse_login(reply);
  if (const smtp::Reply reply = command(base64(server_.password)); reply.code != 235) refuse_login(reply);
}

// Of the answer its code alone: some servers repeat what they were told.
void SmtpSession::refuse_login(const smtp::Reply& reply) const {
  if (reply.is_for_now())
    throw MailError("the mail server " + name_ + " takes no login at present (" + smtp::code_of(reply) + ")");
  fail_setup("refuses the login (" + smtp::code_of(reply) + "); check mail.user and mail.password-file");
}

void SmtpSession::require_good(const smtp::Reply& reply, const std::string& what) const {
  if (reply.is_good()) return;
  const std::string why = "the mail server " + name_ + " " + what + ": " + smtp::whole(reply);
  if (reply.is_for_now()) throw MailError(why);
  throw MailSetupError(why + "; check mail.host and mail.port, and whether it lets this machine in");
}

void SmtpSession::fail_setup(const std::string& why) const {
  throw MailSetupError("the mail server " + name_ + " " + why);
}

smtp::Reply SmtpSession::command(std::string_view line) {
  stream_.write(std::string(line) + "\r\n", in_seconds(server_.timeout_seconds));
  return read_reply();
}

smtp::Reply SmtpSession::read_reply(int seconds) {
  const auto until = in_seconds(seconds);
  smtp::Reply reply;
  try {
    while (!smtp::add_line(reply, stream_.read_line(until)))
      if (reply.lines.size() > kMostLines) throw std::invalid_argument("answers without an end");
  } catch (const std::invalid_argument& error) {
    throw MailError("what the mail server " + name_ + " says " + error.what() + "; check mail.port");
  }
  if (reply.code == kServiceGoesDown) open_ = false;
  return reply;
}

SmtpAnswer SmtpSession::hand_over(std::string_view from, std::string_view to, std::string_view message) {
  if (!smtp::is_path(to)) return {Handover::kRefused, "no address that a mail server takes", ""};
  try {
    return converse(from, to, message);
  } catch (const MailSetupError&) {
    throw;
  } catch (const MailError& error) {
    open_ = false;
    return {Handover::kLater, error.what(), ""};
  }
}

SmtpAnswer SmtpSession::converse(std::string_view from, std::string_view to, std::string_view message) {
  const bool knows_size = smtp::offer_of(ehlo_, "SIZE").there;
  const smtp::Reply sender = command("MAIL FROM:<" + std::string(from) + '>' +
                                     (knows_size ? " SIZE=" + std::to_string(message.size()) : std::string()));
  if (!sender.is_good() && !sender.is_for_now() && sender.code != kTooLarge)
    fail_setup("refuses the sender (" + smtp::code_of(sender) + "); check mail.from" +
               (server_.user.empty() ? ", and whether it wants a login: mail.user" : ""));
  if (!sender.is_good()) return not_taken(sender);
  const smtp::Reply recipient = command("RCPT TO:<" + std::string(to) + '>');
  if (!recipient.is_good()) return not_taken(recipient);
  const smtp::Reply data = command("DATA");
  if (data.code != 354) return not_taken(data);
  stream_.write(smtp::as_data(message), in_seconds(kTimesForData * server_.timeout_seconds));
  const smtp::Reply taken = read_reply(kTimesForData * server_.timeout_seconds);
  if (!taken.is_good()) return not_taken(taken);
  return {Handover::kTaken, smtp::whole(taken), smtp::code_of(taken)};
}

// What was answered stands, whatever becomes of the session.
void SmtpSession::reset() {
  if (!open_) return;
  try {
    open_ = command("RSET").is_good() && open_;
  } catch (const MailError&) {
    open_ = false;
  }
}

SmtpAnswer SmtpSession::not_taken(const smtp::Reply& reply) {
  if (is_about_login(reply.code))
    fail_setup("wants a login (" + smtp::code_of(reply) + "); check mail.user and mail.password-file");
  reset();
  const bool for_good = reply.code / 100 == 5;
  return {for_good ? Handover::kRefused : Handover::kLater, smtp::whole(reply), smtp::code_of(reply)};
}

}  // namespace vigie
