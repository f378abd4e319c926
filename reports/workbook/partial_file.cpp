#include "workbook/partial_file.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace vigie::workbook {
namespace {

constexpr mode_t kMode = 0640;
constexpr mode_t kFolderMode = 0700;

[[noreturn]] void fail(const std::string& what) { throw std::system_error(errno, std::generic_category(), what); }

class Descriptor {
 public:
  Descriptor(const std::filesystem::path& path, int flags) : number_(::open(path.c_str(), flags | O_CLOEXEC, kMode)) {
    if (number_ < 0) fail("cannot open " + path.string());
  }
  ~Descriptor() { ::close(number_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  void set_mode() const {
    if (::fchmod(number_, kMode) != 0) fail("cannot set the mode");
  }
  void sync() const {
    if (::fsync(number_) != 0) fail("cannot sync");
  }

 private:
  int number_;
};

std::filesystem::path folder_of(const std::filesystem::path& file) {
  return file.has_parent_path() ? file.parent_path() : ".";
}

}  // namespace

PartialFile::PartialFile(const std::filesystem::path& target)
    : target_(target),
      folder_(folder_of(target) / ("." + target.filename().string() + ".part")),
      path_(folder_ / target.filename()) {
  std::filesystem::remove_all(folder_);
  if (::mkdir(folder_.c_str(), kFolderMode) != 0) fail("cannot make " + folder_.string());
  // Made here, so that nobody else can read it for a moment and no link of that name is followed.
  const Descriptor made(path_, O_WRONLY | O_CREAT | O_EXCL);
  made.set_mode();
}

PartialFile::~PartialFile() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void PartialFile::publish() {
  Descriptor(path_, O_RDONLY).sync();
  std::filesystem::rename(path_, target_);
  Descriptor(folder_of(target_), O_RDONLY | O_DIRECTORY).sync();
}

}  // namespace vigie::workbook
