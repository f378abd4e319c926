#include "standard_streams.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <iostream>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <unistd.h>

namespace vigie {
namespace {

bool output_is_closed() { return (::fcntl(STDOUT_FILENO, F_GETFL) & O_ACCMODE) == O_RDONLY; }

bool reader_has_gone() {
  pollfd output{.fd = STDOUT_FILENO, .events = POLLOUT, .revents = 0};
  return ::poll(&output, 1, 0) == 1 && (output.revents & POLLERR) != 0;
}

}  // namespace

void keep_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(stream, F_GETFD) == -1 && errno == EBADF)
      static_cast<void>(::open("/dev/null", stream == STDOUT_FILENO ? O_RDONLY : O_RDWR));
  // What they tell comes as an error of the write too, which can be said.
  for (const int deadly : {SIGPIPE, SIGXFSZ}) static_cast<void>(std::signal(deadly, SIG_IGN));
}

void do_without_output() {
  if (!output_is_closed()) return;
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere < 0) return;
  ::dup2(nowhere, STDOUT_FILENO);
  ::close(nowhere);
}

void finish_output() {
  errno = 0;
  std::cout.flush();
  const int error = errno;
  if (std::cout || reader_has_gone()) return;
  if (output_is_closed())
    throw std::runtime_error("the output could not be written: standard output is closed; send it to a file or a pipe");
  throw std::runtime_error("not all of the output could be written" +
                           (error == 0 ? "" : std::string(": ") + std::strerror(error)) +
                           "; check where it goes, and the free space there");
}

}  // namespace vigie
