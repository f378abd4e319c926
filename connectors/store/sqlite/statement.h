#pragma once
// Prepared statements of SQLite. What it refuses ends as failure.h says.

#include <string_view>

#include "store/database.h"

struct sqlite3;
struct sqlite3_stmt;

namespace vigie::store {

class SqliteStatement final : public PreparedStatement {
 public:
  // Once a large one is done, the pages that it went through are given back.
  enum class Result { kOrdinary, kLarge };
  SqliteStatement(sqlite3* connection, std::string_view sql, Result result = Result::kOrdinary);
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;
  ~SqliteStatement() override;

  void bind(int parameter, std::int64_t value) override;
  void bind(int parameter, std::string_view text) override;
  void bind_blob(int parameter, std::string_view bytes) override;
  void bind_null(int parameter) override;
  bool step() override;
  void reset() override;
  [[nodiscard]] std::int64_t integer(int column) const override;
  [[nodiscard]] std::string_view view(int column) const override;
  [[nodiscard]] std::string_view blob(int column) const override;
  [[nodiscard]] bool is_null(int column) const override;

 private:
  void check(int code) const;

  sqlite3* connection_;
  sqlite3_stmt* statement_ = nullptr;
  Result result_;
};

}  // namespace vigie::store
