#include "mail/smtp_stream.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include <Poco/Delegate.h>
#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/DNS.h>
#include <Poco/Net/HostEntry.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SSLManager.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/Net/VerificationErrorArgs.h>
#include <Poco/Timespan.h>

#include "mail/mail_error.h"

namespace vigie {
namespace {

namespace net = Poco::Net;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kLongestLine = 4096;
constexpr std::size_t kPiece = 4096;
constexpr const char* kSecureCiphers = "HIGH:!aNULL:!eNULL:!MD5:!RC4:!3DES:!PSK";

// Why OpenSSL does not take a certificate, which Poco's exception does not tell. Lets nothing pass.
class Refusals {
 public:
  Refusals() { net::SSLManager::instance().ClientVerificationError += Poco::delegate(this, &Refusals::note); }
  ~Refusals() { net::SSLManager::instance().ClientVerificationError -= Poco::delegate(this, &Refusals::note); }
  Refusals(const Refusals&) = delete;
  Refusals& operator=(const Refusals&) = delete;

  [[nodiscard]] const std::string& why() const { return why_; }

 private:
  void note(const void* /*sender*/, net::VerificationErrorArgs& error) {
    why_ = error.errorMessage();
    error.setIgnoreError(false);
  }

  std::string why_;
};

Poco::Timespan left_until(Clock::time_point until) {
  const auto left = std::chrono::duration_cast<std::chrono::microseconds>(until - Clock::now()).count();
  return Poco::Timespan(std::max<std::int64_t>(left, 1000));
}

net::Context::Ptr context_for(const SmtpServer& server) {
  net::Context::Params parameters;
  parameters.caLocation = server.ca_file.string();
  parameters.loadDefaultCAs = server.ca_file.empty();
  parameters.verificationMode = net::Context::VERIFY_STRICT;
  parameters.cipherList = kSecureCiphers;
  net::Context::Ptr context(new net::Context(net::Context::TLS_CLIENT_USE, parameters));
  context->requireMinimumProtocol(net::Context::PROTO_TLSV1_2);
  context->enableExtendedCertificateVerification(true);
  return context;
}

}  // namespace

struct SmtpStream::Connection {
  const SmtpServer& server;
  std::string name;  // "mx.example, port 587"
  net::StreamSocket socket;
  std::string unread;

  [[noreturn]] void fail(const std::string& why) const {
    throw MailError("the mail server " + name + " " + why + "; check mail.host, mail.port and the network");
  }

  // A timeout, or an error of the network, while the connection is used.
  template <typename Work>
  auto guarded(Work work) const {
    try {
      return work();
    } catch (const Poco::TimeoutException&) {
      fail("did not answer in time (mail.timeout-seconds = " + std::to_string(server.timeout_seconds) + ")");
    } catch (const Poco::Exception& error) {
      fail("broke the connection (" + std::string(error.name()) + ")");
    }
  }

  void connect() {
    const Poco::Timespan limit(server.timeout_seconds, 0);
    std::string why = "has no address";
    try {
      const net::HostEntry host = net::DNS::resolve(server.host);
      for (const net::IPAddress& address : host.addresses()) {
        try {
          socket = net::StreamSocket();
          socket.connect(net::SocketAddress(address, server.port), limit);
          socket.setNoDelay(true);
          socket.setSendTimeout(limit);
          return;
        } catch (const Poco::TimeoutException&) {
          why = "did not answer in time (mail.timeout-seconds = " + std::to_string(server.timeout_seconds) + ")";
        } catch (const Poco::Exception& error) {
          why = "cannot be reached (" + std::string(error.name()) + ")";
        }
      }
    } catch (const Poco::Exception&) {
      why = "is not known to the name servers";
    }
    fail(why);
  }

  void start_tls() {
    if (!unread.empty())
      throw MailSetupError("the mail server " + name +
                           " said more before TLS than it was asked; is somebody between? Nothing was sent");
    const std::string certificate = "the certificate of the mail server " + name + " is not accepted: ";
    Refusals refusals;
    try {
      const net::Context::Ptr context = context_for(server);
      socket.setReceiveTimeout(Poco::Timespan(server.timeout_seconds, 0));
      socket = net::SecureStreamSocket::attach(socket, server.host, context);
    } catch (const net::CertificateValidationException&) {
      throw MailSetupError(certificate +
                           "it is not made for this name; write the name that it is made for in mail.host");
    } catch (const Poco::TimeoutException&) {
      fail("did not answer in time (mail.timeout-seconds = " + std::to_string(server.timeout_seconds) + ")");
    } catch (const net::SSLContextException&) {
      throw MailSetupError("the authorities in mail.ca-file cannot be read; name a file of certificates in PEM");
    } catch (const Poco::Exception& error) {
      if (!refusals.why().empty())
        throw MailSetupError(certificate + refusals.why() + "; have it renewed, or name its authority in mail.ca-file");
      fail("does not speak TLS on this port as it should (" + std::string(error.name()) + ")");
    }
  }

  // False: the server has closed the connection.
  bool read_more(Clock::time_point until) {
    std::array<char, kPiece> piece{};
    const int count = guarded([&] {
      if (Clock::now() >= until) throw Poco::TimeoutException();
      socket.setReceiveTimeout(left_until(until));
      return socket.receiveBytes(piece.data(), static_cast<int>(piece.size()));
    });
    if (count > 0) unread.append(piece.data(), static_cast<std::size_t>(count));
    return count > 0;
  }
};

SmtpStream::SmtpStream(const SmtpServer& server)
    : connection_(std::make_unique<Connection>(
          Connection{server, server.host + ", port " + std::to_string(server.port), net::StreamSocket(), ""})) {
  connection_->connect();
}

SmtpStream::~SmtpStream() {
  try {
    connection_->socket.close();
  } catch (const Poco::Exception&) {  // it is gone already
  }
}

void SmtpStream::start_tls() { connection_->start_tls(); }

std::string SmtpStream::read_line(Clock::time_point until) {
  std::string& unread = connection_->unread;
  std::size_t end = unread.find('\n');
  while (end == std::string::npos) {
    if (unread.size() > kLongestLine) connection_->fail("answers with a line that has no end");
    if (!connection_->read_more(until)) connection_->fail("closed the connection");
    end = unread.find('\n');
  }
  std::string line = unread.substr(0, end);
  unread.erase(0, end + 1);
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

void SmtpStream::write(std::string_view bytes, Clock::time_point until) {
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, kPiece);
    const int sent = connection_->guarded([&] {
      if (Clock::now() >= until) throw Poco::TimeoutException();
      connection_->socket.setSendTimeout(left_until(until));
      return connection_->socket.sendBytes(piece.data(), static_cast<int>(piece.size()));
    });
    if (sent <= 0) connection_->fail("takes no more");
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

std::string SmtpStream::own_address() const {
  const net::IPAddress address = connection_->guarded([&] { return connection_->socket.address().host(); });
  return (address.family() == net::IPAddress::IPv6 ? "[IPv6:" : "[") + address.toString() + ']';
}

}  // namespace vigie
