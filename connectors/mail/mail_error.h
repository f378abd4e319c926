#pragma once
// A mail could not be handed over, because of the place it goes to rather than of the mail: the text names the place and
// says what to do.

#include <stdexcept>

namespace vigie {

class MailError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace vigie
