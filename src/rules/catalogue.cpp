#include "rules/catalogue.h"

#include <algorithm>
#include <array>

#include "rules/families/account.h"
#include "rules/families/administrator.h"
#include "rules/families/afas.h"
#include "rules/families/cdap.h"
#include "rules/families/convention.h"
#include "rules/families/group.h"
#include "rules/families/membership.h"

namespace vigie {
namespace {

struct Family {
  std::string_view name;
  std::string_view french_name;
  std::span<const Rule> (*rules)();
};

constexpr std::array<Family, 7> kFamilies = {{
    {"convention", "Convention", &convention_rules},
    {"administrator", "Administrateurs", &administrator_rules},
    {"group", "Groupes", &group_rules},
    {"account", "Comptes", &account_rules},
    {"membership", "Appartenances", &membership_rules},
    {"cdap", "Cdap", &cdap_rules},
    {"afas", "Afas", &afas_rules},
}};

std::vector<Rule> join_families() {
  std::vector<Rule> rules;
  for (const Family& family : kFamilies) {
    const std::span<const Rule> of_family = family.rules();
    rules.insert(rules.end(), of_family.begin(), of_family.end());
  }
  return rules;
}

bool is_there(const Need& need, const Snapshot& snapshot) {
  return need.field == Need::kWholeFile ? snapshot.has_file(need.file) : snapshot.has_column(need.file, need.field);
}

}  // namespace

std::span<const Rule> catalogue() {
  static const std::vector<Rule> kRules = join_families();
  return kRules;
}

const Rule* find_rule(std::string_view id) {
  const std::span<const Rule> rules = catalogue();
  const auto found = std::ranges::find(rules, id, &Rule::id);
  return found == rules.end() ? nullptr : &*found;
}

std::string_view family_of(const Rule& rule) {
  for (const Family& family : kFamilies)
    if (std::ranges::find(family.rules(), rule.id, &Rule::id) != family.rules().end()) return family.name;
  return {};
}

std::string_view french_family_name(std::string_view family) {
  const auto found = std::ranges::find(kFamilies, family, &Family::name);
  return found == kFamilies.end() ? family : found->french_name;
}

std::vector<Need> missing_needs(const Rule& rule, const Snapshot& snapshot) {
  std::vector<Need> missing;
  std::ranges::copy_if(rule.needs, std::back_inserter(missing),
                       [&](const Need& need) { return !is_there(need, snapshot); });
  return missing;
}

}  // namespace vigie
