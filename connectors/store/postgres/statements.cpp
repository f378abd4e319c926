#include "store/postgres/statements.h"

#include <algorithm>
#include <charconv>
#include <exception>
#include <utility>

#include "store/postgres/text.h"

namespace vigie::store {
namespace {

constexpr std::size_t kRowsOfPiece = 5000;
constexpr std::size_t kRowsAtOnce = 5000;
constexpr std::size_t kBytesAtOnce = std::size_t{4} << 20;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void append_bytes(std::string& literal, std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  literal += "\"\\\\x";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    literal.append(1, kDigits[byte >> 4]).append(1, kDigits[byte & 15U]);
  }
  literal += '"';
}

}  // namespace

Placed placed(std::string_view sql) {
  Placed result;
  int last = 0;
  while (!sql.empty()) {
    const std::size_t at = std::min(sql.find('?'), sql.size());
    result.sql += sql.substr(0, at);
    sql.remove_prefix(at);
    if (sql.empty()) break;
    result.sql += '?';
    sql.remove_prefix(1);
    int number = 0;
    for (; !sql.empty() && is_digit(sql.front()); sql.remove_prefix(1)) number = number * 10 + (sql.front() - '0');
    last = number == 0 ? last + 1 : number;
    result.parameters.push_back(last);
  }
  return result;
}

Bound::Value& Bound::at(int parameter) {
  const auto index = static_cast<std::size_t>(parameter);
  if (values_.size() < index) values_.resize(index);
  return values_[index - 1];
}

void Bound::set_text(int parameter, std::string_view text) {
  if (is_plain(text))
    at(parameter) = {Kind::kText, 0, text, {}};
  else
    at(parameter) = {Kind::kStoredText, 0, {}, to_stored(text)};
}

void Bound::bind_to(odbc::Statement& statement, const std::vector<int>& parameters) const {
  int place = 0;
  for (const int parameter : parameters) {
    ++place;
    const auto index = static_cast<std::size_t>(parameter - 1);
    static const Value kNothing;
    const Value& value = index < values_.size() ? values_[index] : kNothing;
    switch (value.kind) {
      case Kind::kNull:
        statement.bind_null(place);
        break;
      case Kind::kInteger:
        statement.bind(place, value.integer);
        break;
      case Kind::kText:
        statement.bind(place, value.view);
        break;
      case Kind::kStoredText:
        statement.bind(place, std::string_view(value.stored));
        break;
      case Kind::kBytes:
        statement.bind_bytes(place, value.view);
        break;
    }
  }
}

void PlainStatement::execute(std::unique_ptr<odbc::Statement>& statement, const std::string& sql) {
  session_.send_waiting();
  session_.on_connection([&](odbc::Connection& connection) {
    if (!statement) statement = std::make_unique<odbc::Statement>(connection, sql);
    bound_.bind_to(*statement, placed_.parameters);
    statement->execute();
  });
}

bool PlainStatement::step() {
  if (!is_open_) execute(statement_, placed_.sql);
  forget_row();
  is_open_ = session_.on_connection([&](odbc::Connection& /*connection*/) { return statement_->fetch(); });
  if (!is_open_) statement_->close();
  return is_open_;
}

void PlainStatement::reset() {
  if (is_open_) statement_->close();
  is_open_ = false;
}

std::string_view PlainStatement::view(int column) const {
  const std::string_view stored = rows().text(column);
  if (is_plain_stored(stored)) return stored;
  decoded_.resize(static_cast<std::size_t>(rows().columns()));
  std::string& decoded = decoded_[static_cast<std::size_t>(column)];
  if (decoded.empty()) decoded = from_stored(stored);
  return decoded;
}

Cursor::Cursor(Session& session, std::string_view sql) : PlainStatement(session, sql), name_(session.new_cursor()) {
  placed_.sql.insert(0, "DECLARE " + name_ + " NO SCROLL CURSOR FOR ");
}

Cursor::~Cursor() { close(); }

void Cursor::open() {
  session_.begin_reading();
  is_open_ = true;
  execute(statement_, placed_.sql);
  session_.on_connection([&](odbc::Connection& connection) {
    if (!fetch_)
      fetch_ = std::make_unique<odbc::Statement>(connection,
                                                 "FETCH FORWARD " + std::to_string(kRowsOfPiece) + " FROM " + name_);
    fetch_->execute();
  });
  fetched_ = 0;
}

bool Cursor::step() {
  if (!is_open_) open();
  forget_row();
  for (;;) {
    if (session_.on_connection([&](odbc::Connection& /*connection*/) { return fetch_->fetch(); })) {
      ++fetched_;
      return true;
    }
    if (fetched_ < kRowsOfPiece) {
      close();
      return false;
    }
    fetched_ = 0;
    session_.send_waiting();
    session_.on_connection([&](odbc::Connection& /*connection*/) { fetch_->execute(); });
  }
}

void Cursor::reset() { close(); }

void Cursor::close() noexcept {
  if (!is_open_) return;
  is_open_ = false;
  try {
    if (fetch_) fetch_->close();
    session_.on_connection([&](odbc::Connection& connection) { connection.execute("CLOSE " + name_); });
  } catch (const std::exception&) {  // the transaction it was in failed, or is over: so is the cursor
  }
  session_.end_reading();
}

// Array literals, one for each column.
class Append::Rows final : public Waiting {
 public:
  Rows(Session& session, std::string sql, std::size_t columns)
      : session_(session), sql_(std::move(sql)), literals_(columns) {}

  void add(int column, std::int64_t value) {
    char digits[24];
    literal(column).append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
  }
  void add_text(int column, std::string_view text) { append_text(literal(column), text); }
  void add_bytes(int column, std::string_view bytes) { append_bytes(literal(column), bytes); }
  void add_null(int column) { literal(column) += "NULL"; }

  // Whether the row is the first of those that wait.
  bool end_row() { return ++count_ == 1; }

  [[nodiscard]] bool is_full() const {
    return count_ >= kRowsAtOnce ||
           std::ranges::any_of(literals_, [](const std::string& each) { return each.size() >= kBytesAtOnce; });
  }

  void send() override {
    if (count_ == 0) return;
    count_ = 0;
    session_.on_connection([&](odbc::Connection& connection) {
      if (!statement_) statement_ = std::make_unique<odbc::Statement>(connection, sql_);
      int parameter = 0;
      for (std::string& each : literals_) statement_->bind(++parameter, std::string_view(each += '}'));
      statement_->execute();
    });
    for (std::string& each : literals_) each.clear();
  }

  void drop() override {
    count_ = 0;
    for (std::string& each : literals_) each.clear();
  }

 private:
  std::string& literal(int column) {
    std::string& text = literals_[static_cast<std::size_t>(column - 1)];
    text += text.empty() ? '{' : ',';
    return text;
  }

  Session& session_;
  std::string sql_;
  std::unique_ptr<odbc::Statement> statement_;
  std::vector<std::string> literals_;
  std::size_t count_ = 0;
};

Append::Append(Session& session, std::string_view table, std::string_view columns,
               const std::vector<std::string>& types, std::string_view or_else)
    : session_(session) {
  std::string sql = "INSERT INTO " + std::string(table) + "(" + std::string(columns) + ") SELECT * FROM unnest(";
  for (const std::string& type : types) sql.append(&type == &types.front() ? "?::" : ", ?::").append(type).append("[]");
  sql.append(") ").append(or_else);
  rows_ = std::make_shared<Rows>(session, std::move(sql), types.size());
}

void Append::bind(int parameter, std::int64_t value) { rows_->add(parameter, value); }
void Append::bind(int parameter, std::string_view text) { rows_->add_text(parameter, text); }
void Append::bind_blob(int parameter, std::string_view bytes) { rows_->add_bytes(parameter, bytes); }
void Append::bind_null(int parameter) { rows_->add_null(parameter); }

bool Append::step() {
  const bool is_first = rows_->end_row();
  if (!session_.is_in_transaction() || rows_->is_full())
    rows_->send();
  else if (is_first)
    session_.wait(rows_);
  return false;
}

}  // namespace vigie::store
