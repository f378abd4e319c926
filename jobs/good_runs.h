#pragma once
// Which runs count as done, by the service's schedule, its health and its metrics.

#include <cstdint>
#include <optional>
#include <string>

#include "store/store.h"

namespace vigie {

// It went through to its end: a refused drop, held closings or mails that wait are told to people, and are the same
// again however often it is repeated.
bool went_through(int exit_code);

// When the newest run of the job that went through began, in seconds since the epoch; a night does every job but
// the purge.
std::optional<std::int64_t> last_good_run(const store::Store& store, const std::string& job);

}  // namespace vigie
