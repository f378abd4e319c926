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
  std::vector<std::string> said;
  for (const std::string& heading : headings)
    if (said.size() < kMost && may_be_said(heading)) said.push_back(heading);
  const std::size_t others = headings.size() - said.size();
  const std::string text = joined(said);
  return others == 0 ? text : fmt::format("{}{}{} more", text, text.empty() ? "" : ", and ", others);
}

}  // namespace vigie
