#include "routing/digest.h"

#include <initializer_list>

#include "domain/text.h"

namespace vigie {
namespace {

std::string joined(std::initializer_list<std::string_view> words) {
  std::string text;
  for (const std::string_view word : words) {
    if (word.empty()) continue;
    if (!text.empty()) text += ' ';
    text += word;
  }
  return text;
}

}  // namespace

std::string counted(int count, std::string_view words) {
  std::string text = std::to_string(count) + ' ';
  for (const char c : words) {
    if (c == ' ' && count > 1) text += 's';
    text += c;
  }
  if (count > 1) text += 's';
  return text;
}

std::string heading_of(const Digest& digest) {
  if (digest.convention.empty()) return joined({"MCP", digest.source, digest.source_label});
  return joined({upper(digest.services), digest.convention, upper(digest.partner)});
}

std::string tally_of(const Digest& digest) {
  std::string tally = counted(digest.total, "anomalie");
  if (digest.critical > 0) tally += " (dont " + counted(digest.critical, "critique") + ')';
  return tally;
}

std::string subject_of(const Digest& digest) { return heading_of(digest) + " - " + tally_of(digest); }

}  // namespace vigie
