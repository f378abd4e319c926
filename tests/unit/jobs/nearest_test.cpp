#include "nearest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vigie {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::vector<std::string> kWords = {"critical", "major", "minor", "info"};

TEST(Nearest, IsTheWordThatTheFewestLettersMake) {
  EXPECT_THAT(nearest("critcal", kWords), ElementsAre("critical"));
  EXPECT_THAT(nearest("majro", kWords), ElementsAre("major"));
}

TEST(Nearest, LooksAtNeitherCapitalsNorAccents) { EXPECT_THAT(nearest("MAJÔR", kWords), ElementsAre("major")); }

TEST(Nearest, IsSeveralThatAreAsNearAndAtMostThree) {
  EXPECT_THAT(nearest("manor", kWords), ElementsAre("major", "minor"));
  EXPECT_THAT(nearest("19_215", {"19_214", "19_315", "18_215", "17_215", "20_000"}),
              ElementsAre("19_214", "19_315", "18_215"));
}

TEST(Nearest, IsTheOneThatTheWordBegins) {
  EXPECT_THAT(nearest("import.max-shrink", {"import.max-rejects", "import.max-shrink-percent"}),
              ElementsAre("import.max-shrink-percent"));
  EXPECT_THAT(nearest("import.max-reject", {"import.max-reject-percent", "import.max-rejects"}),
              ElementsAre("import.max-rejects"))
      << "one letter is nearer";
  EXPECT_THAT(nearest("close", {"close-group", "close-account"}), ElementsAre("close-group", "close-account"));
}

TEST(Nearest, IsNoneWhereHalfTheWordWouldChange) {
  EXPECT_THAT(nearest("zzzz", kWords), IsEmpty());
  EXPECT_THAT(nearest("", kWords), IsEmpty());
}

TEST(Nearest, IsNoneForAWordThatIsTooLong) {
  EXPECT_THAT(nearest(std::string(101, 'x'), {std::string(101, 'x')}), IsEmpty());
}

TEST(DidYouMean, EndsAMessage) {
  EXPECT_EQ(did_you_mean("majr", kWords), "; did you mean major?");
  EXPECT_EQ(did_you_mean("ab", {"ac", "ad"}), "; did you mean ac or ad?");
  EXPECT_EQ(did_you_mean("ab", {"ac", "ad", "ae"}), "; did you mean ac, ad or ae?");
  EXPECT_EQ(did_you_mean("zzzz", kWords), "");
}

}  // namespace
}  // namespace vigie
