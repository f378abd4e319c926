#include "rules_document.h"

#include <ostream>
#include <string>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "domain/contract.h"
#include "findings/remedy.h"
#include "rules/catalogue.h"
#include "rules/families/wording.h"

namespace vigie {
namespace {

constexpr std::string_view kHead =
    R"(# Les règles de Vigie

Ce que Vigie vérifie chaque nuit, règle par règle : ce qu'elle signale, ce qu'il faut faire, et la page des guides de
*Mon Compte Partenaire* dont elle vient. « … » tient la place des valeurs : chaque anomalie les nomme. Les chargés de
conformité reçoivent toutes les anomalies.

Gravités : **Critique**, un droit qui ne doit pas exister ; **Majeure**, une règle de la convention n'est pas respectée ;
**Mineure**, une erreur à corriger ; **Information**, à savoir.
)";

std::string audience_in_french(const Audience& audience) {
  std::vector<std::string> who;
  if (audience.administrators) who.emplace_back("les administrateurs de la convention");
  if (audience.managers) who.emplace_back("les responsables d'habilitations concernés");
  if (audience.caf) who.emplace_back("les administrateurs MCP de la Caf");
  return wording::listed(who);
}

std::string needs_in_french(const Rule& rule) {
  std::vector<std::string> needs;
  for (const Need& need : rule.needs) {
    const FileSpec& file = spec(need.file);
    needs.push_back(need.field == Need::kWholeFile
                        ? fmt::format("le fichier `{}`", csv_name(need.file))
                        : fmt::format("la colonne `{}` de `{}`", file.fields[need.field].name, csv_name(need.file)));
  }
  return wording::listed(needs);
}

void print_rule(const Rule& rule, const RuleSettings& setting, std::ostream& out) {
  fmt::print(out, "\n### {}\n\n", rule.title);
  fmt::print(out, "- Règle : `{}`{}\n", rule.id, setting.enabled ? "" : " (désactivée)");
  fmt::print(out, "- Gravité : {}\n", french_name(setting.severity.value_or(rule.severity)));
  if (!rule.parameter.name.empty())
    fmt::print(out, "- Réglage : `{} = {}`\n", rule.parameter.name, setting.parameter.value_or(rule.parameter.value));
  if (!rule.needs.empty()) fmt::print(out, "- Il lui faut : {}\n", needs_in_french(rule));
  fmt::print(out, "- Qui est averti : {}\n", audience_in_french(rule.audience));
  fmt::print(out, "- Que faire : {}\n", general_remedy(rule));
  fmt::print(out, "- D'après : {}\n", rule.source);
}

}  // namespace

void print_rules_in_french(const RulesSettings& settings, const std::string& only, std::ostream& out) {
  if (only.empty()) out << kHead;
  std::string_view family;
  for (const Rule& rule : catalogue()) {
    if (!only.empty() && rule.id != only) continue;
    if (const std::string_view its_own = family_of(rule); its_own != family) {
      family = its_own;
      if (only.empty()) fmt::print(out, "\n## {}\n", french_family_name(family));
    }
    print_rule(rule, settings_of(rule, settings), out);
  }
}

}  // namespace vigie
