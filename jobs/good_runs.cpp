#include "good_runs.h"

#include <algorithm>
#include <array>
#include <vector>

#include "errors.h"
#include "store/runs.h"

namespace vigie {

namespace {

constexpr std::array kGoodEnds = {exit_code::kDone, exit_code::kRefusedOrHeld, exit_code::kMailKept,
                                  exit_code::kFindings};

}  // namespace

bool went_through(int exit_code) { return std::ranges::find(kGoodEnds, exit_code) != kGoodEnds.end(); }

std::optional<std::int64_t> last_good_run(const store::Store& store, const std::string& job) {
  std::vector<std::string> jobs = {job};
  if (job != "purge") jobs.emplace_back("run");
  const auto run = store::newest_run(store, jobs, {kGoodEnds.begin(), kGoodEnds.end()});
  return run ? std::optional(run->started_at) : std::nullopt;
}

}  // namespace vigie
