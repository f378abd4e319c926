#include "output_file.h"

#include <fstream>
#include <stdexcept>
#include <sys/stat.h>
#include <system_error>

#include "workbook/partial_file.h"

namespace vigie {
namespace {

namespace fs = std::filesystem;

constexpr auto kFileMode = fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read;

[[noreturn]] void fail(const fs::path& file) {
  throw std::runtime_error("cannot write " + file.string() + ": check the folder's owner and the disk's free space");
}

void write_and_rename(const fs::path& file, std::string_view text, fs::perms mode) {
  try {
    workbook::PartialFile partial(file);
    std::ofstream out(partial.path(), std::ios::binary);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    if (!out.flush()) fail(file);
    fs::permissions(partial.path(), mode);
    partial.publish();
  } catch (const std::system_error&) {
    fail(file);
  }
}

}  // namespace

void make_private_folder(const fs::path& folder) {
  const mode_t before = ::umask(0027);
  std::error_code error;
  fs::create_directories(folder, error);
  ::umask(before);
  if (error) throw std::runtime_error("cannot make the folder " + folder.string() + ": " + error.message());
}

void write_output_file(const fs::path& file, std::string_view text) {
  make_private_folder(file.parent_path());
  write_and_rename(file, text, kFileMode);
}

void write_public_file(const fs::path& file, std::string_view text) {
  write_and_rename(file, text, kFileMode | fs::perms::others_read);
}

}  // namespace vigie
