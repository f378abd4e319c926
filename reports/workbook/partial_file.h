#pragma once
// A file in the making, beside the one that it replaces once it is whole: `.NAME.part`. Mode 0640, whatever the umask.
//
// Gone with its object unless published. What an earlier crash left under its name is replaced.
// Throws std::system_error and std::filesystem::filesystem_error.

#include <filesystem>

namespace vigie::workbook {

class PartialFile {
 public:
  explicit PartialFile(const std::filesystem::path& target);
  ~PartialFile();
  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  void publish();  // the bytes are on the disk before the name is

 private:
  std::filesystem::path target_;
  std::filesystem::path path_;
  bool published_ = false;
};

}  // namespace vigie::workbook
