#include "findings/finding.h"

#include <array>

namespace vigie {
namespace {

struct Names {
  std::string_view english;
  std::string_view french;
};

constexpr std::array<Names, 4> kNames = {
    {{"new", "Nouvelle"}, {"open", "Ouverte"}, {"resolved", "Résolue"}, {"waived", "Dérogation"}}};

}  // namespace

std::string_view name(FindingStatus status) { return kNames[static_cast<std::size_t>(status)].english; }

std::string_view french_name(FindingStatus status) { return kNames[static_cast<std::size_t>(status)].french; }

}  // namespace vigie
