#pragma once
// What a database must do to hold a store: the seam between the store's tables, whose statements are written once, and
// SQLite or PostgreSQL.
//
// Statements are in the dialect that both speak: `?` or `?1` for parameters, ON CONFLICT, RETURNING, whole numbers and
// texts, no booleans among results. Texts are compared and sorted by their bytes. Errors are those of error.h; no
// message has a statement or data in it.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::store {

// The database's side of a Statement (sql.h), which says what each does.
class PreparedStatement {
 public:
  PreparedStatement() = default;
  PreparedStatement(const PreparedStatement&) = delete;
  PreparedStatement& operator=(const PreparedStatement&) = delete;
  virtual ~PreparedStatement() = default;

  virtual void bind(int parameter, std::int64_t value) = 0;
  virtual void bind(int parameter, std::string_view text) = 0;
  virtual void bind_blob(int parameter, std::string_view bytes) = 0;
  virtual void bind_null(int parameter) = 0;
  virtual bool step() = 0;
  virtual void reset() = 0;
  [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
  [[nodiscard]] virtual std::string_view view(int column) const = 0;
  [[nodiscard]] virtual std::string_view blob(int column) const = 0;
  [[nodiscard]] virtual bool is_null(int column) const = 0;
};

enum class Dialect { kSqlite, kPostgres };

// What a process that shares a store has for itself: a source, the writing of mails, and, to show that it lives, a run.
enum class Claim { kSource, kMails, kRun };

// One connection, one thread at a time. Statements go before their database.
class Database {
 public:
  Database() = default;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  virtual ~Database() = default;

  [[nodiscard]] virtual Dialect dialect() const = 0;
  [[nodiscard]] virtual std::string place() const = 0;  // "the store /var/lib/vigie/vigie.db", for messages

  // Of the schema; 0 where nothing was stored yet. Throws for what is no store of this program.
  [[nodiscard]] virtual int version() const = 0;
  virtual void set_version(int version) = 0;

  virtual std::unique_ptr<PreparedStatement> prepare(std::string_view sql) = 0;
  // For a result that may be as large as the store: it is never held whole.
  virtual std::unique_ptr<PreparedStatement> prepare_large(std::string_view sql) = 0;
  // Adds a row to the table with each run(), a parameter for each of the columns named; at the latest before whatever
  // is done next on the connection. `or_else`: an ON CONFLICT clause.
  virtual std::unique_ptr<PreparedStatement> prepare_append(std::string_view table, std::string_view columns,
                                                            std::string_view or_else) = 0;
  virtual void execute(const std::string& sql) = 0;  // several statements, with ';' between them

  // Ids that no row of the table has, or will be given, ascending.
  virtual std::vector<std::int64_t> new_ids(std::string_view table, std::size_t count) = 0;

  virtual void begin() = 0;
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;

  // Of a store that is not shared everything is claimed already. A claim is held until it is released or the connection
  // ends, however that ends; who has one may take it again, and releases it as often.
  virtual bool claim(Claim /*what*/, std::int64_t /*number*/) { return true; }
  virtual void release(Claim /*what*/, std::int64_t /*number*/) {}
  // Location::session of who has claimed it; nothing where nobody has, or it cannot be told.
  virtual std::optional<std::string> claimed_by(Claim /*what*/, std::int64_t /*number*/) { return std::nullopt; }

  // Throws BusyError where others share the store at this moment: its schema is brought up to date by one alone.
  virtual void require_alone() const {}
  // From here on others that share it may come.
  virtual void let_others_in() {}

  virtual void begin_filling() {}
  virtual void end_filling() {}
  virtual void begin_purging() {}
  virtual void checkpoint() {}
};

// One of the two ways to come to a store.
class Engine {
 public:
  Engine() = default;
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  virtual ~Engine() = default;

  [[nodiscard]] virtual bool is_there() const = 0;
  [[nodiscard]] virtual std::unique_ptr<Database> to_read() const = 0;   // refuses every change
  [[nodiscard]] virtual std::unique_ptr<Database> to_write() const = 0;  // makes it where it is not there
  // Private databases: nobody else sees them, and they go with the process. Empty, or with all that is there at this
  // moment; who writes to the store meanwhile goes on.
  [[nodiscard]] virtual std::unique_ptr<Database> in_private() const = 0;
  [[nodiscard]] virtual std::unique_ptr<Database> copy_of(const Database& found) const = 0;
};

}  // namespace vigie::store
