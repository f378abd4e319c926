#include "odbc/patience.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <fcntl.h>
#include <filesystem>
#include <string>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace vigie::odbc {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kLook{200};

bool is_socket(int descriptor) {
  struct stat status {};
  return ::fstat(descriptor, &status) == 0 && S_ISSOCK(status.st_mode);
}

std::set<int> open_sockets() {
  std::set<int> sockets;
  std::error_code ignored;
  for (fs::directory_iterator entry("/proc/self/fd", ignored); !ignored && entry != fs::directory_iterator();
       entry.increment(ignored))
    if (const int descriptor = std::stoi(entry->path().filename().string()); is_socket(descriptor))
      sockets.insert(descriptor);
  return sockets;
}

}  // namespace

std::unique_lock<std::mutex> Patience::connecting() {
  static std::mutex mutex;
  return std::unique_lock(mutex);
}

Patience::Patience(int seconds) : most_(std::int64_t{seconds} * 1000), since_(now()) {
  before_ = open_sockets();
  watcher_ = std::jthread([this](const std::stop_token& stop) { watch(stop); });
}

Patience::~Patience() {
  watcher_ = {};
  for (const int each : sockets_) ::close(each);
}

void Patience::connected(int seconds) {
  answered();
  most_ = std::int64_t{seconds} * 1000;
  const std::scoped_lock lock(mutex_);
  take_sockets();
}

std::int64_t Patience::now() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

void Patience::take_sockets() {
  for (const int each : open_sockets())
    if (!before_.contains(each))
      if (const int own = ::fcntl(each, F_DUPFD_CLOEXEC, 0); own >= 0) sockets_.push_back(own);
  before_.clear();
}

void Patience::watch(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any woken;
  std::unique_lock lock(mutex);
  while (!stop.stop_requested()) {
    woken.wait_for(lock, stop, kLook, [] { return false; });
    const std::int64_t since = since_;
    if (since == kIdle || most_ == 0 || now() - since < most_) continue;
    end();
    return;
  }
}

void Patience::end() {
  over_ = true;
  const std::scoped_lock lock(mutex_);
  if (sockets_.empty()) take_sockets();
  for (const int each : sockets_) ::shutdown(each, SHUT_RDWR);
}

}  // namespace vigie::odbc
