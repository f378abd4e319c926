#include "odbc/values.h"

#include "csv/encoding.h"
#include "domain/text.h"

namespace vigie::odbc {
namespace {

constexpr std::size_t kDay = 10;  // AAAA-MM-JJ
constexpr std::size_t kTime = 9;  // blank or T, 00:00:00

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "1.00" is 1; "1.5", "1e3" and ".0" are as they are.
std::string_view whole(std::string_view text) {
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos || point == 0 || point + 1 == text.size()) return text;
  if (!is_digit(text[point - 1]) || text.find_first_not_of('0', point + 1) != std::string_view::npos) return text;
  return text.substr(0, point);
}

std::string_view without_midnight(std::string_view text) {
  if (text.size() < kDay + kTime || (text[kDay] != ' ' && text[kDay] != 'T')) return text;
  if (text.substr(kDay + 1, kTime - 1) != "00:00:00") return text;
  const std::string_view fraction = text.substr(kDay + kTime);
  const bool is_zero = fraction.empty() || (fraction.size() > 1 && fraction[0] == '.' &&
                                            fraction.find_first_not_of('0', 1) == std::string_view::npos);
  return is_zero ? text.substr(0, kDay) : text;
}

}  // namespace

std::string_view as_written(ColumnKind kind, std::string_view text) {
  if (kind == ColumnKind::kNumber) return whole(text);
  return kind == ColumnKind::kMoment ? without_midnight(text) : text;
}

std::vector<std::string> names_of(const Statement& statement) {
  std::vector<std::string> names;
  for (int i = 0; i < statement.columns(); ++i) {
    const std::string& name = statement.name(i);
    names.push_back(is_valid_utf8(name) ? name : csv::from_windows_1252(name));
  }
  return names;
}

std::span<const std::string_view> RowValues::of(const Statement& statement) {
  const auto count = static_cast<std::size_t>(statement.columns());
  values_.resize(count);
  converted_.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    const int column = static_cast<int>(i);
    values_[i] = as_written(statement.kind(column), statement.text(column));
    if (is_valid_utf8(values_[i])) continue;
    converted_[i] = csv::from_windows_1252(values_[i]);
    values_[i] = converted_[i];
  }
  return values_;
}

void append_row(std::string& line, std::span<const std::string_view> values) {
  bool first = true;
  for (const std::string_view value : values) {
    if (!first) line += ';';
    first = false;
    if (value.find_first_of(";\"\r\n") == std::string_view::npos) {
      line += value;
      continue;
    }
    line += '"';
    for (const char c : value) line.append(c == '"' ? 2 : 1, c);
    line += '"';
  }
}

}  // namespace vigie::odbc
