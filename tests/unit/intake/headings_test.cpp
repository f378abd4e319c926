#include "intake/headings.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace vigie::intake {
namespace {

using Headings = std::vector<std::string_view>;
using Names = std::vector<std::string>;

// The field that a heading means, by its name; empty where nobody knows it.
std::string field_of(FileId file, std::string_view heading, const ColumnSettings& settings = {}) {
  const auto field = field_of_heading(file, heading, settings);
  return field ? std::string(spec(file).fields[*field].name) : "";
}

TEST(FieldOfHeading, LeavesCaseAccentsBlanksHyphensAndUnderscoresAside) {
  for (const char* heading : {"date_cloture", "Date Clôture", "DATE-CLOTURE", " datecloture\u00A0", "Dâte_Clotûre"})
    EXPECT_EQ(field_of(FileId::kAccounts, heading), "date_cloture") << heading;
}

TEST(FieldOfHeading, KnowsThePortalsOwnHeadings) {
  EXPECT_EQ(field_of(FileId::kAccounts, "Adresse mail"), "mail");
  EXPECT_EQ(field_of(FileId::kAccounts, "Date d'ouverture"), "date_ouverture");
  EXPECT_EQ(field_of(FileId::kAccounts, "Date d’ouverture"), "date_ouverture");
  EXPECT_EQ(field_of(FileId::kAccounts, "Date de clôture"), "date_cloture");
  EXPECT_EQ(field_of(FileId::kAccounts, "Identifiant"), "identifiant");
  EXPECT_EQ(field_of(FileId::kAccounts, "Prénom"), "prenom");
  EXPECT_EQ(field_of(FileId::kAccounts, "Prénoms"), "prenom");
  EXPECT_EQ(field_of(FileId::kAccounts, "Téléphone"), "telephone");
  EXPECT_EQ(field_of(FileId::kConventions, "Partenaire"), "organisme");
  EXPECT_EQ(field_of(FileId::kConventions, "CAF pivot"), "caf_pivot");
  EXPECT_EQ(field_of(FileId::kConventions, "Caf part"), "caf_pivot");
  EXPECT_EQ(field_of(FileId::kGroups, "Code"), "code");
  EXPECT_EQ(field_of(FileId::kGroups, "Libellé"), "libelle");
  EXPECT_EQ(field_of(FileId::kProfiles, "Début d'habilitation"), "date_debut");
  EXPECT_EQ(field_of(FileId::kProfiles, "Fin d’habilitation"), "date_fin");
}

TEST(FieldOfHeading, ApostrophesDoNotCount) { EXPECT_EQ(field_of(FileId::kAccounts, "d'ate cloture"), "date_cloture"); }

TEST(FieldOfHeading, KnowsWhatTheFileHasOnly) {
  EXPECT_EQ(field_of(FileId::kGroups, "Adresse mail"), "");
  EXPECT_EQ(field_of(FileId::kGroups, "identifiant"), "");
  EXPECT_EQ(field_of(FileId::kGroups, ""), "");
  EXPECT_EQ(field_of(FileId::kGroups, "mails"), "");
}

TEST(FieldOfHeading, TheConfigurationGoesFirst) {
  const ColumnSettings settings{.headings = {{"Identifiant agent", "identifiant"}, {"nom", "prenom"}}, .defaults = {}};
  EXPECT_EQ(field_of(FileId::kAccounts, "IDENTIFIANT-AGENT", settings), "identifiant");
  EXPECT_EQ(field_of(FileId::kAccounts, "Nom", settings), "prenom");
}

TEST(MatchColumns, FindsThemInAnyOrder) {
  const auto columns = match_columns(FileId::kPlaces, {"lieu", "convention", "activite"}, {});
  EXPECT_EQ(columns.of_field, (std::vector<int>{1, 2, 0}));
  EXPECT_EQ(columns.count, 3U);
  EXPECT_EQ(columns.mask, 0b111);
  EXPECT_TRUE(columns.missing_required.empty());
}

TEST(MatchColumns, NamesUnknownColumnsAsTheyAreWritten) {
  const auto columns = match_columns(FileId::kPlaces, {"convention", " Ma Colonne ", "", "activite", "lieu", "X"}, {});
  EXPECT_EQ(columns.unknown, (Names{"Ma Colonne", "X"}));
  EXPECT_EQ(columns.count, 6U);
  EXPECT_EQ(columns.of_field, (std::vector<int>{0, 3, 4}));
}

TEST(MatchColumns, NamesWhatIsRequiredAndMissing) {
  const auto columns = match_columns(FileId::kGroups, {"code", "Date d'ouverture"}, {});
  EXPECT_EQ(columns.missing_required, (Names{"convention", "libelle"}));
  EXPECT_EQ(columns.mask, column_bit(field::groups::kCode) | column_bit(field::groups::kOpensOn));
}

TEST(MatchColumns, NamesAFieldWithTwoColumns) {
  const auto columns = match_columns(FileId::kPlaces, {"convention", "activite", "lieu", "Lieu d'implantation"}, {});
  EXPECT_EQ(columns.doubled, (Names{"lieu"}));
}

TEST(MatchColumns, NamesItOnceHoweverManyThereAre) {
  const auto columns = match_columns(FileId::kPlaces, {"convention", "activite", "lieu", "LIEU", " lieu ", "Lîeu"}, {});
  EXPECT_EQ(columns.doubled, (Names{"lieu"}));
}

TEST(MatchColumns, ADefaultStandsForAColumnThatIsNotThere) {
  const ColumnSettings settings{.headings = {}, .defaults = {{"convention", "18_132"}, {"lieu", "Rosny"}}};
  const auto columns = match_columns(FileId::kPlaces, {"activite", "lieu"}, settings);
  EXPECT_TRUE(columns.missing_required.empty());
  EXPECT_EQ(columns.of_field, (std::vector<int>{Columns::kAbsent, 0, 1}));
  EXPECT_EQ(columns.defaults[0], "18_132");
  EXPECT_EQ(columns.mask, 0b111);
  EXPECT_EQ(columns.count, 2U);
}

}  // namespace
}  // namespace vigie::intake
