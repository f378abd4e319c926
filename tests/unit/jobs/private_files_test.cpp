#include "private_files.h"

#include <sys/stat.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/temporary_folder.h"
#include "errors.h"

namespace vigie {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class PrivateFilesTest : public testing::Test {
 protected:
  PrivateFilesTest() {
    settings_.file = folder_.write("vigie.properties", "");
    settings_.store = folder_.write("vigie.db", "");
    settings_.mail.directory = folder_.path() / "mail";
    settings_.report_directory = folder_.path() / "reports";
    std::filesystem::create_directory(settings_.mail.directory);
    set(settings_.file, 0644);
    set(settings_.store.file, 0640);
    set(settings_.mail.directory, 0750);
  }

  static void set(const std::filesystem::path& file, mode_t mode) { ASSERT_EQ(::chmod(file.c_str(), mode), 0); }

  test::TemporaryFolder folder_;
  Settings settings_;
};

TEST_F(PrivateFilesTest, AreForTheirOwnerAndGroup) {
  EXPECT_THAT(open_files(settings_), IsEmpty()) << "folders that are not there are no fault";
  EXPECT_NO_THROW(require_private_files(settings_));
}

TEST_F(PrivateFilesTest, EachThatIsOpenIsNamedWithWhatToDo) {
  const auto log = folder_.write("vigie.db-wal", "");
  set(settings_.store.file, 0644);
  set(log, 0604);
  set(settings_.mail.directory, 0755);
  set(settings_.file, 0666);
  EXPECT_THAT(open_files(settings_),
              ElementsAre(HasSubstr("(mode 0644); chmod 0640 " + settings_.store.file), HasSubstr("(mode 0604)"),
                          HasSubstr("(mode 0755); chmod 0750 " + settings_.mail.directory.string()),
                          HasSubstr("can be changed by everybody (mode 0666)")));
  EXPECT_THROW(require_private_files(settings_), UsageError);
}

TEST_F(PrivateFilesTest, AConfigurationThatEverybodyCanReadHoldsNoPassword) {
  settings_.has_secret = true;
  EXPECT_THAT(open_files(settings_), ElementsAre(HasSubstr("holds a password that everybody can read (mode 0644)")));
  set(settings_.file, 0640);
  EXPECT_THAT(open_files(settings_), IsEmpty());
}

TEST_F(PrivateFilesTest, ASecretIsForItsOwnerAndMayBeReadByItsGroup) {
  const auto secret = folder_.write("password", "");
  for (const mode_t mode : {0400U, 0440U, 0600U, 0640U}) {
    set(secret, mode);
    EXPECT_EQ(fault_of_secret(secret), "") << mode;
  }
  for (const mode_t mode : {0404U, 0644U, 0660U, 0602U}) {
    set(secret, mode);
    EXPECT_THAT(fault_of_secret(secret), HasSubstr("chmod 0400")) << mode;
  }
}

}  // namespace
}  // namespace vigie
