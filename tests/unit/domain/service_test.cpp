#include "domain/service.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace vigie {
namespace {

TEST(FindService, KnowsTheCatalogueAndFormerNames) {
  for (const char* text : {"Cdap", "CDAP", "cafpro", "Caf-Pro", "C D A P"})
    EXPECT_EQ(find_service(text), Service::kCdap) << text;
  for (const char* text : {"Offre Bailleurs", "offre-bailleurs", "QLweb", "QL_Web", "Espace Bailleur",
                           "ESPACE BAILLEURS", "Offre\u00A0Bailleurs"})
    EXPECT_EQ(find_service(text), Service::kLandlords) << text;
  EXPECT_EQ(find_service("afas"), Service::kAfas);
  EXPECT_EQ(find_service("DGFiP"), Service::kDgfip);
  EXPECT_EQ(find_service("Àdonis"), Service::kAdonis);
}

TEST(FindService, KnowsNothingElse) {
  for (const char* text : {"", "-", "Cdaps", "Cdap 2", "Bailleurs", "Offre Bailleur"})
    EXPECT_FALSE(find_service(text)) << text;
}

TEST(FindService, FindsWhatItNames) {
  for (int i = 0; i < kServiceCount; ++i) {
    const auto service = static_cast<Service>(i);
    EXPECT_EQ(find_service(name(service)), service);
  }
}

TEST(FindRole, FindsWhatItNamesWithinItsServiceOnly) {
  for (int i = 0; i < kRoleCount; ++i) {
    const auto role = static_cast<Role>(i);
    for (int j = 0; j < kServiceCount; ++j) {
      const auto service = static_cast<Service>(j);
      const auto found = find_role(service, name(role));
      EXPECT_EQ(found.has_value(), service == service_of(role)) << name(service) << ' ' << name(role);
      EXPECT_EQ(found.value_or(role), role);
    }
  }
}

TEST(FindRole, ReadsCdapRolesAsPeopleWriteThem) {
  for (const char* text : {"T1", "t 1", "T01", "T-1", "T_1", "T - 001", "T1 Assistants sociaux", "T1/AS", "T1_AS",
                           "\u00A0T\u202F1\u00A0", "T1(AS)"})
    EXPECT_EQ(find_role(Service::kCdap, text), Role::kT1) << text;
  EXPECT_EQ(find_role(Service::kCdap, "T21"), Role::kT21);
  EXPECT_EQ(find_role(Service::kCdap, "T10"), Role::kT10);
}

TEST(FindRole, TakesNoOtherTextForACdapRole) {
  for (const char* text : {"T1AS", "T1é", "T1०", "T1²", "T1Ⅷ", "T0", "T22", "T100", "T00000000000000000000000",
                           "T99999999999999999999", "T", "T-", "", "1", "TT1", "AS T1", "T.1", "Ť1"})
    EXPECT_FALSE(find_role(Service::kCdap, text)) << text;
}

TEST(FindRole, LeavesCaseAccentsAndSeparatorsAside) {
  EXPECT_EQ(find_role(Service::kAfas, "DECLARER"), Role::kDeclare);
  EXPECT_EQ(find_role(Service::kDgfip, "enquete"), Role::kInquiry);
  EXPECT_EQ(find_role(Service::kLandlords, "logements_PRIVÉS"), Role::kPrivateHousing);
  EXPECT_EQ(find_role(Service::kLandlords, "Logements-conventionnes"), Role::kSubsidizedHousing);
  EXPECT_FALSE(find_role(Service::kLandlords, "Logements"));
}

TEST(RoleSet, HoldsTheFirstAndTheLastRole) {
  RoleSet roles;
  EXPECT_TRUE(roles.empty());
  roles.insert(Role::kT1);
  RoleSet others;
  others.insert(Role::kSubsidizedHousing);
  roles.insert(others);
  EXPECT_TRUE(roles.contains(Role::kT1));
  EXPECT_TRUE(roles.contains(Role::kSubsidizedHousing));
  EXPECT_FALSE(roles.contains(Role::kT2));
  EXPECT_FALSE(roles.empty());
}

TEST(ServiceSet, PrintsInTheOrderOfTheCatalogue) {
  ServiceSet services(Service::kLandlords);
  services.insert(ServiceSet(Service::kAfas));
  services.insert(Service::kCdap);
  services.insert(Service::kAfas);
  EXPECT_EQ(to_string(services), "Cdap/Afas/Offre Bailleurs");
  EXPECT_FALSE(services.contains(Service::kDgfip));
  EXPECT_EQ(to_string(ServiceSet()), "");
}

}  // namespace
}  // namespace vigie
