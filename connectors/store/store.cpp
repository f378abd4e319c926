#include "store/store.h"

#include <cerrno>
#include <filesystem>
#include <random>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "error.h"
#include "store/postgres/engine.h"
#include "store/schema.h"
#include "store/sqlite/engine.h"

namespace vigie::store {
namespace {

namespace fs = std::filesystem;

std::int64_t draw_seed() {
  std::random_device device;
  return static_cast<std::int64_t>((std::uint64_t{device()} << 32) | device());
}

int newest_version() { return static_cast<int>(migrations(Dialect::kSqlite).size()); }

[[noreturn]] void refuse_as_missing(const Location& location) {
  throw NoStoreError("no store at " + location.name() + " yet; import a drop first: vigie run");
}

// Who asks for a list would rather be told at once than wait for a server that may come.
std::unique_ptr<Engine> engine_of(Location location, Opening opening) {
  if (location.is_file()) return sqlite_engine(location.file);
  if (opening == Opening::kExisting) location.connect_seconds = 0;
  return postgres_engine(location);
}

int version_of(const Database& database) {
  const int version = database.version();
  if (version > newest_version())
    throw StoreError(database.place() + ": its schema has version " + std::to_string(version) +
                     ", newer than this program's " + std::to_string(newest_version()) +
                     "; install the program that wrote it, or a newer one");
  return version;
}

std::unique_ptr<Database> open(const Location& location, Opening opening) {
  const auto engine = engine_of(location, opening);
  if (!engine->is_there()) {
    if (opening == Opening::kWrite) return engine->to_write();
    if (opening == Opening::kRehearse) return engine->in_private();
    refuse_as_missing(location);
  }
  auto found = engine->to_read();
  const int version = version_of(*found);
  if (opening == Opening::kWrite) return engine->to_write();
  if (opening == Opening::kRehearse) return engine->copy_of(*found);
  if (version == 0) refuse_as_missing(location);
  if (opening == Opening::kChange) return engine->to_write();
  const bool reads_it = opening == Opening::kExisting && version == newest_version();
  return reads_it ? std::move(found) : engine->copy_of(*found);
}

// What this account may not do with a file or folder; empty: it may do all.
std::string obstacle(const fs::path& place, int rights) {
  if (::access(place.c_str(), rights) == 0) return {};
  return std::generic_category().message(errno);
}

}  // namespace

void require_writable(const Location& location) {
  if (!location.is_file()) return;
  const std::string& path = location.file;
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

void require_existing(const Location& location) {
  if (location.is_file() && !sqlite_engine(location.file)->is_there()) refuse_as_missing(location);
}

Store::Store(const Location& location, Opening opening) : database_(open(location, opening)) {
  migrate();
  if (location.shared) database_->let_others_in();
}

void Store::migrate() const {
  const auto steps = migrations(database_->dialect());
  for (auto step = static_cast<std::size_t>(version_of(*database_)); step < steps.size(); ++step) {
    database_->require_alone();
    Transaction transaction(*this);
    execute(steps[step]);
    if (step == 0) prepare("INSERT INTO meta(name, value) VALUES ('seed', ?)").with(draw_seed()).run();
    database_->set_version(static_cast<int>(step + 1));
    transaction.commit();
  }
}

SourceNumber Store::source(std::string_view name) const {
  auto find = prepare("SELECT id FROM source WHERE name = ?");
  if (find.with(name).step()) return find.integer(0);
  auto add = prepare("INSERT INTO source(name) VALUES (?) ON CONFLICT(name) DO NOTHING RETURNING id");
  if (add.with(name).step()) return add.integer(0);
  find.with(name).step();  // another process was faster
  return find.integer(0);
}

std::uint64_t Store::seed() const {
  auto find = prepare("SELECT value FROM meta WHERE name = 'seed'");
  find.step();
  return static_cast<std::uint64_t>(find.integer(0));
}

Transaction::Transaction(const Store& store) : store_(store) { store_.database_->begin(); }

Transaction::~Transaction() {
  if (open_) store_.database_->rollback();
}

void Transaction::commit() {
  store_.database_->commit();
  open_ = false;
}

}  // namespace vigie::store
