#include "csv/input_file.h"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

#include <Poco/DigestEngine.h>
#include <Poco/SHA2Engine.h>

namespace vigie::csv {
namespace {

constexpr std::size_t kMebibyte = std::size_t{1} << 20;

std::string why() { return std::generic_category().message(errno); }

CsvError changed() {
  return {"changed while it was read; wait until the export is complete, then run again",
          "a changé pendant sa lecture ; attendre la fin de l'export, puis relancer"};
}

bool is_same(const struct stat& a, const struct stat& b) {
  return a.st_size == b.st_size && a.st_mtim.tv_sec == b.st_mtim.tv_sec && a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

std::string digest_of(Poco::SHA2Engine& engine) { return Poco::DigestEngine::digestToHex(engine.digest()); }

}  // namespace

InputFile::InputFile(const std::filesystem::path& path)
    : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
  if (descriptor_ < 0) throw CsvError("cannot be opened: " + why(), "ne peut pas être ouvert (" + why() + ")");
  if (::fstat(descriptor_, &opened_) == 0 && S_ISREG(opened_.st_mode)) return;
  ::close(descriptor_);
  throw CsvError("is no regular file", "n'est pas un fichier");
}

InputFile::~InputFile() { ::close(descriptor_); }

std::size_t InputFile::read(char* into, std::size_t most) {
  std::size_t filled = 0;
  while (filled < most) {
    const ssize_t got = ::read(descriptor_, into + filled, most - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw CsvError("cannot be read: " + why(), "ne peut pas être lu (" + why() + ")");
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  return filled;
}

void InputFile::must_be_unchanged() {
  struct stat now {};
  if (::fstat(descriptor_, &now) != 0 || !is_same(opened_, now)) throw changed();
}

std::string read_bytes(const std::filesystem::path& path, std::size_t largest) {
  InputFile file(path);
  if (file.size() > largest)
    throw CsvError("has " + std::to_string(file.size() / kMebibyte) + " MiB, more than the " +
                       std::to_string(largest / kMebibyte) + " MiB that are read; export it again",
                   "pèse " + std::to_string(file.size() / kMebibyte) + " Mio, plus que les " +
                       std::to_string(largest / kMebibyte) + " Mio admis ; refaire l'export");
  std::string bytes(file.size(), '\0');
  char beyond = 0;
  if (file.read(bytes.data(), bytes.size()) < bytes.size() || file.read(&beyond, 1) > 0) throw changed();
  file.must_be_unchanged();
  return bytes;
}

std::string sha256_of(const std::filesystem::path& path) {
  InputFile file(path);
  Poco::SHA2Engine engine(Poco::SHA2Engine::SHA_256);
  std::string piece(kMebibyte, '\0');
  while (const std::size_t size = file.read(piece.data(), piece.size())) engine.update(piece.data(), size);
  file.must_be_unchanged();
  return digest_of(engine);
}

std::string sha256_of_bytes(const std::string& bytes) {
  Poco::SHA2Engine engine(Poco::SHA2Engine::SHA_256);
  engine.update(bytes.data(), bytes.size());
  return digest_of(engine);
}

}  // namespace vigie::csv
