#pragma once
// A job of the service as a process of its own: this program, told to do one command.

#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace vigie {

class Child {
 public:
  // The file that `inherited` is for the service, for the child.
  static constexpr const char* kInheritedFile = "/proc/self/fd/3";

  // Starts this program with these arguments; it takes signals as a program started by hand does, and inherits the
  // standard streams and that one descriptor: no socket of the service lives on in it. Throws std::runtime_error where
  // it cannot.
  Child(const std::vector<std::string>& arguments, int inherited);
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child();  // one that still runs is killed

  struct End {
    int exit_code = 0;  // where no signal ended it
    int signal = 0;
  };
  // Nothing while it runs; asks, does not wait.
  std::optional<End> ended();

  // SIGKILL: what its steps stored is there, the step that runs is undone.
  void kill() const;

 private:
  pid_t id_ = -1;
};

}  // namespace vigie
