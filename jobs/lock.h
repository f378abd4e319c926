#pragma once
// One run at a time on one store: a lock on a file beside it, which goes with the process that holds it.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace vigie {

// Beside the store; it stays when the lock is gone.
std::string lock_file(const std::filesystem::path& store);

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

struct LockHolder {
  std::string who;         // "process 4711 since 2026-11-20 02:15:07"
  std::int64_t since = 0;  // seconds since the epoch
};

// Nothing where nobody holds it. Asking takes no lock, and so stops no run that begins meanwhile.
std::optional<LockHolder> holder_of(const std::filesystem::path& store);

}  // namespace vigie
