#pragma once
// What ends a stage: something outside cannot be reached, read or written. `what()` says what, where, and what to do.

#include <stdexcept>
#include <string>

namespace vigie {

// The store, or a source's database, cannot be reached or used (exit code 5).
class StoreError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Nothing has been stored yet.
class NoStoreError : public StoreError {
 public:
  using StoreError::StoreError;
};

// The store is well, but another process has it (exit code 6).
class BusyError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace vigie
