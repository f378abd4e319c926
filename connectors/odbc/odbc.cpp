#include "odbc/odbc.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <utility>

#include <sql.h>
#include <sqlext.h>
#include <sqlucode.h>

#include "odbc/patience.h"
#include "odbc/utf16.h"

namespace vigie::odbc {
namespace {

constexpr std::size_t kFirstBuffer = 256;

bool good(SQLRETURN code) { return SQL_SUCCEEDED(code); }

SQLCHAR* characters(std::string_view text) {
  // ODBC's input texts are not const; no driver changes them.
  return const_cast<SQLCHAR*>(reinterpret_cast<const SQLCHAR*>(text.data()));
}

// While it lives, an answer is waited for.
class Waiting {
 public:
  explicit Waiting(Patience* patience) : patience_(patience) {
    if (patience_ != nullptr) patience_->asked();
  }
  ~Waiting() {
    if (patience_ != nullptr) patience_->answered();
  }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

 private:
  Patience* patience_;
};

// `patience`: of the connection; what comes after it is over is its doing.
[[noreturn]] void fail(SQLSMALLINT kind, SQLHANDLE handle, const Patience* patience = nullptr) {
  if (patience != nullptr && patience->is_over()) throw Error("HYT00", "the database does not answer in time");
  std::string state;
  std::string words;
  std::array<SQLCHAR, 6> code{};
  std::array<SQLCHAR, 1024> text{};
  for (SQLSMALLINT record = 1;; ++record) {
    SQLINTEGER native = 0;
    SQLSMALLINT size = 0;
    if (!good(SQLGetDiagRec(kind, handle, record, code.data(), &native, text.data(), text.size(), &size))) break;
    if (state.empty()) state = reinterpret_cast<const char*>(code.data());
    words.append(words.empty() ? "" : "; ").append(reinterpret_cast<const char*>(text.data()));
  }
  throw Error(std::move(state), words.empty() ? "the driver does not say why" : words);
}

ColumnKind kind_of(SQLSMALLINT type) {
  switch (type) {
    case SQL_NUMERIC:
    case SQL_DECIMAL:
    case SQL_REAL:
    case SQL_FLOAT:
    case SQL_DOUBLE:
      return ColumnKind::kNumber;
    case SQL_TYPE_TIMESTAMP:
    case SQL_TIMESTAMP:
      return ColumnKind::kMoment;
    default:
      return ColumnKind::kText;
  }
}

SQLSMALLINT type_to_read(SQLSMALLINT type) {
  switch (type) {
    case SQL_BINARY:
    case SQL_VARBINARY:
    case SQL_LONGVARBINARY:
      return SQL_C_BINARY;
    case SQL_WCHAR:
    case SQL_WVARCHAR:
    case SQL_WLONGVARCHAR:
      return SQL_C_WCHAR;
    default:
      return SQL_C_CHAR;
  }
}

}  // namespace

Connection::Connection(const std::string& connection_string, int seconds) {
  const auto alone = Patience::connecting();
  connect(connection_string, seconds);
}

Connection::Connection(const std::string& connection_string, int seconds, int answer_seconds) {
  const auto alone = Patience::connecting();
  patience_ = std::make_unique<Patience>(seconds);
  connect(connection_string, seconds);
  patience_->connected(answer_seconds);
}

void Connection::connect(const std::string& connection_string, int seconds) {
  if (!good(SQLAllocHandle(SQL_HANDLE_ENV, SQL_NULL_HANDLE, &environment_))) throw Error("", "unixODBC cannot be used");
  SQLSetEnvAttr(environment_, SQL_ATTR_ODBC_VERSION, reinterpret_cast<SQLPOINTER>(SQL_OV_ODBC3), 0);
  const auto give_up = [&](SQLSMALLINT kind, SQLHANDLE handle) {
    try {
      fail(kind, handle, patience_.get());
    } catch (...) {
      if (handle_ != nullptr) SQLFreeHandle(SQL_HANDLE_DBC, handle_);
      SQLFreeHandle(SQL_HANDLE_ENV, environment_);
      throw;
    }
  };
  if (!good(SQLAllocHandle(SQL_HANDLE_DBC, environment_, &handle_))) give_up(SQL_HANDLE_ENV, environment_);
  SQLSetConnectAttr(handle_, SQL_ATTR_LOGIN_TIMEOUT, reinterpret_cast<SQLPOINTER>(static_cast<std::intptr_t>(seconds)),
                    0);
  if (!good(SQLDriverConnect(handle_, nullptr, characters(connection_string), SQL_NTS, nullptr, 0, nullptr,
                             SQL_DRIVER_NOPROMPT)))
    give_up(SQL_HANDLE_DBC, handle_);
}

Connection::~Connection() {
  const Waiting waiting(patience_.get());
  if (in_transaction_) SQLEndTran(SQL_HANDLE_DBC, handle_, SQL_ROLLBACK);
  SQLDisconnect(handle_);
  SQLFreeHandle(SQL_HANDLE_DBC, handle_);
  SQLFreeHandle(SQL_HANDLE_ENV, environment_);
}

void Connection::execute(std::string_view sql) {
  const Waiting waiting(patience_.get());
  SQLHANDLE statement = nullptr;
  if (!good(SQLAllocHandle(SQL_HANDLE_STMT, handle_, &statement))) fail(SQL_HANDLE_DBC, handle_, patience_.get());
  const SQLRETURN code = SQLExecDirect(statement, characters(sql), static_cast<SQLINTEGER>(sql.size()));
  if (good(code) || code == SQL_NO_DATA) {
    SQLFreeHandle(SQL_HANDLE_STMT, statement);
    return;
  }
  try {
    fail(SQL_HANDLE_STMT, statement, patience_.get());
  } catch (...) {
    SQLFreeHandle(SQL_HANDLE_STMT, statement);
    throw;
  }
}

void Connection::set_autocommit(bool on) {
  const auto value = static_cast<std::intptr_t>(on ? SQL_AUTOCOMMIT_ON : SQL_AUTOCOMMIT_OFF);
  if (!good(SQLSetConnectAttr(handle_, SQL_ATTR_AUTOCOMMIT, reinterpret_cast<SQLPOINTER>(value), 0)))
    fail(SQL_HANDLE_DBC, handle_, patience_.get());
}

void Connection::begin() {
  set_autocommit(false);
  in_transaction_ = true;
}

bool Connection::is_lost() const {
  if (patience_ && patience_->is_over()) return true;
  SQLUINTEGER dead = SQL_CD_FALSE;
  return good(SQLGetConnectAttr(handle_, SQL_ATTR_CONNECTION_DEAD, &dead, 0, nullptr)) && dead == SQL_CD_TRUE;
}

std::string Connection::database() const {
  std::array<char, 128> text{};
  SQLSMALLINT size = 0;
  if (!good(SQLGetInfo(handle_, SQL_DBMS_NAME, text.data(), text.size(), &size))) return {};
  return text.data();
}

void Connection::commit() { end(SQL_COMMIT); }

void Connection::rollback() { end(SQL_ROLLBACK); }

void Connection::end(short how) {
  const Waiting waiting(patience_.get());
  in_transaction_ = false;
  if (!good(SQLEndTran(SQL_HANDLE_DBC, handle_, how))) fail(SQL_HANDLE_DBC, handle_, patience_.get());
  set_autocommit(true);
}

Statement::Statement(const Connection& connection, std::string_view sql) : patience_(connection.patience_.get()) {
  const Waiting waiting(patience_);
  if (!good(SQLAllocHandle(SQL_HANDLE_STMT, connection.handle_, &handle_)))
    fail(SQL_HANDLE_DBC, connection.handle_, patience_);
  if (good(SQLPrepare(handle_, characters(sql), static_cast<SQLINTEGER>(sql.size())))) return;
  try {
    fail_here();
  } catch (...) {
    SQLFreeHandle(SQL_HANDLE_STMT, handle_);
    throw;
  }
}

void Statement::fail_here() const { fail(SQL_HANDLE_STMT, handle_, patience_); }

Statement::~Statement() { SQLFreeHandle(SQL_HANDLE_STMT, handle_); }

Statement::Parameter& Statement::bound(int parameter) {
  // The driver keeps their addresses: there are never more than room was made for at once.
  constexpr std::size_t kMost = 64;
  parameters_.reserve(kMost);
  const auto count = static_cast<std::size_t>(parameter);
  if (count > kMost) throw Error("07009", "a statement of more than 64 parameters");
  if (parameters_.size() < count) parameters_.resize(count);
  return parameters_[count - 1];
}

void Statement::bind(int parameter, std::int64_t value) {
  bound(parameter).integer = value;
  bind_integer(parameter, 0);
}

void Statement::bind_null(int parameter) { bind_integer(parameter, SQL_NULL_DATA); }

void Statement::bind_null_text(int parameter) {
  bind(parameter, std::string_view());
  bound(parameter).indicator = SQL_NULL_DATA;
}

void Statement::bind_integer(int parameter, long indicator) {
  Parameter& value = bound(parameter);
  value.indicator = indicator;
  if (!good(SQLBindParameter(handle_, static_cast<SQLUSMALLINT>(parameter), SQL_PARAM_INPUT, SQL_C_SBIGINT, SQL_BIGINT,
                             0, 0, &value.integer, 0, &value.indicator)))
    fail_here();
}

void Statement::bind(int parameter, std::string_view text) { bind_text(parameter, text, SQL_C_CHAR, SQL_LONGVARCHAR); }

void Statement::bind_bytes(int parameter, std::string_view bytes) {
  bind_text(parameter, bytes, SQL_C_BINARY, SQL_LONGVARBINARY);
}

void Statement::bind_text(int parameter, std::string_view text, short c_type, short sql_type) {
  Parameter& value = bound(parameter);
  value.indicator = static_cast<long>(text.size());
  if (!good(SQLBindParameter(handle_, static_cast<SQLUSMALLINT>(parameter), SQL_PARAM_INPUT, c_type, sql_type,
                             std::max<std::size_t>(text.size(), 1), 0,
                             text.empty() ? characters(" ") : characters(text), static_cast<SQLLEN>(text.size()),
                             &value.indicator)))
    fail_here();
}

void Statement::describe() {
  const Waiting waiting(patience_);
  describe_columns();
}

void Statement::execute() {
  const Waiting waiting(patience_);
  close();
  const SQLRETURN code = SQLExecute(handle_);
  if (!good(code) && code != SQL_NO_DATA) fail_here();
  if (!is_described_) describe_columns();
}

void Statement::close() { SQLFreeStmt(handle_, SQL_CLOSE); }

void Statement::describe_columns() {
  SQLSMALLINT count = 0;
  if (!good(SQLNumResultCols(handle_, &count))) fail_here();
  columns_.assign(static_cast<std::size_t>(count), {});
  for (SQLSMALLINT i = 0; i < count; ++i) {
    std::array<SQLCHAR, 1024> name{};
    SQLSMALLINT size = 0;
    SQLSMALLINT type = 0;
    if (!good(SQLDescribeCol(handle_, static_cast<SQLUSMALLINT>(i + 1), name.data(), name.size(), &size, &type, nullptr,
                             nullptr, nullptr)))
      fail_here();
    Column& column = columns_[static_cast<std::size_t>(i)];
    column.name = reinterpret_cast<const char*>(name.data());
    column.kind = kind_of(type);
    column.type = type_to_read(type);
    column.buffer.resize(kFirstBuffer);
  }
  // Some drivers know of no columns before the statement is executed.
  is_described_ = count > 0;
}

std::int64_t Statement::changed_rows() const {
  SQLLEN count = 0;
  if (!good(SQLRowCount(handle_, &count))) fail_here();
  return count;
}

bool Statement::fetch() {
  if (columns_.empty()) return false;
  const Waiting waiting(patience_);
  const SQLRETURN code = SQLFetch(handle_);
  if (code == SQL_NO_DATA) return false;
  if (!good(code)) fail_here();
  int number = 0;
  for (Column& column : columns_) read(++number, column);
  return true;
}

// A value that does not fit comes in pieces: each fills the buffer, but for a text's closing NUL.
void Statement::read(int number, Column& column) {
  const std::size_t closing = column.type == SQL_C_CHAR ? 1 : column.type == SQL_C_WCHAR ? sizeof(SQLWCHAR) : 0;
  column.size = 0;
  for (;;) {
    const std::size_t room = column.buffer.size() - column.size;
    SQLLEN indicator = 0;
    const SQLRETURN code = SQLGetData(handle_, static_cast<SQLUSMALLINT>(number), column.type,
                                      column.buffer.data() + column.size, static_cast<SQLLEN>(room), &indicator);
    if (code == SQL_NO_DATA) break;
    if (!good(code)) fail_here();
    column.is_null = indicator == SQL_NULL_DATA;
    if (column.is_null) return;
    const bool whole = indicator != SQL_NO_TOTAL && static_cast<std::size_t>(indicator) + closing <= room;
    if (whole) {
      column.size += static_cast<std::size_t>(indicator);
      break;
    }
    column.size += room - closing;
    const std::size_t left = indicator == SQL_NO_TOTAL ? 0 : static_cast<std::size_t>(indicator) - (room - closing);
    column.buffer.resize(std::max(column.buffer.size() * 2, column.size + left + closing));
  }
  if (column.type != SQL_C_WCHAR) return;
  std::vector<std::uint16_t> units(column.size / sizeof(SQLWCHAR));
  if (!units.empty()) std::memcpy(units.data(), column.buffer.data(), units.size() * sizeof(SQLWCHAR));
  column.narrow = from_utf16(units);
}

std::int64_t Statement::integer(int column) const {
  const std::string_view digits = text(column);
  std::int64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

std::string_view Statement::text(int column) const {
  const Column& found = value(column);
  if (found.is_null) return {};
  if (found.type == SQL_C_WCHAR) return found.narrow;
  return {found.buffer.data(), found.size};
}

}  // namespace vigie::odbc
