#pragma once
// The mail server of the configuration, with its password.

#include "mail/smtp_server.h"
#include "settings.h"

namespace vigie {

// Throws MailSetupError where the password's file cannot be read, or holds none.
SmtpServer mail_server(const MailSettings& settings);

// "mx.example, port 587, STARTTLS": how a person is told of it.
std::string description(const SmtpServer& server);

}  // namespace vigie
