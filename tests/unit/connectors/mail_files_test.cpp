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

constexpr MailFileName kUsual = {
    .day = "2026-11-20", .recipient = "c.martin@ville.example", .convention = "19_214", .source = "caf931"};
constexpr std::string_view kUsualFile = "2026-11-20-c.martin@ville.example-19_214.eml";

MailFileName to(std::string_view recipient) {
  return {.day = "2026-11-20", .recipient = recipient, .source = "caf931"};
}

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
  const fs::path path = MailFiles(folder_).write(kUsual, message);
  EXPECT_EQ(path, folder_ / kUsualFile);
  EXPECT_EQ(content_of(path), message);
}

TEST_F(MailFilesTest, MakesTheFolderAndSetsModesWhateverTheUmask) {
  const fs::path path = MailFiles(folder_ / "out" / "mail").write(kUsual, "x");
  EXPECT_EQ(mode_of(folder_ / "out"), 0750U);
  EXPECT_EQ(mode_of(folder_ / "out" / "mail"), 0750U);
  EXPECT_EQ(mode_of(path), 0640U);
}

TEST_F(MailFilesTest, LeavesTheModeOfAFolderThatIsThere) {
  fs::permissions(folder_, fs::perms(0700));
  MailFiles(folder_).write(kUsual, "x");
  EXPECT_EQ(mode_of(folder_), 0700U);
}

TEST_F(MailFilesTest, ReplacesTheSameFileAndLeavesNothingBeside) {
  MailFiles files(folder_);
  files.write(kUsual, "first, and longer");
  const fs::path path = files.write(kUsual, "second");
  EXPECT_EQ(content_of(path), "second");
  EXPECT_EQ(files_in(folder_), 1);
}

TEST_F(MailFilesTest, StaysInItsFolder) {
  const fs::path path = MailFiles(folder_ / "mail").write(to("../../escaped"), "x");
  EXPECT_EQ(path.parent_path(), folder_ / "mail");
  EXPECT_EQ(files_in(folder_), 1);
}

TEST_F(MailFilesTest, ToANonFolderSaysWhichPathAndWhatToDo) {
  std::ofstream(folder_ / "file") << "x";
  try {
    MailFiles(folder_ / "file").write(kUsual, "x");
    FAIL() << "wrote into a file";
  } catch (const MailError& error) {
    EXPECT_NE(std::string(error.what()).find((folder_ / "file").string()), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("mail.directory"), std::string::npos) << error.what();
  }
}

TEST_F(MailFilesTest, AFailedRenameLeavesNoHalf) {
  fs::create_directories(folder_ / kUsualFile / "in the way");
  EXPECT_THROW(MailFiles(folder_).write(kUsual, "x"), MailError);
  EXPECT_FALSE(fs::exists(folder_ / (std::string(kUsualFile) + ".part")));
}

TEST_F(MailFilesTest, FollowsNoLinkThatLiesInItsWay) {
  std::ofstream(folder_ / "precious") << "kept";
  fs::create_symlink(folder_ / "precious", folder_ / (std::string(kUsualFile) + ".part"));
  EXPECT_THROW(MailFiles(folder_).write(kUsual, "x"), MailError);
  EXPECT_EQ(content_of(folder_ / "precious"), "kept");
}

TEST_F(MailFilesTest, FlushesWhatWasWrittenAndOnlyThat) {
  MailFiles files(folder_ / "mail");
  EXPECT_NO_THROW(files.flush());
  EXPECT_FALSE(fs::exists(folder_ / "mail"));
  files.write(kUsual, "x");
  fs::rename(folder_ / "mail", folder_ / "gone");
  EXPECT_THROW(files.flush(), MailError);
}

std::string name_of(std::string_view recipient, std::string_view convention = "19") {
  return safe_file_name({.day = "D", .recipient = recipient, .convention = convention, .source = "caf"});
}

TEST(SafeFileName, KeepsTheUsualOne) {
  EXPECT_EQ(
      safe_file_name({.day = "2026-11-20", .recipient = "c-b.martin+mcp@ma-ville.example", .convention = "19_214"}),
      "2026-11-20-c-b.martin+mcp@ma-ville.example-19_214.eml");
  EXPECT_EQ(safe_file_name({.day = "2026-11-20", .recipient = "mcp@caf.example", .source = "caf-931"}),
            "2026-11-20-mcp@caf.example-caf-931.eml");
}

TEST(SafeFileName, NamesTheSourceWhereItIsAsked) {
  MailFileName name = kUsual;
  name.names_source = true;
  EXPECT_EQ(safe_file_name(name), "2026-11-20-c.martin@ville.example-19_214~caf931.eml");
}

TEST(SafeFileName, EscapesWhatAFolderOrAShellWouldMisread) {
  EXPECT_EQ(name_of("a/b\\c"), "D-a%2Fb%5Cc-19.eml");
  EXPECT_EQ(name_of(std::string_view("a\0b\r\n", 5)), "D-a%00b%0D%0A-19.eml");
  EXPECT_EQ(name_of("é *"), "D-%C3%A9%20%2A-19.eml");
  EXPECT_EQ(name_of("\u202Ea~"), "D-%E2%80%AEa%7E-19.eml");
  EXPECT_EQ(name_of("x@y.example", "../1"), "D-x@y.example-..%2F1.eml");
}

TEST(SafeFileName, GivesDistinctNamesToDistinctMails) {
  const std::string long_name(300, 'x');
  const std::string wishes[] = {"a/b", "a%2Fb",         "a_b",           "a b",     "A/B", "",  "~",     ".",
                                "%2E", long_name + "1", long_name + "2", long_name, "é",   "e", "a.eml", "a"};
  std::set<std::string> names;
  for (const std::string& wish : wishes) {
    names.insert(name_of(wish));
    names.insert(name_of("", wish));
  }
  EXPECT_EQ(names.size(), 2 * std::size(wishes));
}

TEST(SafeFileName, TellsWhereTheAddressEndsAndTheConventionBegins) {
  EXPECT_NE(name_of("x@a.b-foo.fr", "1"), name_of("x@a.b", "foo.fr-1"));
  EXPECT_NE(safe_file_name({.recipient = "x@a.b", .convention = "19~caf"}),
            safe_file_name({.recipient = "x@a.b", .convention = "19", .source = "caf", .names_source = true}));
}

TEST(SafeFileName, IsBoundedAndTheSameEachTime) {
  const std::string wish(5000, '/');
  EXPECT_EQ(name_of(wish).size(), 200U);
  EXPECT_EQ(name_of(wish), name_of(wish));
  EXPECT_TRUE(name_of(wish).ends_with(".eml"));
}

}  // namespace
}  // namespace vigie
