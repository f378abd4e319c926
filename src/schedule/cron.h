#pragma once
// When a job is due: a crontab's five fields, read on the clock of a place whose clock changes twice a year.
//
//   minute 0-59, hour 0-23, day of the month 1-31, month 1-12 or jan-dec, day of the week 0-7 or sun-sat (0 and 7:
//   Sunday)
//
// A field is `*`, a value, a range `1-5`, each with a step `*/10`, `8-18/2`, `5/15` (from 5 on), or a list of these.
// Where both days are restricted, a day that either of them names is one, as crontab(5) says.
//
// A local time that the change to summer time leaves out is due at the change, once however many are left out; one that
// the change to winter time brings twice is due the first time only.
//
//   Cron::parse("15 2 * * *").cron->next(now, paris)     Cron::parse("61 * * * *").wrong == "minute: 61 is not …"

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/day.h"

namespace vigie::schedule {

using Instant = std::int64_t;  // seconds since the epoch

// The clock of a place.
class Zone {
 public:
  virtual ~Zone() = default;
  [[nodiscard]] virtual Day day_of(Instant instant) const = 0;
  // Of a time that comes twice the first; of one that is left out the instant of the change.
  [[nodiscard]] virtual Instant instant_of(Day day, int minute_of_day) const = 0;
};

class Cron {
 public:
  struct Parsed;

  // Also refuses a date that never comes, such as the 30th of February.
  static Parsed parse(std::string_view text);

  // The first instant after `after` at which the job is due.
  [[nodiscard]] Instant next(Instant after, const Zone& zone) const;

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  [[nodiscard]] bool is_due_on(Day day) const;

  std::string text_;
  std::bitset<60> minutes_;
  std::bitset<24> hours_;
  std::bitset<32> days_;
  std::bitset<13> months_;
  std::bitset<7> weekdays_;
  bool any_day_ = false;
  bool any_weekday_ = false;
};

// One of both.
struct Cron::Parsed {
  std::optional<Cron> cron;
  std::string wrong;  // English, the end of a message
};

}  // namespace vigie::schedule
