#include "rules/past.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "builder.h"

namespace vigie {
namespace {

using namespace test;
using Accounts = std::vector<std::string>;

const Period kClosed{kLongAgo, kDay};

// Managers on kDay of the group of the account A1, with a grant.
Accounts managers(Group group, Service service, Role role, Period grant = {}, Period account = {}) {
  SnapshotBuilder b;
  b.account({.id = "A1", .period = account});
  b.grant(b.group(group), service, role, grant);
  return afas_managers(b.build(), kDay);
}

TEST(AfasManagers, ManageAnActiveGroupWithAnActiveAfasGrant) {
  EXPECT_EQ(managers({.code = "G", .manager_id = "A1"}, Service::kAfas, Role::kDeclare), (Accounts{"A1"}));
  EXPECT_EQ(managers({.code = "G", .manager_id = "A1"}, Service::kAfas, Role::kEntitle), (Accounts{"A1"}));
  EXPECT_EQ(managers({.code = "G", .manager_id = "A1"}, Service::kCdap, Role::kT1), (Accounts{}));
  EXPECT_EQ(managers({.code = "G", .manager_id = "A1"}, Service::kAfas, Role::kDeclare, kClosed), (Accounts{}));
  EXPECT_EQ(managers({.code = "G", .manager_id = "A1", .period = kClosed}, Service::kAfas, Role::kDeclare),
            (Accounts{}));
  EXPECT_EQ(managers({.code = "G", .manager_id = "nobody"}, Service::kAfas, Role::kDeclare), (Accounts{}));
}

TEST(AfasManagers, NeedNotBeActiveThemselves) {
  EXPECT_EQ(managers({.code = "G", .manager_id = "A1"}, Service::kAfas, Role::kDeclare, {}, kClosed), (Accounts{"A1"}));
}

TEST(GroupKey, TellsConventionAndCodeApart) { EXPECT_NE(group_key("1", "23"), group_key("12", "3")); }

}  // namespace
}  // namespace vigie
