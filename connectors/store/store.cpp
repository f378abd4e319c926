#include "store/store.h"

#include <cerrno>
#include <filesystem>
#include <random>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <sqlite3.h>

#include "error.h"
#include "store/failure.h"
#include "store/schema.h"

namespace vigie::store {
namespace {

namespace fs = std::filesystem;

std::int64_t draw_seed() {
  std::random_device device;
  return static_cast<std::int64_t>((std::uint64_t{device()} << 32) | device());
}

int newest_version() { return static_cast<int>(migrations().size()); }

[[noreturn]] void refuse_as_missing(const std::string& path) {
  throw NoStoreError("no store at " + path + " yet; import a drop first: vigie run");
}

// Of the schema; 0 where nothing was stored yet. Throws for what is no store of this program.
int version_of(const Connection& connection) {
  Statement tables(connection.handle(), "SELECT count(*), count(*) FILTER (WHERE name = 'meta') FROM sqlite_master");
  tables.step();
  if (tables.integer(0) > 0 && tables.integer(1) == 0)
    throw StoreError(place_of(connection.handle()) + " is another program's database: check store.connection");
  Statement version(connection.handle(), "PRAGMA user_version");
  version.step();
  if (version.small(0) > newest_version())
    throw StoreError(place_of(connection.handle()) + ": its schema has version " + std::to_string(version.small(0)) +
                     ", newer than this program's " + std::to_string(newest_version()) +
                     "; install the program that wrote it, or a newer one");
  return version.small(0);
}

Connection open(const std::string& path, Opening opening) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) {
    if (opening == Opening::kWrite) return Connection::to_write(path);
    if (opening == Opening::kRehearse) return Connection::in_private(path);
    refuse_as_missing(path);
  }
  Connection found = Connection::to_read(path);
  const int version = version_of(found);
  if (opening == Opening::kWrite) return Connection::to_write(path);
  if (opening == Opening::kRehearse) return Connection::copy_of(found);
  if (version == 0) refuse_as_missing(path);
  if (opening == Opening::kChange) return Connection::to_write(path);
  const bool reads_it = opening == Opening::kExisting && version == newest_version();
  return reads_it ? std::move(found) : Connection::copy_of(found);
}

// What this account may not do with a file or folder; empty: it may do all.
std::string obstacle(const fs::path& place, int rights) {
  if (::access(place.c_str(), rights) == 0) return {};
  return std::generic_category().message(errno);
}

}  // namespace

void require_writable(const std::string& path) {
  const fs::path file = fs::absolute(path);
  const std::string begin = "the store " + path + " cannot be reached: ";
  std::error_code ignored;
  if (fs::is_directory(file, ignored)) throw StoreError(begin + "it is a folder; name a file in store.connection");
  if (const std::string reason = obstacle(file.parent_path() / ".", R_OK | W_OK | X_OK); !reason.empty())
    throw StoreError(begin + "its folder: " + reason +
                     "; make the folder, check its owner, or correct store.connection");
  for (const char* suffix : {"", "-wal", "-shm", "-journal", ".lock"}) {
    const fs::path each = file.string() + suffix;
    if (!fs::exists(each, ignored)) continue;
    if (const std::string reason = obstacle(each, R_OK | W_OK); !reason.empty())
      throw StoreError(begin + each.string() + ": " + reason +
                       "; check its owner: was a command run under another account?");
  }
}

void require_existing(const std::string& path) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) refuse_as_missing(path);
}

Store::Store(const std::string& path, Opening opening) : connection_(open(path, opening)) { migrate(); }

void Store::migrate() const {
  const auto steps = migrations();
  for (auto step = static_cast<std::size_t>(version_of(connection_)); step < steps.size(); ++step) {
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
void Store::begin_filling() const { connection_.set_journal("DELETE"); }

void Store::end_filling() const { connection_.set_journal("WAL"); }

void Store::checkpoint() const {
  sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

void Store::require_in_place() const {
  int moved = 0;
  sqlite3_file_control(connection_.handle(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  if (moved != 0)
    throw StoreError(place_of(connection_.handle()) +
                     " was moved or deleted while it was written to: put the file back, or restore the last backup, "
                     "then run again");
}

std::int64_t Store::last_inserted() const { return sqlite3_last_insert_rowid(connection_.handle()); }

Transaction::Transaction(const Store& store) : store_(store) {
  store_.require_in_place();
  store_.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  if (open_) sqlite3_exec(store_.connection_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  store_.execute("COMMIT");
  open_ = false;
  store_.require_in_place();
}

}  // namespace vigie::store
