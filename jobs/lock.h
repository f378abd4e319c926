#pragma once
// One run at a time on one store: a lock on a file beside it, which goes with the process that holds it. A store on a
// server has a lock of its own, which goes with the connection that writes (store/postgres/engine.h).

#include <cstdint>
#include <optional>
#include <string>

#include "store/location.h"

namespace vigie {

// Beside a store that is a file; it stays when the lock is gone.
std::string lock_file(const store::Location& store);

class StoreLock {
 public:
  // Throws LockedError, with who holds it, where another process does.
  explicit StoreLock(const store::Location& store);
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
std::optional<LockHolder> holder_of(const store::Location& store);

// What people are told of who is connected under a session_name(): "process 4711 on db1 since 2026-11-20 02:15:07".
LockHolder holder_named(const std::string& session);

// What a server knows this process by: holder_of() reads it there.
std::string session_name();

}  // namespace vigie
