#include "output_file.h"

#include <fstream>
#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>

namespace vigie {
namespace {

namespace fs = std::filesystem;

constexpr auto kFileMode = fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read;

[[noreturn]] void fail(const fs::path& file) {
  throw std::runtime_error("cannot write " + file.string() + ": check the folder's owner and the disk's free space");
}

void write_and_rename(const fs::path& file, std::string_view text, fs::perms mode) {
  const fs::path beside = file.string() + ".part";
  std::error_code error;
  {
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    fs::permissions(beside, mode, error);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    if (!out.flush() || error) fail(file);
  }
  fs::rename(beside, file, error);
  if (error) fail(file);
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
