#pragma once
// `vigie serve`: stays up and runs the chain, and single jobs, by the schedule of the configuration.

#include "options.h"

namespace vigie {

// Returns when it is told to stop (SIGTERM, SIGINT); SIGHUP reads the configuration again. Throws UsageError where the
// configuration is wrong at the start, or names no job.
int serve(const Options& options);

}  // namespace vigie
