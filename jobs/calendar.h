#pragma once
// The clock, asked in one place. Days are those of Europe/Paris, where the portal lives.

#include <chrono>
#include <cstdint>
#include <string>

#include "domain/day.h"

namespace vigie {

Day today();
Day paris_day(std::chrono::system_clock::time_point time);
std::string paris_time(std::int64_t seconds_since_epoch);  // "2026-11-20 02:15:07"
std::int64_t now_seconds();
int month_of(Day day);  // months since January of year 0

}  // namespace vigie
