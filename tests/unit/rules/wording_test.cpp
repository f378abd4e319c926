#include "rules/families/wording.h"

#include <string>

#include <gtest/gtest.h>

#include "builder.h"

namespace vigie {
namespace {

using namespace test;

TEST(Wording, ListsFewItemsInFull) {
  EXPECT_EQ(wording::listed({}), "");
  EXPECT_EQ(wording::listed({"T1"}), "T1");
  EXPECT_EQ(wording::listed({"T1", "T2"}), "T1 et T2");
  EXPECT_EQ(wording::listed({"A", "B", "C", "D", "E", "F"}), "A, B, C, D, E et F");
}

TEST(Wording, SaysHowManyOfALongListAreNotNamed) {
  EXPECT_EQ(wording::listed({"A", "B", "C", "D", "E", "F", "G"}), "A, B, C, D, E et 2 autres");
  EXPECT_EQ(wording::listed({"A", "B", "C", "D", "E", "F"}, 1000), "A, B, C, D, E et 995 autres");
}

TEST(Wording, SaysSinceWhenOrUntilWhenARecordIsNotActive) {
  EXPECT_EQ(wording::inactivity({kLongAgo, kDay}, kDay), "est clôturé depuis le 20/11/2026");
  EXPECT_EQ(wording::inactivity({kLongAgo, kDay}, kDay, wording::Gender::kFeminine),
            "est clôturée depuis le 20/11/2026");
  EXPECT_EQ(wording::inactivity({kDay + 1, Day::never()}, kDay), "n'ouvrira que le 21/11/2026");
}

TEST(Wording, CountsDays) {
  EXPECT_EQ(wording::days(1), "1 jour");
  EXPECT_EQ(wording::days(12), "12 jours");
}

TEST(Naming, KeepsOtherPartnersAccountsFromPartners) {
  SnapshotBuilder b;
  const Index other = b.convention({.number = "19_300"});
  const Index own_account = b.account(marie("A1"));
  const Index other_account = b.account({.id = "B1", .last_name = "MARTIN", .first_name = "Paul", .convention = other});
  const Snapshot snapshot = b.build();

  const auto in_full = wording::Naming::in_full(snapshot);
  EXPECT_EQ(in_full(own_account, 0), "A1 (Marie DUPONT)");
  EXPECT_EQ(in_full(other_account, 0), "B1 (Paul MARTIN), de la convention « 19_300 »");

  const auto within = wording::Naming::within(snapshot, 0);
  EXPECT_EQ(within(own_account, 0), "A1 (Marie DUPONT)");
  EXPECT_EQ(within(other_account, 0), "un compte d'un autre partenaire");
}

}  // namespace
}  // namespace vigie
