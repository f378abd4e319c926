#include "domain/service.h"

#include <algorithm>
#include <array>

#include "domain/text.h"

namespace vigie {
namespace {

struct ServiceName {
  std::string_view squashed;
  Service service;
};

constexpr ServiceName kServiceNames[] = {
    {"cdap", Service::kCdap},
    {"cafpro", Service::kCdap},
    {"afas", Service::kAfas},
    {"dgfip", Service::kDgfip},
    {"adonis", Service::kAdonis},
    {"offrebailleurs", Service::kLandlords},
    {"qlweb", Service::kLandlords},
    {"espacebailleur", Service::kLandlords},
    {"espacebailleurs", Service::kLandlords},
};

constexpr std::array<std::string_view, kServiceCount> kServiceLabels = {"Cdap", "Afas", "Dgfip", "Adonis",
                                                                        "Offre Bailleurs"};

struct RoleName {
  std::string_view squashed;
  std::string_view label;
  Service service;
};

constexpr int kCdapRoleCount = 21;

constexpr std::array<std::string_view, kCdapRoleCount> kCdapLabels = {"T1",  "T2",  "T3",  "T4",  "T5",  "T6",  "T7",
                                                                      "T8",  "T9",  "T10", "T11", "T12", "T13", "T14",
                                                                      "T15", "T16", "T17", "T18", "T19", "T20", "T21"};

constexpr std::array<RoleName, kRoleCount - kCdapRoleCount> kOtherRoles = {{
    {"declarer", "Déclarer", Service::kAfas},
    {"habiliter", "Habiliter", Service::kAfas},
    {"recouvrement", "Recouvrement", Service::kDgfip},
    {"enquete", "Enquête", Service::kDgfip},
    {"adonis", "Adonis", Service::kAdonis},
    {"logementsprives", "Logements privés", Service::kLandlords},
    {"logementsconventionnes", "Logements conventionnés", Service::kLandlords},
}};

// T, then blanks, `-`, `_` or nothing, then 1 to 21, leading zeros aside, then the end or a
// character that is neither letter nor digit.
std::optional<Role> find_cdap_role(std::string_view text) {
  std::string_view rest = trim(text);
  if (rest.empty() || (rest.front() != 'T' && rest.front() != 't')) return std::nullopt;
  rest.remove_prefix(1);
  for (std::string_view ahead = rest; !ahead.empty(); rest = ahead) {
    const char32_t c = next_code_point(ahead);
    if (c != U'-' && c != U'_' && !is_blank(c)) break;
  }
  std::size_t digits = 0;
  int number = 0;
  while (digits < rest.size() && rest[digits] >= '0' && rest[digits] <= '9')
    number = std::min(number * 10 + (rest[digits++] - '0'), 100);
  if (digits == 0 || number < 1 || number > kCdapRoleCount) return std::nullopt;
  rest.remove_prefix(digits);
  if (!rest.empty() && is_letter_or_digit(next_code_point(rest))) return std::nullopt;
  return static_cast<Role>(number - 1);
}

}  // namespace

std::optional<Service> find_service(std::string_view text) {
  const std::string squashed = squash(text);
  for (const ServiceName& known : kServiceNames)
    if (known.squashed == squashed) return known.service;
  return std::nullopt;
}

std::optional<Role> find_role(Service service, std::string_view text) {
  if (service == Service::kCdap) return find_cdap_role(text);
  const std::string squashed = squash(text);
  for (std::size_t i = 0; i < kOtherRoles.size(); ++i)
    if (kOtherRoles[i].service == service && kOtherRoles[i].squashed == squashed)
      return static_cast<Role>(i + kCdapRoleCount);
  return std::nullopt;
}

std::string_view name(Service service) { return kServiceLabels[static_cast<std::size_t>(service)]; }

std::string_view name(Role role) {
  const auto index = static_cast<std::size_t>(role);
  return index < kCdapRoleCount ? kCdapLabels[index] : kOtherRoles[index - kCdapRoleCount].label;
}

Service service_of(Role role) {
  const auto index = static_cast<std::size_t>(role);
  return index < kCdapRoleCount ? Service::kCdap : kOtherRoles[index - kCdapRoleCount].service;
}

std::vector<Role> roles_in(RoleSet roles) {
  std::vector<Role> found;
  for (int r = 0; r < kRoleCount; ++r)
    if (const auto role = static_cast<Role>(r); roles.contains(role)) found.push_back(role);
  return found;
}

std::string to_string(ServiceSet services) {
  std::string text;
  for (int i = 0; i < kServiceCount; ++i) {
    if (!services.contains(static_cast<Service>(i))) continue;
    if (!text.empty()) text += '/';
    text += name(static_cast<Service>(i));
  }
  return text;
}

}  // namespace vigie
