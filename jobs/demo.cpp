#include "demo.h"

#include <charconv>
#include <string>

#include "embedded.h"
#include "errors.h"
#include "output_file.h"

namespace vigie {
namespace {

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

}  // namespace

void write_demo(const std::filesystem::path& folder, Day day) {
  if (std::filesystem::exists(folder / "vigie.properties"))
    throw UsageError("a configuration is in " + folder.string() + " already; name another folder");
  for (const EmbeddedFile& file : embedded_files())
    if (file.path.starts_with(kPrefix) && !file.path.ends_with(".md"))
      write_output_file(folder / file.path.substr(kPrefix.size()), with_dates(file.text, day));
}

}  // namespace vigie
