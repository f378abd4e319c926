#include "systemd/journal.h"

#include <cstdlib>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define SD_JOURNAL_SUPPRESS_LOCATION  // a path of the build says nothing to who reads the log
#include <systemd/sd-journal.h>

namespace vigie::systemd {

bool logs_to_journal() {
  const char* stream = std::getenv("JOURNAL_STREAM");  // DEVICE:INODE of what systemd made standard error
  struct stat status {};
  return stream != nullptr && ::fstat(STDERR_FILENO, &status) == 0 &&
         std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino) == stream;
}

bool write_to_journal(const std::vector<std::string>& fields) {
  std::vector<iovec> parts;
  parts.reserve(fields.size());
  for (const std::string& field : fields)
    parts.push_back({.iov_base = const_cast<char*>(field.data()), .iov_len = field.size()});
  return ::sd_journal_sendv(parts.data(), static_cast<int>(parts.size())) == 0;
}

}  // namespace vigie::systemd
