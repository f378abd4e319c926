#pragma once
// On which days mails go: days of the week, public holidays apart.
//
//   OpenDays days = *OpenDays::parse("mon-fri");
//   days.is_open(Day::from_ymd(2026, 12, 25))        // false: Christmas, a Friday
//   days.next_open(Day::from_ymd(2026, 12, 25))      // 2026-12-28, a Monday

#include <cstdint>
#include <optional>
#include <string_view>

#include "domain/day.h"

namespace vigie {

// Monday is 0, Sunday 6. The day must be given.
int weekday_of(Day day);

// Easter Sunday by the Gregorian computus; years 1583 to 9999.
Day easter_of(int year);

// The eleven holidays of the Labour Code (L3133-1) in all of France; those of Alsace-Moselle and of the overseas
// departments are not among them. The day must be given.
bool is_public_holiday(Day day);

class OpenDays {
 public:
  // Every day is open, public holidays too.
  OpenDays() = default;

  // "all"; or days and ranges of days, "mon-fri" or "mon, wed-fri", public holidays aside. A range may go over Sunday:
  // "sat-mon". Nothing where it is none of these.
  static std::optional<OpenDays> parse(std::string_view text);

  [[nodiscard]] bool is_open(Day day) const;
  // That day itself where it is open.
  [[nodiscard]] Day next_open(Day day) const;

 private:
  static constexpr std::uint8_t kAll = 0x7F;

  std::uint8_t weekdays_ = kAll;  // bit 0 is Monday
  bool on_holidays_ = true;
};

}  // namespace vigie
