#include "mail/mail_files.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "mail/mail_error.h"

namespace vigie {
namespace {

namespace fs = std::filesystem;

class MailFilesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "mail-files-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    umask_ = ::umask(0077);
  }
  void TearDown() override {
    ::umask(umask_);
    fs::remove_all(folder_);
  }

  static std::string content_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  static unsigned mode_of(const fs::path& path) { return static_cast<unsigned>(fs::status(path).permissions()); }
  static std::ptrdiff_t files_in(const fs::path& folder) {
    return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
  }

  fs::path folder_;
  mode_t umask_ = 0;
};

TEST_F(MailFilesTest, WritesTheMessageAsItIs) {
  const std::string message("Subject: x\r\n\r\n\0é\r\n", 18);
  const fs::path path = MailFiles(folder_).write("2026-11-20-c.martin@ville.example-19_214", message);
  EXPECT_EQ(path, folder_ / "2026-11-20-c.martin@ville.example-19_214.eml");
  EXPECT_EQ(content_of(path), message);
}

TEST_F(MailFilesTest, MakesTheFolderAndSetsModesWhateverTheUmask) {
  const fs::path path = MailFiles(folder_ / "out" / "mail").write("a", "x");
  EXPECT_EQ(mode_of(folder_ / "out"), 0750U);
  EXPECT_EQ(mode_of(folder_ / "out" / "mail"), 0750U);
  EXPECT_EQ(mode_of(path), 0640U);
}

TEST_F(MailFilesTest, LeavesTheModeOfAFolderThatIsThere) {
  fs::permissions(folder_, fs::perms(0700));
  MailFiles(folder_).write("a", "x");
  EXPECT_EQ(mode_of(folder_), 0700U);
}

TEST_F(MailFilesTest, ReplacesTheSameFileAndLeavesNothingBeside) {
  MailFiles files(folder_);
  files.write("a", "first, and longer");
  const fs::path path = files.write("a", "second");
  EXPECT_EQ(content_of(path), "second");
  EXPECT_EQ(files_in(folder_), 1);
}

TEST_F(MailFilesTest, StaysInItsFolder) {
  const fs::path path = MailFiles(folder_ / "mail").write("../../escaped", "x");
  EXPECT_EQ(path.parent_path(), folder_ / "mail");
  EXPECT_EQ(files_in(folder_), 1);
}

TEST_F(MailFilesTest, ToANonFolderSaysWhichPathAndWhatToDo) {
  std::ofstream(folder_ / "file") << "x";
  try {
    MailFiles(folder_ / "file").write("a", "x");
    FAIL() << "wrote into a file";
  } catch (const MailError& error) {
    EXPECT_NE(std::string(error.what()).find((folder_ / "file").string()), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("mail.directory"), std::string::npos) << error.what();
  }
}

TEST_F(MailFilesTest, AFailedRenameLeavesNoHalf) {
  fs::create_directories(folder_ / "a.eml" / "in the way");
  EXPECT_THROW(MailFiles(folder_).write("a", "x"), MailError);
  EXPECT_FALSE(fs::exists(folder_ / "a.eml.part"));
}

TEST_F(MailFilesTest, FollowsNoLinkThatLiesInItsWay) {
  std::ofstream(folder_ / "precious") << "kept";
  fs::create_symlink(folder_ / "precious", folder_ / "a.eml.part");
  EXPECT_THROW(MailFiles(folder_).write("a", "x"), MailError);
  EXPECT_EQ(content_of(folder_ / "precious"), "kept");
}

TEST(SafeFileName, KeepsTheUsualOne) {
  EXPECT_EQ(safe_file_name("2026-11-20-c.martin+mcp@ville.example-19_214"),
            "2026-11-20-c.martin+mcp@ville.example-19_214.eml");
}

TEST(SafeFileName, EscapesWhatAFolderOrAShellWouldMisread) {
  EXPECT_EQ(safe_file_name("a/b\\c"), "a%2Fb%5Cc.eml");
  EXPECT_EQ(safe_file_name(std::string_view("a\0b\r\n", 5)), "a%00b%0D%0A.eml");
  EXPECT_EQ(safe_file_name("é *"), "%C3%A9%20%2A.eml");
  EXPECT_EQ(safe_file_name("..hidden"), "%2E.hidden.eml");
  EXPECT_EQ(safe_file_name("-rf"), "%2Drf.eml");
  EXPECT_EQ(safe_file_name(""), "~.eml");
}

TEST(SafeFileName, GivesDistinctNamesToDistinctWishes) {
  const std::string long_name(300, 'x');
  const std::string wishes[] = {"a/b", "a%2Fb",         "a_b",           "a b",     "A/B", "",  "~",     ".",
                                "%2E", long_name + "1", long_name + "2", long_name, "é",   "e", "a.eml", "a"};
  std::set<std::string> names;
  for (const std::string& wish : wishes) names.insert(safe_file_name(wish));
  EXPECT_EQ(names.size(), std::size(wishes));
}

TEST(SafeFileName, IsBoundedAndTheSameEachTime) {
  const std::string wish(5000, '/');
  EXPECT_EQ(safe_file_name(wish).size(), 200U);
  EXPECT_EQ(safe_file_name(wish), safe_file_name(wish));
  EXPECT_TRUE(safe_file_name(wish).ends_with(".eml"));
}

}  // namespace
}  // namespace vigie
