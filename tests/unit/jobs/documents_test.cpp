// What the documents say of the program is what the program does.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "connectors/temporary_folder.h"
#include "errors.h"
#include "list_commands.h"
#include "rules/catalogue.h"
#include "settings.h"

namespace vigie {
namespace {

const std::filesystem::path kRoot = VIGIE_ROOT;
const std::filesystem::path kConfiguration = kRoot / "config" / "vigie.properties";

// What a command prints on standard output.
template <typename Command>
std::string printed(Command command) {
  std::ostringstream out;
  std::streambuf* const before = std::cout.rdbuf(out.rdbuf());
  command();
  std::cout.rdbuf(before);
  return out.str();
}

// The keys of the configuration's lines, those of commented lines too ("#group.key = value").
std::set<std::string> documented_keys() {
  std::set<std::string> keys;
  std::ifstream in(kConfiguration);
  for (std::string line; std::getline(in, line);) {
    const std::size_t equals = line.find(" = ");
    if (equals == std::string::npos) continue;
    std::string key = line.substr(0, equals);
    if (key.starts_with('#')) key.erase(0, 1);
    if (key.find(' ') == std::string::npos) keys.insert(key);
  }
  return keys;
}

// `command`: what makes the document.
void expect_document(const std::string& name, const std::string& text, const std::string& command) {
  const std::string document = test::read_text(kRoot / "docs" / name);
  const auto [in_text, in_document] = std::ranges::mismatch(text, document);
  EXPECT_TRUE(text == document) << "they differ from line " << std::count(document.begin(), in_document, '\n') + 1
                                << "; " << command << " > docs/" << name;
}

TEST(RulesDocument, IsTheCataloguePrintedAsMarkdown) {
  Options options;
  options.format = "markdown";
  expect_document("rules.md", printed([&] { list_rules(options, Settings()); }), "vigie rules --format markdown");
}

TEST(RulesDocument, IsTheSameInFrench) {
  Options options;
  options.format = "markdown";
  options.language = "fr";
  expect_document("regles.fr.md", printed([&] { list_rules(options, Settings()); }),
                  "vigie rules --format markdown --language fr");
}

TEST(RulesDocument, InFrenchIsAsTheSettingsHaveIt) {
  Options options{.format = "markdown", .language = "fr", .rule = "account-inactive"};
  Settings settings;
  settings.rules["account-inactive"] = {.enabled = false, .severity = Severity::kCritical, .parameter = 90};
  const std::string text = printed([&] { list_rules(options, settings); });
  for (const char* line :
       {"- Règle : `account-inactive` (désactivée)\n", "- Gravité : Critique\n", "- Réglage : `days = 90`\n",
        "- Il lui faut : la colonne `derniere_connexion` de `utilisateurs.csv`\n",
        "- Qui est averti : les administrateurs de la convention et les responsables "
        "d'habilitations concernés\n"})
    EXPECT_NE(text.find(line), std::string::npos) << line << text;
  EXPECT_EQ(text.find("account-never-used"), std::string::npos);
}

TEST(RulesDocument, InFrenchIsMarkdownOnly) {
  const Options options{.format = "csv", .language = "fr"};
  EXPECT_THROW(list_rules(options, Settings()), UsageError);
}

TEST(ConfigurationFile, IsRightEvenWithEveryCommentedKeySet) {
  EXPECT_NO_THROW(load_settings(kConfiguration, {}));
  std::string text = test::read_text(kConfiguration);
  for (const std::string& key : documented_keys())
    if (const std::size_t at = text.find("\n#" + key + " = "); at != std::string::npos) text.erase(at + 1, 1);
  const test::TemporaryFolder folder;
  std::filesystem::permissions(folder.write("caf932.password", "secret\n"), std::filesystem::perms::owner_read);
  EXPECT_NO_THROW(load_settings(folder.write("vigie.properties", text), {}));
}

TEST(ConfigurationFile, HasEveryKey) {
  const auto documented = documented_keys();
  for (const std::string& key : common_keys()) EXPECT_TRUE(documented.contains(key)) << key;
  for (const char* key :
       {"connector", "path", "label", "mail", "heading.mail", "default.convention", "rule.account-inactive.days"})
    EXPECT_TRUE(documented.contains(std::string("source.caf931.") + key)) << key;
  for (const char* key : {"connector", "connection", "password-file", "query.utilisateurs", "connect-seconds",
                          "query-seconds", "write-back.close-account"})
    EXPECT_TRUE(documented.contains(std::string("source.caf932.") + key)) << key;
  for (const Rule& rule : catalogue()) {
    const std::string key = "rule." + std::string(rule.id) + "." + std::string(rule.parameter.name);
    EXPECT_TRUE(rule.parameter.name.empty() || documented.contains(key)) << key;
  }
}

TEST(ConfigurationFile, ShowsTheDefaults) {
  const Settings shown = load_settings(kConfiguration, {});
  const Settings defaults;
  EXPECT_EQ(shown.import.max_reject_percent, defaults.import.max_reject_percent);
  EXPECT_EQ(shown.import.max_rejects, defaults.import.max_rejects);
  EXPECT_EQ(shown.import.max_shrink_percent, defaults.import.max_shrink_percent);
  EXPECT_EQ(shown.import.max_age_days, defaults.import.max_age_days);
  EXPECT_EQ(shown.reconcile.horizon_days, defaults.reconcile.horizon_days);
  EXPECT_EQ(shown.reconcile.overdue_days, defaults.reconcile.overdue_days);
  EXPECT_EQ(shown.reconcile.max_closures, defaults.reconcile.max_closures);
  EXPECT_EQ(shown.reconcile.max_closures_percent, defaults.reconcile.max_closures_percent);
  EXPECT_EQ(shown.reconcile.guard_min, defaults.reconcile.guard_min);
  EXPECT_EQ(shown.mail.transport, defaults.mail.transport);
  EXPECT_EQ(shown.mail.server.timeout_seconds, defaults.mail.server.timeout_seconds);
  EXPECT_EQ(shown.mail.per_minute, defaults.mail.per_minute);
  EXPECT_EQ(shown.mail.retry_seconds, defaults.mail.retry_seconds);
  EXPECT_EQ(shown.mail.attach_report, defaults.mail.attach_report);
  EXPECT_EQ(shown.mail.routing.reminder_days, defaults.mail.routing.reminder_days);
  EXPECT_EQ(shown.mail.routing.escalation_days, defaults.mail.routing.escalation_days);
  EXPECT_EQ(shown.mail.max_per_run, defaults.mail.max_per_run);
  for (const auto& [id, settings] : shown.rules) {
    EXPECT_EQ(settings.parameter.value_or(0), find_rule(id)->parameter.value) << id;
    EXPECT_TRUE(settings.enabled && !settings.severity) << id;
  }
}

}  // namespace
}  // namespace vigie
