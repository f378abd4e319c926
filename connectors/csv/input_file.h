#pragma once
// A file of a drop, read once from its beginning to its end, and only as it was when it was opened: one that is written
// to meanwhile is refused. Never waits: what is no regular file (a FIFO, a directory) is not opened for reading.
//
// All functions throw CsvError.

#include <cstddef>
#include <filesystem>
#include <string>
#include <sys/stat.h>

#include "csv/refusal.h"

namespace vigie::csv {

class InputFile {
 public:
  explicit InputFile(const std::filesystem::path& path);
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  // When it was opened, in bytes.
  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(opened_.st_size); }
  // How many bytes were read, at most `most`; fewer only at the end of the file.
  std::size_t read(char* into, std::size_t most);
  // After the last `read`.
  void must_be_unchanged();

 private:
  int descriptor_;
  struct stat opened_ {};
};

// The whole file; one of more than `largest` bytes is refused.
std::string read_bytes(const std::filesystem::path& path, std::size_t largest);

// In lower case; a file of any size takes little memory.
std::string sha256_of(const std::filesystem::path& path);
std::string sha256_of_bytes(const std::string& bytes);

}  // namespace vigie::csv
