#include "schedule/cron.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <span>
#include <vector>

#include "domain/open_days.h"
#include "domain/text.h"

namespace vigie::schedule {
namespace {

constexpr std::string_view kMonths[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                        "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::string_view kWeekdays[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

struct FieldRange {
  std::string_view name;
  int least;
  int most;
  std::span<const std::string_view> words = {};  // of the values from `least` on
};

constexpr FieldRange kFields[] = {{"minute", 0, 59},
                                  {"hour", 0, 23},
                                  {"day of the month", 1, 31},
                                  {"month", 1, 12, kMonths},
                                  {"day of the week", 0, 7, kWeekdays}};

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find_first_of(separators, at), text.size());
    parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

std::optional<int> number(std::string_view text) {
  int value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (text.empty() || error != std::errc() || stop != end || value < 0) return std::nullopt;
  return value;
}

// Reads one field into the values that it names; says what is wrong.
class FieldReader {
 public:
  FieldReader(const FieldRange& range, std::vector<bool>& values) : range_(range), values_(values) {
    values_.assign(static_cast<std::size_t>(range.most) + 1, false);
  }

  std::string read(std::string_view field) {
    for (const std::string_view item : split(field, ","))
      if (std::string wrong = read_item(item); !wrong.empty()) return std::string(range_.name) + ": " + wrong;
    return {};
  }

 private:
  std::string read_item(std::string_view item) {
    const auto parts = split(item, "/");
    const std::string shown(item);
    if (parts.size() > 2) return shown + " has two steps";
    int first = range_.least;
    int last = range_.most;
    if (parts[0] != "*") {
      const auto ends = split(parts[0], "-");
      const auto from = value(ends[0]);
      const auto to = ends.size() == 2 ? value(ends[1]) : from;
      if (ends.size() > 2 || !from || !to) return is_not_in_range(shown);
      first = *from;
      last = ends.size() == 1 && parts.size() == 2 ? range_.most : *to;
      if (first > last) return shown + " ends before it begins";
    }
    const auto step = parts.size() == 2 ? number(parts[1]) : 1;
    if (!step || *step == 0) return shown + " has no step; write */10";
    for (int v = first;; v += *step) {
      values_[static_cast<std::size_t>(v)] = true;
      if (last - v < *step) return {};
    }
  }

  [[nodiscard]] std::optional<int> value(std::string_view text) const {
    const auto word = std::ranges::find(range_.words, fold(text));
    if (word != range_.words.end()) return range_.least + static_cast<int>(word - range_.words.begin());
    const auto given = number(text);
    return given && *given >= range_.least && *given <= range_.most ? given : std::nullopt;
  }

  [[nodiscard]] std::string is_not_in_range(const std::string& item) const {
    std::string text = (item.empty() ? "an empty value" : item) + " is not from " + std::to_string(range_.least) +
                       " to " + std::to_string(range_.most);
    if (!range_.words.empty())
      text.append(" nor from ").append(range_.words.front()).append(" to ").append(range_.words.back());
    return text;
  }

  const FieldRange& range_;
  std::vector<bool>& values_;
};

template <std::size_t Size>
std::bitset<Size> bits(const std::vector<bool>& values) {
  std::bitset<Size> set;
  for (std::size_t i = 0; i < values.size() && i < Size; ++i) set[i] = values[i];
  return set;
}

constexpr int kDaysOfMonth[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

// Sunday is 0.
std::size_t crontab_weekday(Day day) { return static_cast<std::size_t>((weekday_of(day) + 1) % 7); }

}  // namespace

Cron::Parsed Cron::parse(std::string_view text) {
  auto fields = split(text, " \t");
  std::erase_if(fields, [](std::string_view field) { return field.empty(); });
  if (fields.size() != std::size(kFields))
    return {std::nullopt, "has " + std::to_string(fields.size()) + " fields, not five: minute hour day month weekday"};
  std::array<std::vector<bool>, std::size(kFields)> values;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (std::string wrong = FieldReader(kFields[i], values[i]).read(fields[i]); !wrong.empty())
      return {std::nullopt, std::move(wrong)};
  values[4][0] = values[4][0] || values[4][7];
  Cron cron;
  cron.text_ = text;
  cron.minutes_ = bits<60>(values[0]);
  cron.hours_ = bits<24>(values[1]);
  cron.days_ = bits<32>(values[2]);
  cron.months_ = bits<13>(values[3]);
  cron.weekdays_ = bits<7>(values[4]);
  cron.any_day_ = fields[2].starts_with('*');
  cron.any_weekday_ = fields[4].starts_with('*');
  bool comes = !cron.any_weekday_;
  for (std::size_t m = 1; m <= 12; ++m)
    for (std::size_t d = 1; d <= static_cast<std::size_t>(kDaysOfMonth[m - 1]); ++d)
      comes = comes || (cron.months_[m] && cron.days_[d]);
  if (!comes) return {std::nullopt, "names a day that never comes"};
  return {std::move(cron), {}};
}

bool Cron::is_due_on(Day day) const {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day.count()))};
  if (!months_[static_cast<unsigned>(date.month())]) return false;
  const bool by_day = days_[static_cast<unsigned>(date.day())];
  const bool by_weekday = weekdays_[crontab_weekday(day)];
  return any_day_ || any_weekday_ ? by_day && by_weekday : by_day || by_weekday;
}

Instant Cron::next(Instant after, const Zone& zone) const {
  for (Day day = zone.day_of(after);; day = day + 1) {
    if (!is_due_on(day)) continue;
    for (std::size_t hour = 0; hour < hours_.size(); ++hour) {
      if (!hours_[hour]) continue;
      for (std::size_t minute = 0; minute < minutes_.size(); ++minute) {
        if (!minutes_[minute]) continue;
        const Instant due = zone.instant_of(day, static_cast<int>(hour * 60 + minute));
        if (due > after) return due;
      }
    }
  }
}

}  // namespace vigie::schedule
