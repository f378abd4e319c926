#pragma once
// The clock, asked in one place. Days are those of Europe/Paris, where the portal lives.

#include <chrono>
#include <cstdint>
#include <string>

#include "domain/day.h"
#include "schedule/cron.h"

namespace vigie {

Day today();
Day paris_day(std::chrono::system_clock::time_point time);
std::string paris_time(std::int64_t seconds_since_epoch);  // "2026-11-20 02:15:07"
std::string utc_time();                                    // of now, "2026-11-20T01:15:07Z"
std::int64_t now_seconds();
const schedule::Zone& paris_clock();
int month_of(Day day);  // months since January of year 0

}  // namespace vigie
