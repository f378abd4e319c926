#include "private_files.h"

#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "errors.h"

namespace vigie {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kOthers = S_IRWXO;
constexpr mode_t kModeBits = 07777;

struct Attributes {
  mode_t mode = 0;
  uid_t owner = 0;
  bool is_folder = false;
};

std::optional<Attributes> attributes_of(const fs::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return std::nullopt;
  return Attributes{.mode = status.st_mode & kModeBits, .owner = status.st_uid, .is_folder = S_ISDIR(status.st_mode)};
}

// Whose mode is others' business too: /, /tmp, another account's.
bool is_shared(const fs::path& folder, const Attributes& found) {
  return found.owner != ::geteuid() || (found.mode & S_ISVTX) != 0 || !folder.parent_path().has_relative_path();
}

std::string opened_to_others(const fs::path& file, const Attributes& found, std::string_view what) {
  const bool shared = found.is_folder && is_shared(file, found);
  return fmt::format("{} {} is open to everybody (mode {:04o}); {}", what, file.string(), found.mode,
                     shared ? "name a folder that is Vigie's own"
                            : fmt::format("chmod {} {}", found.is_folder ? "0750" : "0640", file.string()));
}

}  // namespace

std::vector<std::string> open_files(const Settings& settings) {
  std::vector<std::string> faults;
  const auto look_at = [&](const fs::path& file, std::string_view what) {
    const auto found = attributes_of(file);
    if (found && (found->mode & kOthers) != 0) faults.push_back(opened_to_others(file, *found, what));
  };
  if (settings.store.is_file())
    for (const char* suffix : {"", "-wal", "-shm"}) look_at(settings.store.file + suffix, "the store");
  const auto look_at_folder = [&](const fs::path& folder, std::string_view what) {
    std::error_code error;
    if (fs::is_directory(folder, error)) look_at(folder, what);
  };
  look_at_folder(settings.mail.directory, "the folder of mails");
  look_at_folder(settings.report_directory, "the folder of workbooks");
  if (const auto file = attributes_of(settings.file); file && (file->mode & S_IWOTH) != 0)
    faults.push_back(fmt::format("the configuration {} can be changed by everybody (mode {:04o}); chmod 0640 {}",
                                 settings.file.string(), file->mode, settings.file.string()));
  else if (file && settings.has_secret && (file->mode & S_IROTH) != 0)
    faults.push_back(fmt::format(
        "the configuration {} holds a password that everybody can read (mode {:04o}); chmod 0640 {}, or put it into a "
        "file of its own (password-file)",
        settings.file.string(), file->mode, settings.file.string()));
  const auto store = settings.store.is_file() ? attributes_of(settings.store.file) : std::nullopt;
  if (store && ::geteuid() != 0 && store->owner != ::geteuid())
    faults.push_back(fmt::format("the store {} is of another owner; run as that account, or chown it to this one",
                                 settings.store.file));
  return faults;
}

void require_private_files(const Settings& settings) {
  std::string text;
  auto faults = open_files(settings);
  if (settings.mail.transport == MailTransport::kSmtp)
    if (const std::string fault = fault_of_secret(settings.mail.password_file); !fault.empty())
      faults.push_back("mail.password-file: " + fault);
  for (const std::string& fault : faults) text += (text.empty() ? "" : "\n") + fault;
  if (!text.empty()) throw UsageError(text);
}

std::string fault_of_secret(const fs::path& file) {
  const auto found = attributes_of(file);
  if (!found || (found->mode & (kOthers | S_IWGRP)) == 0) return {};
  return fmt::format("the secret {} can be read by everybody, or changed by its group (mode {:04o}); chmod 0400 {}",
                     file.string(), found->mode, file.string());
}

}  // namespace vigie
