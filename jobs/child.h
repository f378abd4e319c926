#pragma once
// A job of the service as a process of its own: this program, told to do one command.

#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace vigie {

class Child {
 public:
  // Starts this program with these arguments; it takes signals as a program started by hand does, and inherits standard
  // output, standard error and what descriptors are not closed on exec. Throws std::runtime_error where it cannot.
  explicit Child(const std::vector<std::string>& arguments);
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
