#include "lock.h"

#include <optional>
#include <string>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/temporary_folder.h"
#include "error.h"
#include "errors.h"

namespace vigie {
namespace {

class StoreLockTest : public testing::Test {
 protected:
  [[nodiscard]] std::string store() const { return (folder_.path() / "vigie.db").string(); }
  test::TemporaryFolder folder_;
};

TEST_F(StoreLockTest, IsHeldByOneAtATime) {
  const StoreLock lock(store());
  try {
    const StoreLock second(store());
    FAIL() << "two hold it";
  } catch (const LockedError& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("process " + std::to_string(::getpid()) + " since "));
    EXPECT_THAT(error.what(), testing::HasSubstr("vigie status"));
  }
}

TEST_F(StoreLockTest, GoesWithItsHolderAndLeavesNothingInTheWay) {
  std::optional<StoreLock> lock;
  lock.emplace(store());
  lock.reset();
  EXPECT_NO_THROW(lock.emplace(store()));
}

TEST_F(StoreLockTest, IsOfOneStore) {
  const StoreLock lock(store());
  EXPECT_NO_THROW(StoreLock(store() + "2"));
}

TEST_F(StoreLockTest, WithoutItsFolderSaysWhatToDo) {
  try {
    const StoreLock lock(folder_.path() / "none/vigie.db");
    FAIL() << "locked in no folder";
  } catch (const StoreError& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("store.connection"));
  }
}

}  // namespace
}  // namespace vigie
