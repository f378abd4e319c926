#include "findings/severity.h"

namespace vigie {
namespace {

struct Names {
  std::string_view english;
  std::string_view french;
  std::string_view adjective;
};

constexpr std::array<Names, 4> kNames = {{{"info", "Information", "pour information"},
                                          {"minor", "Mineure", "mineure"},
                                          {"major", "Majeure", "majeure"},
                                          {"critical", "Critique", "critique"}}};

}  // namespace

std::string_view name(Severity severity) { return kNames[static_cast<std::size_t>(severity)].english; }

std::string_view french_name(Severity severity) { return kNames[static_cast<std::size_t>(severity)].french; }

std::string_view french_adjective(Severity severity) { return kNames[static_cast<std::size_t>(severity)].adjective; }

std::optional<Severity> find_severity(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i)
    if (kNames[i].english == name) return static_cast<Severity>(i);
  return std::nullopt;
}

}  // namespace vigie
