#include "domain/french.h"

#include <gtest/gtest.h>

namespace vigie::french {
namespace {

TEST(Figures, StandInGroupsOfThree) {
  EXPECT_EQ(figures(0), "0");
  EXPECT_EQ(figures(999), "999");
  EXPECT_EQ(figures(1000), "1\u202f000");
  EXPECT_EQ(figures(1'234'567), "1\u202f234\u202f567");
  EXPECT_EQ(figures(-999), "-999");
  EXPECT_EQ(figures(-12'345), "-12\u202f345");
}

TEST(Counted, PutsEveryWordIntoThePluralFromTwoOn) {
  EXPECT_EQ(counted(0, "anomalie"), "0 anomalie");
  EXPECT_EQ(counted(1, "autre anomalie"), "1 autre anomalie");
  EXPECT_EQ(counted(2, "autre anomalie"), "2 autres anomalies");
  EXPECT_EQ(counted(12'345, "clôture"), "12\u202f345 clôtures");
}

TEST(Spaced, KeepsSignsOnTheLineOfTheirWord) {
  EXPECT_EQ(spaced("Non vérifiable : colonne « mail » absente ; rien !"),
            "Non vérifiable\u00a0: colonne «\u00a0mail\u00a0» absente\u00a0; rien\u00a0!");
  EXPECT_EQ(spaced("Quoi ?"), "Quoi\u00a0?");
}

TEST(Spaced, LeavesTheRest) {
  for (const char* text : {"", " ", "a b", "12:30", "a; b", "«", "»", "déjà\u00a0: fait", "fin "})
    EXPECT_EQ(spaced(text), text);
  EXPECT_EQ(spaced(" :"), "\u00a0:");
  EXPECT_EQ(spaced("« "), "«\u00a0");
}

TEST(Of, ElidesBeforeAVowel) {
  EXPECT_EQ(of("Claire MARTIN"), "de Claire MARTIN");
  EXPECT_EQ(of("Anthony ROY"), "d'Anthony ROY");
  EXPECT_EQ(of("ÉLODIE"), "d'ÉLODIE");
  EXPECT_EQ(of("Œdipe"), "d'Œdipe");
  EXPECT_EQ(of("Ulysse"), "d'Ulysse");
  EXPECT_EQ(of("Afas"), "d'Afas");
  EXPECT_EQ(of(""), "de ");
}

TEST(Of, ElidesBeforeAMuteHAndAYThatIsAVowel) {
  for (const std::string_view mute : {"Hélène", "Henri", "Hervé", "Hilaire", "Honoré", "Hortense", "Hubert", "Hugo"})
    EXPECT_EQ(of(mute), "d'" + std::string(mute));
  for (const std::string_view aspirate : {"Hassan", "Hicham", "Hans", "Houria"})
    EXPECT_EQ(of(aspirate), "de " + std::string(aspirate));
  EXPECT_EQ(of("Yves"), "d'Yves");
  EXPECT_EQ(of("Yann"), "de Yann");
  EXPECT_EQ(of("Y"), "de Y");
}

}  // namespace
}  // namespace vigie::french
