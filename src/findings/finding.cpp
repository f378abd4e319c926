#include "findings/finding.h"

#include <array>

#include "domain/names.h"

namespace vigie {
namespace {

constexpr std::array<Names, 4> kNames = {
    {{"new", "Nouvelle"}, {"open", "Ouverte"}, {"resolved", "Résolue"}, {"waived", "Dérogation"}}};

}  // namespace

std::string_view name(FindingStatus status) { return names_of(kNames, status).code; }

std::string_view french_name(FindingStatus status) { return names_of(kNames, status).french; }

}  // namespace vigie
