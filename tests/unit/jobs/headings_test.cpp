#include "headings.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace vigie {
namespace {

using Headings = std::vector<std::string>;

TEST(SaidHeadings, AreJoined) {
  EXPECT_EQ(said_headings({}), "");
  EXPECT_EQ(said_headings({"Couleur", "Autres actions"}), "Couleur, Autres actions");
}

TEST(SaidHeadings, LeaveOutWhatIsNone) {
  EXPECT_EQ(said_headings({"marie@rosny.example"}), "1 more");
  EXPECT_EQ(said_headings({"Couleur", std::string(61, 'x'), "a\033[2Jb", "a\u202Eb", "a\nb", "\xFF", "Taille"}),
            "Couleur, Taille, and 5 more");
  EXPECT_EQ(said_headings({std::string(60, 'x')}), std::string(60, 'x'));
}

TEST(SaidHeadings, AreNoMoreThanTwenty) {
  EXPECT_EQ(said_headings(Headings(10'000, "x")).substr(51), "x, x, x, and 9980 more");
}

}  // namespace
}  // namespace vigie
