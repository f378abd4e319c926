#include <string>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "error.h"
#include "store/sqlite/failure.h"

namespace vigie::store {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr auto kPlace = "the store /srv/vigie.db";

template <typename Error>
std::string told(int code) {
  try {
    fail(code, kPlace);
  } catch (const Error& error) {
    return error.what();
  }
}

TEST(StoreFailure, SaysWhatItIsAndWhatToDo) {
  const std::pair<int, const char*> expected[] = {
      {SQLITE_CORRUPT, "restore the last backup"},
      {SQLITE_NOTADB, "no SQLite database"},
      {SQLITE_READONLY, "check the owner"},
      {SQLITE_CANTOPEN, "check store.connection"},
      {SQLITE_FULL, "free some space"},
      {SQLITE_IOERR, "check that the disk"},
      {SQLITE_NOMEM, "not enough memory"},
      {SQLITE_TOOBIG, "move it to another disk"},
      {SQLITE_CONSTRAINT, "report it"},
  };
  for (const auto& [code, text] : expected) {
    EXPECT_THAT(told<StoreError>(code), StartsWith(kPlace));
    EXPECT_THAT(told<StoreError>(code), HasSubstr(text));
    EXPECT_THAT(told<StoreError>(code), HasSubstr("error " + std::to_string(code)));
  }
}

TEST(StoreFailure, KnowsExtendedCodes) {
  EXPECT_THAT(told<StoreError>(SQLITE_IOERR_FSYNC), HasSubstr("check that the disk"));
  EXPECT_THAT(told<StoreError>(SQLITE_CANTOPEN_ISDIR), HasSubstr("cannot be opened"));
  EXPECT_THAT(told<BusyError>(SQLITE_BUSY_RECOVERY), HasSubstr("another process"));
}

TEST(StoreFailure, ThatAnotherProcessIsTheCauseOfIsNoStoreError) {
  for (const int code : {SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL})
    EXPECT_THAT(told<BusyError>(code), StartsWith(kPlace));
}

}  // namespace
}  // namespace vigie::store
