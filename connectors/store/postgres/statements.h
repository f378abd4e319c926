#pragma once
// The three sorts of statements on PostgreSQL: whose result is small, whose result a cursor goes through, and those
// that add rows, many at once.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "odbc/odbc.h"
#include "store/postgres/session.h"

namespace vigie::store {

// `?1` and `?` as ODBC has them, and which parameter each stands for.
struct Placed {
  std::string sql;
  std::vector<int> parameters;  // of each `?`, counting from 1
};
Placed placed(std::string_view sql);

// What is bound, until a statement is executed.
class Bound {
 public:
  void set(int parameter, std::int64_t value) { at(parameter) = {Kind::kInteger, value, {}, {}}; }
  void set_text(int parameter, std::string_view text);
  void set_bytes(int parameter, std::string_view bytes) { at(parameter) = {Kind::kBytes, 0, bytes, {}}; }
  void set_null(int parameter) { at(parameter) = {}; }

  void bind_to(odbc::Statement& statement, const std::vector<int>& parameters) const;

 private:
  enum class Kind { kNull, kInteger, kText, kStoredText, kBytes };
  struct Value {
    Kind kind = Kind::kNull;
    std::int64_t integer = 0;
    std::string_view view;
    std::string stored;  // a text that does not go as it is
  };

  Value& at(int parameter);

  std::vector<Value> values_;
};

class PlainStatement : public PreparedStatement {
 public:
  PlainStatement(Session& session, std::string_view sql) : session_(session), placed_(placed(sql)) {}

  void bind(int parameter, std::int64_t value) override { bound_.set(parameter, value); }
  void bind(int parameter, std::string_view text) override { bound_.set_text(parameter, text); }
  void bind_blob(int parameter, std::string_view bytes) override { bound_.set_bytes(parameter, bytes); }
  void bind_null(int parameter) override { bound_.set_null(parameter); }
  bool step() override;
  void reset() override;
  [[nodiscard]] std::int64_t integer(int column) const override { return rows().integer(column); }
  [[nodiscard]] std::string_view view(int column) const override;
  [[nodiscard]] std::string_view blob(int column) const override { return rows().text(column); }
  [[nodiscard]] bool is_null(int column) const override { return rows().is_null(column); }

 protected:
  // Executes `sql`, made when it is first needed, with what is bound.
  void execute(std::unique_ptr<odbc::Statement>& statement, const std::string& sql);

  [[nodiscard]] virtual const odbc::Statement& rows() const { return *statement_; }
  void forget_row() { decoded_.clear(); }

  Session& session_;
  Placed placed_;
  Bound bound_;
  std::unique_ptr<odbc::Statement> statement_;
  bool is_open_ = false;  // executed, and not read to the end

 private:
  mutable std::vector<std::string> decoded_;  // of the columns of this row that did not come as they were
};

class Cursor final : public PlainStatement {
 public:
  Cursor(Session& session, std::string_view sql);
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;
  ~Cursor() override;

  bool step() override;
  void reset() override;

 private:
  [[nodiscard]] const odbc::Statement& rows() const override { return *fetch_; }

  void open();
  void close() noexcept;

  std::string name_;
  std::unique_ptr<odbc::Statement> fetch_;
  std::size_t fetched_ = 0;  // of the piece that was asked for last
};

// A row for each step, of what was bound since the last one: every column, once. Within a transaction they wait until
// there are many; outside of one each is added at once.
class Append final : public PreparedStatement {
 public:
  // types: of the columns, as PostgreSQL names them.
  Append(Session& session, std::string_view table, std::string_view columns, const std::vector<std::string>& types,
         std::string_view or_else);

  void bind(int parameter, std::int64_t value) override;
  void bind(int parameter, std::string_view text) override;
  void bind_blob(int parameter, std::string_view bytes) override;
  void bind_null(int parameter) override;
  bool step() override;
  void reset() override {}
  [[nodiscard]] std::int64_t integer(int /*column*/) const override { return 0; }
  [[nodiscard]] std::string_view view(int /*column*/) const override { return {}; }
  [[nodiscard]] std::string_view blob(int /*column*/) const override { return {}; }
  [[nodiscard]] bool is_null(int /*column*/) const override { return true; }

 private:
  class Rows;

  Session& session_;
  std::shared_ptr<Rows> rows_;
};

}  // namespace vigie::store
