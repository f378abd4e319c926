#pragma once
// One run at a time on one store: a lock on a file beside it, which goes with the process that holds it.

#include <filesystem>

namespace vigie {

class StoreLock {
 public:
  // Throws LockedError, with who holds it, where another process does.
  explicit StoreLock(const std::filesystem::path& store);
  ~StoreLock();
  StoreLock(const StoreLock&) = delete;
  StoreLock& operator=(const StoreLock&) = delete;

 private:
  int descriptor_ = -1;
};

}  // namespace vigie
