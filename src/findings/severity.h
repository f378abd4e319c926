#pragma once
// How grave a finding is: critical (a right that must not exist), major (a rule of the convention broken),
// minor (an anomaly to put right), info. Ordered: `a < b` reads "a is less grave than b".

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace vigie {

enum class Severity : std::uint8_t { kInfo, kMinor, kMajor, kCritical };

inline constexpr std::array kSeveritiesGravestFirst = {Severity::kCritical, Severity::kMajor, Severity::kMinor,
                                                       Severity::kInfo};

// A figure for each severity.
struct SeverityCounts {
  int critical = 0;
  int major = 0;
  int minor = 0;
  int info = 0;

  int& operator[](Severity severity) { return this->*figure_of(severity); }
  int operator[](Severity severity) const { return this->*figure_of(severity); }
  [[nodiscard]] int total() const { return critical + major + minor + info; }

 private:
  static int SeverityCounts::*figure_of(Severity severity) {
    constexpr int SeverityCounts::*kFigures[] = {&SeverityCounts::info, &SeverityCounts::minor, &SeverityCounts::major,
                                                 &SeverityCounts::critical};
    return kFigures[static_cast<std::size_t>(severity)];
  }
};

std::string_view name(Severity severity);              // "critical": lists, configuration
std::string_view french_name(Severity severity);       // "Critique": mails, workbook
std::string_view french_adjective(Severity severity);  // "critique", of an anomaly
std::optional<Severity> find_severity(std::string_view name);

}  // namespace vigie
