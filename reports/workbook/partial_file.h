#pragma once
// A file in the making, in a folder of its own beside the one that it replaces once it is whole: `.NAME.part/NAME`. The
// file has mode 0640, the folder 0700, whatever the umask; temporary files may lie in the folder too.
//
// Folder and file are gone with the object, but for a published file. What an earlier crash left is removed.
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
  std::filesystem::path folder_;
  std::filesystem::path path_;
};

}  // namespace vigie::workbook
