#include "store/sqlite/engine.h"

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <utility>

#include <sqlite3.h>

#include "error.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/failure.h"
#include "store/sqlite/statement.h"

namespace vigie::store {
namespace {

std::string insert_values(std::string_view table, std::string_view columns, std::string_view or_else) {
  std::string sql = "INSERT INTO " + std::string(table) + "(" + std::string(columns) + ") VALUES (?";
  for (auto others = std::ranges::count(columns, ','); others > 0; --others) sql += ", ?";
  return sql.append(") ").append(or_else);
}

class SqliteDatabase final : public Database {
 public:
  explicit SqliteDatabase(Connection connection) : connection_(std::move(connection)) {}

  [[nodiscard]] const Connection& connection() const { return connection_; }

  [[nodiscard]] Dialect dialect() const override { return Dialect::kSqlite; }
  [[nodiscard]] std::string place() const override { return place_of(connection_.handle()); }

  [[nodiscard]] int version() const override {
    SqliteStatement tables(connection_.handle(),
                           "SELECT count(*), count(*) FILTER (WHERE name = 'meta') FROM sqlite_master");
    tables.step();
    if (tables.integer(0) > 0 && tables.integer(1) == 0)
      throw StoreError(place() + " is another program's database: check store.connection");
    SqliteStatement version(connection_.handle(), "PRAGMA user_version");
    version.step();
    return static_cast<int>(version.integer(0));
  }

  void set_version(int version) override { execute("PRAGMA user_version = " + std::to_string(version)); }

  std::unique_ptr<PreparedStatement> prepare(std::string_view sql) override {
    return std::make_unique<SqliteStatement>(connection_.handle(), sql);
  }
  std::unique_ptr<PreparedStatement> prepare_large(std::string_view sql) override {
    return std::make_unique<SqliteStatement>(connection_.handle(), sql, SqliteStatement::Result::kLarge);
  }
  std::unique_ptr<PreparedStatement> prepare_append(std::string_view table, std::string_view columns,
                                                    std::string_view or_else) override {
    return prepare(insert_values(table, columns, or_else));
  }
  void execute(const std::string& sql) override { connection_.execute(sql); }

  std::vector<std::int64_t> new_ids(std::string_view table, std::size_t count) override {
    SqliteStatement last(connection_.handle(), "SELECT coalesce(max(id), 0) FROM " + std::string(table));
    last.step();
    std::vector<std::int64_t> ids(count);
    std::iota(ids.begin(), ids.end(), last.integer(0) + 1);
    return ids;
  }

  void begin() override {
    require_in_place();
    execute("BEGIN IMMEDIATE");
  }
  void commit() override {
    execute("COMMIT");
    require_in_place();
  }
  void rollback() noexcept override { sqlite3_exec(connection_.handle(), "ROLLBACK", nullptr, nullptr, nullptr); }

  // A rollback journal holds the pages that were there before: of an empty store, almost none.
  void begin_filling() override { connection_.set_journal("DELETE"); }
  void end_filling() override { connection_.set_journal("WAL"); }

  void begin_purging() override { execute("PRAGMA secure_delete = ON"); }

  void checkpoint() override {
    sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  }

 private:
  // A store whose file was moved or deleted since it was opened is refused, before and after a transaction: what is
  // written to it would be lost.
  void require_in_place() const {
    int moved = 0;
    sqlite3_file_control(connection_.handle(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    if (moved != 0)
      throw StoreError(place() +
                       " was moved or deleted while it was written to: put the file back, or restore the last backup, "
                       "then run again");
  }

  Connection connection_;
};

std::unique_ptr<Database> database(Connection connection) {
  return std::make_unique<SqliteDatabase>(std::move(connection));
}

class SqliteEngine final : public Engine {
 public:
  explicit SqliteEngine(std::string file) : file_(std::move(file)) {}

  [[nodiscard]] bool is_there() const override {
    std::error_code ignored;
    return std::filesystem::exists(file_, ignored);
  }
  [[nodiscard]] std::unique_ptr<Database> to_read() const override { return database(Connection::to_read(file_)); }
  [[nodiscard]] std::unique_ptr<Database> to_write() const override { return database(Connection::to_write(file_)); }
  [[nodiscard]] std::unique_ptr<Database> in_private() const override {
    return database(Connection::in_private(file_));
  }
  [[nodiscard]] std::unique_ptr<Database> copy_of(const Database& found) const override {
    return database(Connection::copy_of(dynamic_cast<const SqliteDatabase&>(found).connection()));
  }

 private:
  std::string file_;
};

}  // namespace

void sqlite_copy(const std::string& store, const std::string& file) {
  const SqliteDatabase from(Connection::to_read(store));
  if (from.version() == 0) throw NoStoreError("no store at " + store + " yet: there is nothing to back up");
  const Connection copy = Connection::copy_to(file, from.connection());
  SqliteStatement check(copy.handle(), "PRAGMA quick_check(1)");
  if (!check.step() || check.view(0) != "ok") fail(SQLITE_CORRUPT, from.place());
}

std::unique_ptr<Engine> sqlite_engine(const std::string& file) { return std::make_unique<SqliteEngine>(file); }

}  // namespace vigie::store
