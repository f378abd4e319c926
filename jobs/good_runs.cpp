#include "good_runs.h"

#include "errors.h"
#include "store/runs.h"

namespace vigie {

bool went_through(int exit_code) {
  return exit_code == exit_code::kDone || exit_code == exit_code::kRefusedOrHeld || exit_code == exit_code::kMailKept ||
         exit_code == exit_code::kFindings;
}

std::optional<std::int64_t> last_good_run(const store::Store& store, const std::string& job) {
  constexpr int kAll = -1;
  const bool is_of_the_night = job != "purge";
  for (const store::Run& run : store::newest_runs(store, kAll))
    if ((run.command == job || (is_of_the_night && run.command == "run")) && run.finished_at != 0 &&
        went_through(run.exit_code))
      return run.started_at;
  return std::nullopt;
}

}  // namespace vigie
