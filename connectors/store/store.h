#pragma once
// Vigie's own database: SQLite, embedded, in one file.
//
// Opening it to write brings its schema up to date; a schema newer than the program, and another program's database,
// are refused. Write-ahead logging with full synchronization: a transaction that was committed is there after a crash
// at any point, one that was not is not. One connection, one thread at a time. Everything that goes wrong is a
// StoreError, or a BusyError where another process has the store for more than 10 seconds.

#include <cstdint>
#include <string>
#include <string_view>

#include "store/connection.h"
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

// Whether this account may read and write the store, or make it, told before anything of it is opened: throws a
// StoreError that names what is in the way.
void require_writable(const std::string& path);

// Throws NoStoreError where nothing was stored there yet: told before anything is made beside it.
void require_existing(const std::string& path);

class Store {
 public:
  Store(const std::string& path, Opening opening);
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  [[nodiscard]] Statement prepare(std::string_view sql) const { return {connection_.handle(), sql}; }
  void execute(const std::string& sql) const { connection_.execute(sql); }

  // Makes the source where it is not known.
  SourceNumber source(std::string_view name) const;

  // Of the digests of records: drawn once for each store.
  [[nodiscard]] std::uint64_t seed() const;

  [[nodiscard]] std::int64_t last_inserted() const;

  // Around a transaction that fills an empty store: its pages are written once, not to the log first. As safe after a
  // crash. Where somebody else has the store open, the log goes on.
  void begin_filling() const;
  void end_filling() const;

  // Brings the write-ahead log into the file, as far as nobody reads what it would replace. For when the run waits for
  // something else: closing the store, and a transaction that finds the log long, do the same.
  void checkpoint() const;

 private:
  friend class Transaction;

  void migrate() const;
  void require_in_place() const;

  Connection connection_;
};

// Everything until commit() happens at once or not at all; without commit() it is undone. A store whose file was moved
// or deleted since it was opened is refused, before and after: what is written to it would be lost.
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
