#pragma once
// ODBC through unixODBC, thinly: connections, prepared statements with parameters, rows one at a time.
//
// Texts are bytes in the encoding that the driver was told to speak (UTF-8 throughout Vigie), wide ones UTF-8; they
// have no longest length in either direction, and an embedded NUL byte comes through where the database takes it. NULL
// is told apart from an empty text. One thread at a time for a connection and its statements; statements go before
// their connection.
//
//   odbc::Connection connection("Driver=PostgreSQL ANSI;Server=127.0.0.1;Database=vigie", 10);
//   odbc::Statement names(connection, "SELECT name FROM source WHERE id = ?");
//   names.bind(1, std::int64_t{7});
//   for (names.execute(); names.fetch();) use(names.text(0));
//
// Whatever the driver refuses is an Error.

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::odbc {

// what() has the driver's own words, which may repeat a statement and data: not for a log.
class Error : public std::runtime_error {
 public:
  Error(std::string state, const std::string& words) : std::runtime_error(words), state_(std::move(state)) {}

  [[nodiscard]] const std::string& state() const { return state_; }  // SQLSTATE, such as "08001"; empty: none is told

 private:
  std::string state_;
};

class Patience;

class Connection {
 public:
  // `seconds`: how long reaching the database may take, where the driver heeds it.
  Connection(const std::string& connection_string, int seconds);
  // The same, whatever the driver heeds; and how long the database may let wait for any answer, before the connection
  // is given up (SQLSTATE HYT00). 0: without an end.
  Connection(const std::string& connection_string, int seconds, int answer_seconds);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  // One statement, or several with ';' between them where the driver takes that; their rows are dropped.
  void execute(std::string_view sql);

  // Outside of begin() and commit() or rollback() each statement is a transaction of its own.
  void begin();
  void commit();
  void rollback();

  // Whether the driver has seen that the database is gone, or it let wait too long.
  [[nodiscard]] bool is_lost() const;

  [[nodiscard]] std::string database() const;  // whose product it is: "PostgreSQL", "SQLite", "MariaDB"

 private:
  friend class Statement;

  void connect(const std::string& connection_string, int seconds);
  void end(short how);
  void set_autocommit(bool on);

  void* environment_ = nullptr;
  void* handle_ = nullptr;
  bool in_transaction_ = false;
  std::unique_ptr<Patience> patience_;
};

// Of a column, as the driver describes it: what its texts are made from.
enum class ColumnKind : std::uint8_t { kText, kNumber, kMoment };  // kMoment: a day with a time

class Statement {
 public:
  Statement(const Connection& connection, std::string_view sql);
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement();

  // Parameters count from 1. Each must be bound before execute(), and what a view shows must last until it returned.
  void bind(int parameter, std::int64_t value);
  void bind(int parameter, std::string_view text);
  void bind_bytes(int parameter, std::string_view bytes);
  void bind_null(int parameter);
  void bind_null_text(int parameter);

  // Before execute(), where the driver can: it is then asked for columns(), name() and kind(), which execute() tells
  // too.
  void describe();
  void execute();
  bool fetch();  // false: there is no further row
  void close();  // drops the rows that were not fetched; to be executed again

  // How many rows the statement that was executed last has changed.
  [[nodiscard]] std::int64_t changed_rows() const;

  [[nodiscard]] int columns() const { return static_cast<int>(columns_.size()); }
  [[nodiscard]] const std::string& name(int column) const { return value(column).name; }
  [[nodiscard]] ColumnKind kind(int column) const { return value(column).kind; }

  // Of the row fetched last; columns count from 0. Views last until the next fetch. NULL is 0 and "".
  [[nodiscard]] bool is_null(int column) const { return value(column).is_null; }
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string_view text(int column) const;  // of binary columns: their bytes

 private:
  struct Parameter {
    std::int64_t integer = 0;
    long indicator = 0;
  };
  struct Column {
    std::string name;
    ColumnKind kind = ColumnKind::kText;
    short type = 0;  // as which it is read
    bool is_null = false;
    std::size_t size = 0;
    std::vector<char> buffer;
    std::string narrow;  // of a wide text
  };

  void bind_integer(int parameter, long indicator);
  void bind_text(int parameter, std::string_view text, short c_type, short sql_type);
  Parameter& bound(int parameter);
  void describe_columns();
  void read(int number, Column& column);
  [[nodiscard]] const Column& value(int column) const { return columns_[static_cast<std::size_t>(column)]; }

  [[noreturn]] void fail_here() const;

  void* handle_ = nullptr;
  Patience* patience_;  // of the connection; nullptr: without an end
  std::vector<Parameter> parameters_;
  std::vector<Column> columns_;
  bool is_described_ = false;
};

}  // namespace vigie::odbc
