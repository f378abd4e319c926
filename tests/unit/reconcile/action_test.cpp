#include "reconcile/action.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace vigie {
namespace {

TEST(ActionNames, AreThoseOfTheContract) {
  std::vector<std::string_view> kinds;
  for (int i = 0; i < kActionKindCount; ++i) kinds.push_back(name(static_cast<ActionKind>(i)));
  EXPECT_EQ(kinds, (std::vector<std::string_view>{"close-afas-profile", "close-membership", "close-grant",
                                                  "close-designation", "close-group", "close-account"}));
  for (const char* reason : {"convention-closed", "account-departed", "account-closed", "group-closed",
                             "activity-closed", "bulletin-closed"})
    EXPECT_EQ(name(find_reason(reason).value()), reason);
  for (const char* state : {"proposed", "sent", "overdue", "held", "confirmed", "obsolete"})
    EXPECT_EQ(name(find_action_state(state).value()), state);
  EXPECT_FALSE(find_reason(""));
  EXPECT_FALSE(find_action_state("Sent"));
}

TEST(ActionNames, SayOfWhateverIsClosedThatItIsCloture) {
  for (const Reason reason : {Reason::kConventionClosed, Reason::kAccountClosed, Reason::kGroupClosed,
                              Reason::kActivityClosed, Reason::kBulletinClosed})
    EXPECT_NE(french_name(reason).find(" clôturé"), std::string_view::npos) << french_name(reason);
}

TEST(ActionSubject, ReadsInWords) {
  using enum ActionKind;
  EXPECT_EQ(subject_in_words(kCloseMembership, "T2ANC/VIL09301AY@2021-09-06"),
            "Appartenance du compte VIL09301AY au groupe T2ANC, ouverte le 06/09/2021");
  EXPECT_EQ(subject_in_words(kCloseProfile, "VIL1:FDA:ALSH-01/Site annexe@2021-09-06"),
            "Profil FDA sur ALSH-01/Site annexe du compte VIL1, ouvert le 06/09/2021");
  EXPECT_EQ(subject_in_words(kCloseGrant, "T2PE:Cdap:T2@2021-09-06"),
            "Rôle Cdap T2 du groupe T2PE, donné le 06/09/2021");
  EXPECT_EQ(subject_in_words(kCloseDesignation, "VIL1@2021-09-06"),
            "Désignation du compte VIL1, ouverte le 06/09/2021");
  EXPECT_EQ(subject_in_words(kCloseGroup, "T2PE"), "Groupe T2PE");
  EXPECT_EQ(subject_in_words(kCloseAccount, "VIL1"), "Compte VIL1");
}

TEST(ActionSubject, IsReadFromTheSideWhereCodesHoldNoSigns) {
  using enum ActionKind;
  EXPECT_EQ(subject_in_words(kCloseMembership, "A/B/VIL1@2021-09-06"),
            "Appartenance du compte VIL1 au groupe A/B, ouverte le 06/09/2021");
  EXPECT_EQ(subject_in_words(kCloseGrant, "A:B:Adonis:Adonis@2021-09-06"),
            "Rôle Adonis du groupe A:B, donné le 06/09/2021");
  EXPECT_EQ(subject_in_words(kCloseGroup, "T2@2021-09-06"), "Groupe T2@2021-09-06");
  EXPECT_EQ(subject_in_words(kCloseProfile, "VIL1:FDA:a:b@c@2021-09-06"),
            "Profil FDA sur a:b@c du compte VIL1, ouvert le 06/09/2021");
}

TEST(CarriedOutBefore, FollowsThePortalsOrder) {
  using enum ActionKind;
  std::vector<Action> actions;
  const auto add = [&](ActionKind kind, std::string convention, std::string subject, int depth = 0) {
    actions.push_back(
        {.kind = kind, .convention = std::move(convention), .subject = std::move(subject), .depth = depth});
  };
  add(kCloseAccount, "1", "A");
  add(kCloseGroup, "1", "HAUT", 0);
  add(kCloseGroup, "1", "SOUS", 1);
  add(kCloseGroup, "2", "AUTRE", 2);
  add(kCloseDesignation, "1", "A@2020-01-01");
  add(kCloseGrant, "1", "G:Cdap:T1@2020-01-01");
  add(kCloseMembership, "2", "G/A@2020-01-01");
  add(kCloseMembership, "1", "G/B@2020-01-01");
  add(kCloseMembership, "1", "G/A@2020-01-01");
  add(kCloseProfile, "9", "Z:FDA:X@2020-01-01");
  std::ranges::sort(actions, carried_out_before);
  std::vector<std::string> subjects;
  for (const Action& action : actions) subjects.push_back(action.convention + " " + std::string(action.subject));
  EXPECT_EQ(subjects, (std::vector<std::string>{"9 Z:FDA:X@2020-01-01", "1 G/A@2020-01-01", "1 G/B@2020-01-01",
                                                "2 G/A@2020-01-01", "1 G:Cdap:T1@2020-01-01", "1 A@2020-01-01",
                                                "2 AUTRE", "1 SOUS", "1 HAUT", "1 A"}));
}

}  // namespace
}  // namespace vigie
