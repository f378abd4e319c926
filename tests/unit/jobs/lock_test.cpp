#include "lock.h"

#include <atomic>
#include <optional>
#include <string>
#include <thread>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "calendar.h"
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

TEST_F(StoreLockTest, IsAskedForWithoutBeingTaken) {
  std::atomic<bool> done = false;
  std::thread asking([&] {
    while (!done) holder_of(store());
  });
  int failures = 0;
  for (int i = 0; i < 3000; ++i) try {
      const StoreLock lock(store());
    } catch (const LockedError&) {
      ++failures;
    }
  done = true;
  asking.join();
  EXPECT_EQ(failures, 0);
}

TEST_F(StoreLockTest, TellsWhoHoldsItSinceWhen) {
  EXPECT_FALSE(holder_of(store())) << "nobody ever did";
  const std::int64_t before = now_seconds();
  {
    const StoreLock lock(store());
    const auto holder = holder_of(store());
    ASSERT_TRUE(holder);
    EXPECT_THAT(holder->who, testing::HasSubstr("process " + std::to_string(::getpid())));
    EXPECT_GE(holder->since, before - 1);  // the file system's clock may be a tick behind
    EXPECT_LE(holder->since, now_seconds());
  }
  EXPECT_FALSE(holder_of(store())) << "the file may stay";
}

}  // namespace
}  // namespace vigie
