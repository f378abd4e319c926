#include "intake/delta.h"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "intake/drop_texts.h"

namespace vigie::intake {
namespace {

using test::changes;
using test::DropTexts;
using test::Lines;
using test::MemoryNights;
using test::small_drop;

// small_drop() with other accounts; the columns are those of the header.
DropTexts with_accounts(const std::string& text) {
  DropTexts drop = small_drop();
  drop[FileId::kAccounts] = text;
  return drop;
}

constexpr const char* kHeader = "identifiant;convention;nom;prenom;profession;date_ouverture;date_cloture\n";
constexpr const char* kWithoutProfession = "identifiant;convention;nom;prenom;date_ouverture;date_cloture\n";

DropTexts with_account(const std::string& row) { return with_accounts(kHeader + row + "\n"); }

bool is_empty(const FileDelta& delta) {
  return delta.added.empty() && delta.changed.empty() && delta.withdrawn.empty();
}

TEST(Compare, TheFirstNightAddsAll) {
  MemoryNights nights;
  const auto imported = nights.import(small_drop());
  for (const FileId file :
       {FileId::kConventions, FileId::kAccounts, FileId::kGroups, FileId::kGrants, FileId::kMemberships}) {
    EXPECT_EQ(changes(imported, file), (Lines{"added 1"}));
    EXPECT_TRUE(imported.delta(file).touches_known);
  }
}

TEST(Compare, TheSameDropChangesNothing) {
  MemoryNights nights;
  nights.import(small_drop());
  const auto imported = nights.import(small_drop());
  for (const FileDelta& delta : imported.deltas) {
    EXPECT_TRUE(is_empty(delta));
    EXPECT_FALSE(delta.touches_known);
  }
}

TEST(Compare, OtherSpellingsChangeNothing) {
  MemoryNights nights;
  DropTexts drop = small_drop();
  drop[FileId::kGroups] = "convention;code;libelle;date_ouverture;statut\n19_214;T1;T1;01/01/2020;Ouvert\n";
  nights.import(drop);
  drop[FileId::kGroups] = "statut;date_ouverture;libelle;code;convention\nOUVERTE;2020-01-01; T1 ;T1;19_214\n";
  drop[FileId::kGrants] = "convention;groupe;service;role;date_ouverture\n19_214;T1;cafpro;t 01;2020-01-01\n";
  const auto imported = nights.import(drop);
  EXPECT_TRUE(is_empty(imported.delta(FileId::kGroups)));
  EXPECT_TRUE(is_empty(imported.delta(FileId::kGrants)));
}

TEST(Compare, TellsFieldsThatChanged) {
  MemoryNights nights;
  nights.import(with_account("A1;19_214;DUPONT;Marie;ASS;01/01/2020;"));
  const auto imported = nights.import(with_account("A1;19_214;DURAND;Marie;;01/01/2020;20/11/2026"));
  EXPECT_EQ(changes(imported, FileId::kAccounts),
            (Lines{"changed 1 nom: 'DUPONT' > 'DURAND'", "changed 1 date_cloture: '' > '2026-11-20'",
                   "changed 1 profession: 'ASS' > ''"}));
}

TEST(Compare, WhatIsAbsentIsWithdrawnOnce) {
  MemoryNights nights;
  nights.import(small_drop());
  DropTexts drop = small_drop();
  drop[FileId::kMemberships] = "convention;groupe;identifiant;date_ouverture\n";
  EXPECT_EQ(changes(nights.import(drop), FileId::kMemberships), (Lines{"withdrawn 1"}));
  EXPECT_EQ(changes(nights.import(drop), FileId::kMemberships), (Lines{}));
}

TEST(Compare, WhatComesBackKeepsItsNumber) {
  MemoryNights nights;
  nights.import(with_accounts(std::string(kHeader) + "A1;19_214;X;Y;;01/01/2020;\nA2;19_214;X;Y;;01/01/2020;\n"));
  nights.import(with_account("A1;19_214;X;Y;;01/01/2020;"));
  const auto imported =
      nights.import(with_accounts(std::string(kHeader) + "A2;19_214;X;Z;;01/01/2020;\nA1;19_214;X;Y;;01/01/2020;\n"));
  EXPECT_EQ(changes(imported, FileId::kAccounts), (Lines{"returned 2", "changed 2 prenom: 'Y' > 'Z'"}));
  EXPECT_EQ(imported.delta(FileId::kAccounts).returned, 1U);
}

TEST(Compare, WhatComesBackUnchangedIsReturnedAllTheSame) {
  MemoryNights nights;
  nights.import(small_drop());
  DropTexts drop = small_drop();
  drop[FileId::kMemberships] = "convention;groupe;identifiant;date_ouverture\n";
  nights.import(drop);
  EXPECT_EQ(changes(nights.import(small_drop()), FileId::kMemberships), (Lines{"returned 1"}));
}

TEST(Compare, AFileThatIsGoneHasNoRows) {
  MemoryNights nights;
  DropTexts drop = small_drop();
  drop[FileId::kDepartures] = "convention;identifiant;date_depart\n19_214;A1;01/01/2026\n";
  nights.import(drop);
  const auto imported = nights.import(small_drop());
  EXPECT_EQ(changes(imported, FileId::kDepartures), (Lines{"withdrawn 1"}));
  EXPECT_FALSE(imported.snapshot.has_file(FileId::kDepartures));
}

TEST(Compare, AColumnThatDisappearsIsNoChange) {
  MemoryNights nights;
  nights.import(with_account("A1;19_214;DUPONT;Marie;ASS;01/01/2020;"));
  const auto imported =
      nights.import(with_accounts(std::string(kWithoutProfession) + "A1;19_214;DURAND;Marie;01/01/2020;\n"));
  EXPECT_EQ(changes(imported, FileId::kAccounts), (Lines{"changed 1 nom: 'DUPONT' > 'DURAND'"}));
  EXPECT_EQ(imported.snapshot.accounts[0].profession, "");
}

TEST(Compare, AColumnThatReturnsIsComparedWithWhatItWas) {
  MemoryNights nights;
  nights.import(with_account("A1;19_214;DUPONT;Marie;ASS;01/01/2020;"));
  const auto without = with_accounts(std::string(kWithoutProfession) + "A1;19_214;DUPONT;Marie;01/01/2020;\n");
  nights.import(without);
  EXPECT_EQ(changes(nights.import(with_account("A1;19_214;DUPONT;Marie;ASS;01/01/2020;")), FileId::kAccounts),
            (Lines{}));
  nights.import(without);
  EXPECT_EQ(changes(nights.import(with_account("A1;19_214;DUPONT;Marie;CESF;01/01/2020;")), FileId::kAccounts),
            (Lines{"changed 1 profession: 'ASS' > 'CESF'"}));
}

TEST(Compare, AColumnThatComesForTheFirstTimeIsAChangeFromEmpty) {
  MemoryNights nights;
  nights.import(with_accounts(std::string(kWithoutProfession) + "A1;19_214;DUPONT;Marie;01/01/2020;\n"));
  EXPECT_EQ(changes(nights.import(with_account("A1;19_214;DUPONT;Marie;ASS;01/01/2020;")), FileId::kAccounts),
            (Lines{"changed 1 profession: '' > 'ASS'"}));
}

TEST(Compare, AKeptRecordReadsAsEmptyWhereTheDropHasNoColumn) {
  MemoryNights nights;
  nights.import(with_account("A1;19_214;DUPONT;Marie;ASS;01/01/2020;"));
  const auto imported =
      nights.import(with_accounts(std::string(kWithoutProfession) + "A1;19_214;DUPONT;Marie;hier;\n"));
  EXPECT_EQ(changes(imported, FileId::kAccounts), (Lines{"kept 1"}));
  EXPECT_EQ(imported.snapshot.accounts[0].last_name, "DUPONT");
  EXPECT_EQ(imported.snapshot.accounts[0].profession, "");
}

TEST(Compare, AKeptRecordIsComparedWithWhatItStayed) {
  MemoryNights nights;
  nights.import(with_account("A1;19_214;DUPONT;Marie;ASS;01/01/2020;"));
  nights.import(with_account("A1;19_214;DURAND;Marie;ASS;hier;"));
  EXPECT_EQ(changes(nights.import(with_account("A1;19_214;DUPONT;Marie;ASS;01/01/2020;")), FileId::kAccounts),
            (Lines{}));
}

// Two records whose keys have one digest, which no real digest would give: rows and known records are made by hand.
class OneDigest : public testing::Test, public RecordReader {
 protected:
  static constexpr std::uint64_t kDigest = 7;

  std::string_view read(FileId /*file*/, RecordNumber number) override { return stored_.at(number - 1); }

  // A night that brings groups of the convention 1 with these codes and labels.
  FileDelta night(const std::vector<std::pair<std::string, std::string>>& groups) {
    std::string text = "convention;code;libelle;date_ouverture\n";
    for (const auto& [code, label] : groups)
      text.append("1;").append(code).append(";").append(label).append(";2020-01-01\n");
    table_ = test::build_table(FileId::kGroups, text);
    for (Row& row : table_.rows) row.key_digest = kDigest;
    FileDelta delta = compare(table_, known_, *this);
    for (const AddedRecord& added : delta.added) stored_.emplace_back(added.values);
    for (const ChangedRecord& changed : delta.changed) stored_[changed.number - 1] = changed.values;
    known_ = KnownRecords(known_.all());
    return delta;
  }

  KnownRecords known_;
  std::vector<std::string> stored_;
  Table table_;
};

TEST_F(OneDigest, BothAreAddedInOneNight) {
  EXPECT_EQ(night({{"A", "x"}, {"B", "x"}}).added.size(), 2U);
  EXPECT_TRUE(is_empty(night({{"A", "x"}, {"B", "x"}})));
}

TEST_F(OneDigest, TheSecondIsAddedBesideTheFirst) {
  night({{"A", "x"}});
  const FileDelta delta = night({{"B", "x"}, {"A", "x"}});
  ASSERT_EQ(delta.added.size(), 1U);
  EXPECT_EQ(delta.added[0].number, 2U);
  EXPECT_TRUE(delta.changed.empty());
  EXPECT_TRUE(delta.withdrawn.empty());
}

TEST_F(OneDigest, EachChangesAndGoesForItself) {
  night({{"A", "x"}, {"B", "x"}});
  const FileDelta changed = night({{"B", "y"}, {"A", "x"}});
  ASSERT_EQ(changed.changed.size(), 1U);
  EXPECT_EQ(changed.changed[0].number, 2U);
  EXPECT_EQ(night({{"B", "y"}}).withdrawn, (std::vector<RecordNumber>{1}));
  const FileDelta returned = night({{"B", "y"}, {"A", "x"}});
  ASSERT_EQ(returned.changed.size(), 1U);
  EXPECT_EQ(returned.changed[0].number, 1U);
  EXPECT_TRUE(returned.changed[0].returned);
}

}  // namespace
}  // namespace vigie::intake
