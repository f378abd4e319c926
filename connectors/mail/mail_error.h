#pragma once
// A mail could not be handed over, because of the place it goes to and not of the mail. `what()` names the place and
// says what to do.

#include <stdexcept>

namespace vigie {

class MailError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// It is the same at every try until a person acts: a certificate, a password, a server that lacks what is asked of it.
class MailSetupError : public MailError {
 public:
  using MailError::MailError;
};

}  // namespace vigie
