#include "store/postgres/session.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "domain/text.h"
#include "error.h"
#include "odbc/connection_string.h"
#include "store/postgres/failure.h"
#include "store/postgres/statements.h"

namespace vigie::store {
namespace {

using std::chrono::milliseconds;

constexpr int kOneTry = 15;  // s
constexpr milliseconds kFirstWait{500};
constexpr std::int64_t kRunLock = 0x56494749;  // the class of its advisory locks

// The driver's, for this program: rows come in pieces by our own cursors, a transaction that failed fails as a whole,
// texts of any length, bytes as bytes.
constexpr std::pair<std::string_view, std::string_view> kDriverOptions[] = {
    {"Protocol", "7.4-0"},         {"UseServerSidePrepare", "1"}, {"UseDeclareFetch", "0"},
    {"ByteaAsLongVarBinary", "1"}, {"MaxVarcharSize", "8190"},    {"MaxLongVarcharSize", "1073741823"},
};

std::string connection_string(const Location& location) {
  std::string text = location.connection;
  if (!location.password.empty()) odbc::append(text, "PWD", location.password);
  for (const auto& [key, value] : kDriverOptions) odbc::append(text, key, value);
  return text;
}

std::unique_ptr<odbc::Connection> connect(const Location& location, const std::string& place, int patience) {
  const std::string text = connection_string(location);
  milliseconds left = std::chrono::seconds(patience);
  for (milliseconds wait = kFirstWait;; wait *= 2) try {
      return std::make_unique<odbc::Connection>(text, kOneTry);
    } catch (const odbc::Error& error) {
      if (left <= milliseconds::zero() || !may_pass(error)) fail_to_connect(error, place);
      wait = std::min(wait, left);
      left -= wait;
      std::this_thread::sleep_for(wait);
    }
}

// FNV-1a: what the server knows a schema's lock by must not change between programs.
std::int32_t key_of(std::string_view schema) {
  std::uint32_t hash = 2166136261U;
  for (const char c : schema) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return static_cast<std::int32_t>(hash & 0x7fffffffU);
}

}  // namespace

Session::Session(const Location& location, int patience)
    : location_(location), place_("the store " + location.name()), connection_(connect(location, place_, patience)) {
  std::string encoding;
  try {
    odbc::Statement ask(*connection_, "SHOW server_encoding");
    ask.execute();
    if (ask.fetch()) encoding = ask.text(0);
  } catch (const odbc::Error&) {
    throw StoreError(place_ + " is no PostgreSQL database: check store.connection");
  }
  if (encoding != "UTF8")
    throw StoreError(place_ + " is encoded in " + encoding + ": make a database with ENCODING 'UTF8'");
  execute(
      "SET client_encoding TO 'UTF8'; SET client_min_messages TO warning; SET lock_timeout TO '10s'; "
      "SET tcp_keepalives_idle TO 60; SET tcp_keepalives_interval TO 15; SET tcp_keepalives_count TO 4");
  auto set = prepare("SELECT set_config('search_path', ?, false), set_config('application_name', ?, false)");
  set->bind(1, std::string_view(location.schema));
  set->bind(2, std::string_view(location.session));
  set->step();
}

Session::~Session() = default;

// Of a connection that is gone the driver does not always say so.
void Session::report(const odbc::Error& error) const {
  is_spoilt_ = explicit_;
  if (connection_->is_lost()) fail(odbc::Error("08S01", error.what()), place_);
  fail(error, place_);
}

int Session::version() const {
  return on_connection([&](odbc::Connection& connection) {
    odbc::Statement tables(connection,
                           "SELECT count(*), count(*) FILTER (WHERE relname = 'meta') FROM pg_class WHERE relkind IN "
                           "('r', 'p', 'v', 'm') AND relnamespace = CASE WHEN current_schema() LIKE 'pg\\_temp%' THEN "
                           "pg_my_temp_schema() ELSE to_regnamespace(current_setting('search_path')) END");
    tables.execute();
    tables.fetch();
    if (tables.integer(0) == 0) return 0;
    if (tables.integer(1) == 0)
      throw StoreError(place_ + " is another program's: check store.connection and store.schema");
    odbc::Statement version(connection, "SELECT value FROM meta WHERE name = 'version'");
    version.execute();
    return version.fetch() ? static_cast<int>(version.integer(0)) : 0;
  });
}

void Session::set_version(int version) {
  auto set = prepare(
      "INSERT INTO meta(name, value) VALUES ('version', ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value");
  set->bind(1, std::int64_t{version});
  set->step();
}

std::unique_ptr<PreparedStatement> Session::prepare(std::string_view sql) {
  return std::make_unique<PlainStatement>(*this, sql);
}

std::unique_ptr<PreparedStatement> Session::prepare_large(std::string_view sql) {
  return std::make_unique<Cursor>(*this, sql);
}

std::unique_ptr<PreparedStatement> Session::prepare_append(std::string_view table, std::string_view columns,
                                                           std::string_view or_else) {
  return std::make_unique<Append>(*this, table, columns, types_of(table, columns), or_else);
}

std::vector<std::string> Session::types_of(std::string_view table, std::string_view columns) {
  auto& types = types_[std::string(table)];
  if (types.empty()) {
    auto rows = prepare(
        "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = to_regclass(?) AND attnum > 0");
    rows->bind(1, table);
    while (rows->step()) types.emplace(rows->view(0), rows->view(1));
  }
  std::vector<std::string> found;
  while (!columns.empty()) {
    const std::size_t comma = std::min(columns.find(','), columns.size());
    found.push_back(types[std::string(trim(columns.substr(0, comma)))]);
    columns.remove_prefix(std::min(comma + 1, columns.size()));
  }
  return found;
}

void Session::execute(const std::string& sql) {
  send_waiting();
  on_connection([&](odbc::Connection& connection) { connection.execute(sql); });
}

std::vector<std::int64_t> Session::new_ids(std::string_view table, std::size_t count) {
  std::vector<std::int64_t> ids;
  ids.reserve(count);
  auto rows = prepare_large("SELECT nextval(pg_get_serial_sequence(?, 'id')) FROM generate_series(1, ?)");
  rows->bind(1, table);
  rows->bind(2, static_cast<std::int64_t>(count));
  while (rows->step()) ids.push_back(rows->integer(0));
  return ids;
}

void Session::begin() {
  if (readers_ == 0) on_connection([](odbc::Connection& connection) { connection.begin(); });
  explicit_ = true;
  is_spoilt_ = false;
}

void Session::commit() {
  send_waiting();
  if (is_spoilt_)
    throw StoreError(place_ + " refused a statement: all that went with it is undone; run again, and report it");
  on_connection([](odbc::Connection& connection) { connection.commit(); });
  explicit_ = false;
}

void Session::rollback() noexcept {
  for (const auto& rows : waiting_) rows->drop();
  waiting_.clear();
  explicit_ = false;
  try {
    connection_->rollback();
  } catch (const odbc::Error&) {  // the server does it by itself
  }
}

// Until the server has counted them, it takes full tables for empty ones.
void Session::end_filling() {
  auto tables = prepare("SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables WHERE schemaname = ?");
  tables->bind(1, std::string_view(location_.schema));
  if (tables->step() && !tables->is_null(0)) execute("ANALYZE " + std::string(tables->view(0)));
}

bool Session::ask(std::string_view function, std::int64_t lock_class, std::int64_t number) {
  auto ask = prepare("SELECT CASE WHEN " + std::string(function) +
                     "(CAST(? AS integer), CAST(? AS integer)) THEN 1 ELSE 0 END");
  ask->bind(1, lock_class);
  ask->bind(2, number);
  ask->step();
  return ask->integer(0) == 1;
}

bool Session::lock() {
  if (!ask("pg_try_advisory_lock", kRunLock, key_of(location_.schema))) return false;
  lock_ = Lock::kAlone;
  return true;
}

bool Session::lock_shared() {
  if (!ask("pg_try_advisory_lock_shared", kRunLock, key_of(location_.schema))) return false;
  lock_ = Lock::kShared;
  return true;
}

void Session::require_alone() const {
  if (lock_ == Lock::kShared)
    throw BusyError(place_ +
                    " must be brought up to date while nobody else works on it, and is locked by another process");
}

// Who asks for it alone meanwhile is turned away, as by either lock.
void Session::let_others_in() {
  if (lock_ != Lock::kAlone || !lock_shared()) return;
  ask("pg_advisory_unlock", kRunLock, key_of(location_.schema));
}

std::optional<std::string> Session::lock_holder() { return holder(kRunLock, key_of(location_.schema)); }

std::optional<std::string> Session::holder(std::int64_t lock_class, std::int64_t number) {
  auto find = prepare(
      "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = "
      "'advisory' AND l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND "
      "CAST(l.classid AS bigint) = ? AND CAST(l.objid AS bigint) = ? ORDER BY a.backend_start LIMIT 1");
  find->bind(1, lock_class);
  find->bind(2, number);
  if (!find->step()) return std::nullopt;
  return std::string(find->view(0));
}

std::int64_t Session::class_of(Claim what) const {
  return key_of(location_.schema + '/' + std::to_string(static_cast<int>(what)));
}

// What holds no lock of the store, a private copy, has it to itself.
bool Session::claim(Claim what, std::int64_t number) {
  return lock_ == Lock::kNone || ask("pg_try_advisory_lock", class_of(what), number);
}

void Session::release(Claim what, std::int64_t number) {
  if (lock_ != Lock::kNone) ask("pg_advisory_unlock", class_of(what), number);
}

std::optional<std::string> Session::claimed_by(Claim what, std::int64_t number) {
  return holder(class_of(what), number);
}

void Session::begin_reading() {
  if (!explicit_ && readers_ == 0) on_connection([](odbc::Connection& connection) { connection.begin(); });
  ++readers_;
}

void Session::end_reading() noexcept {
  if (--readers_ > 0 || explicit_) return;
  try {
    connection_->commit();
  } catch (const odbc::Error&) {  // nothing was written
  }
}

void Session::wait(const std::shared_ptr<Waiting>& rows) { waiting_.push_back(rows); }

void Session::send_waiting() {
  for (const auto& rows : std::exchange(waiting_, {})) rows->send();
}

}  // namespace vigie::store
