#include "headings.h"

#include <fmt/format.h>

#include "domain/text.h"

namespace vigie {
namespace {

bool may_be_said(const std::string& heading) {
  constexpr std::size_t kLongest = 60;
  return heading.find('@') == std::string::npos && printable(heading, kLongest) == heading;
}

}  // namespace

std::string said_headings(const std::vector<std::string>& headings) {
  constexpr std::size_t kMost = 20;
  std::string text;
  std::size_t said = 0;
  for (const std::string& heading : headings) {
    if (said == kMost || !may_be_said(heading)) continue;
    text += (text.empty() ? "" : ", ") + heading;
    ++said;
  }
  if (said < headings.size()) text += fmt::format("{}{} more", text.empty() ? "" : ", and ", headings.size() - said);
  return text;
}

}  // namespace vigie
