#include "findings/severity.h"

#include "domain/names.h"

namespace vigie {
namespace {

struct SeverityNames : Names {
  std::string_view adjective;
};

constexpr std::array<SeverityNames, 4> kSeverityNames = {{{{"info", "Information"}, "pour information"},
                                                          {{"minor", "Mineure"}, "mineure"},
                                                          {{"major", "Majeure"}, "majeure"},
                                                          {{"critical", "Critique"}, "critique"}}};

}  // namespace

std::string_view name(Severity severity) { return names_of(kSeverityNames, severity).code; }

std::string_view french_name(Severity severity) { return names_of(kSeverityNames, severity).french; }

std::string_view french_adjective(Severity severity) { return names_of(kSeverityNames, severity).adjective; }

std::optional<Severity> find_severity(std::string_view name) { return find_by_code<Severity>(kSeverityNames, name); }

}  // namespace vigie
