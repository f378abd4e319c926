#pragma once
// A connection to PostgreSQL, and the statements of a store on it.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "odbc/odbc.h"
#include "store/database.h"
#include "store/location.h"

namespace vigie::store {

// Rows that wait to be added together.
class Waiting {
 public:
  Waiting() = default;
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;
  virtual ~Waiting() = default;

  virtual void send() = 0;
  virtual void drop() = 0;
};

class Session final : public Database {
 public:
  // Tried again with growing waits, for so many seconds at most, where a server may come yet.
  Session(const Location& location, int patience);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() override;

  [[nodiscard]] Dialect dialect() const override { return Dialect::kPostgres; }
  [[nodiscard]] std::string place() const override { return place_; }
  [[nodiscard]] int version() const override;
  void set_version(int version) override;
  std::unique_ptr<PreparedStatement> prepare(std::string_view sql) override;
  std::unique_ptr<PreparedStatement> prepare_large(std::string_view sql) override;
  std::unique_ptr<PreparedStatement> prepare_append(std::string_view table, std::string_view columns,
                                                    std::string_view or_else) override;
  void execute(const std::string& sql) override;
  std::vector<std::int64_t> new_ids(std::string_view table, std::size_t count) override;
  void begin() override;
  void commit() override;
  void rollback() noexcept override;
  void end_filling() override;

  // The run lock, held until the session ends; false: another session has it. A shared one others may have too that
  // share it.
  bool lock();
  bool lock_shared();
  [[nodiscard]] std::optional<std::string> lock_holder();  // who has had it longest

  bool claim(Claim what, std::int64_t number) override;
  void release(Claim what, std::int64_t number) override;
  std::optional<std::string> claimed_by(Claim what, std::int64_t number) override;
  void require_alone() const override;
  void let_others_in() override;

  // For statements: does something with the connection, and says of an error what fail() says.
  template <typename Action>
  auto on_connection(const Action& action) const -> decltype(action(std::declval<odbc::Connection&>())) {
    try {
      return action(*connection_);
    } catch (const odbc::Error& error) {
      report(error);
    }
  }

  [[nodiscard]] bool is_in_transaction() const { return explicit_; }

  // Cursors live in a transaction: where none is under way, one lasts as long as any of them.
  void begin_reading();
  void end_reading() noexcept;

  void wait(const std::shared_ptr<Waiting>& rows);
  void send_waiting();  // before anything else is done on the connection

  [[nodiscard]] std::string new_cursor() { return "vigie_" + std::to_string(++cursors_); }

 private:
  // An advisory lock, of a class and a number: both of 31 bits.
  bool ask(std::string_view function, std::int64_t lock_class, std::int64_t number);
  std::optional<std::string> holder(std::int64_t lock_class, std::int64_t number);
  [[nodiscard]] std::int64_t class_of(Claim what) const;

  [[noreturn]] void report(const odbc::Error& error) const;
  [[nodiscard]] std::vector<std::string> types_of(std::string_view table, std::string_view columns);

  Location location_;
  std::string place_;
  std::unique_ptr<odbc::Connection> connection_;
  std::vector<std::shared_ptr<Waiting>> waiting_;
  std::map<std::string, std::map<std::string, std::string>> types_;  // of tables' columns
  enum class Lock { kNone, kAlone, kShared };
  Lock lock_ = Lock::kNone;
  bool explicit_ = false;           // a Transaction is under way
  mutable bool is_spoilt_ = false;  // a statement of it was refused: the server commits nothing, and says it did
  int readers_ = 0;
  int cursors_ = 0;
};

}  // namespace vigie::store
