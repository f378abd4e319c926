#include "rules/catalogue.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

#include "builder.h"
#include "rules/families/table.h"

namespace vigie {
namespace {

using test::SnapshotBuilder;

void check_nothing(const RuleInput&, Hits&) {}

constexpr Rule kComplete{.id = "group-example",
                         .title = "Exemple",
                         .audience = kForAdmin,
                         .source = "Guide",
                         .remedy = "Corriger.",
                         .check = &check_nothing};

bool is_sound_with(void (*spoil)(Rule&)) {
  Rule rules[] = {kComplete, kComplete};
  rules[1].id = "group-other";
  spoil(rules[1]);
  return is_sound(rules, {"group-"});
}

TEST(Table, IsSoundWhenIdsDifferAndNothingIsEmpty) {
  EXPECT_TRUE(is_sound_with([](Rule&) {}));
}

TEST(Table, IsNotSoundWithADoubledOrForeignId) {
  EXPECT_FALSE(is_sound_with([](Rule& rule) { rule.id = kComplete.id; }));
  EXPECT_FALSE(is_sound_with([](Rule& rule) { rule.id = "account-other"; }));
}

TEST(Table, IsNotSoundWithAnEmptyField) {
  EXPECT_FALSE(is_sound_with([](Rule& rule) { rule.title = {}; }));
  EXPECT_FALSE(is_sound_with([](Rule& rule) { rule.source = {}; }));
  EXPECT_FALSE(is_sound_with([](Rule& rule) { rule.remedy = {}; }));
  EXPECT_FALSE(is_sound_with([](Rule& rule) { rule.audience = {}; }));
  EXPECT_FALSE(is_sound_with([](Rule& rule) { rule.check = nullptr; }));
}

TEST(Catalogue, HasEachIdOnceAndFindsIt) {
  std::set<std::string_view> ids;
  for (const Rule& rule : catalogue()) {
    EXPECT_TRUE(ids.insert(rule.id).second) << rule.id;
    EXPECT_EQ(find_rule(rule.id), &rule);
  }
  EXPECT_EQ(ids.size(), 67U);
  EXPECT_EQ(find_rule("group-manager"), nullptr);
}

TEST(Catalogue, TellsTheFamilyOfEachRule) {
  EXPECT_EQ(family_of(*find_rule("bulletin-missing")), "convention");
  EXPECT_EQ(family_of(*find_rule("grant-outside-contract")), "convention");
  EXPECT_EQ(family_of(*find_rule("administrator-missing")), "administrator");
  EXPECT_EQ(family_of(*find_rule("subgroup-cycle")), "group");
  EXPECT_EQ(family_of(*find_rule("account-afas-not-removed")), "account");
  EXPECT_EQ(family_of(*find_rule("membership-overlap")), "membership");
  EXPECT_EQ(family_of(*find_rule("cdap-t9-unauthorized")), "cdap");
  EXPECT_EQ(family_of(*find_rule("afas-scope-invalid")), "afas");
  EXPECT_EQ(french_family_name("group"), "Groupes");
}

TEST(Catalogue, HasTheParametersOfTheSpecification) {
  const auto parameter_of = [](std::string_view id) {
    const Parameter& parameter = find_rule(id)->parameter;
    return std::string(parameter.name) + '=' + std::to_string(parameter.value);
  };
  EXPECT_EQ(parameter_of("convention-expiring"), "days=60");
  EXPECT_EQ(parameter_of("account-inactive"), "days=180");
  EXPECT_EQ(parameter_of("account-never-used"), "days=30");
  EXPECT_EQ(parameter_of("afas-approver-pending"), "days=15");
  EXPECT_EQ(parameter_of("afas-too-many-providers"), "max=2");
  EXPECT_EQ(parameter_of("account-departed"), "=0");
}

TEST(Catalogue, LooksAtEndedConventionsForTwoRulesOnly) {
  std::set<std::string_view> any;
  for (const Rule& rule : catalogue())
    if (rule.any_convention) any.insert(rule.id);
  EXPECT_EQ(any, (std::set<std::string_view>{"account-convention-closed", "account-afas-not-removed"}));
}

TEST(Needs, AreThoseThatTheDropLacks) {
  SnapshotBuilder b;
  EXPECT_TRUE(missing_needs(*find_rule("account-mail-outside-partner"), b.build()).empty());
  b.drop_without(FileId::kConventions, field::conventions::kMailDomains);
  const auto missing = missing_needs(*find_rule("account-mail-outside-partner"), b.build());
  ASSERT_EQ(missing.size(), 1U);
  EXPECT_EQ(missing[0].file, FileId::kConventions);
  EXPECT_EQ(missing[0].field, std::size_t{field::conventions::kMailDomains});
  EXPECT_TRUE(missing_needs(*find_rule("account-invalid-mail"), b.build()).empty());
}

TEST(Needs, CountAColumnOfAMissingFileAsMissing) {
  Snapshot snapshot = SnapshotBuilder().build();
  snapshot.columns[index(FileId::kProfiles)] = 0;
  EXPECT_EQ(missing_needs(*find_rule("afas-approver-pending"), snapshot).size(), 1U);
  EXPECT_EQ(missing_needs(*find_rule("afas-approver-document-missing"), snapshot).size(), 2U);
  EXPECT_EQ(missing_needs(*find_rule("afas-provider-absent"), snapshot).size(), 1U);
  EXPECT_TRUE(missing_needs(*find_rule("afas-group-not-by-caf"), snapshot).empty());
}

}  // namespace
}  // namespace vigie
