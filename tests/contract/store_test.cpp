// The contract of a store: opening it, its transactions, its sources. What it holds is in the files beside.

#include "store/store.h"

#include <filesystem>
#include <string>
#include <sys/stat.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "error.h"
#include "store/runs.h"
#include "store/schema.h"
#include "stores.h"

namespace vigie::store {
namespace {

using testing::HasSubstr;

std::string error_of(const auto& action) {
  try {
    action();
  } catch (const StoreError& error) {
    return error.what();
  }
  return "";
}

std::size_t runs_in(const Store& store) { return newest_runs(store, 1000).size(); }

void add_run(const Store& store) { begin_run(store, "run", kDay, 1); }

class StoreOpening : public StoreContract {};

TEST_P(StoreOpening, MakesAStoreAndFindsItAgain) {
  {
    const Store store = open();
    add_run(store);
  }
  EXPECT_EQ(runs_in(open()), 1U);
  EXPECT_EQ(runs_in(open(Opening::kExisting)), 1U);
}

TEST_P(StoreOpening, ForListsNeedsAStore) {
  EXPECT_THAT(error_of([&] { open(Opening::kExisting); }), HasSubstr("no store at " + connection_));
  EXPECT_THAT(error_of([&] { open(Opening::kExisting); }), HasSubstr("vigie run")) << "it was not made";
}

TEST_P(StoreOpening, BringsAnEmptyOneUpToDate) {
  const Store store = open();
  auto version = store.prepare("PRAGMA user_version");
  version.step();
  EXPECT_EQ(version.integer(0), static_cast<std::int64_t>(migrations().size()));
}

TEST_P(StoreOpening, RefusesANewerSchemaAndLeavesIt) {
  open().execute("PRAGMA user_version = 999");
  EXPECT_THAT(error_of([&] { open(); }), HasSubstr("version 999, newer than this program's"));
  EXPECT_THAT(error_of([&] { open(Opening::kRehearse); }), HasSubstr("newer"));
  EXPECT_THAT(error_of([&] { open(Opening::kExisting); }), HasSubstr("newer")) << "and still is";
}

TEST_P(StoreOpening, DrawsASeedOnceForEachStore) {
  const std::uint64_t seed = open().seed();
  EXPECT_EQ(open().seed(), seed);
  const test::TemporaryFolder other;
  EXPECT_NE(Store(GetParam().connection(other.path()), Opening::kWrite).seed(), seed);
}

VIGIE_FOR_EVERY_STORE(StoreOpening);

class Rehearsal : public StoreContract {};

TEST_P(Rehearsal, MakesNoStore) {
  {
    const Store store = open(Opening::kRehearse);
    add_run(store);
    EXPECT_EQ(runs_in(store), 1U) << "it sees what it wrote";
  }
  EXPECT_NE(error_of([&] { open(Opening::kExisting); }), "");
}

TEST_P(Rehearsal, LeavesNoTraceInOneThatIsThere) {
  add_run(open());
  {
    const Store store = open(Opening::kRehearse);
    Transaction transaction(store);
    add_run(store);
    store.source("caf931");
    transaction.commit();
    EXPECT_EQ(runs_in(store), 2U);
  }
  const Store store = open();
  EXPECT_EQ(runs_in(store), 1U);
  EXPECT_FALSE(store.prepare("SELECT 1 FROM source").step());
}

TEST_P(Rehearsal, UndoesAPartThatFails) {
  const Store store = open(Opening::kRehearse);
  {
    Transaction transaction(store);
    add_run(store);
    transaction.commit();
  }
  {
    Transaction undone(store);
    add_run(store);
  }
  EXPECT_EQ(runs_in(store), 1U);
  Transaction transaction(store);
  add_run(store);
  transaction.commit();
  EXPECT_EQ(runs_in(store), 2U);
}

VIGIE_FOR_EVERY_STORE(Rehearsal);

class StoreTransaction : public StoreContract {};

TEST_P(StoreTransaction, LastsOnceCommitted) {
  {
    const Store store = open();
    Transaction transaction(store);
    add_run(store);
    transaction.commit();
  }
  EXPECT_EQ(runs_in(open()), 1U);
}

TEST_P(StoreTransaction, IsUndoneWithoutACommit) {
  const Store store = open();
  const auto fail = [&] {
    Transaction transaction(store);
    add_run(store);
    throw StoreError("half way");
  };
  EXPECT_EQ(error_of(fail), "half way");
  EXPECT_EQ(runs_in(store), 0U);
  Transaction next(store);
  add_run(store);
  next.commit();
  EXPECT_EQ(runs_in(store), 1U);
}

TEST_P(StoreTransaction, IsNotSeenFromOutsideBeforeItsCommit) {
  const Store store = open();
  const Store other = open(Opening::kExisting);
  Transaction transaction(store);
  add_run(store);
  EXPECT_EQ(runs_in(other), 0U);
  transaction.commit();
  EXPECT_EQ(runs_in(other), 1U);
}

TEST_P(StoreTransaction, MayFillAStoreWhileAnotherReads) {
  const Store store = open();
  const Store other = open(Opening::kExisting);
  auto reading = other.prepare("SELECT 1 FROM meta");
  reading.step();
  store.begin_filling();
  Transaction transaction(store);
  add_run(store);
  transaction.commit();
  store.end_filling();
  reading.reset();
  EXPECT_EQ(runs_in(other), 1U);
}

TEST_P(StoreTransaction, ThatFillsAStoreLasts) {
  {
    const Store store = open();
    store.begin_filling();
    Transaction transaction(store);
    add_run(store);
    transaction.commit();
    store.end_filling();
  }
  EXPECT_EQ(runs_in(open()), 1U);
}

TEST_P(StoreTransaction, AStatementThatIsRefusedSaysWhatToDo) {
  const Store store = open();
  EXPECT_THAT(error_of([&] { store.prepare("SELECT nothing FROM nowhere").run(); }), HasSubstr("store.connection"));
  EXPECT_THAT(error_of([&] { store.execute("INSERT INTO run(command) VALUES (NULL)"); }),
              HasSubstr("the store refused"));
}

VIGIE_FOR_EVERY_STORE(StoreTransaction);

class Sources : public StoreContract {};

TEST_P(Sources, KeepTheirNumbers) {
  SourceNumber first = 0;
  {
    const Store store = open();
    first = store.source("caf931");
    EXPECT_NE(store.source("caf132"), first);
    EXPECT_EQ(store.source("caf931"), first);
  }
  EXPECT_EQ(open().source("caf931"), first);
}

VIGIE_FOR_EVERY_STORE(Sources);

class Runs : public StoreContract {};

TEST_P(Runs, AreListedNewestFirst) {
  const Store store = open();
  const RunNumber first = begin_run(store, "run", kDay, 1000);
  end_run(store, first, 1060, 3, "12 findings");
  const RunNumber second = begin_run(store, "import", kDay + 1, 2000);
  const auto runs = newest_runs(store, 5);
  ASSERT_EQ(runs.size(), 2U);
  EXPECT_EQ(runs[0].number, second);
  EXPECT_EQ(runs[0].finished_at, 0);
  EXPECT_EQ(runs[1].command, "run");
  EXPECT_EQ(runs[1].as_of, kDay);
  EXPECT_EQ(runs[1].started_at, 1000);
  EXPECT_EQ(runs[1].finished_at, 1060);
  EXPECT_EQ(runs[1].exit_code, 3);
  EXPECT_EQ(runs[1].summary, "12 findings");
  EXPECT_EQ(newest_runs(store, 1).size(), 1U);
}

VIGIE_FOR_EVERY_STORE(Runs);

// ------------------------------------------------------------------------------------------------------ SQLite's own

class SqliteStore : public testing::Test {
 protected:
  test::TemporaryFolder folder_;
};

TEST_F(SqliteStore, IsReadableByItsOwnerAndGroupOnly) {
  const auto file = folder_.path() / "vigie.db";
  const Store store(file.string(), Opening::kWrite);
  add_run(store);
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path()))
    EXPECT_EQ(static_cast<unsigned>(entry.status().permissions()) & 07U, 0U) << entry.path();
}

TEST_F(SqliteStore, ThatIsNoDatabaseIsRefusedAndLeft) {
  const auto file = folder_.write("vigie.db", std::string(5000, 'x'));
  EXPECT_THAT(error_of([&] { Store(file.string(), Opening::kWrite); }), HasSubstr(file.string()));
  EXPECT_EQ(test::read_text(file), std::string(5000, 'x'));
}

TEST_F(SqliteStore, WithoutItsFolderSaysWhatToDo) {
  EXPECT_THAT(error_of([&] { Store((folder_.path() / "none/vigie.db").string(), Opening::kWrite); }),
              HasSubstr("store.connection"));
}

TEST_F(SqliteStore, LeavesTheProcessesUmaskAsItWas) {
  const mode_t before = ::umask(022);
  error_of([&] { Store((folder_.path() / "none/vigie.db").string(), Opening::kWrite); });
  EXPECT_EQ(::umask(before), mode_t{022});
}

}  // namespace
}  // namespace vigie::store
