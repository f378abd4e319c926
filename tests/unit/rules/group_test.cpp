#include "rules/families/group.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "builder.h"

namespace vigie {
namespace {

using namespace test;

TEST(SubgroupCycle, ShowsTheWayBack) {
  SnapshotBuilder b;
  b.group({.code = "A", .label = "Un", .parent_code = "B"});
  b.group({.code = "B", .label = "Deux", .parent_code = "A", .period = {kLongAgo, kDay}});
  const auto found = judged("subgroup-cycle", b.build());
  ASSERT_EQ(subjects(found), (Subjects{"19_214 A"}));
  EXPECT_EQ(found[0].detail,
            "De parent en parent, le groupe « A » (Un) se retrouve sous lui-même : « A » > « B » > « A ».");
}

TEST(SubgroupCycle, CutsALongWayShort) {
  SnapshotBuilder b;
  const std::vector<std::string> codes = numbered("G", 1000);
  for (std::size_t i = 0; i < codes.size(); ++i)
    b.group({.code = codes[i], .parent_code = codes[(i + 1) % codes.size()]});
  const auto found = judged("subgroup-cycle", b.build());
  ASSERT_EQ(found.size(), codes.size());
  EXPECT_NE(found[0].detail.find("« G6 » > … > « G0 »"), std::string::npos) << found[0].detail;
}

TEST(SubgroupCycle, FollowsAChainOnceHoweverLong) {
  SnapshotBuilder b;
  const std::vector<std::string> codes = numbered("G", 20'000);
  for (std::size_t i = 0; i + 1 < codes.size(); ++i) b.group({.code = codes[i], .parent_code = codes[i + 1]});
  b.group({.code = codes.back()});
  EXPECT_TRUE(judged("subgroup-cycle", b.build()).empty());
}

TEST(SubgroupParentClosed, NamesTheParentToComplianceOnly) {
  SnapshotBuilder b;
  b.group({.code = "HAUT", .label = "Haut", .period = {kLongAgo, kDay}});
  b.group({.code = "SOUS", .label = "Sous", .parent_code = "HAUT"});
  const Finding found = only_finding("subgroup-parent-closed", b.build());
  EXPECT_EQ(found.detail,
            "Le groupe « SOUS » (Sous) est ouvert, mais son parent « HAUT » (Haut) est clôturé depuis le 20/11/2026.");
  EXPECT_EQ(found.partner_detail,
            "Le groupe « SOUS » (Sous) est ouvert, mais son groupe parent est clôturé depuis le 20/11/2026.");
}

TEST(GroupManagerUnknown, KeepsAForeignManagersNameFromThePartner) {
  SnapshotBuilder b;
  const Index other = b.convention({.number = "19_300"});
  b.account({.id = "B1", .last_name = "MARTIN", .first_name = "Paul", .convention = other});
  b.group({.code = "G", .label = "Groupe", .manager_id = "B1"});
  const Finding found = only_finding("group-manager-unknown", b.build());
  EXPECT_NE(found.detail.find("B1 (Paul MARTIN)"), std::string::npos);
  EXPECT_EQ(found.partner_detail.find("MARTIN"), std::string::npos);
  EXPECT_NE(found.partner_detail.find("un compte d'un autre partenaire"), std::string::npos);
}

FirstGroup first_group(std::string_view label, std::string_view parent, std::string_view origin) {
  FirstGroup first;
  first.label = label;
  first.parent = parent;
  first.origin = origin;
  return first;
}

TEST(GroupGeneratedChanged, RemembersWhatWasGenerated) {
  SnapshotBuilder b;
  b.group({.code = "G", .label = "Groupe", .origin = Origin::kPartner});
  Background background;
  background.past.groups[group_key("19_214", "G")] = first_group("Groupe", "", "Automatique");
  const Finding found = only_finding("group-generated-changed", b.build(), background);
  EXPECT_EQ(found.detail,
            "Le groupe « G » (Groupe), généré ou d'Offre Bailleurs, a été modifié : l'origine était « Automatique », "
            "c'est maintenant « Partenaire ».");
}

TEST(GroupGeneratedChanged, ProvesNothingFromAColumnThatTheDropLacks) {
  SnapshotBuilder b;
  b.group({.code = "G", .label = "Groupe", .origin = Origin::kAutomatic});
  Background background;
  background.past.groups[group_key("19_214", "G")] = first_group("Groupe", "HAUT", "Automatique");
  EXPECT_EQ(judged("group-generated-changed", b.build(), background).size(), 1U);
  b.drop_without(FileId::kGroups, field::groups::kParent);
  EXPECT_TRUE(judged("group-generated-changed", b.build(), background).empty());
}

TEST(GroupGeneratedChanged, IgnoresAnotherConventionsGroupOfTheSameCode) {
  SnapshotBuilder b;
  b.group({.code = "G", .label = "Groupe", .origin = Origin::kAutomatic});
  Background background;
  background.past.groups[group_key("19_300", "G")] = first_group("Autre", "", "Automatique");
  EXPECT_TRUE(judged("group-generated-changed", b.build(), background).empty());
}

TEST(GroupSeveralCdapRoles, NamesAFewOfVeryMany) {
  SnapshotBuilder b;
  const Index group = b.group({.code = "G", .label = "Tous"});
  const std::vector<std::string> roles = numbered("X", kVeryMany);
  for (const std::string& role : roles) b.unknown_grant(group, Service::kCdap, role);
  b.unknown_grant(group, Service::kCdap, roles.front(), {kLongAgo, kDay + 1});
  const Finding found = only_finding("group-several-cdap-roles", b.build());
  EXPECT_NE(found.detail.find("donne 100 000 rôles Cdap : X0, X1, X2, X3, X4 et 99 995 autres."), std::string::npos)
      << found.detail;
}

TEST(SubgroupRoleNotInParent, ComparesNamesThatTheCatalogueDoesNotKnow) {
  SnapshotBuilder b;
  const Index parent = b.group({.code = "HAUT"});
  const Index child = b.group({.code = "SOUS", .parent_code = "HAUT"});
  b.unknown_grant(parent, Service::kCdap, "X1");
  b.unknown_grant(parent, Service::kAfas, "X2");
  b.unknown_grant(parent, Service::kCdap, "X3", {kLongAgo, kDay});
  for (const std::string_view role : {"X1", "X2", "X3"}) b.unknown_grant(child, Service::kCdap, role);
  EXPECT_EQ(subjects(judged("subgroup-role-not-in-parent", b.build())),
            (Subjects{"19_214 SOUS:Cdap:X2", "19_214 SOUS:Cdap:X3"}));
}

TEST(SubgroupRoleNotInParent, LooksUpEachOfVeryManyRoles) {
  SnapshotBuilder b;
  const Index parent = b.group({.code = "HAUT"});
  const Index child = b.group({.code = "SOUS", .parent_code = "HAUT"});
  const std::vector<std::string> roles = numbered("X", kVeryMany);
  for (const std::string& role : roles) b.unknown_grant(parent, Service::kCdap, role);
  for (auto role = roles.rbegin(); role != roles.rend(); ++role) b.unknown_grant(child, Service::kCdap, *role);
  b.unknown_grant(child, Service::kCdap, "Y");
  EXPECT_EQ(subjects(judged("subgroup-role-not-in-parent", b.build())), (Subjects{"19_214 SOUS:Cdap:Y"}));
}

std::string role_not_in_parent(Period parent) {
  SnapshotBuilder b;
  b.group({.code = "HAUT", .label = "Haut", .period = parent});
  b.grant(b.group({.code = "SOUS", .label = "Sous", .parent_code = "HAUT"}), Service::kCdap, Role::kT2);
  const auto found = judged("subgroup-role-not-in-parent", b.build());
  return std::string(found.size() == 1 ? found[0].partner_detail : "not one finding");
}

TEST(SubgroupRoleNotInParent, SaysWhetherTheParentNeverGaveItOrNoLongerOrNotYet) {
  const std::string beginning = "Le sous-groupe « SOUS » (Sous) donne Cdap T2, que son groupe parent ";
  EXPECT_EQ(role_not_in_parent({}), beginning + "ne donne pas.");
  EXPECT_EQ(role_not_in_parent({kLongAgo, kDay}), beginning + "ne donne plus : il est clôturé depuis le 20/11/2026.");
  EXPECT_EQ(role_not_in_parent({kDay + 1, Day::never()}),
            beginning + "ne donne pas encore : il n'ouvrira que le 21/11/2026.");
}

TEST(GroupRoleUnknown, ElidesBeforeTheServicesName) {
  SnapshotBuilder b;
  b.grant(b.group({.code = "G", .label = "Groupe"}), Service::kAfas, Role::kDeclare);
  Snapshot snapshot = b.build();
  snapshot.grants[0].role.reset();
  const Finding found = only_finding("group-role-unknown", snapshot);
  EXPECT_NE(found.detail.find("n'est pas d'Afas."), std::string::npos) << found.detail;
}

}  // namespace
}  // namespace vigie
