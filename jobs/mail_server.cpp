#include "mail_server.h"

#include <array>
#include <fstream>

#include <fmt/format.h>

#include "domain/text.h"
#include "mail/mail_error.h"
#include "private_files.h"

namespace vigie {
namespace {

constexpr std::size_t kLongestPassword = 1024;

// Its first line.
std::string password_in(const std::filesystem::path& file) {
  if (const std::string fault = fault_of_secret(file); !fault.empty())
    throw MailSetupError("mail.password-file: " + fault);
  std::ifstream in(file, std::ios::binary);
  std::string password;
  if (!std::getline(in, password))
    throw MailSetupError(
        fmt::format("mail.password-file: {} cannot be read, or is empty; check its path and its owner", file.string()));
  if (password.ends_with('\r')) password.pop_back();
  if (password.empty() || password.size() > kLongestPassword)
    throw MailSetupError(fmt::format(
        "mail.password-file: the first line of {} is no password; write nothing else there", file.string()));
  return password;
}

}  // namespace

SmtpServer mail_server(const MailSettings& settings) {
  SmtpServer server = settings.server;
  if (!settings.password_file.empty()) server.password = password_in(settings.password_file);
  return server;
}

std::string description(const SmtpServer& server) {
  constexpr std::array kSecurity = {"STARTTLS", "TLS", "not encrypted"};
  return fmt::format("{}, port {}, {}{}", server.host, server.port,
                     kSecurity.at(static_cast<std::size_t>(server.security)),
                     server.user.empty() ? "" : ", with a login");
}

}  // namespace vigie
