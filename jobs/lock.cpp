#include "lock.h"

#include <cerrno>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <unistd.h>

#include "calendar.h"
#include "error.h"
#include "errors.h"

namespace vigie {
namespace {

std::string holder(int descriptor) {
  char text[128];
  const ssize_t size = ::pread(descriptor, text, sizeof text, 0);
  return size > 0 ? std::string(text, static_cast<std::size_t>(size)) : "another process";
}

void sign(int descriptor) {
  const std::string text = "process " + std::to_string(::getpid()) + " since " + paris_time(now_seconds());
  // Who holds it is only told to people: a failure to say so is no failure to hold it.
  if (::ftruncate(descriptor, 0) != 0 || ::pwrite(descriptor, text.data(), text.size(), 0) < 0) return;
}

}  // namespace

StoreLock::StoreLock(const std::filesystem::path& store) {
  const std::string file = store.string() + ".lock";
  descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
  if (descriptor_ < 0) throw StoreError("cannot open " + file + "; check store.connection, its folder and its owner");
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) {
    sign(descriptor_);
    return;
  }
  const int reason = errno;
  const std::string who = holder(descriptor_);
  ::close(descriptor_);
  if (reason != EWOULDBLOCK) throw StoreError("cannot lock " + file + "; is the folder on a network drive?");
  throw LockedError("another run works on this store: " + who + "; wait until it ends (vigie status)");
}

StoreLock::~StoreLock() { ::close(descriptor_); }

}  // namespace vigie
