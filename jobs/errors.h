#pragma once
// What ends a command: each class is an exit code (docs/spec/5-interfaces.md). `what()` says what, where, what to do.

#include <exception>
#include <stdexcept>

#include "error.h"

namespace vigie {

namespace exit_code {
inline constexpr int kDone = 0;
inline constexpr int kUnexpected = 1;
inline constexpr int kUsage = 2;
inline constexpr int kRefusedOrHeld = 3;
inline constexpr int kMailKept = 4;
inline constexpr int kUnreachable = 5;
inline constexpr int kLocked = 6;
inline constexpr int kFindings = 10;
}  // namespace exit_code

// A wrong command line or configuration.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Another run works on the same store, or another program has it.
class LockedError : public BusyError {
 public:
  using BusyError::BusyError;
};

int exit_code_of(const std::exception& error);

}  // namespace vigie
