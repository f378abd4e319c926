#include "domain/open_days.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "domain/text.h"

namespace vigie {
namespace {

constexpr int kDaysOfWeek = 7;
constexpr int kThursday = 3;  // 1970-01-01

std::optional<int> find_weekday(std::string_view name) {
  constexpr std::array<std::string_view, kDaysOfWeek> kNames = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  const auto found = std::ranges::find(kNames, trim(name));
  if (found == kNames.end()) return std::nullopt;
  return static_cast<int>(found - kNames.begin());
}

// The bits of "mon" or "mon-fri"; 0: neither.
std::uint8_t weekdays_of(std::string_view range) {
  const std::size_t dash = range.find('-');
  const auto first = find_weekday(range.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : find_weekday(range.substr(dash + 1));
  if (!first || !last) return 0;
  std::uint8_t days = 0;
  for (int day = *first;; day = (day + 1) % kDaysOfWeek) {
    days = static_cast<std::uint8_t>(days | 1U << day);
    if (day == *last) return days;
  }
}

}  // namespace

int weekday_of(Day day) { return ((day.count() + kThursday) % kDaysOfWeek + kDaysOfWeek) % kDaysOfWeek; }

// Butcher's algorithm.
Day easter_of(int year) {
  const int golden = year % 19;
  const int century = year / 100;
  const int in_century = year % 100;
  const int moon = (century - (century + 8) / 25 + 1) / 3;
  const int epact = (19 * golden + century - century / 4 - moon + 15) % 30;
  const int to_sunday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4) % 7;
  const int late = (golden + 11 * epact + 22 * to_sunday) / 451;
  const int days = epact + to_sunday - 7 * late + 114;
  return Day::from_ymd(year, static_cast<unsigned>(days / 31), static_cast<unsigned>(days % 31 + 1));
}

bool is_public_holiday(Day day) {
  constexpr std::array<std::pair<unsigned, unsigned>, 8> kFixed = {
      {{1, 1}, {5, 1}, {5, 8}, {7, 14}, {8, 15}, {11, 1}, {11, 11}, {12, 25}}};
  constexpr std::array kAfterEaster = {1, 39, 50};  // Easter Monday, Ascension Day, Whit Monday
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day.count()))};
  const std::pair in_year(static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return std::ranges::find(kFixed, in_year) != kFixed.end() ||
         std::ranges::find(kAfterEaster, day - easter_of(static_cast<int>(date.year()))) != kAfterEaster.end();
}

std::optional<OpenDays> OpenDays::parse(std::string_view text) {
  OpenDays days;
  if (text == "all") return days;
  days.weekdays_ = 0;
  days.on_holidays_ = false;
  while (true) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const std::uint8_t range = weekdays_of(text.substr(0, comma));
    if (range == 0) return std::nullopt;
    days.weekdays_ |= range;
    if (comma == text.size()) return days;
    text.remove_prefix(comma + 1);
  }
}

bool OpenDays::is_open(Day day) const {
  return (weekdays_ >> weekday_of(day) & 1) != 0 && (on_holidays_ || !is_public_holiday(day));
}

Day OpenDays::next_open(Day day) const {
  while (!is_open(day)) day = day + 1;
  return day;
}

}  // namespace vigie
