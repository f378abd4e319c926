#include "store/postgres/engine.h"

#include <chrono>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "error.h"
#include "store/postgres/session.h"

namespace vigie::store {
namespace {

std::vector<std::string> texts(Session& session, std::string_view sql, std::string_view parameter) {
  auto rows = session.prepare(sql);
  rows->bind(1, parameter);
  std::vector<std::string> found;
  while (rows->step()) found.emplace_back(rows->view(0));
  return found;
}

// Names cannot be bound.
std::string identifier(std::string_view name) {
  std::string text = "\"";
  for (const char c : name) text.append(c == '"' ? 2 : 1, c);
  return text + '"';
}

// Its identity columns go on from where the store's are.
void copy_table(Session& session, const std::string& schema, const std::string& table) {
  const std::string original = identifier(schema) + '.' + identifier(table);
  const std::string copy = "pg_temp." + identifier(table);
  session.execute("CREATE TEMPORARY TABLE " + identifier(table) + " (LIKE " + original +
                  " INCLUDING ALL); INSERT INTO " + copy + " SELECT * FROM " + original);
  for (const std::string& column :
       texts(session, "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(?) AND attidentity <> ''", copy)) {
    auto go_on = session.prepare("SELECT setval(pg_get_serial_sequence(?, ?), coalesce(max(" + identifier(column) +
                                 "), 0) + 1, false) FROM " + copy);
    go_on->bind(1, std::string_view(copy));
    go_on->bind(2, std::string_view(column));
    go_on->step();
  }
}

// The server needs a moment to see that a run was killed.
void take_lock(Session& session, bool shared) {
  constexpr int kTries = 20;
  constexpr std::chrono::milliseconds kWait{100};
  for (int left = kTries; !session.lock() && !(shared && session.lock_shared()); std::this_thread::sleep_for(kWait))
    if (--left == 0) throw BusyError(session.place() + " is locked by another process");
}

class PostgresEngine final : public Engine {
 public:
  explicit PostgresEngine(Location location) : location_(std::move(location)) {}

  [[nodiscard]] bool is_there() const override { return true; }  // at least the server: an empty schema is version 0

  [[nodiscard]] std::unique_ptr<Database> to_read() const override {
    auto session = connect();
    session->execute("SET default_transaction_read_only TO on");
    return session;
  }

  [[nodiscard]] std::unique_ptr<Database> to_write() const override {
    auto session = connect();
    take_lock(*session, location_.shared);
    if (texts(*session, "SELECT nspname FROM pg_namespace WHERE nspname = ?", location_.schema).empty())
      session->execute("CREATE SCHEMA " + identifier(location_.schema));
    return session;
  }

  [[nodiscard]] std::unique_ptr<Database> in_private() const override {
    auto session = connect();
    session->execute("SET search_path TO pg_temp");
    return session;
  }

  [[nodiscard]] std::unique_ptr<Database> copy_of(const Database& /*found*/) const override {
    auto session = connect();
    session->begin();
    session->execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    std::string all;
    for (const std::string& table :
         texts(*session, "SELECT tablename FROM pg_tables WHERE schemaname = ? ORDER BY tablename", location_.schema)) {
      copy_table(*session, location_.schema, table);
      all.append(all.empty() ? "ANALYZE pg_temp." : ", pg_temp.").append(identifier(table));
    }
    session->commit();
    session->execute("SET search_path TO pg_temp");
    if (!all.empty()) session->execute(all);
    return session;
  }

 private:
  [[nodiscard]] std::unique_ptr<Session> connect() const {
    return std::make_unique<Session>(location_, location_.connect_seconds);
  }

  Location location_;
};

}  // namespace

std::unique_ptr<Engine> postgres_engine(const Location& location) { return std::make_unique<PostgresEngine>(location); }

std::optional<std::string> postgres_lock_holder(const Location& location) {
  constexpr int kNoPatience = 0;
  return Session(location, kNoPatience).lock_holder();
}

}  // namespace vigie::store
