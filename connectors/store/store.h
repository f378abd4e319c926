#pragma once
// Vigie's own database: SQLite, embedded, in one file.
//
// Opening it brings its schema up to date; a schema newer than the program is refused. Write-ahead logging with full
// synchronization: a transaction that was committed is there after a crash at any point, one that was not is not.
// One connection, one thread at a time. Everything that goes wrong is a StoreError.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "store/sql.h"

namespace Poco::Data {
class Session;
}

namespace vigie::store {

using SourceNumber = std::int64_t;
using RunNumber = std::int64_t;
using ImportNumber = std::int64_t;

enum class Opening {
  kWrite,     // made where it is not there
  kExisting,  // for lists: an error where it is not there
  kRehearse,  // --dry-run: nothing that is written lasts; in memory where there is no file
};

class Store {
 public:
  Store(const std::string& path, Opening opening);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  [[nodiscard]] Statement prepare(std::string_view sql) const { return {connection_, sql}; }
  void execute(const std::string& sql) const;

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
  void set_journal(std::string_view mode) const;

  std::unique_ptr<Poco::Data::Session> session_;
  sqlite3* connection_ = nullptr;
  bool rehearsal_ = false;
};

// Everything until commit() happens at once or not at all; without commit() it is undone.
// In a rehearsal a commit changes nothing: the store undoes all when it is closed.
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
