#include "rules/families/membership.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "builder.h"

namespace vigie {
namespace {

using namespace test;

TEST(MembershipOverlap, IsOfOneAccountInOneGroup) {
  SnapshotBuilder b;
  const Index one = b.group({.code = "UN"});
  const Index two = b.group({.code = "DEUX"});
  const Index marie = b.account({.id = "A1"});
  const Index paul = b.account({.id = "A2"});
  b.membership(one, marie);
  b.membership(two, paul, {kDay - 10, kDay});
  b.membership(one, paul);
  b.membership(two, marie);
  b.membership(two, paul, {kDay, Day::never()});
  b.membership(two, paul, {kDay - 1, kDay - 1});
  EXPECT_TRUE(judged("membership-overlap", b.build()).empty());
  b.membership(two, paul, {kDay + 5, kDay + 6});
  EXPECT_EQ(subjects(judged("membership-overlap", b.build())), (Subjects{"19_214 DEUX/A2"}));
}

TEST(MembershipOverlap, SaysOneOfVeryManyOnce) {
  SnapshotBuilder b;
  const Index group = b.group({.code = "G", .label = "Tous"});
  const Index account = b.account(marie("A1"));
  for (int i = 0; i < kVeryMany; ++i) b.membership(group, account, {kLongAgo - i - 1, kLongAgo - i});
  for (int i = 0; i < kVeryMany; ++i) b.membership(group, account, {kDay - i, Day::never()});
  const auto found = judged("membership-overlap", b.build());
  ASSERT_EQ(subjects(found), (Subjects{"19_214 G/A1"}));
  EXPECT_NE(found[0].detail.find("pour A1 (Marie DUPONT) : du 20/11/2026 sans fin, et du 19/11/2026 sans fin."),
            std::string::npos)
      << found[0].detail;
}

TEST(MembershipOverlap, IsLookedForInEachOfVeryManyGroupsOfAnAccount) {
  SnapshotBuilder b;
  const Index account = b.account({.id = "A1"});
  const std::vector<std::string> codes = numbered("G", kVeryMany);
  for (const std::string& code : codes) b.membership(b.group({.code = code}), account);
  EXPECT_TRUE(judged("membership-overlap", b.build()).empty());
}

TEST(MembershipOpensEarly, NamesWhatItOpensBefore) {
  const auto detail = [](Day group_opens_on, Day account_opens_on) {
    SnapshotBuilder b;
    const Index group = b.group({.code = "G", .period = {group_opens_on, Day::never()}});
    Account account = marie("A1");
    account.period = {account_opens_on, Day::never()};
    b.membership(group, b.account(account), {kDay - 10, Day::never()});
    return std::string(only_finding("membership-opens-early", b.build()).detail);
  };
  EXPECT_NE(detail(kDay - 5, kLongAgo).find(", avant le groupe (15/11/2026) :"), std::string::npos);
  EXPECT_NE(detail(kLongAgo, kDay - 4).find(", avant le compte (16/11/2026) :"), std::string::npos);
  EXPECT_NE(detail(kDay - 5, kDay - 4).find("le groupe (15/11/2026) et le compte (16/11/2026)"), std::string::npos);
}

}  // namespace
}  // namespace vigie
