#include "lock.h"

#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

#include "calendar.h"
#include "error.h"
#include "errors.h"
#include "store/postgres/engine.h"

namespace vigie {
namespace {

constexpr std::string_view kSince = " since ";

std::string signature(int descriptor) {
  char text[128];
  const ssize_t size = ::pread(descriptor, text, sizeof text, 0);
  return size > 0 ? std::string(text, static_cast<std::size_t>(size)) : "another process";
}

// Of the whole file. Locks of this sort go with the descriptor, and can be asked for without being taken.
struct flock whole_file() {
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  return lock;
}

void sign(int descriptor) {
  const std::string text = "process " + std::to_string(::getpid()) + " since " + paris_time(now_seconds());
  // Who holds it is only told to people: a failure to say so is no failure to hold it.
  if (::ftruncate(descriptor, 0) != 0 || ::pwrite(descriptor, text.data(), text.size(), 0) < 0) return;
}

std::optional<LockHolder> holder_on_server(const store::Location& store) {
  const auto session = store::postgres_lock_holder(store);
  return session ? std::optional(holder_named(*session)) : std::nullopt;
}

}  // namespace

std::string lock_file(const store::Location& store) { return store.file + ".lock"; }

StoreLock::StoreLock(const store::Location& store) {
  if (!store.is_file()) return;
  const std::string file = lock_file(store);
  descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
  if (descriptor_ < 0) throw StoreError("cannot open " + file + "; check store.connection, its folder and its owner");
  struct flock lock = whole_file();
  if (::fcntl(descriptor_, F_OFD_SETLK, &lock) == 0) {
    sign(descriptor_);
    return;
  }
  const int reason = errno;
  const std::string who = signature(descriptor_);
  ::close(descriptor_);
  if (reason != EAGAIN && reason != EACCES)
    throw StoreError("cannot lock " + file + "; is the folder on a network drive?");
  throw LockedError("another run works on this store: " + who + "; wait until it ends (vigie status)");
}

StoreLock::~StoreLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::optional<LockHolder> holder_of(const store::Location& store) {
  if (!store.is_file()) return holder_on_server(store);
  const int descriptor = ::open(lock_file(store).c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return std::nullopt;
  std::optional<LockHolder> holder;
  struct flock lock = whole_file();
  struct stat file {};
  if (::fcntl(descriptor, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK && ::fstat(descriptor, &file) == 0)
    holder = LockHolder{.who = signature(descriptor), .since = file.st_mtim.tv_sec};
  ::close(descriptor);
  return holder;
}

// "process 4711 on host since 1795182907": the holder's own clock, in seconds since the epoch.
LockHolder holder_named(const std::string& session) {
  const std::size_t at = session.rfind(kSince);
  LockHolder holder{.who = "another process"};
  if (at == std::string::npos) return holder;
  const std::string_view digits = std::string_view(session).substr(at + kSince.size());
  std::from_chars(digits.data(), digits.data() + digits.size(), holder.since);
  holder.who = session.substr(0, at).append(kSince) + paris_time(holder.since);
  return holder;
}

std::string session_name() {
  constexpr std::size_t kLongestHost = 24;  // the server keeps 63 bytes
  char host[256] = "";
  ::gethostname(host, sizeof host - 1);
  return "process " + std::to_string(::getpid()) + " on " + std::string(host).substr(0, kLongestHost) +
         std::string(kSince) + std::to_string(now_seconds());
}

}  // namespace vigie
