#pragma once
// The services of Mon Compte Partenaire and the roles that each of them knows.
// Source: Guide partenaire, Les offres de service; Guide administrateur (mode délégué), section 2.
//
// Names are matched without regard to case, accents, blanks, `-` and `_`, former names included:
//   find_service("QL_Web") == Service::kLandlords     find_role(Service::kCdap, "t 01") == Role::kT1
//   find_role(Service::kCdap, "T1AS") == std::nullopt  find_role(Service::kAdonis, "T1") == std::nullopt

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

enum class Service : std::uint8_t { kCdap, kAfas, kDgfip, kAdonis, kLandlords };
inline constexpr int kServiceCount = 5;

enum class Role : std::uint8_t {
  kT1,
  kT2,
  kT3,
  kT4,
  kT5,
  kT6,
  kT7,
  kT8,
  kT9,
  kT10,
  kT11,
  kT12,
  kT13,
  kT14,
  kT15,
  kT16,
  kT17,
  kT18,
  kT19,
  kT20,
  kT21,
  kDeclare,
  kEntitle,
  kRecovery,
  kInquiry,
  kAdonis,
  kPrivateHousing,
  kSubsidizedHousing,
};
inline constexpr int kRoleCount = 28;

std::optional<Service> find_service(std::string_view text);
std::optional<Role> find_role(Service service, std::string_view text);

std::string_view name(Service service);  // "Cdap", "Offre Bailleurs"
std::string_view name(Role role);        // "T1", "Déclarer", "Logements privés"
Service service_of(Role role);

// A set of roles of the catalogue.
class RoleSet {
 public:
  constexpr RoleSet() = default;

  constexpr void insert(Role role) { bits_ |= bit(role); }
  constexpr void insert(RoleSet other) { bits_ |= other.bits_; }
  [[nodiscard]] constexpr bool contains(Role role) const { return (bits_ & bit(role)) != 0; }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
  friend constexpr bool operator==(RoleSet, RoleSet) = default;

 private:
  static constexpr std::uint32_t bit(Role role) { return 1U << static_cast<unsigned>(role); }
  std::uint32_t bits_ = 0;
};

std::vector<Role> roles_in(RoleSet roles);  // in catalogue order

// A set of services, printed in catalogue order: "Cdap/Afas".
class ServiceSet {
 public:
  constexpr ServiceSet() = default;
  constexpr explicit ServiceSet(Service service) { insert(service); }

  constexpr void insert(Service service) { bits_ |= static_cast<std::uint8_t>(1U << static_cast<unsigned>(service)); }
  constexpr void insert(ServiceSet other) { bits_ |= other.bits_; }
  [[nodiscard]] constexpr bool contains(Service service) const {
    return (bits_ >> static_cast<unsigned>(service) & 1U) != 0;
  }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
  friend constexpr bool operator==(ServiceSet, ServiceSet) = default;

 private:
  std::uint8_t bits_ = 0;
};

std::string to_string(ServiceSet services);

}  // namespace vigie
