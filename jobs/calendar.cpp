#include "calendar.h"

#include <date/tz.h>

namespace vigie {
namespace {

const date::time_zone& paris() {
  static const date::time_zone* const kZone = date::locate_zone("Europe/Paris");
  return *kZone;
}

class ParisClock : public schedule::Zone {
 public:
  [[nodiscard]] Day day_of(schedule::Instant instant) const override {
    return paris_day(std::chrono::system_clock::time_point(std::chrono::seconds(instant)));
  }

  [[nodiscard]] schedule::Instant instant_of(Day day, int minute_of_day) const override {
    const date::local_seconds local = date::local_days(date::days(day.count())) + std::chrono::minutes(minute_of_day);
    const date::local_info info = paris().get_info(local);
    if (info.result == date::local_info::nonexistent) return info.first.end.time_since_epoch().count();
    return (local.time_since_epoch() - info.first.offset).count();
  }
};

}  // namespace

const schedule::Zone& paris_clock() {
  static const ParisClock kClock;
  return kClock;
}

Day paris_day(std::chrono::system_clock::time_point time) {
  const auto local = paris().to_local(std::chrono::floor<std::chrono::seconds>(time));
  return Day(static_cast<std::int32_t>(date::floor<date::days>(local).time_since_epoch().count()));
}

Day today() { return paris_day(std::chrono::system_clock::now()); }

std::string paris_time(std::int64_t seconds_since_epoch) {
  const date::sys_seconds time{std::chrono::seconds(seconds_since_epoch)};
  return date::format("%F %T", paris().to_local(time));
}

std::string utc_time() {
  return date::format("%FT%TZ", std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
}

int month_of(Day day) {
  const date::year_month_day ymd{date::sys_days{date::days{day.count()}}};
  return static_cast<int>(ymd.year()) * 12 + static_cast<int>(static_cast<unsigned>(ymd.month())) - 1;
}

std::int64_t now_seconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace vigie
