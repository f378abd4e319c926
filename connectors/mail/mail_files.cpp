#include "mail/mail_files.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "domain/fnv.h"
#include "mail/mail_error.h"

namespace vigie {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kFileMode = 0640;
constexpr mode_t kFolderMode = 0750;
constexpr std::size_t kLongestStem = 196;
constexpr std::string_view kExtension = ".eml";

[[noreturn]] void fail(std::string_view what, const fs::path& path, int error) {
  throw MailError(std::string(what) + " " + path.string() + ": " + std::generic_category().message(error) +
                  "; check `mail.directory`, its permissions and the free space");
}

std::string escaped(std::string_view part, std::string_view kept_signs) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string text;
  for (const char c : part) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter_or_digit = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (letter_or_digit || kept_signs.find(c) != std::string_view::npos)
      text += c;
    else
      text.append({'%', kHex[byte >> 4], kHex[byte & 15]});
  }
  return text;
}

std::string stem_of(const MailFileName& name) {
  constexpr std::string_view kSigns = "._@+=-";
  constexpr std::string_view kSignsOfConvention = "._@+=";
  const std::string source = escaped(name.source, kSigns);
  std::string stem = escaped(name.day, kSigns) + '-' + escaped(name.recipient, kSigns) + '-';
  if (name.convention.empty()) return stem += source;
  stem += escaped(name.convention, kSignsOfConvention);
  return name.names_source ? stem + '~' + source : stem;
}

// The mode is set apart, since the umask takes bits from what mkdir() is given.
void make_folder(const fs::path& folder) {
  std::error_code unreachable;
  if (folder.empty() || fs::is_directory(folder, unreachable)) return;
  make_folder(folder.parent_path());
  if (::mkdir(folder.c_str(), kFolderMode) != 0 || ::chmod(folder.c_str(), kFolderMode) != 0)
    fail("cannot make the folder", folder, errno);
}

class File {
 public:
  File(const fs::path& path, int flags) : path_(path), descriptor_(::open(path.c_str(), flags, kFileMode)) {
    if (descriptor_ < 0) fail("cannot open", path_, errno);
  }
  ~File() { ::close(descriptor_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  void append(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno != EINTR) fail("cannot write", path_, errno);
      if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }

  // A mode given to open() is subject to the umask, and ignored where the file is there already.
  void set_mode() {
    if (::fchmod(descriptor_, kFileMode) != 0) fail("cannot set the mode of", path_, errno);
  }

  void flush() {
    if (::fsync(descriptor_) != 0) fail("cannot write", path_, errno);
  }

 private:
  fs::path path_;
  int descriptor_;
};

void write_whole(const fs::path& path, std::string_view bytes) {
  File file(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC);
  file.set_mode();
  file.append(bytes);
  file.flush();
}

void rename_to(const fs::path& from, const fs::path& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0) fail("cannot write", to, errno);
}

}  // namespace

std::string safe_file_name(const MailFileName& name) {
  std::string stem = stem_of(name);
  if (stem.size() > kLongestStem) {
    const std::string tail = '~' + hexadecimal(fnv1a(stem));
    stem.resize(kLongestStem - tail.size());
    stem += tail;
  }
  return stem.append(kExtension);
}

MailFiles::MailFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

std::filesystem::path MailFiles::write(const MailFileName& name, std::string_view message) {
  make_folder(folder_);
  fs::path path = folder_ / safe_file_name(name);
  fs::path beside = path;
  beside += ".part";
  try {
    write_whole(beside, message);
    rename_to(beside, path);
  } catch (const MailError&) {
    std::error_code ignored;
    fs::remove(beside, ignored);
    throw;
  }
  is_written_to_ = true;
  return path;
}

void MailFiles::flush() {
  if (!std::exchange(is_written_to_, false)) return;
  File(folder_.empty() ? "." : folder_, O_RDONLY | O_DIRECTORY | O_CLOEXEC).flush();
}

}  // namespace vigie
