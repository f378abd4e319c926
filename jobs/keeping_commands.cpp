#include "keeping_commands.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <iostream>
#include <unistd.h>

#include <fmt/format.h>

#include "calendar.h"
#include "counted.h"
#include "domain/text.h"
#include "errors.h"
#include "lists/list_writer.h"
#include "store/purge.h"
#include "store/runs.h"
#include "store/sqlite/engine.h"
#include "writable_store.h"

namespace vigie {
namespace {

namespace fs = std::filesystem;

std::int64_t total_of(const std::vector<store::Purged>& purged) {
  std::int64_t total = 0;
  for (const store::Purged& each : purged) total += each.total();
  return total;
}

void print(const std::vector<store::Purged>& purged) {
  constexpr auto kCount = lists::ColumnKind::kInteger;
  lists::ListWriter writer(lists::Format::kTable,
                           {{"source"},
                            {"records", kCount},
                            {"changes", kCount},
                            {"rejects", kCount},
                            {"findings", kCount},
                            {"closings", kCount},
                            {"mails", kCount},
                            {"plans", kCount}},
                           std::cout, "No sources.");
  for (const store::Purged& each : purged)
    writer.row({each.source, std::to_string(each.records), std::to_string(each.changes), std::to_string(each.rejects),
                std::to_string(each.findings), std::to_string(each.closings), std::to_string(each.mails),
                std::to_string(each.plans)});
  writer.end();
}

// Two that are made at once never replace each other, where the file system can tell.
void put_in_place(const fs::path& made, const fs::path& file) {
  if (::renameat2(AT_FDCWD, made.c_str(), AT_FDCWD, file.c_str(), RENAME_NOREPLACE) == 0) return;
  if ((errno == EINVAL || errno == ENOSYS) && !fs::exists(file)) return fs::rename(made, file);
  throw UsageError(fmt::format("backup: {} cannot be made: {}", file.string(), std::generic_category().message(errno)));
}

void require_place_for(const fs::path& file) {
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(file, ignored)))
    throw UsageError("backup: " + file.string() + " is there already; name a file that is not");
  if (!fs::is_directory(fs::absolute(file).parent_path(), ignored))
    throw UsageError("backup: there is no folder " + fs::absolute(file).parent_path().string() + "; make it first");
}

}  // namespace

void purge(const Options& options, const Settings& settings, Day day) {
  if (!options.dry_run && day > today())
    throw UsageError(fmt::format("purge: --as-of: {} is still to come; try it with --dry-run", to_iso(day)));
  const Day before = day - settings.keep_history_days;
  const std::int64_t started_at = now_seconds();
  WritableStore store(options, settings, false);
  const store::RunNumber run = store::begin_run(*store, "purge", day, started_at);
  const auto purged = store::purge(*store, before);
  const std::string what = fmt::format("{} {}removed that ended before {}", counted(total_of(purged), "row"),
                                       options.dry_run ? "would be " : "", to_iso(before));
  store::end_run(*store, run, now_seconds(), exit_code::kDone, what);
  if (options.quiet) return;
  print(purged);
  std::cout << fmt::format("{} (store.keep-history-days = {})\n", what, settings.keep_history_days);
}

void back_up(const Options& options, const Settings& settings) {
  if (!settings.store.is_file())
    throw UsageError(
        fmt::format("backup: the store is on a server; use its own tool: pg_dump --format=custom --schema={} "
                    "--file=FILE DATABASE",
                    settings.store.schema));
  store::require_existing(settings.store);
  const fs::path file = options.backup;
  require_place_for(file);
  if (options.dry_run) {
    std::cout << fmt::format("the store {} would be copied to {}\n", settings.store.name(), file.string());
    return;
  }
  const fs::path made = fmt::format("{}.{}.part", file.string(), ::getpid());
  try {
    store::sqlite_copy(settings.store.file, made.string());
    put_in_place(made, file);
  } catch (const std::exception&) {
    std::error_code ignored;
    for (const char* suffix : {"", "-journal", "-wal", "-shm"}) fs::remove(made.string() + suffix, ignored);
    throw;
  }
  if (!options.quiet)
    std::cout << fmt::format("backup written to {}: {} bytes, read over\n", file.string(), fs::file_size(file));
}

}  // namespace vigie
