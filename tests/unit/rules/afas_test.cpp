#include "rules/families/afas.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "builder.h"
#include "findings/remedy.h"

namespace vigie {
namespace {

using namespace test;

Profile pending(Index account, Index activity, std::string_view place, Day asked_on) {
  return {.account = account,
          .activity = activity,
          .activity_name = "ALSH",
          .place = place,
          .asked_on = asked_on,
          .role = AfasRole::kApprover,
          .state = ProfileState::kPending};
}

TEST(AfasApproverPending, CountsTheLongestWait) {
  SnapshotBuilder b;
  const Index account = b.account({.id = "A1"});
  const Index activity = b.activity({.name = "ALSH"});
  b.profile(pending(account, activity, "", kDay - 2));
  b.profile(pending(account, activity, "Istres", kDay - 16));
  b.profile(pending(account, activity, "Fos", kDay - 3));
  const auto found = judged("afas-approver-pending", b.build());
  ASSERT_EQ(subjects(found), (Subjects{"19_214 A1:ALSH"}));
  EXPECT_EQ(found[0].severity, Severity::kMajor);
  EXPECT_NE(found[0].detail.find("depuis le 04/11/2026 (16 jours)"), std::string::npos) << found[0].detail;
}

TEST(AfasApproverPending, CountsNoDaysOnTheDayOfTheRequest) {
  SnapshotBuilder b;
  b.profile(pending(b.account({.id = "A1"}), b.activity({.name = "ALSH"}), "", kDay));
  EXPECT_TRUE(only_finding("afas-approver-pending", b.build()).detail.view().ends_with("depuis le 20/11/2026."));
}

// A second request would wait behind the first.
TEST(AfasApproverAbsent, AsksForNoSecondRequestWhereOneIsWaiting) {
  SnapshotBuilder b;
  const Index account = b.account({.id = "A1"});
  b.activity({.name = "NEW"});
  b.profile(pending(account, b.activity({.name = "ALSH"}), "", kDay - 2));
  const auto found = judged("afas-approver-absent", b.build());
  ASSERT_EQ(subjects(found), (Subjects{"19_214 NEW", "19_214 ALSH"}));
  EXPECT_NE(recommendation(found[0]).find("Affecter un rôle"), std::string::npos) << recommendation(found[0]);
  EXPECT_EQ(recommendation(found[1]).find("Affecter un rôle"), std::string::npos) << recommendation(found[1]);
  EXPECT_NE(recommendation(found[1]).find("ne pas faire de seconde demande"), std::string::npos);
}

TEST(AfasTooManyProviders, KeepsAForeignProvidersNameFromThePartner) {
  SnapshotBuilder b;
  const Index other = b.convention({.number = "19_300"});
  const Index activity = b.activity({.name = "ALSH"});
  for (const std::string_view id : {"A1", "A2"})
    b.profile({.account = b.account({.id = id, .last_name = "X", .first_name = "Y"}), .activity = activity});
  b.profile({.account = b.account({.id = "B1", .last_name = "X", .first_name = "Y", .convention = other}),
             .activity = activity});
  const auto found = judged("afas-too-many-providers", b.build());
  ASSERT_EQ(subjects(found), (Subjects{"19_214 ALSH:FDA"}));
  EXPECT_EQ(found[0].detail,
            "L'activité « ALSH » a 3 FDA (2 au plus) : A1 (Y X), A2 (Y X) et B1 (Y X), de la convention « 19_300 ».");
  EXPECT_EQ(found[0].partner_detail,
            "L'activité « ALSH » a 3 FDA (2 au plus) : A1 (Y X), A2 (Y X) et un compte d'un autre partenaire.");
}

TEST(AfasProviderAbsent, LooksAtEachOfVeryManyPlaces) {
  SnapshotBuilder b;
  const Index account = b.account({.id = "A1"});
  const Index activity = b.activity({.name = "ALSH"});
  b.profile({.account = account, .activity = activity, .role = AfasRole::kFinancialProvider});
  const std::vector<std::string> places = numbered("L", kVeryMany);
  for (const std::string& place : places) b.place({.activity = activity, .activity_name = "ALSH", .name = place});
  for (auto place = places.rbegin(); place + 1 != places.rend(); ++place)
    b.profile({.account = account, .activity = activity, .place = *place});
  EXPECT_EQ(subjects(judged("afas-provider-absent", b.build())), (Subjects{"19_214 ALSH/L0:FDA"}));
}

TEST(AfasProfileWithoutGroup, LooksOnceAtAnAccountOfVeryManyProfilesAndGroups) {
  SnapshotBuilder b;
  const Index other = b.convention({.number = "19_300"});
  const Index account = b.account({.id = "A1"});
  const std::vector<std::string> codes = numbered("G", kVeryMany);
  for (const std::string& code : codes) {
    b.membership(b.group({.code = code}), account);
    b.profile({.account = account, .activity_name = code});
  }
  const Index declaring = b.group({.code = "AFAS-DECLARER", .convention = other});
  b.grant(declaring, Service::kAfas, Role::kDeclare);
  b.membership(declaring, account);
  b.profile({.convention = other, .account = account, .activity_name = "ALSH"});
  EXPECT_EQ(subjects(judged("afas-profile-without-group", b.build())), (Subjects{"19_214 A1"}));
}

TEST(AfasProfileWithoutGroup, TellsPartnersOfNoActivity) {
  SnapshotBuilder b;
  const Index account = b.account(marie("A1"));
  b.profile({.account = account, .activity_name = "ALSH"});
  const Finding found = only_finding("afas-profile-without-group", b.build());
  EXPECT_NE(found.detail.find("« ALSH »"), std::string::npos) << found.detail;
  EXPECT_EQ(found.partner_detail,
            "Un profil Afas est donné, sans groupe de la convention qui donne Afas Déclarer, à : A1 (Marie DUPONT).");
}

}  // namespace
}  // namespace vigie
