#pragma once
// A calendar day, the only notion of time in the data: no time of day, no time zone.
//
// Counted from 1970-01-01 in the proleptic Gregorian calendar, bounded to the years 1 to 9999.
// `Day::never()` stands for a date that is not given. It is later than every day, so that an empty
// closing date reads as "never closes" and "empty or after D" is one comparison: `signed_on > D`.
//
//   Day::parse("31/12/2026") == Day::parse("2026-12-31")   Day::parse("31/02/2026") == std::nullopt
//   to_iso(Day::from_ymd(2026, 2, 28) + 1) == "2026-03-01"

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace vigie {

class Day {
 public:
  constexpr Day() = default;
  constexpr explicit Day(std::int32_t days_since_epoch) : days_(days_since_epoch) {}

  static constexpr Day never() { return Day(std::numeric_limits<std::int32_t>::max()); }
  static Day from_ymd(int year, unsigned month, unsigned day);

  // Exactly `JJ/MM/AAAA` or `AAAA-MM-JJ` and a real day; nothing else, not even blanks around it.
  static std::optional<Day> parse(std::string_view text);

  [[nodiscard]] constexpr bool given() const { return *this != never(); }
  [[nodiscard]] constexpr std::int32_t count() const { return days_; }

  friend constexpr auto operator<=>(Day, Day) = default;

  // `never` plus or minus any number of days is `never`.
  friend constexpr Day operator+(Day day, int days) { return day.given() ? Day(day.days_ + days) : day; }
  friend constexpr Day operator-(Day day, int days) { return day + -days; }
  // Both must be given.
  friend constexpr int operator-(Day later, Day earlier) { return later.days_ - earlier.days_; }

 private:
  std::int32_t days_ = std::numeric_limits<std::int32_t>::max();
};

std::string to_iso(Day day);     // "2026-11-20"; empty for `never`
std::string to_french(Day day);  // "20/11/2026"; empty for `never`

// [opens_on, closes_on): what closes on D is closed on D.
struct Period {
  Day opens_on;
  Day closes_on;

  [[nodiscard]] constexpr bool active_on(Day day) const { return opens_on <= day && day < closes_on; }
  [[nodiscard]] constexpr bool closed_on(Day day) const { return closes_on <= day; }
  // At least one common day; an empty period (closed before or on its opening) shares none.
  [[nodiscard]] constexpr bool overlaps(const Period& other) const {
    const Day from = opens_on < other.opens_on ? other.opens_on : opens_on;
    const Day until = closes_on < other.closes_on ? closes_on : other.closes_on;
    return from < until;
  }
  friend constexpr bool operator==(const Period&, const Period&) = default;
};

}  // namespace vigie
