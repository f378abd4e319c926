#include "domain/contract.h"

#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace vigie {
namespace {

using Names = std::vector<std::string_view>;

Names required_columns(FileId file) {
  Names names;
  for (const FieldSpec& field : spec(file).fields)
    if (field.required) names.push_back(field.name);
  return names;
}

Names key_columns(FileId file) {
  Names names;
  for (const FieldSpec& field : spec(file).fields)
    if (field.key) names.push_back(field.name);
  return names;
}

TEST(Contract, NamesTheFilesThatMustBeThere) {
  Names required;
  for (const FileSpec& file : all_files())
    if (file.required) required.push_back(file.name);
  EXPECT_EQ(required, (Names{"conventions", "utilisateurs", "groupes", "habilitations", "appartenances"}));
}

TEST(Contract, NamesTheColumnsThatMustBeThere) {
  EXPECT_EQ(required_columns(FileId::kConventions), (Names{"numero", "libelle", "organisme", "date_ouverture"}));
  EXPECT_EQ(required_columns(FileId::kBulletins), (Names{"convention", "service", "date_ouverture"}));
  EXPECT_EQ(required_columns(FileId::kAccounts),
            (Names{"identifiant", "convention", "nom", "prenom", "date_ouverture"}));
  EXPECT_EQ(required_columns(FileId::kGroups), (Names{"convention", "code", "libelle", "date_ouverture"}));
  EXPECT_EQ(required_columns(FileId::kActivities), (Names{"convention", "activite", "date_ouverture"}));
  EXPECT_EQ(required_columns(FileId::kDepartures), (Names{"convention", "identifiant", "date_depart"}));
}

TEST(Contract, NamesTheKeys) {
  EXPECT_EQ(key_columns(FileId::kConventions), (Names{"numero"}));
  EXPECT_EQ(key_columns(FileId::kBulletins), (Names{"convention", "service", "date_ouverture"}));
  EXPECT_EQ(key_columns(FileId::kAccounts), (Names{"identifiant"}));
  EXPECT_EQ(key_columns(FileId::kAdministrators), (Names{"convention", "identifiant", "date_ouverture"}));
  EXPECT_EQ(key_columns(FileId::kGroups), (Names{"convention", "code"}));
  EXPECT_EQ(key_columns(FileId::kGrants), (Names{"convention", "groupe", "service", "role", "date_ouverture"}));
  EXPECT_EQ(key_columns(FileId::kMemberships), (Names{"convention", "groupe", "identifiant", "date_ouverture"}));
  EXPECT_EQ(key_columns(FileId::kActivities), (Names{"convention", "activite"}));
  EXPECT_EQ(key_columns(FileId::kPlaces), (Names{"convention", "activite", "lieu"}));
  EXPECT_EQ(key_columns(FileId::kProfiles),
            (Names{"convention", "identifiant", "role", "activite", "lieu", "date_debut"}));
  EXPECT_EQ(key_columns(FileId::kDepartures), (Names{"convention", "identifiant"}));
}

TEST(Contract, OnlyAProfilesPlaceMayBeAnEmptyKey) {
  for (const FileSpec& file : all_files())
    for (const FieldSpec& field : file.fields) {
      EXPECT_TRUE(field.required || !field.key) << file.name << '.' << field.name;
      EXPECT_EQ(field.required && field.may_be_empty, file.name == "profils_afas" && field.name == "lieu")
          << field.name;
    }
}

TEST(Contract, FilesReferToFilesBeforeThemByWholeKeys) {
  for (std::size_t i = 0; i < kFileCount; ++i)
    for (const ReferenceSpec& reference : spec(file_at(i)).references) {
      EXPECT_LT(index(reference.to), i);
      Names names;
      for (const std::int8_t field : reference.fields)
        if (field >= 0) names.push_back(spec(file_at(i)).fields[static_cast<std::size_t>(field)].name);
      EXPECT_EQ(names.size(), key_columns(reference.to).size()) << spec(file_at(i)).name;
    }
}

TEST(Contract, IndicesOfFieldsAreTheirNames) {
  EXPECT_EQ(spec(FileId::kConventions).fields[field::conventions::kState].name, "etat");
  EXPECT_EQ(spec(FileId::kBulletins).fields[field::bulletins::kRoles].name, "profils");
  EXPECT_EQ(spec(FileId::kAccounts).fields[field::accounts::kClosesOn].name, "date_cloture");
  EXPECT_EQ(spec(FileId::kAccounts).fields[field::accounts::kLastLoginOn].name, "derniere_connexion");
  EXPECT_EQ(spec(FileId::kAdministrators).fields[field::administrators::kClosesOn].name, "date_cloture");
  EXPECT_EQ(spec(FileId::kGroups).fields[field::groups::kOrigin].name, "origine");
  EXPECT_EQ(spec(FileId::kGrants).fields[field::grants::kClosesOn].name, "date_cloture");
  EXPECT_EQ(spec(FileId::kMemberships).fields[field::memberships::kClosesOn].name, "date_cloture");
  EXPECT_EQ(spec(FileId::kActivities).fields[field::activities::kClosesOn].name, "date_cloture");
  EXPECT_EQ(spec(FileId::kPlaces).fields[field::places::kPlace].name, "lieu");
  EXPECT_EQ(spec(FileId::kProfiles).fields[field::profiles::kDocumentOn].name, "pj3_recue_le");
  EXPECT_EQ(spec(FileId::kDepartures).fields[field::departures::kLeavesOn].name, "date_depart");
}

}  // namespace
}  // namespace vigie
