#include "domain/text.h"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace vigie {
namespace {

TEST(Fold, LowersAsciiAndLeavesTheRestOfItAlone) {
  EXPECT_EQ(fold(""), "");
  EXPECT_EQ(fold("Mairie DE Nice [42] @`{"), "mairie de nice [42] @`{");
}

TEST(Fold, TakesAccentsOffComposedOrNot) {
  EXPECT_EQ(fold("ÉÈÊËÀÂÄÎÏÔÖÙÛÜŸÇÑ"), "eeeeaaaiioouuuycn");
  EXPECT_EQ(fold("E\u0301le\u0300ve"), "eleve");
  EXPECT_EQ(fold("Đặng Łukasz Søren"), "dang lukasz soren");
}

TEST(Fold, KnowsTheEqualitiesOfTheContract) {
  EXPECT_EQ(fold("ŒUVRE Æsop Straße ẞ L’Haÿ"), "oeuvre aesop strasse ss l'hay");
}

TEST(Fold, AppliesCompatibilityDecompositions) {
  EXPECT_EQ(fold("ﬁchier"), "fichier");
  EXPECT_EQ(fold("Ｔ１"), "t1");
  EXPECT_EQ(fold("a\u00A0b\u202Fc"), "a b c");
  EXPECT_EQ(fold("Nº ²"), "no 2");
  EXPECT_EQ(fold("™"), "tm");
}

TEST(Fold, CoversOtherScripts) {
  EXPECT_EQ(fold("ΆΘΗΝΑ"), "αθηνα");
  EXPECT_EQ(fold("ЙОГУРТ"), "иогурт");
}

TEST(Fold, IsIdempotentAndKeepsInvalidBytes) {
  for (const std::string_view text : {"Œuvre ½ ℡ İstanbul", "Ǆ Ⅷ ㎏", "한국 豈"})
    EXPECT_EQ(fold(fold(text)), fold(text));
  EXPECT_EQ(fold("A\xE9Z\xC3"), "a\xE9z\xC3");
}

TEST(Fold, ReusesTheOutputAndOverwritesIt) {
  std::string out = "what was there before, and longer";
  fold_into("É", out);
  EXPECT_EQ(out, "e");
  fold_into("ABC", out);
  EXPECT_EQ(out, "abc");
}

TEST(Squash, DropsBlanksHyphensAndUnderscores) {
  EXPECT_EQ(squash(" Offre-Bailleurs_ "), "offrebailleurs");
  EXPECT_EQ(squash("Date\u00A0d'ouverture\u2028"), "dated'ouverture");
  EXPECT_EQ(squash("Clôturé(e)"), "cloture(e)");
}

TEST(Upper, KeepsAccents) {
  EXPECT_EQ(upper("Ville de Rosny-sous-Bois, cité Éluard, œuf"), "VILLE DE ROSNY-SOUS-BOIS, CITÉ ÉLUARD, ŒUF");
  EXPECT_EQ(upper("ßÿ"), "SSŸ");
}

TEST(Printable, LeavesTextAsItIs) {
  EXPECT_EQ(printable("", 10), "");
  EXPECT_EQ(printable("Crèche « œuvre » 👩", 100), "Crèche « œuvre » 👩");
}

TEST(Printable, EscapesWhatBreaksALineOrTurnsIt) {
  EXPECT_EQ(printable("a\nb\x1b[31mc\x7F", 100), "a\\x0ab\\x1b[31mc\\x7f");
  EXPECT_EQ(printable(std::string_view("\0", 1), 100), "\\x00");
  EXPECT_EQ(printable("\u0085\u2028\u202E", 100), "\\xc2\\x85\\xe2\\x80\\xa8\\xe2\\x80\\xae");
  EXPECT_EQ(printable("é\xFF\xC3", 100), "é\\xff\\xc3");
}

TEST(Printable, IsCutBetweenCharacters) {
  EXPECT_EQ(printable("abc", 3), "abc");
  EXPECT_EQ(printable("abcd", 3), "abc…");
  EXPECT_EQ(printable("aéé", 4), "aé…");
}

TEST(Trim, TakesUnicodeWhiteSpaceOff) {
  EXPECT_EQ(trim("a b"), "a b");
  EXPECT_EQ(trim(" \t\r\n a b \v\f"), "a b");
  EXPECT_EQ(trim("\u00A0\u202F\u2007\u3000\u0085é\u00A0\u202F\u2007\u3000"), "é");
  EXPECT_EQ(trim(" \u00A0 "), "");
  EXPECT_EQ(trim(""), "");
}

TEST(Trim, KeepsWhatIsNoWhiteSpace) {
  EXPECT_EQ(trim("\uFEFFa\u200B"), "\uFEFFa\u200B");
  EXPECT_EQ(trim("à"), "à");
  EXPECT_EQ(trim(" \xA0 "), "\xA0");
}

TEST(ValidUtf8, AcceptsEveryLength) {
  EXPECT_TRUE(is_valid_utf8(""));
  EXPECT_TRUE(is_valid_utf8("plain ASCII, longer than eight bytes"));
  EXPECT_TRUE(is_valid_utf8("é\u0800\uFFFF\U00010000\U0010FFFF plain plain é"));
}

TEST(ValidUtf8, RefusesOverlongsSurrogatesAndStrayBytes) {
  for (const std::string_view bad : {"\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xF0\x8F\xBF\xBF", "\xED\xA0\x80",
                                     "\xED\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\x80", "\xC3", "\xE2\x82",
                                     "\xF0\x9F\x98", "\xC3(", "12345678\xE9", "1234567\xE9", "\xFF"}) {
    EXPECT_FALSE(is_valid_utf8(bad)) << bad;
  }
}

TEST(NextCodePoint, WalksThroughTheText) {
  std::string_view rest = "aé\u20AC\U0001F600\xE9z";
  EXPECT_EQ(next_code_point(rest), U'a');
  EXPECT_EQ(next_code_point(rest), U'é');
  EXPECT_EQ(next_code_point(rest), U'\u20AC');
  EXPECT_EQ(next_code_point(rest), U'\U0001F600');
  EXPECT_EQ(next_code_point(rest), U'\uFFFD');
  EXPECT_EQ(next_code_point(rest), U'z');
  EXPECT_TRUE(rest.empty());
}

TEST(LetterOrDigit, IsOfAnyScript) {
  for (const char32_t yes : std::u32string_view(U"aZ09éŒЖ٣中한\U0001D400")) {
    EXPECT_TRUE(is_letter_or_digit(yes)) << static_cast<unsigned>(yes);
  }
  for (const char32_t no : std::u32string_view(U" _-.'’\u0301\u00A0€°\U0001F600")) {
    EXPECT_FALSE(is_letter_or_digit(no)) << static_cast<unsigned>(no);
  }
}

TEST(Excerpt, IsTheWholeOfAnOrdinaryText) {
  EXPECT_EQ(excerpt(""), "");
  EXPECT_EQ(excerpt("Ville de Rosny"), "Ville de Rosny");
  const std::string longest(kExcerpt, 'x');
  EXPECT_EQ(excerpt(longest), longest);
}

TEST(Excerpt, CutsBetweenCharacters) {
  std::string accents;
  for (std::size_t i = 0; i < kExcerpt; ++i) accents += "é";
  EXPECT_EQ(excerpt(accents), accents);
  EXPECT_EQ(excerpt(accents + "é"), accents + " …");
}

TEST(OneLine, KeepsLettersOfEveryDirectionAndEmoji) {
  EXPECT_EQ(one_line("עברית \u200Fعائشة 👩‍🚒 a\u00A0b"),
            "עברית \u200Fعائشة 👩‍🚒 a\u00A0b");
  EXPECT_EQ(one_line("Nice\r\nBcc: x@y"), "Nice  Bcc: x@y");
  EXPECT_EQ(one_line("gnp\u202Eexe"), "gnp exe");
  EXPECT_EQ(one_line("a\xFF"
                     "b"),
            "a\uFFFD"
            "b");
}

TEST(Joined, HasTheSeparatorBetweenTexts) {
  EXPECT_EQ(joined({}), "");
  EXPECT_EQ(joined({"a"}), "a");
  EXPECT_EQ(joined({"", "b", "c"}, " ; "), " ; b ; c");
}

TEST(CommaItems, AreTrimmedAndNotBlank) {
  EXPECT_EQ(comma_items(" a b,, ,c,"), (std::vector<std::string_view>{"a b", "c"}));
  EXPECT_TRUE(comma_items(" , ,").empty());
}

TEST(LowerAscii, LeavesAccentsAlone) { EXPECT_EQ(lower_ascii("Départs_AZ.CSV"), "départs_az.csv"); }

TEST(ReplaceAll, GoesThroughTheTextOnce) {
  const auto replaced = [](std::string text, std::string_view what, std::string_view by) {
    replace_all(text, {{what, by}});
    return text;
  };
  EXPECT_EQ(replaced("aXbXX", "X", "XX"), "aXXbXXXX");
  EXPECT_EQ(replaced("aaa", "aa", "b"), "ba");
  EXPECT_EQ(replaced("abc", "abc", ""), "");
  EXPECT_EQ(replaced("abc", "x", "y"), "abc");
}

}  // namespace
}  // namespace vigie
