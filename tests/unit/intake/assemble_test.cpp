#include "intake/assemble.h"

#include <string>

#include <gtest/gtest.h>

#include "intake/drop_texts.h"

namespace vigie::intake {
namespace {

using test::DropTexts;

const Day kOpened = Day::from_ymd(2020, 1, 1);
const Day kClosed = Day::from_ymd(2026, 11, 20);

Snapshot assembled(const DropTexts& drop) {
  test::MemoryNights nights;
  auto imported = nights.import(drop);
  for (std::size_t i = 0; i < kFileCount; ++i) EXPECT_EQ(test::rejects(imported.tables[i]), test::Lines{});
  return std::move(imported.snapshot);
}

// Every file, with every column that a record reads.
DropTexts whole_drop() {
  return {
      {FileId::kConventions,
       "numero;libelle;organisme;domaines_mail;mode_gestion;contrat_service_signe_le;date_ouverture;date_cloture;"
       "statut;etat\n"
       "19_214;Rosny;Ville de Rosny;rosny.fr,ville.fr;délégué;02/01/2020;01/01/2020;20/11/2026;Clos;Validée le "
       "30/08/2018\n"},
      {FileId::kBulletins,
       "convention;service;signe_le;date_ouverture;date_cloture;profils\n19_214;cafpro;03/01/2020;01/01/2020;20/11/"
       "2026;T1, T2\n"},
      {FileId::kAccounts,
       "identifiant;convention;nom;prenom;mail;date_ouverture;date_cloture;statut;profession;diplome_verifie_le;"
       "numero_instructeur;code_bailleur;derniere_connexion\n"
       "A1;19_214;DUPONT;Marie;m@rosny.fr;01/01/2020;20/11/2026;Ouvert;ASS;04/01/2020;931A0000100000;B7;05/01/2020\n"},
      {FileId::kAdministrators,
       "convention;identifiant;date_ouverture;date_cloture\n19_214;A1;01/01/2020;20/11/2026\n"},
      {FileId::kGroups,
       "convention;code;libelle;niveau;parent;responsable;date_ouverture;date_cloture;statut;origine\n"
       "19_214;HAUT;T1 haut;1;;A1;01/01/2020;;;automatique\n19_214;T1;T1 "
       "bas;2;HAUT;A1;01/01/2020;20/11/2026;Ouvert;Caf\n"},
      {FileId::kGrants,
       "convention;groupe;service;role;date_ouverture;date_cloture\n19_214;T1;cafpro;t 01;01/01/2020;20/11/2026\n"},
      {FileId::kMemberships,
       "convention;groupe;identifiant;date_ouverture;date_cloture\n19_214;T1;A1;01/01/2020;20/11/2026\n"},
      {FileId::kActivities, "convention;activite;date_ouverture;date_cloture\n19_214;Crèche;01/01/2020;20/11/2026\n"},
      {FileId::kPlaces, "convention;activite;lieu\n19_214;Crèche;Nord\n"},
      {FileId::kProfiles,
       "convention;identifiant;role;activite;lieu;date_debut;date_fin;etat;demande_le;pj3_recue_le\n"
       "19_214;A1;Approbateur;Crèche;Nord;01/01/2020;20/11/2026;En attente;06/01/2020;07/01/2020\n"},
      {FileId::kDepartures, "convention;identifiant;date_depart\n19_214;A1;20/11/2026\n"},
  };
}

TEST(Assemble, ReadsConventionsAndBulletins) {
  const Snapshot s = assembled(whole_drop());
  const Convention& convention = s.conventions.at(0);
  EXPECT_EQ(convention.number, "19_214");
  EXPECT_EQ(convention.label, "Rosny");
  EXPECT_EQ(convention.partner, "Ville de Rosny");
  EXPECT_EQ(convention.mail_domains, "rosny.fr,ville.fr");
  EXPECT_EQ(convention.state, "Validée le 30/08/2018");
  EXPECT_EQ(convention.contract_signed_on, Day::from_ymd(2020, 1, 2));
  EXPECT_EQ(convention.period, (Period{kOpened, kClosed}));
  EXPECT_EQ(convention.mode, Mode::kDelegated);
  EXPECT_EQ(convention.status, Status::kClosed);
  const Bulletin& bulletin = s.bulletins.at(0);
  EXPECT_EQ(bulletin.service_name, "Cdap");
  EXPECT_EQ(bulletin.service, Service::kCdap);
  EXPECT_EQ(bulletin.roles, "T1, T2");
  EXPECT_EQ(bulletin.signed_on, Day::from_ymd(2020, 1, 3));
  EXPECT_EQ(bulletin.period, (Period{kOpened, kClosed}));
}

TEST(Assemble, ReadsAccountsAndTheirDesignationsAndDepartures) {
  const Snapshot s = assembled(whole_drop());
  const Account& account = s.accounts.at(0);
  EXPECT_EQ(account.id, "A1");
  EXPECT_EQ(account.last_name, "DUPONT");
  EXPECT_EQ(account.first_name, "Marie");
  EXPECT_EQ(account.mail, "m@rosny.fr");
  EXPECT_EQ(account.profession, "ASS");
  EXPECT_EQ(account.instructor_number, "931A0000100000");
  EXPECT_EQ(account.landlord_code, "B7");
  EXPECT_EQ(account.period, (Period{kOpened, kClosed}));
  EXPECT_EQ(account.diploma_checked_on, Day::from_ymd(2020, 1, 4));
  EXPECT_EQ(account.last_login_on, Day::from_ymd(2020, 1, 5));
  EXPECT_EQ(account.status, Status::kOpen);
  EXPECT_EQ(s.designations.at(0).account, 0U);
  EXPECT_EQ(s.designations.at(0).period, (Period{kOpened, kClosed}));
  EXPECT_EQ(s.departures.at(0).account, 0U);
  EXPECT_EQ(s.departures.at(0).leaves_on, kClosed);
}

TEST(Assemble, ReadsGroupsAndWhatHangsOnThem) {
  const Snapshot s = assembled(whole_drop());
  const Group& group = s.groups.at(1);
  EXPECT_EQ(group.code, "T1");
  EXPECT_EQ(group.label, "T1 bas");
  EXPECT_EQ(group.level, 2U);
  EXPECT_EQ(group.parent, 0U);
  EXPECT_EQ(group.manager, 0U);
  EXPECT_EQ(group.period, (Period{kOpened, kClosed}));
  EXPECT_EQ(group.status, Status::kOpen);
  EXPECT_EQ(group.origin, Origin::kCaf);
  EXPECT_EQ(s.groups.at(0).origin, Origin::kAutomatic);
  EXPECT_FALSE(s.groups.at(0).period.closes_on.given());
  const Grant& grant = s.grants.at(0);
  EXPECT_EQ(grant.group, 1U);
  EXPECT_EQ(grant.service_name, "Cdap");
  EXPECT_EQ(grant.role_name, "T1");
  EXPECT_EQ(grant.role, Role::kT1);
  EXPECT_EQ(grant.period, (Period{kOpened, kClosed}));
  EXPECT_EQ(s.memberships.at(0).group, 1U);
  EXPECT_EQ(s.memberships.at(0).period, (Period{kOpened, kClosed}));
}

TEST(Assemble, ReadsAfasProfilesOverTheirActivities) {
  const Snapshot s = assembled(whole_drop());
  EXPECT_EQ(s.activities.at(0).name, "Crèche");
  EXPECT_EQ(s.activities.at(0).period, (Period{kOpened, kClosed}));
  EXPECT_EQ(s.places.at(0).activity, 0U);
  EXPECT_EQ(s.places.at(0).name, "Nord");
  const Profile& profile = s.profiles.at(0);
  EXPECT_EQ(profile.account, 0U);
  EXPECT_EQ(profile.activity, 0U);
  EXPECT_EQ(profile.activity_name, "Crèche");
  EXPECT_EQ(profile.place, "Nord");
  EXPECT_EQ(profile.role, AfasRole::kApprover);
  EXPECT_EQ(profile.state, ProfileState::kPending);
  EXPECT_EQ(profile.period, (Period{kOpened, kClosed}));
  EXPECT_EQ(profile.asked_on, Day::from_ymd(2020, 1, 6));
  EXPECT_EQ(profile.document_on, Day::from_ymd(2020, 1, 7));
}

TEST(Assemble, WhatTheDropLacksIsEmpty) {
  const Snapshot s = assembled(test::small_drop());
  EXPECT_EQ(s.accounts.at(0).mail, "");
  EXPECT_FALSE(s.accounts.at(0).last_login_on.given());
  EXPECT_EQ(s.groups.at(0).origin, Origin::kPartner);
  EXPECT_EQ(s.groups.at(0).level, 0U);
  EXPECT_EQ(s.conventions.at(0).mode, Mode::kCentralized);
  EXPECT_TRUE(s.has_column(FileId::kAccounts, field::accounts::kProfession));
  EXPECT_FALSE(s.has_column(FileId::kAccounts, field::accounts::kMail));
  EXPECT_TRUE(s.has_file(FileId::kGrants));
  EXPECT_FALSE(s.has_file(FileId::kBulletins));
}

TEST(Assemble, AnUnknownServiceOrRoleIsThereAsWritten) {
  DropTexts drop = test::small_drop();
  drop[FileId::kGrants] =
      "convention;groupe;service;role;date_ouverture\n19_214;T1;Cdap;T1AS;01/01/2020\n19_214;T1;Télé;T1;01/01/2020\n";
  const Snapshot s = assembled(drop);
  EXPECT_EQ(s.grants.at(0).service, Service::kCdap);
  EXPECT_FALSE(s.grants.at(0).role);
  EXPECT_EQ(s.grants.at(0).role_name, "T1AS");
  EXPECT_FALSE(s.grants.at(1).service);
  EXPECT_EQ(s.grants.at(1).service_name, "Télé");
}

}  // namespace
}  // namespace vigie::intake
