#include "store/sqlite/connection.h"

#include <filesystem>
#include <sys/stat.h>

#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/SQLite/Utility.h>
#include <Poco/Data/Session.h>
#include <Poco/Exception.h>
#include <sqlite3.h>

#include "store/sqlite/failure.h"

namespace vigie::store {
namespace {

namespace fs = std::filesystem;

constexpr int kBusyTimeout = 10'000;  // ms
constexpr std::size_t kOneTry = 0;    // s; Poco tries again until then to open what cannot be opened
constexpr int kAllPages = -1;

// Personal data: as long as this lives, files are made readable by the owner and the group only.
class PrivateFiles {
 public:
  PrivateFiles() : before_(::umask(0027)) {}
  ~PrivateFiles() { ::umask(before_); }
  PrivateFiles(const PrivateFiles&) = delete;
  PrivateFiles& operator=(const PrivateFiles&) = delete;

 private:
  mode_t before_;
};

void register_connector() {
  static const bool kRegistered = [] {
    Poco::Data::SQLite::Connector::registerConnector();
    return true;
  }();
  static_cast<void>(kRegistered);
}

// Where SQLite puts what a private database cannot hold in memory; elsewhere, where it may not write there.
void keep_temporary_files_beside(const std::string& path) {
  const std::string folder = fs::absolute(path).parent_path().string();
  sqlite3_free(sqlite3_temp_directory);
  sqlite3_temp_directory = sqlite3_mprintf("%s", folder.c_str());
}

}  // namespace

Connection::Connection(const std::string& file) {
  register_connector();
  try {
    const PrivateFiles files;
    session_ = std::make_unique<Poco::Data::Session>(Poco::Data::SQLite::Connector::KEY, file, kOneTry);
    handle_ = Poco::Data::SQLite::Utility::dbHandle(*session_);
  } catch (const Poco::Exception&) {
    fail(SQLITE_CANTOPEN, "the store " + file);
  }
  sqlite3_busy_timeout(handle_, kBusyTimeout);
  execute("PRAGMA cache_size = -16384");
  execute("PRAGMA temp_store = MEMORY");
}

Connection Connection::to_write(const std::string& path) {
  Connection connection(path);
  {
    const PrivateFiles files;
    connection.set_journal("WAL");
  }
  connection.execute("PRAGMA synchronous = FULL");
  connection.execute("PRAGMA wal_autocheckpoint = 100000");
  return connection;
}

Connection Connection::to_read(const std::string& path) {
  Connection connection(path);
  connection.execute("PRAGMA query_only = ON");
  connection.only_reads_ = true;
  return connection;
}

Connection Connection::in_private(const std::string& path) {
  keep_temporary_files_beside(path);
  Connection connection("");
  connection.execute("PRAGMA synchronous = OFF");
  return connection;
}

Connection Connection::copy_of(const Connection& store) {
  Connection copy = in_private(sqlite3_db_filename(store.handle(), "main"));
  copy.take_over(store);
  return copy;
}

Connection Connection::copy_to(const std::string& path, const Connection& store) {
  Connection copy(path);
  copy.take_over(store);
  return copy;
}

void Connection::take_over(const Connection& store) const {
  const PrivateFiles files;
  sqlite3_backup* backup = sqlite3_backup_init(handle_, "main", store.handle(), "main");
  if (backup == nullptr) fail(handle_);
  const int code = sqlite3_backup_step(backup, kAllPages);
  sqlite3_backup_finish(backup);
  if (code != SQLITE_DONE) fail(code, place_of(code == SQLITE_FULL ? handle_ : store.handle()));
}

Connection::Connection(Connection&&) noexcept = default;

// The last to close a store writes its log into the file: no business of who only reads. A log without content is
// cleared away.
Connection::~Connection() {
  if (!session_ || !only_reads_) return;
  std::error_code ignored;
  const fs::path log = sqlite3_filename_wal(sqlite3_db_filename(handle_, "main"));
  if (fs::exists(log, ignored) && !fs::is_empty(log, ignored))
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

void Connection::execute(const std::string& sql) const {
  if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(handle_);
}

void Connection::set_journal(const std::string& mode) const {
  sqlite3_busy_timeout(handle_, 0);
  sqlite3_exec(handle_, ("PRAGMA journal_mode = " + mode).c_str(), nullptr, nullptr, nullptr);
  sqlite3_busy_timeout(handle_, kBusyTimeout);
}

}  // namespace vigie::store
