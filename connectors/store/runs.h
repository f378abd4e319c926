#pragma once
// Runs of the program that wrote something: what `vigie status` shows.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/store.h"

namespace vigie::store {

struct Run {
  RunNumber number = 0;
  std::string command;
  Day as_of;
  std::int64_t started_at = 0;   // seconds since the epoch
  std::int64_t finished_at = 0;  // 0: it has not, or was killed
  int exit_code = 0;
  std::string summary;
};

// Claims its number for as long as the store is open. Within a transaction of the caller's where others share the
// store.
RunNumber begin_run(const Store& store, std::string_view command, Day as_of, std::int64_t started_at);
void end_run(const Store& store, RunNumber run, std::int64_t finished_at, int exit_code, std::string_view summary);
// Runs that were killed and were not marked yet, oldest first; marks them. Only for who holds the store's lock: of the
// others none is under way, but those that share the store and have claimed their number.
std::vector<Run> mark_interrupted(const Store& store);
std::vector<Run> newest_runs(const Store& store, int count);
// Of each command the newest run that ended, newest first.
std::vector<Run> newest_of_each_command(const Store& store);
// The newest run of one of the commands that ended with one of the exit codes.
std::optional<Run> newest_run(const Store& store, const std::vector<std::string>& commands,
                              const std::vector<int>& exit_codes);

}  // namespace vigie::store
