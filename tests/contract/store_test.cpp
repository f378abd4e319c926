// The contract of a store: opening it, its transactions, its sources. What it holds is in the files beside.

#include "store/store.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "error.h"
#include "odbc/odbc.h"
#include "store/actions.h"
#include "store/findings.h"
#include "store/mails.h"
#include "store/postgres/engine.h"
#include "store/runs.h"
#include "store/schema.h"
#include "store/sqlite/connection.h"
#include "stores.h"

namespace vigie::store {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

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
  EXPECT_THAT(error_of([&] { open(Opening::kExisting); }), HasSubstr("no store at " + location_.name()));
  EXPECT_THAT(error_of([&] { open(Opening::kExisting); }), HasSubstr("vigie run")) << "it was not made";
}

TEST_P(StoreOpening, ForAChangeNeedsAStore) {
  for (const Opening opening : {Opening::kChange, Opening::kRehearseChange})
    EXPECT_THAT(error_of([&] { open(opening); }), HasSubstr("no store at " + location_.name()));
  add_run(open());
  add_run(open(Opening::kChange));
  EXPECT_EQ(runs_in(open()), 2U);
}

TEST_P(StoreOpening, ForListsWritesNothing) {
  add_run(open());
  const Store store = open(Opening::kExisting);
  EXPECT_THAT(error_of([&] { add_run(store); }), HasSubstr("cannot be written"));
  EXPECT_EQ(runs_in(store), 1U);
}

TEST_P(StoreOpening, BringsAnEmptyOneUpToDate) {
  const Store store = open();
  EXPECT_FALSE(store.prepare("SELECT 1 FROM waiver").step()) << "the table that the last step made";
  add_run(store);
}

TEST_P(StoreOpening, RefusesANewerSchemaAndLeavesIt) {
  open().execute(GetParam().becomes_version_999);
  EXPECT_THAT(error_of([&] { open(); }), HasSubstr("version 999, newer than this program's"));
  EXPECT_THAT(error_of([&] { open(Opening::kRehearse); }), HasSubstr("newer"));
  EXPECT_THAT(error_of([&] { open(Opening::kExisting); }), HasSubstr("newer")) << "and still is";
}

TEST_P(StoreOpening, DrawsASeedOnceForEachStore) {
  const std::uint64_t seed = open().seed();
  EXPECT_EQ(open().seed(), seed);
  const test::TemporaryFolder other;
  EXPECT_NE(Store(GetParam().location(other.path()), Opening::kWrite).seed(), seed);
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

TEST_P(Rehearsal, IsOfTheMomentItBegan) {
  const Store store = open();
  add_run(store);
  const Store rehearsal = open(Opening::kRehearse);
  add_run(store);
  EXPECT_EQ(runs_in(rehearsal), 1U);
}

TEST_P(Rehearsal, NeitherStopsARunNorIsStoppedByOne) {
  const Store store = open();
  add_run(store);
  Transaction of_run(store);
  add_run(store);
  const Store rehearsal = open(Opening::kRehearse);
  Transaction rehearsed(rehearsal);
  add_run(rehearsal);
  of_run.commit();
  add_run(store);
  rehearsed.commit();
  EXPECT_EQ(runs_in(rehearsal), 2U) << "what was committed before it, and its own";
  EXPECT_EQ(runs_in(store), 3U);
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
  const std::string refused = error_of([&] { store.prepare("SELECT nothing FROM nowhere").run(); });
  EXPECT_THAT(refused,
              AllOf(HasSubstr("the store " + location_.name() + " refused"), HasSubstr("restore the last backup")));
  EXPECT_THAT(refused, Not(HasSubstr("nowhere"))) << "a statement says nothing to those who read it";
  EXPECT_THAT(error_of([&] { store.execute("INSERT INTO run(command) VALUES (NULL)"); }), HasSubstr("refused"));
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

TEST_P(Runs, AreFoundByCommandAndEnd) {
  const Store store = open();
  const auto ended = [&](const std::string& command, int exit_code) {
    const RunNumber run = begin_run(store, command, kDay, 1000);
    end_run(store, run, 1060, exit_code, "");
    return run;
  };
  EXPECT_TRUE(newest_of_each_command(store).empty());
  EXPECT_FALSE(newest_run(store, {"run"}, {0}));
  const RunNumber good = ended("run", 0);
  const RunNumber held = ended("run", 3);
  const RunNumber imported = ended("import", 0);
  const RunNumber failed = ended("run", 1);
  begin_run(store, "import", kDay, 2000);
  std::vector<RunNumber> newest;
  for (const auto& run : newest_of_each_command(store)) newest.push_back(run.number);
  EXPECT_THAT(newest, testing::ElementsAre(failed, imported)) << "the import under way has not ended";
  EXPECT_EQ(newest_run(store, {"run"}, {0, 3})->number, held);
  EXPECT_EQ(newest_run(store, {"run"}, {0})->number, good);
  EXPECT_EQ(newest_run(store, {"run", "import"}, {0, 3})->number, imported);
  EXPECT_FALSE(newest_run(store, {"report", "notify"}, {0}));
}

TEST_P(Runs, ThatWereKilledAreMarkedOnce) {
  const Store store = open();
  end_run(store, begin_run(store, "run", kDay, 1000), 1060, 0, "");
  const RunNumber killed = begin_run(store, "detect", kDay, 2000);
  const auto marked = mark_interrupted(store);
  ASSERT_EQ(marked.size(), 1U);
  EXPECT_EQ(marked[0].number, killed);
  EXPECT_EQ(marked[0].command, "detect");
  EXPECT_TRUE(mark_interrupted(store).empty());
  EXPECT_EQ(newest_runs(store, 1)[0].finished_at, 0) << "when it ended is not known";
}

VIGIE_FOR_EVERY_STORE(Runs);

class Rows : public StoreContract {
 protected:
  static constexpr int kMany = 12'345;  // more than any engine sends or fetches at once

  static Statement append(const Store& store) {
    return store.prepare_append("told", "source, address, convention, finding, returns",
                                "ON CONFLICT(source, address, convention, finding) DO UPDATE SET returns = "
                                "excluded.returns");
  }
  static std::int64_t count(const Store& store) {
    auto rows = store.prepare("SELECT count(*) FROM told");
    rows.step();
    return rows.integer(0);
  }
};

TEST_P(Rows, AreAddedAndReadInAnyNumber) {
  const Store store = open();
  {
    Transaction transaction(store);
    auto add = append(store);
    for (int i = 0; i < kMany; ++i) add.with(1, "a{}\",\\'" + std::to_string(i), "NULL", i, -i).run();
    transaction.commit();
  }
  auto rows =
      store.prepare_large("SELECT finding, address, convention, returns FROM told WHERE source = ? ORDER BY finding");
  for (int round = 0; round < 2; ++round) {
    rows.with(1);
    for (int i = 0; i < kMany; ++i) {
      ASSERT_TRUE(rows.step());
      ASSERT_EQ(rows.integer(0), i);
      ASSERT_EQ(rows.text(1), "a{}\",\\'" + std::to_string(i));
      ASSERT_EQ(rows.text(2), "NULL");
      ASSERT_EQ(rows.integer(3), -i);
      if (i % 3000 == 0) {
        ASSERT_EQ(count(store), kMany) << "another question between two rows";
      }
    }
    EXPECT_FALSE(rows.step());
  }
}

TEST_P(Rows, ThatWereAddedAreSeenByWhatFollows) {
  const Store store = open();
  Transaction transaction(store);
  auto add = append(store);
  add.with(1, "a", "", 1, 0).run();
  add.with(1, "b", "", 1, 0).run();
  EXPECT_EQ(count(store), 2);
  add.with(1, "a", "", 1, 7).run();
  auto changed = store.prepare_large("SELECT returns FROM told WHERE address = 'a'");
  ASSERT_TRUE(changed.step());
  EXPECT_EQ(changed.integer(0), 7);
  store.execute("DELETE FROM told");
  add.with(1, "c", "", 1, 0).run();
  changed.reset();
  transaction.commit();
  EXPECT_EQ(count(store), 1);
}

TEST_P(Rows, AreUndoneWithTheirTransaction) {
  const Store store = open();
  {
    Transaction transaction(store);
    auto add = append(store);
    for (int i = 0; i < kMany; ++i) add.with(1, "a", "", i, 0).run();
  }
  EXPECT_EQ(count(store), 0);
  append(store).with(1, "a", "", 1, 0).run();
  EXPECT_EQ(count(store), 1) << "what is added outside of one is there at once";
}

TEST_P(Rows, ThatAreRefusedUndoTheTransaction) {
  const Store store = open();
  const auto add_twice = [&] {
    Transaction transaction(store);
    auto add = store.prepare_append("source", "name");
    add.with("caf931").run();
    add.with("caf931").run();
    transaction.commit();
  };
  EXPECT_THAT(error_of(add_twice), HasSubstr("refused"));
  EXPECT_FALSE(store.prepare("SELECT 1 FROM source").step());
}

TEST_P(Rows, ThatAreRefusedUndoTheTransactionThoughAReaderEndsFirst) {
  const Store store = open();
  const auto add_beside_a_reader = [&] {
    Transaction transaction(store);
    add_run(store);
    auto reading = store.prepare_large("SELECT id FROM run");
    reading.step();
    auto add = store.prepare_append("source", "name");
    for (const char* name : {"caf931", "caf931"}) add.with(name).run();
    reading.reset();
    transaction.commit();
  };
  EXPECT_THAT(error_of(add_beside_a_reader), HasSubstr("refused"));
  EXPECT_EQ(runs_in(store), 0U);
}

TEST_P(Rows, KeepTextsToTheByte) {
  using namespace std::string_literals;
  const Store store = open();
  for (const std::string& text : {""s, "\0"s, "a\0b\0"s, "\xF4\x8F\xBF\xBE"s,
                                  "\xF4\x8F\xBF\xBE"
                                  "0\0"s,
                                  "é\\\"{},"s, std::string(300'000, 'x') + "é"}) {
    store.execute("DELETE FROM held_mail");
    store
        .prepare(
            "INSERT INTO held_mail(source, recipient_kind, address, name, convention, as_of, plan, findings) VALUES "
            "(1, 1, ?, '', '', 1, '', '')")
        .with(text)
        .run();
    Transaction transaction(store);
    store.prepare_append("held_mail", "source, recipient_kind, address, name, convention, as_of, plan, findings")
        .with(1, 1, text, "", "", 1, "", "")
        .run();
    auto rows = store.prepare("SELECT address FROM held_mail WHERE address = ?");
    rows.with(text);
    for (int i = 0; i < 2; ++i) {
      ASSERT_TRUE(rows.step()) << text.substr(0, 20);
      EXPECT_EQ(rows.text(0), text);
      EXPECT_FALSE(rows.is_null(0));
    }
    rows.reset();
    transaction.commit();
  }
}

TEST_P(Rows, AreSortedByTheirBytes) {
  const Store store = open();
  for (const char* name : {"b", "a", "B", "_", "é", "Z", "ab", "a-b"}) store.source(name);
  auto rows = store.prepare("SELECT name FROM source ORDER BY name");
  std::vector<std::string> names;
  while (rows.step()) names.push_back(rows.text(0));
  EXPECT_THAT(names, testing::ElementsAre("B", "Z", "_", "a", "a-b", "ab", "b", "é"));
}

TEST_P(Rows, GetIdsOfTheirOwn) {
  const Store store = open();
  const SourceNumber before = store.source("caf931");
  const auto ids = store.new_ids("source", 3);
  ASSERT_EQ(ids.size(), 3U);
  EXPECT_TRUE(before < ids[0] && ids[0] < ids[1] && ids[1] < ids[2]);
  auto add = store.prepare_append("source", "id, name");
  for (const std::int64_t id : ids) add.with(id, std::to_string(id)).run();
  EXPECT_GT(store.source("caf132"), ids[2]);
  EXPECT_TRUE(store.new_ids("source", 0).empty());
}

VIGIE_FOR_EVERY_STORE(Rows);

// ------------------------------------------------------------------------------------------------------ older stores

// What a night of the first version left, in its columns: a finding of severity minor that was told, one mail that went
// and one that waits, a closing that is held.
constexpr const char* kFirstNight = R"(
INSERT INTO meta VALUES ('seed', 1);
INSERT INTO source(id, name) VALUES (1, 'caf931');
INSERT INTO run(command, as_of, started_at, finished_at, exit_code) VALUES ('run', 20000, 1, 2, 4);
INSERT INTO finding VALUES (7, 1, 'group-empty', '19_214', 'T1', 1, 0, NULL, 1, 1, 0, '', '', '', '', '', '', '');
INSERT INTO told VALUES (1, 'a@ville.example', '19_214', 7, 2);
INSERT INTO tally VALUES (1, 20000, 'group-empty', 1, 1, 1, 0);
INSERT INTO action VALUES (5, 1, '19_214', 0, 'T1/VIL1', 20000, 'account-departed', 'VIL1', 'held', 19999, NULL, 0);
INSERT INTO mail VALUES
  (7, 1, 0, 'a@ville.example', 'A', '19_214', 20000, 'sent', 's', '<i>', 'm', 'a.eml', 1, 0),
  (8, 1, 0, 'b@ville.example', 'B', '19_214', 20000, 'queued', 's', '<j>', 'n', '', 0, 0);
)";

class OlderStores : public StoreContract {
 protected:
  // For each version before this program's, a store that was made by the first and brought as far as that version.
  template <typename Action>
  void of_every_version(Action action) {
    const int newest = static_cast<int>(migrations(Dialect::kSqlite).size());
    for (int version = 1; version < newest; ++version) {
      SCOPED_TRACE(version);
      const auto folder = folder_.path() / std::to_string(version);
      std::filesystem::create_directory(folder);
      const Location location = GetParam().location(folder);
      GetParam().make_older(location, version, kFirstNight);
      action(location);
    }
  }

  static void expect_what_the_first_night_left(const Store& store) {
    EXPECT_EQ(Mails(store, 1).told().at({"a@ville.example", "19_214"}),
              (KnownToRecipient{{7, {.returns = 2, .severity = Severity::kMinor}}}))
        << "else the next night would tell everybody everything anew, or nobody what grew graver";
    const Finding finding = Findings(store, 1).all().at(0);
    EXPECT_FALSE(finding.severity_since.given());
    EXPECT_FALSE(finding.returned_on.given());
    const auto mails = Outbox(store).all();
    ASSERT_EQ(mails.size(), 2U);
    EXPECT_EQ(mails[0].state, MailState::kSent);
    EXPECT_EQ(mails[0].tries, 1);
    EXPECT_EQ(mails[0].answer, "a.eml");
    ASSERT_EQ(Mails(store, 1).queued().size(), 1U);
    EXPECT_EQ(Mails(store, 1).queued().front().message, "n");
    const auto actions = Actions(store, 1).all();
    ASSERT_EQ(actions.size(), 1U);
    EXPECT_TRUE(actions[0].was_held);
    EXPECT_EQ(runs_in(store), 1U);
  }
};

TEST_P(OlderStores, AreReadAsTheyAre) {
  of_every_version([](const Location& location) {
    for (const Opening opening : {Opening::kExisting, Opening::kRehearse, Opening::kExisting})
      expect_what_the_first_night_left(Store(location, opening));
  });
}

TEST_P(OlderStores, AreBroughtUpToDateByWhatWritesAndLoseNothing) {
  of_every_version([](const Location& location) {
    expect_what_the_first_night_left(Store(location, Opening::kWrite));
    const Store store(location, Opening::kWrite);
    expect_what_the_first_night_left(store);
    add_run(store);
  });
}

VIGIE_FOR_EVERY_STORE(OlderStores);

// -------------------------------------------------------------------------------------------------- PostgreSQL's own

class PostgresStore : public testing::Test {
 protected:
  [[nodiscard]] Store open(Opening opening = Opening::kWrite) const { return {location_, opening}; }

  // How many tables its schema has.
  [[nodiscard]] std::int64_t tables() const {
    odbc::Connection connection(location_.connection, 10);
    odbc::Statement count(connection, "SELECT count(*) FROM pg_tables WHERE schemaname = ?");
    count.bind(1, std::string_view(location_.schema));
    count.execute();
    count.fetch();
    return count.integer(0);
  }

  const Location location_ = test::postgres_location();
};

TEST_F(PostgresStore, IsWrittenByOneAtATime) {
  EXPECT_FALSE(postgres_lock_holder(location_));
  {
    const Store store = open();
    EXPECT_EQ(postgres_lock_holder(location_), location_.session);
    for (const Opening opening : {Opening::kWrite, Opening::kChange})
      EXPECT_THROW(Store(location_, opening), BusyError);
    EXPECT_EQ(runs_in(open(Opening::kExisting)), 0U);
    add_run(open(Opening::kRehearse));
    Location beside = location_;
    beside.schema += "_beside";
    add_run(Store(beside, Opening::kWrite));
  }
  EXPECT_FALSE(postgres_lock_holder(location_)) << "it goes with its connection";
  add_run(open());
}

TEST_F(PostgresStore, IsSharedByThoseThatShareItAlone) {
  Location sharing = location_;
  sharing.shared = true;
  {
    const Store first(sharing, Opening::kWrite);
    const Store second(sharing, Opening::kChange);
    add_run(first);
    add_run(second);
    EXPECT_THROW(Store(location_, Opening::kChange), BusyError);
    EXPECT_TRUE(postgres_lock_holder(location_));
  }
  const Store alone(location_, Opening::kChange);
  EXPECT_THROW(Store(sharing, Opening::kChange), BusyError);
}

TEST_F(PostgresStore, WhatIsClaimedIsOnesAndGoesWithItsConnection) {
  Location sharing = location_;
  sharing.shared = true;
  sharing.session = "second";
  const Store second(sharing, Opening::kWrite);
  {
    sharing.session = "first";
    const Store first(sharing, Opening::kWrite);
    EXPECT_TRUE(first.claim(Claim::kSource, 1));
    EXPECT_TRUE(first.claim(Claim::kSource, 1)) << "who has it may take it again";
    first.release(Claim::kSource, 1);
    EXPECT_FALSE(second.claim(Claim::kSource, 1)) << "and releases it as often";
    EXPECT_EQ(second.claimed_by(Claim::kSource, 1), "first");
    EXPECT_TRUE(second.claim(Claim::kSource, 2));
    EXPECT_TRUE(second.claim(Claim::kMails, 1)) << "of another kind";
    EXPECT_FALSE(first.claim(Claim::kSource, 2));
    second.release(Claim::kSource, 2);
    EXPECT_TRUE(first.claim(Claim::kSource, 2));
  }
  EXPECT_FALSE(second.claimed_by(Claim::kSource, 1));
  EXPECT_TRUE(second.claim(Claim::kSource, 1));
  EXPECT_TRUE(open(Opening::kRehearse).claim(Claim::kSource, 1)) << "a private copy is nobody else's";
}

TEST_F(PostgresStore, ARunOfAnotherThatSharesItIsNotInterrupted) {
  Location sharing = location_;
  sharing.shared = true;
  const Store survivor(sharing, Opening::kWrite);
  {
    const Store other(sharing, Opening::kWrite);
    begin_run(other, "run", kDay, 1'800'000'000);
    EXPECT_TRUE(mark_interrupted(survivor).empty());
  }
  // The server lets go of the other's claim in its own time, once the connection is gone.
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  auto interrupted = mark_interrupted(survivor);
  for (; interrupted.empty() && std::chrono::steady_clock::now() < end; interrupted = mark_interrupted(survivor))
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_EQ(interrupted.size(), 1U);
}

TEST_F(PostgresStore, OfAnOlderSchemaIsNotBroughtUpToDateWhileOthersShareIt) {
  Location sharing = location_;
  sharing.shared = true;
  const Store other(sharing, Opening::kWrite);
  other.execute("UPDATE meta SET value = value - 1 WHERE name = 'version'");
  EXPECT_THROW(Store(sharing, Opening::kWrite), BusyError);
}

TEST_F(PostgresStore, CommitsNothingOfATransactionInWhichAStatementWasRefused) {
  const Store store = open();
  const auto go_on_after_a_refusal = [&] {
    Transaction transaction(store);
    add_run(store);
    EXPECT_THAT(error_of([&] { store.execute("SELECT nothing FROM nowhere"); }), HasSubstr("refused"));
    transaction.commit();
  };
  EXPECT_THAT(error_of(go_on_after_a_refusal), HasSubstr("undone"));
  EXPECT_EQ(runs_in(store), 0U);
  add_run(store);
  EXPECT_EQ(runs_in(store), 1U);
}

TEST_F(PostgresStore, IsNotMadeByWhoDoesNotWrite) {
  EXPECT_THROW(open(Opening::kExisting), NoStoreError);
  add_run(open(Opening::kRehearse));
  EXPECT_EQ(tables(), 0);
}

TEST_F(PostgresStore, RehearsalsGoOnWithTheNumbersOfTheStore) {
  SourceNumber last = 0;
  {
    const Store store = open();
    last = store.source("caf931");
  }
  const Store rehearsal = open(Opening::kRehearse);
  EXPECT_EQ(rehearsal.source("caf931"), last);
  EXPECT_GT(rehearsal.source("caf132"), last);
}

TEST_F(PostgresStore, LiesInASchemaThatAWordOfSqlNamesBesideATableThatNeedsQuotes) {
  odbc::Connection server(location_.connection, 10);
  server.execute("DROP SCHEMA IF EXISTS \"order\" CASCADE");
  Location named = location_;
  named.schema = "order";
  add_run(Store(named, Opening::kWrite));
  server.execute("CREATE TABLE \"order\".\"Mine; too\"(\"Its id\" integer GENERATED BY DEFAULT AS IDENTITY)");
  const Store rehearsal(named, Opening::kRehearse);
  add_run(rehearsal);
  EXPECT_EQ(runs_in(rehearsal), 2U);
  EXPECT_EQ(runs_in(Store(named, Opening::kExisting)), 1U);
}

TEST_F(PostgresStore, ThatIsLostSaysSoAndKeepsWhatWasCommitted) {
  {
    const Store store = open();
    add_run(store);
    const auto lose = [&] {
      Transaction transaction(store);
      add_run(store);
      odbc::Connection other(location_.connection, 10);
      other.execute(
          "SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid "
          "WHERE l.locktype = 'relation' AND l.relation = '" +
          location_.schema + ".run'::regclass AND l.pid <> pg_backend_pid()");
      add_run(store);
      transaction.commit();
    };
    EXPECT_THAT(error_of(lose),
                AllOf(HasSubstr("the store " + location_.name() + " was lost"), HasSubstr("run again")));
    EXPECT_THAT(error_of([&] {
                  const Transaction next(store);
                  add_run(store);
                }),
                HasSubstr("was lost"));
  }
  EXPECT_EQ(runs_in(open()), 1U);
}

TEST_F(PostgresStore, ThatCannotBeReachedSaysWhyWithoutThePassword) {
  Location elsewhere = location_;
  elsewhere.connection = "Driver=PostgreSQL ANSI;Server=127.0.0.1;Port=1;Database=vigie;UID=vigie;PWD=hush";
  elsewhere.connect_seconds = 0;
  EXPECT_THAT(error_of([&] { Store(elsewhere, Opening::kWrite); }),
              AllOf(HasSubstr("vigie at 127.0.0.1:1"), HasSubstr("cannot be reached"), HasSubstr("Connection refused"),
                    Not(HasSubstr("hush"))));
}

// ------------------------------------------------------------------------------------------------------ SQLite's own

constexpr auto kOpenings = {Opening::kWrite, Opening::kChange, Opening::kExisting, Opening::kRehearse,
                            Opening::kRehearseChange};

class SqliteStore : public testing::Test {
 protected:
  using Files = std::map<std::string, std::string>;

  [[nodiscard]] std::string file() const { return (folder_.path() / "vigie.db").string(); }

  // The content of each file of the folder.
  [[nodiscard]] Files files() const {
    Files found;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path()))
      found[entry.path().filename()] = test::read_text(entry.path());
    return found;
  }

  // Whether this process has a file of the folder open that is in no folder any more.
  [[nodiscard]] bool holds_a_file_without_a_name() const {
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
      std::error_code ignored;
      const std::string target = std::filesystem::read_symlink(entry.path(), ignored);
      if (target.starts_with(folder_.path().string()) && target.ends_with(" (deleted)")) return true;
    }
    return false;
  }

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
  for (const Opening opening : kOpenings)
    EXPECT_THAT(
        error_of([&] { Store(file.string(), opening); }),
        AllOf(HasSubstr("the store " + file.string() + " is no SQLite database"), HasSubstr("store.connection")));
  EXPECT_EQ(test::read_text(file), std::string(5000, 'x'));
}

TEST_F(SqliteStore, OfAnotherProgramIsRefusedAndLeft) {
  {
    const Store store(file(), Opening::kWrite);
    store.execute("ALTER TABLE meta RENAME TO places");
  }
  const auto before = files();
  for (const Opening opening : kOpenings)
    EXPECT_THAT(error_of([&] { Store(file(), opening); }), HasSubstr("another program's database"));
  EXPECT_EQ(files(), before);
}

TEST_F(SqliteStore, WithoutItsFolderSaysWhatToDo) {
  EXPECT_THAT(error_of([&] { Store((folder_.path() / "none/vigie.db").string(), Opening::kWrite); }),
              HasSubstr("store.connection"));
}

TEST_F(SqliteStore, OfAnEmptyFileIsNoneYetAndStaysSo) {
  folder_.write("vigie.db", "");
  for (const Opening opening : {Opening::kChange, Opening::kExisting, Opening::kRehearseChange})
    EXPECT_THAT(error_of([&] { Store(file(), opening); }), HasSubstr("no store at " + file() + " yet"));
  EXPECT_EQ(error_of([&] { add_run(Store(file(), Opening::kRehearse)); }), "");
  EXPECT_EQ(files(), (Files{{"vigie.db", ""}}));
}

// A run that is killed leaves the log: for the next run, not for who only looks.
TEST_F(SqliteStore, IsLeftToTheByteByWhoOnlyReads) {
  test::TemporaryFolder running;
  const Store store((running.path() / "vigie.db").string(), Opening::kWrite);
  add_run(store);
  for (const char* name : {"vigie.db", "vigie.db-wal"})
    std::filesystem::copy_file(running.path() / name, folder_.path() / name);
  const auto before = files();
  ASSERT_NE(before.at("vigie.db-wal"), "");
  for (const Opening opening : {Opening::kExisting, Opening::kRehearse}) {
    EXPECT_EQ(runs_in(Store(file(), opening)), 1U);
    auto after = files();
    after.erase("vigie.db-shm");  // where readers meet: no data
    EXPECT_EQ(after, before);
  }
}

TEST_F(SqliteStore, WithNothingInItsLogIsReadWithoutATrace) {
  add_run(Store(file(), Opening::kWrite));
  const auto before = files();
  for (const Opening opening : {Opening::kExisting, Opening::kRehearse}) runs_in(Store(file(), opening));
  EXPECT_EQ(files(), before);
}

TEST_F(SqliteStore, RehearsesBeyondMemoryInAFileThatNobodySees) {
  add_run(Store(file(), Opening::kWrite));
  const auto before = files();
  const Store rehearsal(file(), Opening::kRehearse);
  rehearsal.execute("CREATE TABLE big AS SELECT zeroblob(200000000)");
  EXPECT_EQ(files(), before);
  EXPECT_TRUE(holds_a_file_without_a_name());
}

TEST_F(SqliteStore, ThatIsDamagedSaysSo) {
  {
    const Store store(file(), Opening::kWrite);
    Transaction transaction(store);
    for (int i = 0; i < 2000; ++i) add_run(store);
    transaction.commit();
  }
  std::string bytes = test::read_text(file());
  std::fill(bytes.begin() + 4096, bytes.end(), 'x');
  folder_.write("vigie.db", bytes);
  for (const Opening opening : {Opening::kWrite, Opening::kExisting})
    EXPECT_THAT(error_of([&] { runs_in(Store(file(), opening)); }),
                AllOf(HasSubstr("the store " + file() + " is damaged"), HasSubstr("restore the last backup")));
}

TEST_F(SqliteStore, WithoutRoomSaysSo) {
  const Store store(file(), Opening::kWrite);
  store.execute("PRAGMA max_page_count = 1");  // of what is there already
  EXPECT_THAT(error_of([&] { store.execute("CREATE TABLE big AS SELECT zeroblob(1000000)"); }),
              AllOf(HasSubstr("the store " + file() + " has no room left"), HasSubstr("free some space")));
}

TEST_F(SqliteStore, ThatIsDeletedMeanwhileTakesNothingMore) {
  const Store store(file(), Opening::kWrite);
  Transaction transaction(store);
  add_run(store);
  std::filesystem::remove(file());
  EXPECT_THAT(error_of([&] { transaction.commit(); }), HasSubstr("the store " + file() + " was moved or deleted"));
  EXPECT_THAT(error_of([&] { const Transaction next(store); }), HasSubstr("restore the last backup"));
}

TEST_F(SqliteStore, ThatAnotherTakesThePlaceOfTakesNothingMore) {
  const Store store(file(), Opening::kWrite);
  std::filesystem::rename(file(), file() + ".old");
  folder_.write("vigie.db", "");
  EXPECT_THAT(error_of([&] { const Transaction next(store); }), HasSubstr("moved or deleted"));
}

TEST_F(SqliteStore, IsWritableWhereItIsAndWhereItCanBeMade) {
  EXPECT_EQ(error_of([&] { require_writable(file()); }), "");
  add_run(Store(file(), Opening::kWrite));
  EXPECT_EQ(error_of([&] { require_writable(file()); }), "");
}

// In a process of its own, which has no rights that come with being root.
TEST_F(SqliteStore, OfAnotherAccountSaysWhoseFileIsInTheWay) {
  constexpr uid_t kNobody = 65534;
  const auto said_to_another_account = [&] {
    if (::geteuid() == 0 && ::setresuid(kNobody, kNobody, kNobody) != 0) std::exit(1);
    std::cerr << error_of([&] { require_writable(file()); });
    std::exit(0);
  };
  add_run(Store(file(), Opening::kWrite));
  std::filesystem::permissions(folder_.path(), std::filesystem::perms::all);
  for (const std::string& mine : {file(), folder_.write("vigie.db-wal", "").string()}) {
    std::filesystem::permissions(mine, std::filesystem::perms::owner_read);
    EXPECT_EXIT(said_to_another_account(), testing::ExitedWithCode(0), mine + ": Permission denied; check its owner");
    std::filesystem::permissions(mine, std::filesystem::perms::all);
  }
  std::filesystem::permissions(folder_.path(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  EXPECT_EXIT(said_to_another_account(), testing::ExitedWithCode(0), "its folder: Permission denied");
  std::filesystem::permissions(folder_.path(), std::filesystem::perms::owner_all);
}

TEST_F(SqliteStore, ThatCannotBeReachedSaysWhatIsInTheWay) {
  EXPECT_THAT(error_of([&] { require_writable((folder_.path() / "none/vigie.db").string()); }),
              AllOf(HasSubstr("No such file or directory"), HasSubstr("make the folder")));
  EXPECT_THAT(error_of([&] { require_writable(folder_.path().string()); }), HasSubstr("it is a folder"));
  const auto no_folder = folder_.write("file", "");
  EXPECT_THAT(error_of([&] { require_writable((no_folder / "vigie.db").string()); }), HasSubstr("Not a directory"));
}

TEST_F(SqliteStore, LeavesTheProcessesUmaskAsItWas) {
  const mode_t before = ::umask(022);
  error_of([&] { Store((folder_.path() / "none/vigie.db").string(), Opening::kWrite); });
  EXPECT_EQ(::umask(before), mode_t{022});
}

}  // namespace
}  // namespace vigie::store
