#include "output_file.h"

#include <filesystem>
#include <iterator>
#include <stdexcept>
#include <string>
#include <sys/stat.h>

#include <gtest/gtest.h>

#include "connectors/temporary_folder.h"

namespace vigie {
namespace {

namespace fs = std::filesystem;

class OutputFileTest : public testing::TestWithParam<mode_t> {
 protected:
  OutputFileTest() : before_(::umask(GetParam())) {}
  ~OutputFileTest() override { ::umask(before_); }
  static unsigned mode_of(const fs::path& path) { return static_cast<unsigned>(fs::status(path).permissions()); }

  test::TemporaryFolder folder_;

 private:
  mode_t before_;
};

TEST_P(OutputFileTest, IsReadableByOwnerAndGroupOnly) {
  const fs::path file = folder_.path() / "out/reports/actions.csv";
  write_output_file(file, "a,b\n");
  EXPECT_EQ(mode_of(file), 0640U);
  EXPECT_EQ(mode_of(folder_.path() / "out") & 07U, 0U);
  EXPECT_EQ(mode_of(folder_.path() / "out/reports") & 07U, 0U);
}

TEST_P(OutputFileTest, APublicOneIsReadableByAll) {
  const fs::path file = folder_.path() / "vigie.prom";
  write_public_file(file, "a 1\n");
  EXPECT_EQ(mode_of(file), 0644U);
  EXPECT_THROW(write_public_file(folder_.path() / "missing/vigie.prom", ""), std::runtime_error);
}

TEST_P(OutputFileTest, TakesThePlaceOfTheOneBeforeAndLeavesNothingBeside) {
  const fs::path file = folder_.path() / "actions.csv";
  write_output_file(file, "a longer text");
  write_output_file(file, "short");
  EXPECT_EQ(test::read_text(file), "short");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path()), {}), 1);
}

TEST_P(OutputFileTest, SaysWhichFileCannotBeWritten) {
  folder_.write("file", "x");
  EXPECT_THROW(write_output_file(folder_.path() / "file/x.csv", "x"), std::runtime_error);
  fs::create_directories(folder_.path() / "x.csv/in the way");
  try {
    write_output_file(folder_.path() / "x.csv", "x");
    FAIL() << "wrote over a folder";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("x.csv"), std::string::npos);
  }
  EXPECT_FALSE(fs::exists(folder_.path() / ".x.csv.part"));
  EXPECT_FALSE(fs::exists(folder_.path() / "x.csv.part"));
}

INSTANTIATE_TEST_SUITE_P(Umask, OutputFileTest, testing::Values(mode_t{0}, mode_t{022}, mode_t{027}));

}  // namespace
}  // namespace vigie
