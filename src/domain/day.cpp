#include "domain/day.h"

#include <chrono>

namespace vigie {
namespace {

using Ymd = std::chrono::year_month_day;

Day from_chrono(Ymd ymd) {
  return Day(static_cast<std::int32_t>(std::chrono::sys_days(ymd).time_since_epoch().count()));
}

Ymd to_chrono(Day day) { return Ymd(std::chrono::sys_days(std::chrono::days(day.count()))); }

// -1 where a character is no digit.
constexpr int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

void put_digits(char* end, int value, int count) {
  for (; count > 0; --count, value /= 10) *--end = static_cast<char>('0' + value % 10);
}

std::optional<Day> checked(int year, int month, int day) {
  if (year < 1 || month < 1 || day < 1) return std::nullopt;
  const Ymd ymd{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                std::chrono::day(static_cast<unsigned>(day))};
  if (!ymd.ok()) return std::nullopt;
  return from_chrono(ymd);
}

}  // namespace

Day Day::from_ymd(int year, unsigned month, unsigned day) {
  return from_chrono({std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)});
}

std::optional<Day> Day::parse(std::string_view text) {
  if (text.size() != 10) return std::nullopt;
  if (text[2] == '/' && text[5] == '/')
    return checked(number(text.substr(6)), number(text.substr(3, 2)), number(text.substr(0, 2)));
  if (text[4] == '-' && text[7] == '-')
    return checked(number(text.substr(0, 4)), number(text.substr(5, 2)), number(text.substr(8)));
  return std::nullopt;
}

std::string to_iso(Day day) {
  if (!day.given()) return {};
  const Ymd ymd = to_chrono(day);
  std::string text = "0000-00-00";
  put_digits(&text[4], static_cast<int>(ymd.year()), 4);
  put_digits(&text[7], static_cast<int>(static_cast<unsigned>(ymd.month())), 2);
  put_digits(&text[10], static_cast<int>(static_cast<unsigned>(ymd.day())), 2);
  return text;
}

std::string to_french(Day day) {
  if (!day.given()) return {};
  const std::string iso = to_iso(day);
  return iso.substr(8) + '/' + iso.substr(5, 2) + '/' + iso.substr(0, 4);
}

}  // namespace vigie
