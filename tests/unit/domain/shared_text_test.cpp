#include "domain/shared_text.h"

#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace vigie {
namespace {

constexpr std::string_view kWithNul{"a\0b", 3};

TEST(SharedText, SaysWhatItWasMadeOf) {
  EXPECT_EQ(SharedText("Ville de Rosny"), "Ville de Rosny");
  EXPECT_EQ(SharedText(std::string(100'000, 'x')), std::string(100'000, 'x'));
  EXPECT_EQ(SharedText(kWithNul), kWithNul);
  EXPECT_EQ(SharedText(kWithNul).size(), 3U);
  EXPECT_EQ(std::string_view(SharedText("é").c_str()), "é");
  for (const SharedText& empty : {SharedText(), SharedText("")}) {
    EXPECT_TRUE(empty.empty());
    EXPECT_EQ(empty, "");
    EXPECT_STREQ(empty.c_str(), "");
  }
}

TEST(SharedText, IsNoLargerThanAPointer) { EXPECT_EQ(sizeof(SharedText), sizeof(void*)); }

TEST(SharedText, SharesItsCharactersWithItsCopies) {
  SharedText text("détail");
  const SharedText copy = text;
  EXPECT_EQ(copy.c_str(), text.c_str());
  text = "autre";
  EXPECT_EQ(copy, "détail");
  EXPECT_EQ(text, "autre");
}

TEST(SharedText, OutlivesWhatItWasCopiedOrMovedFrom) {
  std::vector<SharedText> kept;
  {
    SharedText text("a text that the heap has");
    kept.push_back(text);
    kept.push_back(std::move(text));
    EXPECT_TRUE(text.empty());  // NOLINT(bugprone-use-after-move): what a move leaves is what is looked at
  }
  kept.front() = kept.back();
  kept.erase(kept.begin());
  EXPECT_EQ(kept.front(), "a text that the heap has");
  SharedText& itself = kept.front();
  itself = kept.front();
  EXPECT_EQ(itself, "a text that the heap has");
}

TEST(SharedText, IsComparedByItsBytes) {
  EXPECT_LT(SharedText("T1"), SharedText("T1AS"));
  EXPECT_LT(SharedText(), SharedText("T1"));
  EXPECT_GT(SharedText("é"), "z");
  EXPECT_NE(SharedText(kWithNul), SharedText("a"));
  EXPECT_EQ(SharedText("T1"), SharedText(std::string("T1")));
  EXPECT_EQ(std::string("T1"), SharedText("T1"));
}

TEST(SharedText, JoinsOtherTextsAndIsPrinted) {
  const SharedText text("T1");
  EXPECT_EQ("Groupe " + text + ", rôle", "Groupe T1, rôle");
  std::ostringstream out;
  out << text;
  EXPECT_EQ(out.str(), "T1");
  EXPECT_TRUE(text.starts_with("T"));
  EXPECT_EQ(text.find('1'), 1U);
  EXPECT_EQ(text.find("AS"), std::string::npos);
  EXPECT_EQ(text.substr(1), "1");
}

TEST(SharedText, IsCopiedByThreadsSideBySide) {
  SharedText text("read by all");
  std::vector<std::thread> threads;
  std::vector<int> seen(4);
  for (int& count : seen)
    threads.emplace_back([&text, &count] {
      for (int i = 0; i < 10'000; ++i) {
        const SharedText copy = text;
        count += copy == "read by all" ? 1 : 0;
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(seen, std::vector<int>(4, 10'000));
  EXPECT_EQ(text, "read by all");
}

TEST(SharedTexts, MakeOneOfWhatIsSaidAgain) {
  SharedText kept;
  {
    SharedTexts texts;
    const SharedText first = texts.get("Ville de Rosny");
    EXPECT_EQ(texts.get(std::string("Ville de Rosny")).c_str(), first.c_str());
    EXPECT_EQ(texts.get("Ville de Nice"), "Ville de Nice");
    EXPECT_TRUE(texts.get("").empty());
    kept = first;
  }
  EXPECT_EQ(kept, "Ville de Rosny");
}

}  // namespace
}  // namespace vigie
