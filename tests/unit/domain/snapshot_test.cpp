#include "domain/snapshot.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "rules/builder.h"

namespace vigie {
namespace {

using test::SnapshotBuilder;
using Indices = std::vector<Index>;

Indices items(std::span<const Index> span) { return {span.begin(), span.end()}; }

TEST(Relation, GivesEachOwnerItsItemsInOrder) {
  const std::vector<Index> owners = {2, 0, kNone, 2};
  const auto relation = Relation::by(3, owners, [](Index owner) { return owner; });
  EXPECT_EQ(items(relation[0]), (Indices{1}));
  EXPECT_EQ(items(relation[1]), (Indices{}));
  EXPECT_EQ(items(relation[2]), (Indices{0, 3}));
}

TEST(Link, FindsParentsWithinTheConventionOnly) {
  SnapshotBuilder b;
  const Index other = b.convention({.number = "20_001"});
  const Index foreign = b.group({.code = "HAUT"});
  const Index child = b.group({.code = "SOUS", .parent_code = "HAUT", .convention = other});
  EXPECT_EQ(b.build().groups[child].parent, kNone);
  const Index parent = b.group({.code = "HAUT", .convention = other});
  const Snapshot snapshot = b.build();
  EXPECT_EQ(snapshot.groups[child].parent, parent);
  EXPECT_EQ(items(snapshot.of.children_of_group[parent]), (Indices{child}));
  EXPECT_TRUE(snapshot.of.children_of_group[foreign].empty());
}

TEST(Link, FindsManagersOfAnyConventionOfTheSource) {
  SnapshotBuilder b;
  const Index other = b.convention({.number = "20_001"});
  const Index account = b.account({.id = "A1", .convention = other});
  const Index managed = b.group({.code = "T1", .manager_id = "A1"});
  const Index lost = b.group({.code = "T2", .manager_id = "PERSONNE"});
  const Snapshot snapshot = b.build();
  EXPECT_EQ(snapshot.groups[managed].manager, account);
  EXPECT_EQ(snapshot.groups[lost].manager, kNone);
  EXPECT_EQ(items(snapshot.of.managed_by_account[account]), (Indices{managed}));
}

TEST(Snapshot, AMissingFileHasNoColumns) {
  Snapshot snapshot;
  snapshot.columns[index(FileId::kGroups)] = column_bit(field::groups::kCode);
  EXPECT_TRUE(snapshot.has_file(FileId::kGroups));
  EXPECT_TRUE(snapshot.has_column(FileId::kGroups, field::groups::kCode));
  EXPECT_FALSE(snapshot.has_column(FileId::kGroups, field::groups::kOrigin));
  EXPECT_FALSE(snapshot.has_file(FileId::kDepartures));
}

TEST(Link, OfVeryManyConventionsAfterALargeOne) {
  test::SnapshotBuilder b;
  const std::vector<std::string> codes = test::numbered("G", 3 * test::kVeryMany);
  for (const std::string& code : codes) b.group({.code = code, .parent_code = "G0"});
  for (const std::string& number : codes) b.convention({.number = number});
  const Index last = b.convention({.number = "19_300"});
  const Index stranger = b.group({.code = "X", .parent_code = "G0", .convention = last});
  const Snapshot s = b.build();
  EXPECT_EQ(s.groups[1].parent, 0U);
  EXPECT_EQ(s.groups[stranger].parent, kNone);
}

}  // namespace
}  // namespace vigie
