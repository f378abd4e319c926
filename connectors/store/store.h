#pragma once
// Vigie's own database: SQLite, embedded, in one file; or PostgreSQL over ODBC, in a schema of its own.
//
// Opening it to write brings its schema up to date; a schema newer than the program, and another program's database,
// are refused. A transaction that was committed is there after a crash at any point, one that was not is not. One
// connection, one thread at a time. Everything that goes wrong is a StoreError, or a BusyError where another process
// has the store: SQLite's for more than 10 seconds, PostgreSQL's for as long as a run is connected to write.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.h"
#include "store/location.h"
#include "store/sql.h"

namespace vigie::store {

using SourceNumber = std::int64_t;
using RunNumber = std::int64_t;
using ImportNumber = std::int64_t;

enum class Opening {
  kWrite,           // made where it is not there
  kChange,          // an error where nothing was stored yet
  kExisting,        // for lists: the same, and nothing can be written; one of an older schema is read in a private copy
  kRehearse,        // --dry-run: a private copy, which is written as the store would be, and goes with the process
  kRehearseChange,  // the same, an error where nothing was stored yet
};

// Whether this account may read and write the store's file, or make it, told before anything of it is opened: throws a
// StoreError that names what is in the way. A server tells only who opens the store.
void require_writable(const Location& location);

// Throws NoStoreError where the store's file is not there: told before anything is made beside it. Of a server, opening
// the store tells.
void require_existing(const Location& location);

class Store {
 public:
  Store(const Location& location, Opening opening);
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  [[nodiscard]] Statement prepare(std::string_view sql) const { return Statement(database_->prepare(sql)); }
  // For a result that may be as large as the store. Its rows are read to the end, or the statement reset, before a
  // transaction begins or ends.
  [[nodiscard]] Statement prepare_large(std::string_view sql) const { return Statement(database_->prepare_large(sql)); }
  // Adds a row to the table with each run(), a parameter for each of the columns ("source, name"); many at once where
  // that is faster, within a transaction. What the database refuses of a row may be told by what is done next.
  [[nodiscard]] Statement prepare_append(std::string_view table, std::string_view columns,
                                         std::string_view or_else = {}) const {
    return Statement(database_->prepare_append(table, columns, or_else));
  }
  void execute(const std::string& sql) const { database_->execute(sql); }

  // Ids for new rows of the table, ascending. Within the transaction that adds them.
  [[nodiscard]] std::vector<std::int64_t> new_ids(std::string_view table, std::size_t count) const {
    return database_->new_ids(table, count);
  }

  // Makes the source where it is not known.
  SourceNumber source(std::string_view name) const;

  // Of the digests of records: drawn once for each store.
  [[nodiscard]] std::uint64_t seed() const;

  // A store that several processes share (Location::shared): what each works on it claims; see database.h.
  [[nodiscard]] bool claim(Claim what, std::int64_t number) const { return database_->claim(what, number); }
  void release(Claim what, std::int64_t number) const { database_->release(what, number); }
  [[nodiscard]] std::optional<std::string> claimed_by(Claim what, std::int64_t number) const {
    return database_->claimed_by(what, number);
  }

  // Around a transaction that fills an empty store: SQLite writes its pages once, not to the log first, as safe after a
  // crash; where somebody else has the store open, the log goes on. PostgreSQL counts what came in.
  void begin_filling() const { database_->begin_filling(); }
  void end_filling() const { database_->end_filling(); }

  // From here on what is deleted is overwritten, where the database can.
  void begin_purging() const { database_->begin_purging(); }

  // Brings SQLite's write-ahead log into the file, as far as nobody reads what it would replace. For when the run waits
  // for something else: closing the store, and a transaction that finds the log long, do the same.
  void checkpoint() const { database_->checkpoint(); }

 private:
  friend class Transaction;

  void migrate() const;

  std::unique_ptr<Database> database_;
};

// Everything until commit() happens at once or not at all; without commit() it is undone. A store whose file was moved
// or deleted since it was opened is refused, before and after; one whose server was lost too.
class Transaction {
 public:
  explicit Transaction(const Store& store);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit();

 private:
  const Store& store_;
  bool open_ = true;
};

}  // namespace vigie::store
