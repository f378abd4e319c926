#pragma once
// A report that could not be made. The text is for the log: it names the file, what went wrong and what to do. What
// stood under that name before is still there, untouched.

#include <stdexcept>

namespace vigie {

class ReportError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace vigie
