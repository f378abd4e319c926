#include "store/store.h"

#include <filesystem>
#include <random>
#include <sys/stat.h>

#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/SQLite/SQLiteException.h>
#include <Poco/Data/SQLite/Utility.h>
#include <Poco/Data/Session.h>
#include <Poco/Exception.h>
#include <sqlite3.h>

#include "error.h"
#include "store/schema.h"

namespace vigie::store {
namespace {

constexpr int kBusyTimeout = 10'000;  // ms
constexpr int kLongLog = 100'000;     // pages of 4 kB
constexpr std::size_t kOneTry = 0;    // s; Poco tries again until then to open what cannot be opened

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
  static const bool registered = [] {
    Poco::Data::SQLite::Connector::registerConnector();
    return true;
  }();
  static_cast<void>(registered);
}

// Where to open, for the kind of opening. Throws where lists would find nothing.
std::string place(const std::string& path, Opening opening) {
  std::error_code ignored;
  const bool there = std::filesystem::exists(path, ignored);
  if (!there && opening == Opening::kRehearse) return ":memory:";
  if (!there && opening == Opening::kExisting)
    throw StoreError("no store at " + path + " yet; import a drop first: vigie run");
  return path;
}

std::int64_t draw_seed() {
  std::random_device device;
  return static_cast<std::int64_t>((std::uint64_t{device()} << 32) | device());
}

}  // namespace

Store::Store(const std::string& path, Opening opening) : rehearsal_(opening == Opening::kRehearse) {
  register_connector();
  const std::string file = place(path, opening);
  try {
    {
      const PrivateFiles files;
      session_ = std::make_unique<Poco::Data::Session>(Poco::Data::SQLite::Connector::KEY, file, kOneTry);
      connection_ = Poco::Data::SQLite::Utility::dbHandle(*session_);
      sqlite3_busy_timeout(connection_, kBusyTimeout);
      set_journal("WAL");
    }
    execute("PRAGMA synchronous = FULL");
    execute("PRAGMA cache_size = -131072");
    execute("PRAGMA temp_store = MEMORY");
    execute("PRAGMA wal_autocheckpoint = " + std::to_string(kLongLog));
    if (rehearsal_) execute("BEGIN IMMEDIATE");
    migrate();
  } catch (const StoreError& error) {
    throw StoreError("the store " + path + ": " + error.what());
  } catch (const Poco::Exception& error) {
    throw StoreError("the store " + path + " cannot be opened: " + error.displayText() +
                     "; check store.connection, its folder and its owner");
  }
}

Store::~Store() {
  if (rehearsal_ && connection_ != nullptr) sqlite3_exec(connection_, "ROLLBACK", nullptr, nullptr, nullptr);
}

void Store::execute(const std::string& sql) const {
  if (sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return;
  throw StoreError(std::string("the store refused a statement: ") + sqlite3_errmsg(connection_) +
                   "; check the disk's free space and the file's owner (store.connection)");
}

void Store::migrate() const {
  auto version_of = prepare("PRAGMA user_version");
  version_of.step();
  const int version = version_of.small(0);
  version_of.reset();
  const auto steps = migrations();
  if (version > static_cast<int>(steps.size()))
    throw StoreError("its schema has version " + std::to_string(version) + ", newer than this program's " +
                     std::to_string(steps.size()) + "; install the program that wrote it, or a newer one");
  for (std::size_t step = static_cast<std::size_t>(version); step < steps.size(); ++step) {
    Transaction transaction(*this);
    execute(steps[step]);
    if (step == 0) prepare("INSERT INTO meta VALUES ('seed', ?)").with(draw_seed()).run();
    execute("PRAGMA user_version = " + std::to_string(step + 1));
    transaction.commit();
  }
}

SourceNumber Store::source(std::string_view name) const {
  auto find = prepare("SELECT id FROM source WHERE name = ?");
  if (find.with(name).step()) return find.integer(0);
  prepare("INSERT INTO source(name) VALUES (?)").with(name).run();
  return last_inserted();
}

std::uint64_t Store::seed() const {
  auto find = prepare("SELECT value FROM meta WHERE name = 'seed'");
  find.step();
  return static_cast<std::uint64_t>(find.integer(0));
}

// A rollback journal holds the pages that were there before: of an empty store, almost none.
void Store::begin_filling() const { set_journal("DELETE"); }

void Store::end_filling() const { set_journal("WAL"); }

void Store::checkpoint() const {
  if (!rehearsal_) sqlite3_wal_checkpoint_v2(connection_, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

void Store::set_journal(std::string_view mode) const {
  if (rehearsal_) return;
  sqlite3_busy_timeout(connection_, 0);
  sqlite3_exec(connection_, ("PRAGMA journal_mode = " + std::string(mode)).c_str(), nullptr, nullptr, nullptr);
  sqlite3_busy_timeout(connection_, kBusyTimeout);
}

std::int64_t Store::last_inserted() const { return sqlite3_last_insert_rowid(connection_); }

// Within a rehearsal's one transaction, an inner one is a savepoint, so that what fails is undone all the same.
Transaction::Transaction(const Store& store) : store_(store) {
  store_.execute(store_.rehearsal_ ? "SAVEPOINT inner" : "BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  if (!open_) return;
  const char* undo = store_.rehearsal_ ? "ROLLBACK TO inner" : "ROLLBACK";
  sqlite3_exec(store_.connection_, undo, nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  store_.execute(store_.rehearsal_ ? "RELEASE inner" : "COMMIT");
  open_ = false;
}

}  // namespace vigie::store
