#include "routing/digest.h"

#include <gtest/gtest.h>

namespace vigie {
namespace {

Digest rosny(int total, int critical) {
  Digest digest;
  digest.convention = "19_214";
  digest.partner = "Ville de Rosny-sous-Bois";
  digest.services = "Cdap";
  digest.total = total;
  digest.critical = critical;
  return digest;
}

TEST(Subject, CountsInFrench) {
  EXPECT_EQ(subject_of(rosny(4, 1)), "CDAP 19_214 VILLE DE ROSNY-SOUS-BOIS - 4 anomalies (dont 1 critique)");
  EXPECT_EQ(subject_of(rosny(12, 2)), "CDAP 19_214 VILLE DE ROSNY-SOUS-BOIS - 12 anomalies (dont 2 critiques)");
  EXPECT_EQ(subject_of(rosny(1, 1)), "CDAP 19_214 VILLE DE ROSNY-SOUS-BOIS - 1 anomalie (dont 1 critique)");
  EXPECT_EQ(subject_of(rosny(1, 0)), "CDAP 19_214 VILLE DE ROSNY-SOUS-BOIS - 1 anomalie");
  EXPECT_EQ(subject_of(rosny(0, 0)), "CDAP 19_214 VILLE DE ROSNY-SOUS-BOIS - 0 anomalie");
}

TEST(Subject, PutsServicesAndPartnerInCapitalsAndKeepsAccents) {
  Digest digest = rosny(2, 0);
  digest.services = "Cdap/Offre Bailleurs/MCP";
  digest.partner = "Crèche de l'œuvre à Saint-Étienne";
  EXPECT_EQ(subject_of(digest), "CDAP/OFFRE BAILLEURS/MCP 19_214 CRÈCHE DE L'ŒUVRE À SAINT-ÉTIENNE - 2 anomalies");
}

TEST(Subject, LeavesNoDoubleBlankWhereThePartnerHasNoName) {
  Digest digest = rosny(2, 0);
  digest.partner.clear();
  EXPECT_EQ(subject_of(digest), "CDAP 19_214 - 2 anomalies");
}

TEST(Subject, NamesTheSourceAsConfiguredToTheCafAndToCompliance) {
  Digest digest;
  digest.kind = RecipientKind::kCompliance;
  digest.source = "caf931";
  digest.source_label = "Caf de la Seine-Saint-Denis";
  digest.total = 12;
  EXPECT_EQ(subject_of(digest), "MCP caf931 Caf de la Seine-Saint-Denis - 12 anomalies");
  digest.source_label.clear();
  EXPECT_EQ(subject_of(digest), "MCP caf931 - 12 anomalies");
}

TEST(Subject, SaysThatNothingIsVerified) {
  Digest digest;
  digest.source = "caf931";
  digest.is_verified = false;
  EXPECT_EQ(subject_of(digest), "MCP caf931 - export refusé, rien n'est vérifié");
}

TEST(Subject, HasPlainFiguresAndTheTallyOnesThatReadWell) {
  EXPECT_EQ(subject_of(rosny(12345, 1000)),
            "CDAP 19_214 VILLE DE ROSNY-SOUS-BOIS - 12345 anomalies (dont 1000 critiques)");
  EXPECT_EQ(tally_of(rosny(12345, 1000)), "12\u202f345 anomalies (dont 1\u202f000 critiques)");
}

}  // namespace
}  // namespace vigie
