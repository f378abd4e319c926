#pragma once
// The mail server that mails are handed to, and how to speak to it.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace vigie {

enum class SmtpSecurity : std::uint8_t {
  kStartTls,  // in the clear until STARTTLS, then TLS; nothing but that is said in the clear
  kTls,       // TLS from the first byte
  kClear,     // no TLS at all
};

struct SmtpServer {
  std::string host;
  std::uint16_t port = 587;
  SmtpSecurity security = SmtpSecurity::kStartTls;
  std::filesystem::path ca_file;  // PEM; empty: the authorities that the system trusts
  std::string user;               // empty: no AUTH
  std::string password;
  int timeout_seconds = 60;  // for connecting, and for each answer; the answer to a whole mail may take five times that
};

// "localhost", 127.0.0.0/8 and ::1: what is said to it does not leave the machine.
bool is_loopback(std::string_view host);

}  // namespace vigie
