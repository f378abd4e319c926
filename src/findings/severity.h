#pragma once
// How grave a finding is: critical (a right that must not exist), major (a rule of the convention broken),
// minor (an anomaly to put right), info. Ordered: `a < b` reads "a is less grave than b".

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace vigie {

enum class Severity : std::uint8_t { kInfo, kMinor, kMajor, kCritical };

inline constexpr std::array kSeveritiesGravestFirst = {Severity::kCritical, Severity::kMajor, Severity::kMinor,
                                                       Severity::kInfo};

std::string_view name(Severity severity);              // "critical": lists, configuration
std::string_view french_name(Severity severity);       // "Critique": mails, workbook
std::string_view french_adjective(Severity severity);  // "critique", of an anomaly
std::optional<Severity> find_severity(std::string_view name);

}  // namespace vigie
