#include "intake/table_builder.h"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "intake/drop_texts.h"

namespace vigie::intake {
namespace {

using test::build_table;
using test::Lines;
using test::rejects;

// A field of each accepted row, as people read it.
Lines values(const Table& table, std::size_t field) {
  Lines lines;
  for (std::size_t i = 0; i < table.rows.size(); ++i)
    if (table.states[i] == RowState::kAccepted)
      lines.push_back(to_text(spec(table.file).fields[field].kind, decode(table.file, table.rows[i].bytes())[field]));
  return lines;
}

Lines keys(const Table& table) {
  Lines lines;
  for (const Row& row : table.rows) lines.push_back(key_text(table.file, decode_key(table.file, row.key())));
  return lines;
}

Table groups(const std::string& rows) {
  return build_table(FileId::kGroups, "convention;code;libelle;niveau;date_ouverture;statut\n" + rows);
}
Table grants(const std::string& rows) {
  return build_table(FileId::kGrants, "convention;groupe;service;role;date_ouverture\n" + rows);
}

TEST(TableBuilder, TrimsAndMakesCanonical) {
  const Table table = groups(" 19_214 ;\u00A0T1\u202F; T1 ;007; 01/02/2020 ;clôturée\n");
  EXPECT_TRUE(table.rejects.empty());
  EXPECT_EQ(values(table, field::groups::kConvention), (Lines{"19_214"}));
  EXPECT_EQ(values(table, field::groups::kCode), (Lines{"T1"}));
  EXPECT_EQ(values(table, field::groups::kLevel), (Lines{"7"}));
  EXPECT_EQ(values(table, field::groups::kOpensOn), (Lines{"2020-02-01"}));
  EXPECT_EQ(values(table, field::groups::kStatus), (Lines{"Fermé"}));
  EXPECT_EQ(values(table, field::groups::kOrigin), (Lines{"Partenaire"}));
}

TEST(TableBuilder, ValuesOfAKeyHaveABound) {
  const std::string longest(500, 'x');
  const std::string accented = std::string(499, 'x') + "é";
  const Table table = groups("1;" + longest + ";" + longest + "x;;2020-01-01;\n1;" + longest + "x;L;;2020-01-01;\n1;" +
                             accented + ";L;;2020-01-01;\n");
  EXPECT_EQ(keys(table), (Lines{"1:" + longest}));
  EXPECT_EQ(rejects(table), (Lines{"3 bad-value code " + longest + "x", "4 bad-value code " + accented}));
}

TEST(TableBuilder, ALongSpellingOfAKnownRoleIsNoLongKey) {
  const Table table = grants("1;A;Cdap;T1 " + std::string(600, 'x') + ";2020-01-01\n");
  EXPECT_TRUE(table.rejects.empty());
}

TEST(TableBuilder, KnowsAllSpellingsOfAStatus) {
  const Table table = groups(
      "1;A;x;;2020-01-01;Ouvert\n1;B;x;;2020-01-01;OUVERTE\n1;C;x;;2020-01-01;ferme\n1;D;x;;2020-01-01;Fermée\n"
      "1;E;x;;2020-01-01;Clos\n1;F;x;;2020-01-01;close\n1;G;x;;2020-01-01;Clôturé\n1;H;x;;2020-01-01;\n");
  EXPECT_EQ(values(table, field::groups::kStatus),
            (Lines{"Ouvert", "Ouvert", "Fermé", "Fermé", "Fermé", "Fermé", "Fermé", ""}));
}

TEST(TableBuilder, KnowsTheOtherEnumerations) {
  const Table conventions = build_table(FileId::kConventions,
                                        "numero;libelle;organisme;date_ouverture;mode_gestion\n"
                                        "1;x;y;2020-01-01;Délégué\n2;x;y;2020-01-01;\n3;x;y;2020-01-01;mixte\n");
  EXPECT_EQ(values(conventions, field::conventions::kMode), (Lines{"delegue", "centralise"}));
  EXPECT_EQ(rejects(conventions), (Lines{"4 bad-value mode_gestion mixte"}));
  const Table profiles = build_table(FileId::kProfiles,
                                     "convention;identifiant;role;activite;lieu;date_debut;etat\n"
                                     "1;A;Fournisseur de données d’activité;X;;2020-01-01;en attente\n"
                                     "1;A;Fournisseur de données financières;X;;2020-01-01;\n"
                                     "1;A;APPROBATEUR;X;;2020-01-01;valide\n1;A;FDX;X;;2020-01-01;\n");
  EXPECT_EQ(values(profiles, field::profiles::kRole), (Lines{"FDA", "FDF", "Approbateur"}));
  EXPECT_EQ(values(profiles, field::profiles::kState), (Lines{"En attente", "Validé", "Validé"}));
  EXPECT_EQ(rejects(profiles), (Lines{"5 bad-value role FDX"}));
}

TEST(TableBuilder, ALevelIsAWholeNumberFrom1) {
  const Table table = groups(
      "1;A;x;1;2020-01-01;\n1;B;x;0;2020-01-01;\n1;C;x;-1;2020-01-01;\n1;D;x;1.5;2020-01-01;\n1;E;x;999999999;2020-01-"
      "01;\n"
      "1;F;x;1000000000;2020-01-01;\n1;G;x;00000000000000001;2020-01-01;\n1;H;x;000;2020-01-01;\n");
  EXPECT_EQ(rejects(table), (Lines{"3 bad-value niveau 0", "4 bad-value niveau -1", "5 bad-value niveau 1.5",
                                   "7 bad-value niveau 1000000000", "9 bad-value niveau 000"}));
}

TEST(TableBuilder, ServicesAndRolesStandUnderTheirCatalogueName) {
  const Table table =
      grants("1;G;cafpro;t 01 AS;2020-01-01\n1;G;QL_Web;LOGEMENTS PRIVES;2020-01-01\n1;G;afas;T1;2020-01-01\n");
  EXPECT_EQ(keys(table), (Lines{"1:G:Cdap:T1:2020-01-01", "1:G:Offre Bailleurs:Logements privés:2020-01-01",
                                "1:G:Afas:T1:2020-01-01"}));
}

TEST(TableBuilder, AnUnknownServiceOrRoleStaysAsWritten) {
  const Table table = grants("1;G;cdap;T1AS;2020-01-01\n1;G; Télé-X ; t 1 ;2020-01-01\n");
  EXPECT_TRUE(table.rejects.empty());
  EXPECT_EQ(keys(table), (Lines{"1:G:Cdap:T1AS:2020-01-01", "1:G:Télé-X:t 1:2020-01-01"}));
}

TEST(TableBuilder, ARoleIsReadInTheServiceOfItsOwnRow) {
  const Table table =
      grants("1;G;Adonis;Adonis;2020-01-01\n1;G;Cdap;Adonis;2020-01-01\n1;H;adonis;ADONIS;2020-01-01\n");
  EXPECT_EQ(values(table, field::grants::kRole), (Lines{"Adonis", "Adonis", "Adonis"}));
  const Table swapped = grants("1;G;Cdap;t1;2020-01-01\n1;G;Afas;t1;2020-01-01\n1;H;Cdap;t1;2020-01-01\n");
  EXPECT_EQ(values(swapped, field::grants::kRole), (Lines{"T1", "t1", "T1"}));
}

TEST(TableBuilder, ADefaultFillsAColumnThatIsNotThere) {
  const ColumnSettings settings{.headings = {}, .defaults = {{"convention", " 18_132 "}}};
  const std::vector<std::string_view> headings = {"activite", "lieu"};
  TableBuilder builder(FileId::kPlaces, match_columns(FileId::kPlaces, headings, settings), 0);
  builder.add_row(2, std::vector<std::string_view>{"Crèche", "Rosny"}, "Crèche;Rosny");
  EXPECT_EQ(keys(builder.take()), (Lines{"18_132:Crèche:Rosny"}));
}

TEST(Reject, NamesFieldAndTrimmedValueAndKeepsTheRowAsItCame) {
  const Table table = groups("1;A; x ;;31/02/2020 ;\n");
  ASSERT_EQ(rejects(table), (Lines{"2 bad-date date_ouverture 31/02/2020"}));
  EXPECT_EQ(table.rejects[0].record, "1;A; x ;;31/02/2020 ;");
}

TEST(Reject, OneReasonForEachThatARowAloneCanHave) {
  const Table table = groups(
      "1;A;x;;2020-01-01\n"    // one field less
      "1;A;x;;2020-01-01;;\n"  // one more
      "1;B;\u00A0;;2020-01-01;\n"
      "1;C;x;;2020-1-1;\n"
      "1;D;x;;2020-01-01;ouvertement\n"
      "1;E;x;;2020-01-01;\n"
      "1;E;y;;2020-01-01;\n");
  EXPECT_EQ(rejects(table),
            (Lines{"2 field-count", "3 field-count", "4 missing-value libelle ", "5 bad-date date_ouverture 2020-1-1",
                   "6 bad-value statut ouvertement", "8 duplicate-key convention 1"}));
  EXPECT_EQ(table.row_count, 7U);
}

TEST(Reject, TheFirstReasonOfTheOrderWins) {
  const Table table = groups(
      "1;A;x;;2020-01-01;\n"
      "1;A;x;zéro;2020-01-01;\n"  // bad-value, then duplicate-key
      "1;A;x;zéro;hier;\n"        // bad-date, then bad-value
      "1;A;;zéro;hier;\n"         // missing-value, then bad-date
      "1;A;;zéro;hier;;\n");      // field-count, then missing-value
  EXPECT_EQ(rejects(table), (Lines{"3 bad-value niveau zéro", "4 bad-date date_ouverture hier",
                                   "5 missing-value libelle ", "6 field-count"}));
}

TEST(Reject, NamesTheFirstFieldAtFaultInTheOrderOfTheContract) {
  const Table table = build_table(
      FileId::kAccounts,
      "date_cloture;date_ouverture;prenom;nom;convention;identifiant\nhier;demain;;;1;A\nhier;demain;x;y;1;B\n");
  EXPECT_EQ(rejects(table), (Lines{"2 missing-value nom ", "3 bad-date date_ouverture demain"}));
}

TEST(Reject, AnEmptyPlaceIsNoMissingValue) {
  const Table table = build_table(
      FileId::kProfiles,
      "convention;identifiant;role;activite;lieu;date_debut\n1;A;FDA;X;;2020-01-01\n1;A;FDA;;;2020-01-01\n");
  EXPECT_EQ(rejects(table), (Lines{"3 missing-value activite "}));
}

TEST(Reject, OfAFirstRowMakesItsKeyADuplicateAllTheSame) {
  const Table table = groups("1;A;x;;hier;\n1;A;x;;2020-01-01;\n");
  EXPECT_EQ(rejects(table), (Lines{"2 bad-date date_ouverture hier", "3 duplicate-key convention 1"}));
  ASSERT_EQ(table.states.size(), 1U);
  EXPECT_EQ(table.states[0], RowState::kRejected);
}

TEST(Reject, DuplicatesAreToldByWhatKeysMean) {
  EXPECT_EQ(rejects(grants("1;G;Cdap;T1;01/02/2020\n1;G;CAFPRO;t-01;2020-02-01\n1;g;Cdap;T1;2020-02-01\n")),
            (Lines{"3 duplicate-key convention 1"}));
}

TEST(Reject, ARowWhoseKeyCannotBeReadHasNone) {
  const Table table = grants("1;G;Cdap;T1;hier\n1;G;;T1;2020-01-01\n1;G;Cdap;T1;2020-01-01;\n1;G;Cdap;T1;2020-01-01\n");
  EXPECT_EQ(rejects(table), (Lines{"2 bad-date date_ouverture hier", "3 missing-value service ", "4 field-count"}));
  EXPECT_EQ(keys(table), (Lines{"1:G:Cdap:T1:2020-01-01"}));
}

}  // namespace
}  // namespace vigie::intake
