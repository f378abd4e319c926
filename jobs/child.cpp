#include "child.h"

#include <csignal>
#include <cstring>
#include <spawn.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace vigie {
namespace {

// The service blocks signals to wait for them; its jobs must not inherit that.
class Attributes {
 public:
  Attributes() {
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~Attributes() { posix_spawnattr_destroy(&attributes_); }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;

  [[nodiscard]] const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

class FileActions {
 public:
  explicit FileActions(int inherited) {
    constexpr int kFirst = 3;  // after the standard streams
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_adddup2(&actions_, inherited, kFirst);
    posix_spawn_file_actions_addclosefrom_np(&actions_, kFirst + 1);
  }
  ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;

  [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

}  // namespace

Child::Child(const std::vector<std::string>& arguments, int inherited) {
  std::string name = "vigie";
  std::vector<std::string> words = arguments;
  std::vector<char*> argv = {name.data()};
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const Attributes attributes;
  const FileActions actions(inherited);
  const int error = ::posix_spawn(&id_, "/proc/self/exe", actions.get(), attributes.get(), argv.data(), environ);
  if (error != 0) throw std::runtime_error("cannot start a job: " + std::string(std::strerror(error)));
}

Child::~Child() {
  if (id_ < 0) return;
  ::kill(id_, SIGKILL);
  ::waitpid(id_, nullptr, 0);
}

std::optional<Child::End> Child::ended() {
  int status = 0;
  if (id_ < 0 || ::waitpid(id_, &status, WNOHANG) != id_) return std::nullopt;
  id_ = -1;
  if (WIFSIGNALED(status)) return End{.signal = WTERMSIG(status)};
  return End{.exit_code = WEXITSTATUS(status)};
}

void Child::kill() const {
  if (id_ > 0) ::kill(id_, SIGKILL);
}

}  // namespace vigie
