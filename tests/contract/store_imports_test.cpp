// The contract of a store: imports, their history, and what earlier ones prove.

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "store/findings.h"
#include "store/history.h"
#include "store/withdrawn.h"
#include "stores.h"

namespace vigie::store {
namespace {

using namespace std::string_literals;
using test::changes;
using test::DropTexts;
using test::Lines;
using test::small_drop;

constexpr const char* kAccountsHeader = "identifiant;convention;nom;prenom;mail;date_ouverture;date_cloture\n";
constexpr const char* kGroupsHeader = "convention;code;libelle;date_ouverture;parent;responsable;origine\n";

DropTexts with(FileId file, const std::string& text) {
  DropTexts drop = small_drop();
  drop[file] = text;
  return drop;
}
DropTexts with_accounts(const std::string& rows) { return with(FileId::kAccounts, kAccountsHeader + rows); }
DropTexts with_groups(const std::string& rows) { return with(FileId::kGroups, kGroupsHeader + rows); }

// Values of all rows of a file, key first, as people read them.
std::vector<Lines> values(const intake::Table& table) {
  std::vector<Lines> rows;
  for (const intake::Row& row : table.rows) {
    Lines line;
    const intake::Record record = intake::decode(table.file, row.bytes());
    for (std::size_t i = 0; i < spec(table.file).fields.size(); ++i)
      line.push_back(intake::to_text(spec(table.file).fields[i].kind, record[i]));
    rows.push_back(line);
  }
  return rows;
}

std::vector<Lines> stored(const SourceNights& nights, FileId file) {
  return values(nights.imports().tables()[index(file)]);
}

class StoredImports : public StoreContract {
 protected:
  const Store store_ = open();
  const SourceNights nights_{store_, "caf931"};
};

// Every file, with a record that has every value and one that has only those that it must have.
DropTexts every_kind() {
  const std::string texts = "É👩‍👩‍👧 \"x\", 'y' % _ \\"s + std::string(70'000, 'z') + "\0\t\r."s;
  return {
      {FileId::kConventions,
       "numero;libelle;organisme;caf_pivot;siret;type_partenaire;domaines_mail;mode_gestion;contrat_service_signe_le;"
       "date_ouverture;"
       "date_cloture;statut;etat\n19_214;" +
           texts +
           ";Ville;931;123;Commune;a.fr,b.fr;délégué;01/01/0001;02/01/0001;31/12/9999;Clos;Validée\n"
           "20_001;L;O;;;;;;;01/01/2020;;;\n"},
      {FileId::kBulletins,
       "convention;service;signe_le;date_ouverture;date_cloture;profils\n19_214;cafpro;01/02/2020;01/01/2020;20/11/"
       "2026;T1, T2\n"
       "19_214;Télé-X;;01/01/2020;;\n"},
      {FileId::kAccounts,
       "identifiant;convention;nom;prenom;mail;telephone;poste;date_ouverture;date_cloture;statut;profession;diplome_"
       "verifie_le;"
       "numero_instructeur;code_bailleur;derniere_connexion\n"
       "A1;19_214;DUPONT;Marie;m@a.fr;01;sédentaire;01/01/2020;20/11/2026;Ouvert;ASS;01/02/2020;N;B;01/03/2020\n"
       "a1;19_214;X;Y;;;itinérant;01/01/2020;;;;;;;\n"},
      {FileId::kAdministrators,
       "convention;identifiant;date_ouverture;date_cloture\n19_214;A1;01/01/2020;20/11/2026\n19_214;a1;01/01/2020;\n"},
      {FileId::kGroups,
       "convention;code;libelle;niveau;parent;responsable;date_ouverture;date_cloture;statut;origine\n"
       "19_214;T1;T1;999999999;T2;A1;01/01/2020;20/11/2026;Ouverte;Caf\n19_214;T2;T2;;;;01/01/2020;;;automatique\n"
       "19_214;T3;T3;1;;;01/01/2020;;;\n"},
      {FileId::kGrants,
       "convention;groupe;service;role;date_ouverture;date_cloture\n19_214;T1;QL_Web;logements "
       "prives;01/01/2020;20/11/2026\n"
       "19_214;T1;Cdap;T1AS;01/01/2020;\n"},
      {FileId::kMemberships,
       "convention;groupe;identifiant;date_ouverture;date_cloture\n19_214;T1;A1;01/01/2020;20/11/2026\n19_214;T1;a1;01/"
       "01/2020;\n"},
      {FileId::kActivities,
       "convention;activite;type_activite;nature_activite;date_ouverture;date_cloture\n19_214;Crèche;EAJE;PSU;01/01/"
       "2020;20/11/2026\n"
       "19_214;ALSH;;;01/01/2020;\n"},
      {FileId::kPlaces, "convention;activite;lieu\n19_214;Crèche;Nord\n"},
      {FileId::kProfiles,
       "convention;identifiant;role;activite;lieu;date_debut;date_fin;etat;demande_le;pj3_recue_le\n"
       "19_214;A1;Approbateur;Crèche;Nord;01/01/2020;20/11/2026;En "
       "attente;01/02/2020;01/03/2020\n19_214;A1;FDF;Crèche;;01/01/2020;;;;\n"},
      {FileId::kDepartures, "convention;identifiant;date_depart\n19_214;A1;20/11/2026\n"},
  };
}

TEST_P(StoredImports, EveryKindOfValueComesBackAsItWent) {
  const auto imported = nights_.import(every_kind(), kDay);
  const auto tables = nights_.imports().tables();
  for (std::size_t i = 0; i < kFileCount; ++i) {
    EXPECT_EQ(test::rejects(imported.tables[i]), Lines{});
    EXPECT_FALSE(tables[i].rows.empty()) << spec(file_at(i)).name;
    EXPECT_EQ(values(tables[i]), values(imported.tables[i])) << spec(file_at(i)).name;
    EXPECT_EQ(tables[i].columns, imported.tables[i].columns);
  }
}

TEST_P(StoredImports, TheSameDropAgainChangesNothing) {
  nights_.import(every_kind(), kDay);
  for (const auto& delta : nights_.import(every_kind(), kDay + 1).deltas)
    EXPECT_EQ(delta.added.size() + delta.changed.size() + delta.withdrawn.size(), 0U) << spec(delta.file).name;
}

TEST_P(StoredImports, KnowsAgainMoreRecordsThanAPieceHolds) {
  std::string text = "convention;activite;lieu\n";
  for (int i = 0; i < 66'000; ++i) text.append("19_214;X;").append(std::to_string(i)).append("\n");
  DropTexts drop = with(FileId::kPlaces, text);
  nights_.import(drop, kDay);
  drop[FileId::kPlaces] += "19_214;X;one more\n";
  EXPECT_EQ(changes(nights_.import(drop, kDay), FileId::kPlaces), (Lines{"added 66001"}));
}

TEST_P(StoredImports, AChangeIsTheNewState) {
  nights_.import(with_accounts("A1;19_214;DUPONT;Marie;;01/01/2020;\n"), kDay);
  nights_.import(with_accounts("A1;19_214;DURAND;Marie;;01/01/2020;20/11/2026\n"), kDay + 1);
  const auto accounts = stored(nights_, FileId::kAccounts);
  ASSERT_EQ(accounts.size(), 1U);
  EXPECT_EQ(accounts[0][field::accounts::kLastName], "DURAND");
  EXPECT_EQ(accounts[0][field::accounts::kClosesOn], "2026-11-20");
}

TEST_P(StoredImports, WithdrawnRecordsAreNotThereAndReturnUnderTheirNumber) {
  const std::string both = "A1;19_214;X;Y;;01/01/2020;\nA2;19_214;X;Y;;01/01/2020;\n";
  nights_.import(with_accounts(both), kDay);
  EXPECT_EQ(changes(nights_.import(with_accounts("A1;19_214;X;Y;;01/01/2020;\n"), kDay + 1), FileId::kAccounts),
            (Lines{"withdrawn 2"}));
  EXPECT_EQ(stored(nights_, FileId::kAccounts).size(), 1U);
  EXPECT_EQ(changes(nights_.import(with_accounts(both), kDay + 2), FileId::kAccounts), (Lines{"returned 2"}));
  EXPECT_EQ(stored(nights_, FileId::kAccounts).size(), 2U);
  EXPECT_EQ(changes(nights_.import(with_accounts(both + "A3;19_214;X;Y;;01/01/2020;\n"), kDay + 3), FileId::kAccounts),
            (Lines{"added 3"}));
}

TEST_P(StoredImports, AKeptRecordStaysAsItWas) {
  nights_.import(with_accounts("A1;19_214;DUPONT;Marie;;01/01/2020;\n"), kDay);
  EXPECT_EQ(changes(nights_.import(with_accounts("A1;19_214;DURAND;Marie;;hier;\n"), kDay + 1), FileId::kAccounts),
            (Lines{"kept 1"}));
  EXPECT_EQ(stored(nights_, FileId::kAccounts)[0][field::accounts::kLastName], "DUPONT");
}

TEST_P(StoredImports, AColumnThatDisappearsLeavesItsValuesInTheStore) {
  nights_.import(with_accounts("A1;19_214;DUPONT;Marie;m@a.fr;01/01/2020;\n"), kDay);
  nights_.import(
      with(FileId::kAccounts, "identifiant;convention;nom;prenom;date_ouverture\nA1;19_214;DURAND;Marie;01/01/2020\n"),
      kDay + 1);
  EXPECT_EQ(stored(nights_, FileId::kAccounts)[0][field::accounts::kMail], "m@a.fr");
  const auto columns = nights_.imports().tables()[index(FileId::kAccounts)].columns;
  EXPECT_EQ(columns & column_bit(field::accounts::kMail), 0);
  EXPECT_EQ(changes(nights_.import(with_accounts("A1;19_214;DURAND;Marie;m@a.fr;01/01/2020;\n"), kDay + 2),
                    FileId::kAccounts),
            (Lines{}));
}

TEST_P(StoredImports, SourcesDoNotMix) {
  const SourceNights others(store_, "caf132");
  nights_.import(with_accounts("A1;19_214;DUPONT;Marie;;01/01/2020;\n"), kDay);
  EXPECT_EQ(changes(others.import(with_accounts("A1;19_214;DURAND;Marie;;01/01/2020;\n"), kDay), FileId::kAccounts),
            (Lines{"added 1"}));
  EXPECT_EQ(stored(nights_, FileId::kAccounts)[0][field::accounts::kLastName], "DUPONT");
  EXPECT_EQ(stored(others, FileId::kAccounts)[0][field::accounts::kLastName], "DURAND");
}

TEST_P(StoredImports, NothingIsThereBeforeTheFirstOne) {
  EXPECT_TRUE(nights_.imports().is_store_empty());
  EXPECT_FALSE(nights_.imports().last());
  EXPECT_FALSE(nights_.imports().last_good());
  EXPECT_FALSE(nights_.imports().tables()[0].present);
  EXPECT_TRUE(nights_.imports().past().closings.empty());
}

TEST_P(StoredImports, IsRememberedWithItsCounts) {
  Import import{.run = 7, .as_of = kDay, .stale = true, .remarks = "À vérifier.\n", .files = {}};
  import.files[index(FileId::kAccounts)] = {.present = true,
                                            .columns = 0x7FFF,
                                            .unknown_columns = "X, Y",
                                            .rows = 1,
                                            .accepted = 2,
                                            .kept = 3,
                                            .rejected = 4,
                                            .added = 5,
                                            .changed = 6,
                                            .withdrawn = 7,
                                            .returned = 8};
  nights_.imports().apply(import, intake::no_tables(), {}, {}, {});
  const auto last = nights_.imports().last_good();
  ASSERT_TRUE(last);
  EXPECT_EQ(last->number, import.number);
  EXPECT_EQ(last->run, 7);
  EXPECT_EQ(last->as_of, kDay);
  EXPECT_TRUE(last->stale);
  EXPECT_EQ(last->remarks, "À vérifier.\n");
  const FileCounts& file = last->files[index(FileId::kAccounts)];
  EXPECT_TRUE(file.present);
  EXPECT_EQ(file.columns, 0x7FFF);
  EXPECT_EQ(file.unknown_columns, "X, Y");
  EXPECT_EQ(std::tuple(file.rows, file.accepted, file.kept, file.rejected), std::tuple(1, 2, 3, 4));
  EXPECT_EQ(std::tuple(file.added, file.changed, file.withdrawn, file.returned), std::tuple(5, 6, 7, 8));
  EXPECT_FALSE(last->files[index(FileId::kGroups)].present);
}

TEST_P(StoredImports, CountsWhatAllImportsOfItsDayChanged) {
  nights_.import(small_drop(), kDay - 1);
  nights_.import(with_accounts("A1;19_214;X;Y;;01/01/2020;\nA2;19_214;X;Y;;01/01/2020;\n"), kDay);
  nights_.import(with_accounts("A1;19_214;X;Y;;01/01/2020;\nA2;19_214;X;Y;;01/01/2020;\n"), kDay);
  EXPECT_EQ(nights_.imports().last()->files[index(FileId::kAccounts)].added, 1);
}

TEST_P(StoredImports, ARefusedOneLeavesTheLastGoodState) {
  nights_.import(small_drop(), kDay);
  nights_.refuse(with_accounts("A9;19_214;X;Y;;hier;\n"), kDay + 1);
  EXPECT_FALSE(nights_.imports().last()->good);
  EXPECT_EQ(nights_.imports().last()->remarks, "Export refusé.\n");
  EXPECT_EQ(nights_.imports().last_good()->as_of, kDay);
  EXPECT_EQ(stored(nights_, FileId::kAccounts)[0][field::accounts::kId], "A1");
  EXPECT_FALSE(nights_.imports().is_store_empty());
}

Lines rejects_of(const Imports& imports) {
  Lines lines;
  for (const RejectRecord& r : imports.rejects())
    lines.push_back(r.file + ' ' + std::to_string(r.line) + ' ' + r.reason + ' ' + r.field + ' ' + r.value + " | " +
                    r.record);
  return lines;
}

TEST_P(StoredImports, RejectsAreThoseOfTheLastOneRefusedOrNot) {
  nights_.import(with_accounts("A1;19_214;DUPONT;Marie;;hier;\nA2;19_214\nA3;20_001;X;Y;;01/01/2020;\n"), kDay);
  EXPECT_EQ(rejects_of(nights_.imports())[0],
            "utilisateurs.csv 2 bad-date date_ouverture hier | A1;19_214;DUPONT;Marie;;hier;");
  EXPECT_EQ(rejects_of(nights_.imports())[1], "utilisateurs.csv 3 field-count   | A2;19_214");
  EXPECT_EQ(rejects_of(nights_.imports())[2],
            "utilisateurs.csv 4 unknown-reference convention 20_001 | A3;20_001;X;Y;;01/01/2020;");
  nights_.refuse(with_groups("19_214;;T1;01/01/2020;;;\n"), kDay + 1);
  EXPECT_EQ(rejects_of(nights_.imports()), (Lines{"groupes.csv 2 missing-value code  | 19_214;;T1;01/01/2020;;;"}));
  nights_.import(small_drop(), kDay + 2);
  EXPECT_EQ(rejects_of(nights_.imports()), (Lines{}));
}

VIGIE_FOR_EVERY_STORE(StoredImports);

// --------------------------------------------------------------------------------------------------------- history

class History : public StoredImports {
 protected:
  // Three nights: what is added, changed, withdrawn and returned.
  void SetUp() override {
    nights_.import(with_accounts("A1;19_214;DUPONT;Marie;;01/01/2020;\nA2;19_214;X;Y;;01/01/2020;\n"), kDay);
    nights_.import(with_accounts("A1;19_214;DURAND;Anne;;01/01/2020;\n"), kDay + 1);
    nights_.import(with_accounts("A1;19_214;DURAND;Anne;;01/01/2020;\nA2;19_214;Z;Y;;01/01/2020;\n"), kDay + 2);
  }

  Lines rows(const HistoryFilter& filter) const {
    Lines lines;
    for (const HistoryRow& row : history(store_, filter))
      lines.push_back(row.source + ' ' + row.file + ' ' + row.key + ' ' + to_iso(row.as_of) + ' ' + row.change + ' ' +
                      row.field + ' ' + row.before + '>' + row.after);
    return lines;
  }
};

TEST_P(History, TellsWhatBecameOfARecord) {
  EXPECT_EQ(rows({.file = "utilisateurs"}), (Lines{"caf931 utilisateurs.csv A1 2026-11-20 added  >",
                                                   "caf931 utilisateurs.csv A1 2026-11-21 changed nom DUPONT>DURAND",
                                                   "caf931 utilisateurs.csv A1 2026-11-21 changed prenom Marie>Anne",
                                                   "caf931 utilisateurs.csv A2 2026-11-20 added  >",
                                                   "caf931 utilisateurs.csv A2 2026-11-21 withdrawn  >",
                                                   "caf931 utilisateurs.csv A2 2026-11-22 returned  >",
                                                   "caf931 utilisateurs.csv A2 2026-11-22 changed nom X>Z"}));
}

TEST_P(History, JoinsKeysUnderTheirCatalogueNames) {
  EXPECT_EQ(rows({.file = "habilitations"}),
            (Lines{"caf931 habilitations.csv 19_214:T1:Cdap:T1:2020-01-01 2026-11-20 added  >"}));
}

TEST_P(History, IsSortedBySourceFileKeyDayAndField) {
  const SourceNights others(store_, "caf132");
  others.import(small_drop(), kDay - 5);
  const auto all = history(store_, {});
  EXPECT_TRUE(std::ranges::is_sorted(
      all, {}, [](const HistoryRow& r) { return std::tie(r.source, r.file, r.key, r.as_of, r.field); }));
  EXPECT_EQ(all.front().source, "caf132");
  EXPECT_EQ(all.front().file, "appartenances.csv");
  EXPECT_EQ(all.size(), 11U + 5U);
}

TEST_P(History, IsFilteredBySource) {
  SourceNights(store_, "caf132").import(small_drop(), kDay);
  EXPECT_EQ(history(store_, {.sources = {"caf132"}}).size(), 5U);
  EXPECT_EQ(history(store_, {.sources = {"caf132", "caf931"}}).size(), 16U);
}

TEST_P(History, IsFilteredByConventionAccountAndDay) {
  EXPECT_EQ(history(store_, {.convention = "20_001"}).size(), 0U);
  EXPECT_EQ(history(store_, {.convention = "19_214"}).size(), 11U) << "the convention itself too";
  EXPECT_EQ(history(store_, {.account = "A2"}).size(), 4U);
  EXPECT_EQ(history(store_, {.account = "A1"}).size(), 3U + 1U) << "the account and its membership";
  EXPECT_EQ(history(store_, {.since = kDay + 1}).size(), 5U);
  EXPECT_EQ(history(store_, {.convention = "19_214", .account = "A2", .since = kDay + 2}).size(), 2U);
}

TEST_P(History, GivesTheNewestWhereItIsCut) {
  EXPECT_EQ(rows({.newest = 2}), (Lines{"caf931 utilisateurs.csv A2 2026-11-22 returned  >",
                                        "caf931 utilisateurs.csv A2 2026-11-22 changed nom X>Z"}));
  EXPECT_EQ(history(store_, {.newest = 1000}).size(), 11U);
}

TEST_P(History, KnowsConventionsAndAccountsOfASource) {
  EXPECT_EQ(known_conventions(store_, store_.source("caf931")), (Lines{"19_214"}));
  EXPECT_TRUE(knows_account(store_, store_.source("caf931"), "A2")) << "one that is withdrawn too";
  EXPECT_FALSE(knows_account(store_, store_.source("caf931"), "A"));
  EXPECT_EQ(known_conventions(store_, store_.source("caf132")), Lines{}) << "another source";
  EXPECT_FALSE(knows_account(store_, store_.source("caf132"), "A2"));
}

VIGIE_FOR_EVERY_STORE(History);

// ------------------------------------------------------------------------------------------ what earlier imports prove

class SeenClosings : public StoredImports {
 protected:
  static DropTexts closing(const std::string& closes_on) {
    return with_accounts("A1;19_214;DUPONT;Marie;;01/01/2020;" + closes_on + "\n");
  }
  static DropTexts gone() { return with_accounts(""); }
  static DropTexts kept() { return with_accounts("A1;19_214;DUPONT;Marie;;hier;\n"); }
  static DropTexts without_column() {
    return with(FileId::kAccounts,
                "identifiant;convention;nom;prenom;date_ouverture\nA1;19_214;DUPONT;Marie;01/01/2020\n");
  }
  static DropTexts gone_without_column() {
    return with(FileId::kAccounts, "identifiant;convention;nom;prenom;date_ouverture\n");
  }

  // Imports night after night, and tells what is proved of the account: "never seen 2026-11-20".
  Lines seen(const std::vector<DropTexts>& drops) const {
    Day day = kDay;
    for (const DropTexts& drop : drops) nights_.import(drop, day), day = day + 1;
    Lines lines;
    for (const auto& [account, closings] : nights_.imports().past().closings)
      for (const SeenClosing& closing : closings)
        lines.push_back(account + ' ' + (closing.closes_on.given() ? to_iso(closing.closes_on) : "never") + " seen " +
                        to_iso(closing.seen_on));
    return lines;
  }
};

TEST_P(SeenClosings, AreThoseThatDifferFromTodays) {
  EXPECT_EQ(seen({closing(""), closing(""), closing("10/11/2026")}), (Lines{"A1 never seen 2026-11-21"}));
}

TEST_P(SeenClosings, AreNoneWhereNothingChanged) {
  EXPECT_EQ(seen({closing("10/11/2026"), closing("10/11/2026")}), (Lines{}));
}

TEST_P(SeenClosings, AreAllThatWere) {
  EXPECT_EQ(seen({closing(""), closing("30/11/2026"), closing("10/11/2026")}),
            (Lines{"A1 never seen 2026-11-20", "A1 2026-11-30 seen 2026-11-21"}));
}

TEST_P(SeenClosings, AreOfNoInterestOfAnOpenAccount) {
  EXPECT_EQ(seen({closing("10/11/2026"), closing("")}), (Lines{}));
}

TEST_P(SeenClosings, AreNotProvedByAnImportThatOnlyKeptTheRecord) {
  EXPECT_EQ(seen({closing(""), kept(), kept(), closing("10/11/2026")}), (Lines{"A1 never seen 2026-11-20"}));
}

TEST_P(SeenClosings, AreNotProvedByAnImportWithoutTheColumn) {
  EXPECT_EQ(seen({closing(""), without_column(), closing("10/11/2026")}), (Lines{"A1 never seen 2026-11-20"}));
  EXPECT_EQ(SourceNights(store_, "caf132").imports().past().closings.size(), 0U);
}

TEST_P(SeenClosings, AreNotProvedWhereNoImportHadTheColumn) {
  EXPECT_EQ(seen({without_column(), without_column(), closing("10/11/2026")}), (Lines{}));
}

TEST_P(SeenClosings, AreNotProvedByAnImportThatLackedTheRecord) {
  EXPECT_EQ(seen({closing(""), gone(), gone(), closing("10/11/2026")}), (Lines{"A1 never seen 2026-11-20"}));
}

TEST_P(SeenClosings, AreNotProvedByAnImportThatLackedTheRecordHoweverItCameBack) {
  EXPECT_EQ(seen({closing(""), gone(), without_column(), closing("10/11/2026")}), (Lines{"A1 never seen 2026-11-20"}));
}

TEST_P(SeenClosings, AreProvedByTheImportThatBroughtTheRecordBack) {
  EXPECT_EQ(seen({closing(""), gone(), closing(""), closing("10/11/2026")}), (Lines{"A1 never seen 2026-11-22"}));
}

TEST_P(SeenClosings, AreNotProvedBeforeTheRecordWasThere) {
  EXPECT_EQ(seen({gone(), without_column(), closing("10/11/2026")}), (Lines{}));
}

TEST_P(SeenClosings, AreNoneOfAWithdrawnAccount) {
  EXPECT_EQ(seen({closing(""), closing("10/11/2026"), gone()}), (Lines{}));
}

TEST_P(SeenClosings, AreNotProvedByARefusedDrop) {
  nights_.import(closing(""), kDay);
  nights_.refuse(closing(""), kDay + 1);
  nights_.import(closing("10/11/2026"), kDay + 2);
  EXPECT_EQ(nights_.imports().past().closings.at("A1").at(0).seen_on, kDay);
}

VIGIE_FOR_EVERY_STORE(SeenClosings);

class FirstGroups : public StoredImports {
 protected:
  static DropTexts group(const std::string& rest) { return with_groups("19_214;T1;T1;01/01/2020;" + rest + "\n"); }
  static DropTexts labelled(const std::string& label) { return with_groups("19_214;T1;" + label + ";01/01/2020;;;\n"); }
  static DropTexts kept(const std::string& rest) { return with_groups("19_214;T1;T1;hier;" + rest + "\n"); }
  static DropTexts gone() { return with_groups(""); }
  static DropTexts without_origin() {
    return with(FileId::kGroups,
                "convention;code;libelle;date_ouverture;parent;responsable\n19_214;T1;T1;01/01/2020;;\n");
  }

  // Of the group T1 after these nights.
  FirstGroup first(const std::vector<DropTexts>& drops) const {
    Day day = kDay;
    for (const DropTexts& drop : drops) nights_.import(drop, day), day = day + 1;
    const auto groups = nights_.imports().past().groups;
    const auto found = groups.find(group_key("19_214", "T1"));
    return found == groups.end() ? FirstGroup() : found->second;
  }
};

TEST_P(FirstGroups, AreWhatTheFirstImportBrought) {
  const FirstGroup was = first({group("P;A1;Caf"), group("Q;A2;Partenaire"), labelled("x")});
  EXPECT_EQ(was.label, "T1");
  EXPECT_EQ(was.parent, "P");
  EXPECT_EQ(was.manager, "A1");
  EXPECT_EQ(was.origin, "Caf");
}

TEST_P(FirstGroups, TellOnlyFieldsThatChanged) {
  const FirstGroup was = first({group(";A1;"), group(";;")});
  EXPECT_EQ(was.manager, "A1");
  EXPECT_FALSE(was.label);
  EXPECT_FALSE(was.origin);
}

TEST_P(FirstGroups, AreNotThereWhereNothingChanged) {
  nights_.import(group("P;A1;Caf"), kDay);
  nights_.import(group("P;A1;Caf"), kDay + 1);
  EXPECT_TRUE(nights_.imports().past().groups.empty());
}

TEST_P(FirstGroups, BeginWithTheFirstImportThatHadTheColumn) {
  EXPECT_EQ(first({without_origin(), group(";;Automatique"), group(";;Caf")}).origin, "Automatique");
}

TEST_P(FirstGroups, BeginWithAnEmptyValueOfTheFirstColumnToo) {
  EXPECT_EQ(first({without_origin(), group(";;"), group(";;Automatique")}).origin, "Partenaire");
}

TEST_P(FirstGroups, DoNotBeginWithAnImportThatOnlyKeptThem) {
  EXPECT_EQ(first({without_origin(), kept(";;Caf"), group(";;Automatique"), group(";;Caf")}).origin, "Automatique");
}

TEST_P(FirstGroups, DoNotBeginWithAnImportThatLackedThem) {
  EXPECT_EQ(first({without_origin(), gone(), group(";;Automatique"), group(";;Caf")}).origin, "Automatique");
}

TEST_P(FirstGroups, GoOnAfterTheyCameBack) {
  EXPECT_EQ(first({group(";;Automatique"), gone(), group(";;Caf")}).origin, "Automatique");
}

VIGIE_FOR_EVERY_STORE(FirstGroups);

class AfasManagers : public StoredImports {
 protected:
  // The group T1 with an Afas grant, managed by the account.
  static DropTexts managed_by(const std::string& manager) {
    DropTexts drop = with_groups("19_214;T1;T1;01/01/2020;;" + manager + ";\n");
    drop[FileId::kAccounts] += "A2;19_214;MARTIN;Paul;;01/01/2020;\n";
    drop[FileId::kGrants] = "convention;groupe;service;role;date_ouverture\n19_214;T1;Afas;Déclarer;01/01/2020\n";
    return drop;
  }
  std::unordered_set<std::string> managers() const { return nights_.imports().past().afas_managers; }
};

TEST_P(AfasManagers, AreThoseOfEarlierImports) {
  nights_.import(managed_by("A1"), kDay);
  EXPECT_TRUE(managers().empty()) << "of the last import only";
  nights_.import(managed_by("A2"), kDay + 1);
  EXPECT_EQ(managers(), (std::unordered_set<std::string>{"A1"}));
  nights_.import(managed_by(""), kDay + 2);
  EXPECT_EQ(managers(), (std::unordered_set<std::string>{"A1", "A2"}));
}

TEST_P(AfasManagers, AreEarlierOnesWhoStillAre) {
  nights_.import(managed_by("A1"), kDay);
  nights_.import(managed_by("A1"), kDay + 1);
  EXPECT_EQ(managers(), (std::unordered_set<std::string>{"A1"}));
}

TEST_P(AfasManagers, StayOfOneSource) {
  nights_.import(managed_by("A1"), kDay);
  nights_.import(managed_by(""), kDay + 1);
  EXPECT_TRUE(SourceNights(store_, "caf132").imports().past().afas_managers.empty());
}

VIGIE_FOR_EVERY_STORE(AfasManagers);

class MailsOfOtherSources : public StoredImports {
 protected:
  const SourceNights others_{store_, "caf132"};

  const DropTexts kOurs = with_accounts("A0;19_214;X;Y;m@a.fr;01/01/2020;\n");

  // "mail source account", of the other source, as caf931 sees them.
  Lines elsewhere(Day day = kDay) const {
    Lines lines;
    for (const auto& [mail, account] : SharedMails(store_, day).elsewhere(nights_.number()))
      lines.push_back(mail + ' ' + account.source + ' ' + account.account);
    std::ranges::sort(lines);
    return lines;
  }
};

TEST_P(MailsOfOtherSources, AreThoseOfActiveAccountsThatHaveAMailOfOursInLowerCase) {
  nights_.import(with_accounts("A0;19_214;X;Y;MARIE@a.fr;01/01/2020;\nA7;19_214;X;Y;last.day@a.fr;01/01/2020;\n"
                               "A8;19_214;X;Y;closed@a.fr;01/01/2020;\nA9;19_214;X;Y;not.yet@a.fr;01/01/2020;\n"),
                 kDay);
  others_.import(
      with_accounts(
          "A1;19_214;X;Y;Marie@A.fr;01/01/2020;\nA2;19_214;X;Y;;01/01/2020;\n"
          "A3;19_214;X;Y;closed@a.fr;01/01/2020;20/11/2026\nA4;19_214;X;Y;last.day@a.fr;20/11/2026;21/11/2026\n"
          "A5;19_214;X;Y;not.yet@a.fr;21/11/2026;\nA6;19_214;X;Y;marie@a.fr;01/01/2020;\n"
          "A7;19_214;X;Y;theirs@a.fr;01/01/2020;\n"),
      kDay);
  EXPECT_EQ(elsewhere(), (Lines{"last.day@a.fr caf132 A4", "marie@a.fr caf132 A1", "marie@a.fr caf132 A6"}));
}

TEST_P(MailsOfOtherSources, AreNotThoseOfWithdrawnAccounts) {
  nights_.import(kOurs, kDay);
  others_.import(with_accounts("A1;19_214;X;Y;m@a.fr;01/01/2020;\n"), kDay);
  EXPECT_EQ(elsewhere(), (Lines{"m@a.fr caf132 A1"}));
  others_.import(with_accounts(""), kDay);
  EXPECT_EQ(elsewhere(), (Lines{}));
}

TEST_P(MailsOfOtherSources, AreNotThereWhereTheLastDropHadNoMails) {
  nights_.import(kOurs, kDay);
  others_.import(with_accounts("A1;19_214;X;Y;m@a.fr;01/01/2020;\n"), kDay);
  others_.import(small_drop(), kDay);
  EXPECT_EQ(elsewhere(), (Lines{}));
}

TEST_P(MailsOfOtherSources, CountAClosingDateOnlyWhereTheLastDropHadThem) {
  nights_.import(kOurs, kDay);
  others_.import(with_accounts("A1;19_214;X;Y;m@a.fr;01/01/2020;01/01/2021\n"), kDay);
  EXPECT_EQ(elsewhere(), (Lines{}));
  others_.import(with(FileId::kAccounts,
                      "identifiant;convention;nom;prenom;mail;date_ouverture\nA1;19_214;X;Y;m@a.fr;01/01/2020\n"),
                 kDay);
  EXPECT_EQ(elsewhere(), (Lines{"m@a.fr caf132 A1"}));
}

VIGIE_FOR_EVERY_STORE(MailsOfOtherSources);

class WithdrawnRecords : public StoredImports {
 protected:
  // "T1 2026-11-21", of memberships and of roles that an account has no more.
  Lines memberships(std::string_view account) const {
    Lines lines;
    for (const auto& gone : withdrawn(store_, nights_.number(), account).memberships)
      lines.push_back(gone.convention + ' ' + gone.group + ' ' + to_iso(gone.since));
    return lines;
  }
  Lines grants(std::string_view account) const {
    Lines lines;
    for (const auto& gone : withdrawn(store_, nights_.number(), account).grants)
      lines.push_back(gone.group + ' ' + gone.service + ' ' + gone.role + ' ' + to_iso(gone.since));
    return lines;
  }
};

TEST_P(WithdrawnRecords, AreToldWithTheImportThatMissedThem) {
  nights_.import(small_drop(), kDay);
  EXPECT_EQ(memberships("A1"), Lines());
  EXPECT_EQ(grants("A1"), Lines());
  nights_.import(with(FileId::kGrants, "convention;groupe;service;role;date_ouverture\n"), kDay + 1);
  EXPECT_EQ(grants("A1"), (Lines{"T1 Cdap T1 2026-11-21"}));
  EXPECT_EQ(grants("A2"), Lines()) << "it never was in the group";
  nights_.import(with(FileId::kMemberships, "convention;groupe;identifiant;date_ouverture\n"), kDay + 2);
  EXPECT_EQ(memberships("A1"), (Lines{"19_214 T1 2026-11-22"}));
  EXPECT_EQ(grants("A1"), Lines()) << "the role is back";
  nights_.import(small_drop(), kDay + 3);
  EXPECT_EQ(memberships("A1"), Lines());
}

TEST_P(WithdrawnRecords, WereOverWhenTheyClosedWhereThatWasBefore) {
  constexpr const char* kHeader = "convention;groupe;service;role;date_ouverture;date_cloture\n";
  nights_.import(with(FileId::kGrants, std::string(kHeader) + "19_214;T1;Cdap;T1;01/01/2020;05/11/2026\n"), kDay);
  nights_.import(with(FileId::kGrants, kHeader), kDay + 1);
  EXPECT_EQ(grants("A1"), (Lines{"T1 Cdap T1 2026-11-05"}));
}

TEST_P(WithdrawnRecords, AnAccountItself) {
  nights_.import(small_drop(), kDay);
  EXPECT_FALSE(withdrawn_on(store_, nights_.number(), "A1"));
  DropTexts without = with_accounts("");
  without[FileId::kMemberships] = "convention;groupe;identifiant;date_ouverture\n";
  nights_.import(without, kDay + 1);
  EXPECT_EQ(withdrawn_on(store_, nights_.number(), "A1"), kDay + 1);
  EXPECT_FALSE(withdrawn_on(store_, nights_.number(), "A2"));
}

VIGIE_FOR_EVERY_STORE(WithdrawnRecords);

}  // namespace
}  // namespace vigie::store
