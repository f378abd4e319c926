#include "csv/input_file.h"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>

#include "connectors/temporary_folder.h"

namespace vigie::csv {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMebibyte = std::size_t{1} << 20;

// Why both ways of reading refuse the file; empty where one does not.
std::string error_of(const fs::path& path) {
  std::string error;
  try {
    read_bytes(path, kMebibyte);
    return "";
  } catch (const CsvError& refusal) {
    error = refusal.what();
    EXPECT_FALSE(refusal.french().empty());
  }
  EXPECT_THROW(sha256_of(path), CsvError);
  return error;
}

TEST(InputFile, IsReadWhole) {
  const test::TemporaryFolder folder;
  const std::string bytes = std::string("a\0b\n", 4) + std::string(100'000, 'x');
  EXPECT_EQ(read_bytes(folder.write("x", bytes), kMebibyte), bytes);
  EXPECT_EQ(read_bytes(folder.write("x", ""), kMebibyte), "");
}

TEST(InputFile, HasOneDigestHoweverItIsRead) {
  const test::TemporaryFolder folder;
  const std::string bytes(3 * kMebibyte + 17, 'x');
  EXPECT_EQ(sha256_of(folder.write("x", bytes)), sha256_of_bytes(bytes));
  EXPECT_EQ(sha256_of_bytes("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(InputFile, MayBeALink) {
  const test::TemporaryFolder folder;
  fs::create_symlink(folder.write("x", "text"), folder.path() / "link");
  EXPECT_EQ(read_bytes(folder.path() / "link", kMebibyte), "text");
}

TEST(InputFile, IsARegularOne) {
  const test::TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder.path() / "fifo").c_str(), 0600), 0);
  EXPECT_EQ(error_of(folder.path() / "fifo"), "is no regular file");
  EXPECT_EQ(error_of(folder.path()), "is no regular file");
  EXPECT_EQ(error_of("/dev/zero"), "is no regular file");
}

TEST(InputFile, ThatCannotBeOpenedSaysWhy) {
  const test::TemporaryFolder folder;
  fs::create_symlink("nowhere", folder.path() / "dangling");
  fs::create_symlink("loop", folder.path() / "loop");
  EXPECT_EQ(error_of(folder.path() / "none"), "cannot be opened: No such file or directory");
  EXPECT_EQ(error_of(folder.path() / "dangling"), "cannot be opened: No such file or directory");
  EXPECT_EQ(error_of(folder.path() / "loop"), "cannot be opened: Too many levels of symbolic links");
}

// What a service's own user may read is what it may open: root, whom nothing is denied, becomes another for a while.
class OtherUser {
 public:
  OtherUser() : was_(::geteuid()) {
    if (was_ == 0 && ::seteuid(kNobody) != 0) throw std::runtime_error("cannot become another user");
  }
  ~OtherUser() {
    if (was_ == 0 && ::seteuid(0) != 0) std::terminate();
  }
  OtherUser(const OtherUser&) = delete;
  OtherUser& operator=(const OtherUser&) = delete;

 private:
  static constexpr uid_t kNobody = 65534;
  uid_t was_;
};

TEST(InputFile, ThatMayNotBeReadSaysSo) {
  const test::TemporaryFolder folder;
  fs::permissions(folder.path(), fs::perms::all);
  const fs::path file = folder.write("x", "text");
  fs::permissions(file, fs::perms::none);
  const OtherUser other;
  EXPECT_EQ(error_of(file), "cannot be opened: Permission denied");
}

TEST(InputFile, ThatFailsWhileItIsReadSaysWhy) {
  EXPECT_EQ(error_of("/proc/self/mem"), "cannot be read: Input/output error");
}

TEST(InputFile, OfMoreBytesThanAllowedIsNotRead) {
  const test::TemporaryFolder folder;
  const fs::path file = folder.write("x", std::string(kMebibyte, 'x'));
  EXPECT_EQ(read_bytes(file, kMebibyte).size(), kMebibyte);
  fs::resize_file(file, 5 * kMebibyte + 1);
  EXPECT_THROW(read_bytes(file, kMebibyte), CsvError);
  EXPECT_NO_THROW(sha256_of(file)) << "in pieces any size can be read";
}

TEST(InputFile, ThatHoldsMoreThanItSaysIsRefused) {
  EXPECT_EQ(fs::file_size("/proc/self/status"), 0U);
  EXPECT_THROW(read_bytes("/proc/self/status", kMebibyte), CsvError);
}

// Until one of the readings falls into a change, which takes a few at most.
template <typename Read>
bool meets_a_change(const fs::path& file, Read read) {
  std::atomic<bool> done = false;
  const std::jthread writer([&] {
    std::ofstream out(file, std::ios::app);
    while (!done) {
      fs::resize_file(file, 0);
      out << std::string(kMebibyte / 2, 'x') << std::flush;
    }
  });
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!done && std::chrono::steady_clock::now() < deadline) {
    try {
      read(file);
    } catch (const CsvError& error) {
      EXPECT_NE(std::string(error.what()).find("changed while it was read"), std::string::npos) << error.what();
      done = true;
    }
  }
  return done.exchange(true);
}

TEST(InputFile, ThatIsWrittenToMeanwhileIsRefused) {
  const test::TemporaryFolder folder;
  const fs::path file = folder.write("x", "text");
  EXPECT_TRUE(meets_a_change(file, [](const fs::path& path) { read_bytes(path, kMebibyte); }));
  EXPECT_TRUE(meets_a_change(file, [](const fs::path& path) { sha256_of(path); }));
}

TEST(InputFile, ThatWasTouchedMeanwhileIsRefused) {
  const test::TemporaryFolder folder;
  const fs::path path = folder.write("x", "text");
  InputFile file(path);
  char text[8];
  EXPECT_EQ(file.read(text, sizeof text), 4U);
  EXPECT_NO_THROW(file.must_be_unchanged());
  fs::last_write_time(path, fs::last_write_time(path) + std::chrono::seconds(1));
  EXPECT_THROW(file.must_be_unchanged(), CsvError);
}

}  // namespace
}  // namespace vigie::csv
