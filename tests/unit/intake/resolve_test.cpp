#include "intake/resolve.h"

#include <string>

#include <gtest/gtest.h>

#include "intake/drop_texts.h"

namespace vigie::intake {
namespace {

using test::changes;
using test::DropTexts;
using test::Lines;
using test::MemoryNights;
using test::rejects;
using test::small_drop;

constexpr const char* kBadConvention =
    "numero;libelle;organisme;date_ouverture;date_cloture\n19_214;;Ville de Rosny;01/01/2020;\n";

TEST(Resolve, LinksARowToWhatItNames) {
  MemoryNights nights;
  DropTexts drop = small_drop();
  drop[FileId::kAccounts] += "A2;19_214;MARTIN;Paul;;01/01/2020;\n";
  drop[FileId::kGroups] += "19_214;T2;T2;01/01/2020;\n";
  drop[FileId::kMemberships] =
      "convention;groupe;identifiant;date_ouverture\n19_214;T2;A2;01/01/2020\n19_214;T1;A2;01/01/2020\n";
  const Snapshot snapshot = nights.import(drop).snapshot;
  ASSERT_EQ(snapshot.memberships.size(), 2U);
  EXPECT_EQ(snapshot.memberships[0].group, 1U);
  EXPECT_EQ(snapshot.memberships[0].account, 1U);
  EXPECT_EQ(snapshot.memberships[1].group, 0U);
  EXPECT_EQ(snapshot.memberships[1].account, 1U);
}

TEST(Resolve, RejectsAReferenceToNothing) {
  MemoryNights nights;
  DropTexts drop = small_drop();
  drop[FileId::kMemberships] =
      "convention;groupe;identifiant;date_ouverture\n"
      "20_001;T1;A1;01/01/2020\n19_214;t1;A1;01/01/2020\n19_214;T1;A9;01/01/2020\n19_214;T1;A1;01/01/2020\n";
  const auto imported = nights.import(drop);
  EXPECT_EQ(rejects(imported, FileId::kMemberships),
            (Lines{"2 unknown-reference convention 20_001", "3 unknown-reference groupe t1",
                   "4 unknown-reference identifiant A9"}));
  EXPECT_EQ(imported.snapshot.memberships.size(), 1U);
}

TEST(Resolve, AReferenceToAFileThatIsMissingIsNotChecked) {
  MemoryNights nights;
  DropTexts drop = small_drop();
  drop[FileId::kPlaces] = "convention;activite;lieu\n19_214;Crèche;Rosny\n";
  const auto without = nights.import(drop);
  EXPECT_TRUE(rejects(without, FileId::kPlaces).empty());
  EXPECT_EQ(without.snapshot.places[0].activity, kNone);
  EXPECT_EQ(without.snapshot.places[0].activity_name, "Crèche");
  drop[FileId::kActivities] = "convention;activite;date_ouverture\n";
  EXPECT_EQ(rejects(nights.import(drop), FileId::kPlaces), (Lines{"2 unknown-reference activite Crèche"}));
}

TEST(Resolve, ARejectTakesAllThatRefersToItAlong) {
  MemoryNights nights;
  DropTexts drop = small_drop();
  drop[FileId::kConventions] = kBadConvention;
  const auto imported = nights.import(drop);
  EXPECT_EQ(rejects(imported, FileId::kAccounts), (Lines{"2 unknown-reference convention 19_214"}));
  EXPECT_EQ(rejects(imported, FileId::kGroups), (Lines{"2 unknown-reference convention 19_214"}));
  EXPECT_EQ(rejects(imported, FileId::kGrants), (Lines{"2 unknown-reference convention 19_214"}));
  EXPECT_TRUE(imported.snapshot.conventions.empty());
  EXPECT_TRUE(imported.snapshot.memberships.empty());
}

TEST(Resolve, RejectsStandInTheOrderOfTheirLines) {
  MemoryNights nights;
  DropTexts drop = small_drop();
  drop[FileId::kGroups] =
      "convention;code;libelle;date_ouverture\n20_001;T9;T9;01/01/2020\n19_214;T1;T1;hier\n19_214;T2;T2;01/01/2020;\n";
  EXPECT_EQ(rejects(nights.import(drop), FileId::kGroups),
            (Lines{"2 unknown-reference convention 20_001", "3 bad-date date_ouverture hier", "4 field-count"}));
}

TEST(Kept, ARejectedRowLeavesItsRecordAsItWas) {
  MemoryNights nights;
  nights.import(small_drop());
  DropTexts drop = small_drop();
  drop[FileId::kAccounts] =
      "identifiant;convention;nom;prenom;profession;date_ouverture;date_cloture\nA1;19_214;DURAND;Marie;ASS;01/01/"
      "2020;demain\n";
  const auto imported = nights.import(drop);
  EXPECT_EQ(rejects(imported, FileId::kAccounts), (Lines{"2 bad-date date_cloture demain"}));
  EXPECT_EQ(changes(imported, FileId::kAccounts), (Lines{"kept 1"}));
  EXPECT_TRUE(rejects(imported, FileId::kMemberships).empty());
  ASSERT_EQ(imported.snapshot.accounts.size(), 1U);
  EXPECT_EQ(imported.snapshot.accounts[0].last_name, "DUPONT");
  EXPECT_EQ(imported.snapshot.memberships[0].account, 0U);
}

TEST(Kept, HoldsForEveryReasonThatLeavesTheKeyReadable) {
  MemoryNights nights;
  nights.import(small_drop());
  for (const char* row : {"A1;19_214;;Marie;ASS;01/01/2020;\n", "A1;19_214;DUPONT;Marie;ASS;hier;\n",
                          "A1;20_001;DUPONT;Marie;ASS;01/01/2020;\n"}) {
    DropTexts drop = small_drop();
    drop[FileId::kAccounts] =
        std::string("identifiant;convention;nom;prenom;profession;date_ouverture;date_cloture\n") + row;
    EXPECT_EQ(changes(nights.import(drop), FileId::kAccounts), (Lines{"kept 1"})) << row;
  }
}

TEST(Kept, IsNothingWhoseKeyCannotBeRead) {
  MemoryNights nights;
  nights.import(small_drop());
  DropTexts drop = small_drop();
  drop[FileId::kMemberships] = "convention;groupe;identifiant;date_ouverture\n19_214;T1;A1;01/01/2020;\n";
  EXPECT_EQ(changes(nights.import(drop), FileId::kMemberships), (Lines{"withdrawn 1"}));
}

TEST(Kept, IsNothingThatWasNotThereAfterTheLastImport) {
  MemoryNights nights;
  nights.import(small_drop());
  DropTexts without = small_drop();
  without[FileId::kMemberships] = "convention;groupe;identifiant;date_ouverture\n";
  nights.import(without);
  DropTexts drop = small_drop();
  drop[FileId::kMemberships] =
      "convention;groupe;identifiant;date_ouverture;date_cloture\n19_214;T1;A1;01/01/2020;demain\n";
  const auto imported = nights.import(drop);
  EXPECT_EQ(changes(imported, FileId::kMemberships), (Lines{}));
  EXPECT_TRUE(imported.snapshot.memberships.empty());
}

TEST(Kept, CascadesFromRecordToRecord) {
  MemoryNights nights;
  nights.import(small_drop());
  DropTexts drop = small_drop();
  drop[FileId::kConventions] = kBadConvention;
  drop[FileId::kGroups] = "convention;code;libelle;date_ouverture\n19_214;T1;;01/01/2020\n";
  const auto imported = nights.import(drop);
  EXPECT_EQ(changes(imported, FileId::kConventions), (Lines{"kept 1"}));
  EXPECT_EQ(changes(imported, FileId::kGroups), (Lines{"kept 1"}));
  EXPECT_TRUE(rejects(imported, FileId::kMemberships).empty());
  EXPECT_EQ(imported.snapshot.conventions[0].label, "Rosny");
  EXPECT_EQ(imported.snapshot.memberships.size(), 1U);
}

TEST(Kept, GoesWithWhatItRefersTo) {
  MemoryNights nights;
  nights.import(small_drop());
  DropTexts drop = small_drop();
  drop[FileId::kAccounts] = "identifiant;convention;nom;prenom;date_ouverture\n";
  drop[FileId::kMemberships] =
      "convention;groupe;identifiant;date_ouverture;date_cloture\n19_214;T1;A1;01/01/2020;demain\n";
  EXPECT_EQ(changes(nights.import(drop), FileId::kMemberships), (Lines{"withdrawn 1"}));
}

TEST(Kept, StandsOnItsOldReferenceAndNotOnTheRowsNewOne) {
  MemoryNights nights;
  DropTexts drop = small_drop();
  drop[FileId::kConventions] += "20_001;Lens;Ville de Lens;01/01/2020;\n";
  nights.import(drop);
  drop[FileId::kAccounts] = "identifiant;convention;nom;prenom;date_ouverture\nA1;20_001;DUPONT;Marie;hier\n";
  const auto imported = nights.import(drop);
  EXPECT_EQ(changes(imported, FileId::kAccounts), (Lines{"kept 1"}));
  EXPECT_EQ(imported.snapshot.accounts[0].convention, 0U);
}

TEST(Kept, ADuplicateOfARejectedFirstRowDoesNotReplaceIt) {
  MemoryNights nights;
  nights.import(small_drop());
  DropTexts drop = small_drop();
  drop[FileId::kGroups] = "convention;code;libelle;date_ouverture\n19_214;T1;Un;hier\n19_214;T1;Deux;01/01/2020\n";
  const auto imported = nights.import(drop);
  EXPECT_EQ(rejects(imported, FileId::kGroups),
            (Lines{"2 bad-date date_ouverture hier", "3 duplicate-key convention 19_214"}));
  EXPECT_EQ(imported.snapshot.groups[0].label, "T1");
}

TEST(Compact, CountsLinksAnewOverWhatIsLeft) {
  MemoryNights nights;
  DropTexts drop = small_drop();
  drop[FileId::kAccounts] =
      "identifiant;convention;nom;prenom;date_ouverture\n"
      "A0;19_214;X;Y;hier\nA1;19_214;X;Y;01/01/2020\nA2;20_001;X;Y;01/01/2020\nA3;19_214;X;Y;01/01/2020\n";
  drop[FileId::kMemberships] =
      "convention;groupe;identifiant;date_ouverture\n19_214;T1;A0;01/01/2020\n19_214;T1;A3;01/01/2020\n";
  const Snapshot snapshot = nights.import(drop).snapshot;
  ASSERT_EQ(snapshot.accounts.size(), 2U);
  ASSERT_EQ(snapshot.memberships.size(), 1U);
  EXPECT_EQ(snapshot.accounts[snapshot.memberships[0].account].id, "A3");
}

}  // namespace
}  // namespace vigie::intake
