#include "demo.h"

#include <charconv>
#include <chrono>
#include <filesystem>
#include <string>

#include "embedded.h"
#include "errors.h"
#include "output_file.h"

namespace vigie {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "demo/";

// "D", "D-12", "D+30" as a date; nothing else stands between two braces in the demo's files.
std::string date_of(std::string_view mark, Day day) {
  int offset = 0;
  if (mark.size() > 1) {
    const std::string_view number = mark.substr(mark[1] == '+' ? 2 : 1);
    std::from_chars(number.data(), number.data() + number.size(), offset);
  }
  return to_french(day + offset);
}

std::string with_dates(std::string_view text, Day day) {
  std::string result;
  for (std::size_t at = text.find("{{D"); at != std::string_view::npos; at = text.find("{{D")) {
    const std::size_t end = text.find("}}", at);
    result += text.substr(0, at);
    result += date_of(text.substr(at + 2, end - at - 2), day);
    text.remove_prefix(end + 2);
  }
  return result.append(text);
}

// An export of the day is as old as the day, else a demonstration of another year's would be a late one.
void set_day(const fs::path& file, Day day) {
  const std::chrono::sys_seconds midnight = std::chrono::sys_days(std::chrono::days(day.count()));
  fs::last_write_time(file, std::chrono::file_clock::from_sys(midnight));
}

}  // namespace

void write_demo(const fs::path& folder, Day day) {
  if (fs::exists(folder / "vigie.properties"))
    throw UsageError("a configuration is in " + folder.string() + " already; name another folder");
  for (const EmbeddedFile& file : embedded_files()) {
    if (!file.path.starts_with(kPrefix) || file.path.ends_with(".md")) continue;
    const fs::path path = folder / file.path.substr(kPrefix.size());
    write_output_file(path, with_dates(file.text, day));
    set_day(path, day);
  }
}

}  // namespace vigie
