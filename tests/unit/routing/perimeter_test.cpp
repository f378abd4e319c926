#include "routing/perimeter.h"

#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "rules/builder.h"

namespace vigie {
namespace {

using test::kDay;
using test::kVeryMany;
using test::numbered;
using test::SnapshotBuilder;
using Ids = std::vector<std::string>;

Finding about_group(std::string code) {
  Finding finding;
  finding.group = std::move(code);
  return finding;
}

Finding about_account(std::string id) {
  Finding finding;
  finding.account = std::move(id);
  return finding;
}

class PerimetersTest : public testing::Test {
 protected:
  void managers(const Ids& ids) {
    for (const std::string& id : ids) b_.account({.id = keep(id)});
  }
  void group(const std::string& code, const std::string& parent, const std::string& manager) {
    b_.group({.code = keep(code), .parent_code = keep(parent), .manager_id = keep(manager)});
  }
  Ids over(const Finding& finding, Perimeters& perimeters, const Snapshot& snapshot) {
    Ids ids;
    for (const Index manager : perimeters.over(finding)) ids.emplace_back(snapshot.accounts[manager].id);
    return ids;
  }
  Ids over(const Finding& finding) {
    const Snapshot snapshot = b_.build();
    Perimeters perimeters(snapshot, 0, kDay);
    return over(finding, perimeters, snapshot);
  }
  std::string_view keep(const std::string& text) { return kept_.emplace_back(text); }

  SnapshotBuilder b_;
  std::deque<std::string> kept_;
};

TEST_F(PerimetersTest, HaveTheManagersOfAllGroupsAboveEachOnce) {
  managers({"A1", "A2", "A3"});
  group("HAUT", "", "A1");
  group("MILIEU", "HAUT", "");
  group("BAS", "MILIEU", "A2");
  group("FOND", "BAS", "A1");
  group("AUTRE", "", "A3");
  const Snapshot snapshot = b_.build();
  Perimeters perimeters(snapshot, 0, kDay);
  EXPECT_EQ(over(about_group("FOND"), perimeters, snapshot), (Ids{"A1", "A2"}));
  EXPECT_EQ(over(about_group("MILIEU"), perimeters, snapshot), (Ids{"A1"}));
  EXPECT_EQ(over(about_group("BAS"), perimeters, snapshot), (Ids{"A1", "A2"}));
  EXPECT_EQ(over(about_group("HAUT"), perimeters, snapshot), (Ids{"A1"}));
  EXPECT_EQ(over(about_group("AUTRE"), perimeters, snapshot), (Ids{"A3"}));
}

TEST_F(PerimetersTest, OfACycleHaveAllOfItsManagersAndThoseBelowTheirOwn) {
  managers({"A1", "A2", "A3", "A4"});
  group("BAS", "UN", "A4");
  group("UN", "DEUX", "A1");
  group("DEUX", "TROIS", "A2");
  group("TROIS", "UN", "A3");
  const Snapshot snapshot = b_.build();
  for (const Ids& asked : {Ids{"BAS", "TROIS", "UN", "DEUX"}, Ids{"DEUX", "UN", "TROIS", "BAS"}}) {
    Perimeters perimeters(snapshot, 0, kDay);
    for (const std::string& code : asked)
      EXPECT_EQ(over(about_group(code), perimeters, snapshot),
                code == "BAS" ? (Ids{"A1", "A2", "A3", "A4"}) : (Ids{"A1", "A2", "A3"}))
          << code;
  }
}

TEST_F(PerimetersTest, OfAnAccountAreThoseOfAllItsGroups) {
  managers({"A1", "A2", "A3"});
  group("HAUT", "", "A1");
  group("UN", "HAUT", "A2");
  group("DEUX", "HAUT", "A3");
  const Index member = b_.account({.id = "M"});
  b_.membership(1, member);
  b_.membership(2, member);
  EXPECT_EQ(over(about_account("M")), (Ids{"A1", "A2", "A3"}));
}

TEST_F(PerimetersTest, FollowAChainOfVeryManyGroupsOnce) {
  managers({"A1", "A2"});
  const Ids codes = numbered("G", kVeryMany);
  for (std::size_t i = 0; i < codes.size(); ++i)
    group(codes[i], i + 1 < codes.size() ? codes[i + 1] : "", i % 2 == 0 ? "A1" : "A2");
  const Snapshot snapshot = b_.build();
  Perimeters perimeters(snapshot, 0, kDay);
  for (const std::string& code : codes)
    ASSERT_EQ(perimeters.over(about_group(code)).size(), code == codes.back() ? 1U : 2U) << code;
}

TEST_F(PerimetersTest, GoRoundACycleOfVeryManyGroupsOnce) {
  managers({"A1"});
  const Ids codes = numbered("G", kVeryMany);
  for (std::size_t i = 0; i < codes.size(); ++i) group(codes[i], codes[(i + 1) % codes.size()], i == 0 ? "A1" : "");
  const Snapshot snapshot = b_.build();
  Perimeters perimeters(snapshot, 0, kDay);
  for (const std::string& code : codes) ASSERT_EQ(perimeters.over(about_group(code)).size(), 1U) << code;
}

// Its memory: every group has a manager of its own, so that the bottom one has all above it, and few are asked for.
TEST_F(PerimetersTest, KeepEachManagerOfALongChainOnce) {
  const Ids codes = numbered("G", kVeryMany);
  const Ids ids = numbered("A", kVeryMany);
  managers(ids);
  for (std::size_t i = 0; i < codes.size(); ++i) group(codes[i], i + 1 < codes.size() ? codes[i + 1] : "", ids[i]);
  const Snapshot snapshot = b_.build();
  Perimeters perimeters(snapshot, 0, kDay);
  EXPECT_EQ(perimeters.over(about_group("G0")).size(), codes.size());
  EXPECT_EQ(perimeters.over(about_group(codes.back())), (std::vector<Index>{static_cast<Index>(ids.size() - 1)}));
}

TEST_F(PerimetersTest, OfAnAccountInVeryManyGroupsOfAChainAreFoundOnce) {
  managers({"A1"});
  const Ids codes = numbered("G", kVeryMany);
  const Index member = b_.account({.id = "M"});
  for (std::size_t i = 0; i < codes.size(); ++i) {
    group(codes[i], i + 1 < codes.size() ? codes[i + 1] : "", i + 1 < codes.size() ? "" : "A1");
    b_.membership(static_cast<Index>(i), member);
  }
  EXPECT_EQ(over(about_account("M")), (Ids{"A1"}));
}

}  // namespace
}  // namespace vigie
