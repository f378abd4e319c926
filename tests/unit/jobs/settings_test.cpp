#include "settings.h"

#include <algorithm>
#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include "connectors/temporary_folder.h"
#include "errors.h"

namespace vigie {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kSource = "source.caf931.connector = csv\nsource.caf931.path = drops/caf931\n";

class SettingsTest : public testing::Test {
 protected:
  // The settings of a file with one source, and of the text after it.
  Settings load(const std::string& text, const Overrides& overrides = {}) {
    return load_settings(folder_.write("vigie.properties", kSource + text), overrides);
  }
  // What is wrong with them; the text's first line is the third.
  std::string problems(const std::string& text, const Overrides& overrides = {}) {
    return problems_of(kSource + text, overrides);
  }
  std::string problems_of(const std::string& whole_text, const Overrides& overrides = {}) {
    const auto file = folder_.write("vigie.properties", whole_text);
    try {
      load_settings(file, overrides);
    } catch (const UsageError& error) {
      std::string text = error.what();
      for (std::size_t at; (at = text.find(file.string())) != std::string::npos;)
        text.replace(at, file.string().size(), "FILE");
      return text;
    }
    return "";
  }

  test::TemporaryFolder folder_;
};

TEST_F(SettingsTest, HaveDefaults) {
  const Settings settings = load("");
  EXPECT_EQ(settings.store, folder_.path() / "vigie.db");
  EXPECT_EQ(settings.mail.directory, folder_.path() / "out/mail");
  EXPECT_EQ(settings.report_directory, folder_.path() / "out/reports");
  EXPECT_EQ(settings.import.max_reject_percent, 5);
  EXPECT_EQ(settings.import.max_rejects, 10);
  EXPECT_EQ(settings.import.max_shrink_percent, 20);
  EXPECT_EQ(settings.import.max_age_days, 3);
  EXPECT_EQ(settings.reconcile.horizon_days, 0);
  EXPECT_EQ(settings.reconcile.overdue_days, 7);
  EXPECT_EQ(settings.reconcile.max_closures, 500);
  EXPECT_EQ(settings.reconcile.max_closures_percent, 10);
  EXPECT_EQ(settings.reconcile.guard_min, 10);
  EXPECT_EQ(settings.mail.routing.reminder_days, 7);
  EXPECT_EQ(settings.mail.routing.escalation_days, 30);
  EXPECT_EQ(settings.mail.max_per_run, 500);
  EXPECT_TRUE(settings.compliance_mails.empty());
  EXPECT_TRUE(settings.rules.empty());
}

TEST_F(SettingsTest, ReadEveryCommonKey) {
  const Settings settings = load(R"(
# a comment
! another
store.connector = SQLite
store.connection: db/mcp.db
compliance.mail = a@caf.example , b@caf.example, A@caf.example,
import.max-reject-percent = 1
import.max-rejects = 2
import.max-shrink-percent = 3
import.max-age-days = 4
reconcile.mode = propose
reconcile.horizon-days = 5
reconcile.overdue-days = 6
reconcile.max-closures = 7
reconcile.max-closures-percent = 8
reconcile.guard-min = 9
mail.transport = smtp
mail.host = smtp.caf.example
mail.port = 2525
mail.security = tls
mail.ca-file = ca.pem
mail.user = vigie
mail.password-file = secret
mail.timeout-seconds = 13
mail.per-minute = 14
mail.retry-seconds = 15, 16
mail.days = mon-fri
mail.redirect-to = essai@caf.example
mail.attach-report = true
mail.directory = mails
mail.from = vigie@caf.example
mail.reminder-days = 10
mail.escalation-days = 11
mail.max-per-run = 12
report.directory = /var/reports
run.jobs = 17
run.share = true
store.keep-history-days = 400
schedule.timezone = Europe/Paris
)");
  EXPECT_EQ(settings.store, folder_.path() / "db/mcp.db");
  EXPECT_THAT(settings.compliance_mails, ElementsAre("a@caf.example", "b@caf.example"));
  EXPECT_EQ(settings.import.max_reject_percent, 1);
  EXPECT_EQ(settings.import.max_rejects, 2);
  EXPECT_EQ(settings.import.max_shrink_percent, 3);
  EXPECT_EQ(settings.import.max_age_days, 4);
  EXPECT_EQ(settings.reconcile.horizon_days, 5);
  EXPECT_EQ(settings.reconcile.overdue_days, 6);
  EXPECT_EQ(settings.reconcile.max_closures, 7);
  EXPECT_EQ(settings.reconcile.max_closures_percent, 8);
  EXPECT_EQ(settings.reconcile.guard_min, 9);
  EXPECT_EQ(settings.mail.directory, folder_.path() / "mails");
  EXPECT_EQ(settings.mail.from, "vigie@caf.example");
  EXPECT_EQ(settings.mail.routing.reminder_days, 10);
  EXPECT_EQ(settings.mail.routing.escalation_days, 11);
  EXPECT_EQ(settings.mail.max_per_run, 12);
  EXPECT_EQ(settings.sources_at_once, 17);
  EXPECT_TRUE(settings.shares_night);
  EXPECT_EQ(settings.keep_history_days, 400);
  EXPECT_EQ(settings.mail.transport, MailTransport::kSmtp);
  EXPECT_EQ(settings.mail.server.host, "smtp.caf.example");
  EXPECT_EQ(settings.mail.server.port, 2525);
  EXPECT_EQ(settings.mail.server.security, SmtpSecurity::kTls);
  EXPECT_EQ(settings.mail.server.ca_file, folder_.path() / "ca.pem");
  EXPECT_EQ(settings.mail.server.user, "vigie");
  EXPECT_EQ(settings.mail.password_file, folder_.path() / "secret");
  EXPECT_EQ(settings.mail.server.timeout_seconds, 13);
  EXPECT_EQ(settings.mail.per_minute, 14);
  EXPECT_THAT(settings.mail.retry_seconds, ElementsAre(15, 16));
  EXPECT_FALSE(settings.mail.days.is_open(Day::from_ymd(2026, 11, 21)));
  EXPECT_EQ(settings.mail.redirect_to, "essai@caf.example");
  EXPECT_TRUE(settings.mail.attach_report);
  EXPECT_EQ(settings.report_directory, "/var/reports");
}

TEST_F(SettingsTest, TheMailServersPortIsThatOfItsSecurity) {
  const auto port = [&](const std::string& security) {
    return load("mail.transport = smtp\nmail.host = mx\nmail.from = v@caf.example\nmail.security = " + security + "\n")
        .mail.server.port;
  };
  EXPECT_EQ(port("starttls"), 587);
  EXPECT_EQ(port("tls"), 465);
  EXPECT_EQ(port("none"), 25);
}

TEST_F(SettingsTest, AMailServerIsWhole) {
  const std::string smtp = "mail.transport = smtp\n";
  EXPECT_THAT(problems(smtp), AllOf(HasSubstr("line 3: mail.host is missing"), HasSubstr("mail.from is missing")));
  EXPECT_THAT(problems("mail.user = vigie\n"), HasSubstr("line 3: mail.password-file is missing, beside mail.user"));
  EXPECT_THAT(problems("mail.password = s3cret\n"),
              AllOf(HasSubstr("line 3: mail.user is missing"), Not(HasSubstr("s3cret"))));
  EXPECT_THAT(problems("mail.host = smtp.caf.example:587\n"), HasSubstr("without its port"));
  EXPECT_EQ(load("mail.host = 2001:db8::1\n").mail.server.host, "2001:db8::1");
}

TEST_F(SettingsTest, KnowsWhetherTheFileHoldsAPassword) {
  EXPECT_FALSE(load("").has_secret);
  EXPECT_TRUE(load("mail.user = v\nmail.password = s3cret\n").has_secret);
  EXPECT_TRUE(load("store.connector = ODBC\nstore.connection = Driver=x;Pwd={s;c}\n").has_secret);
  EXPECT_FALSE(load("store.connector = ODBC\nstore.connection = Driver=x;UID=vigie\n").has_secret);
  EXPECT_FALSE(load("mail.user = v\n", {{"mail.password", "s3cret"}}).has_secret);
  ::setenv("VIGIE_TEST_PASSWORD", "s3cret", 1);
  EXPECT_FALSE(load("mail.user = v\nmail.password = ${system.env.VIGIE_TEST_PASSWORD}\n").has_secret);
  ::unsetenv("VIGIE_TEST_PASSWORD");
}

TEST_F(SettingsTest, KnowsWhereAKeyStands) {
  const Settings settings = load("\nreport.directory = out\n", {{"mail.directory", "mails"}});
  EXPECT_THAT(settings.place("report.directory"), HasSubstr("vigie.properties, line 4"));
  EXPECT_EQ(settings.place("mail.directory"), "--set");
  EXPECT_EQ(settings.place("metrics.file"), settings.file.string());
}

TEST_F(SettingsTest, APasswordIsNotSentInTheClear) {
  const std::string server =
      "mail.transport = smtp\nmail.from = v@caf.example\nmail.security = none\nmail.user = v\nmail.password = p\n";
  EXPECT_THAT(problems(server + "mail.host = smtp.caf.example\n"), HasSubstr("would send the password in the clear"));
  EXPECT_EQ(load(server + "mail.host = 127.0.0.1\n").mail.server.security, SmtpSecurity::kClear);
}

TEST_F(SettingsTest, ReadSourcesInTheOrderOfTheirNames) {
  const Settings settings = load(R"(
source.caf931.label = Caf de la Seine-Saint-Denis
source.caf931.mail = mcp@caf931.example
source.caf132.path = /drops/caf132
source.caf132.connector = csv
)");
  ASSERT_EQ(settings.sources.size(), 2U);
  EXPECT_EQ(settings.sources[0].name, "caf132");
  EXPECT_EQ(settings.sources[0].label, "caf132") << "its name, where it has none";
  EXPECT_EQ(settings.sources[0].path, "/drops/caf132");
  EXPECT_EQ(settings.sources[1].label, "Caf de la Seine-Saint-Denis");
  EXPECT_EQ(settings.sources[1].mail, "mcp@caf931.example");
  EXPECT_EQ(settings.sources[1].path, folder_.path() / "drops/caf931");
}

TEST_F(SettingsTest, PathsAreRelativeToTheFile) {
  folder_.write("etc/vigie.properties", kSource);
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder_.path());
  const Settings settings = load_settings("etc/vigie.properties", {});
  std::filesystem::current_path(before);
  EXPECT_TRUE(
      std::filesystem::equivalent(std::filesystem::path(settings.store.file).parent_path(), folder_.path() / "etc"))
      << settings.store.file;
  EXPECT_TRUE(settings.sources[0].path.is_absolute());
}

TEST_F(SettingsTest, DefaultsAndHeadingsHoldForEveryFileThatHasTheField) {
  const auto columns =
      load("source.caf931.default.convention = 18_132\nsource.caf931.heading.mail = Courriel, Adresse pro\n")
          .sources[0]
          .columns;
  EXPECT_EQ(columns[index(FileId::kAccounts)].defaults.at("convention"), "18_132");
  EXPECT_EQ(columns[index(FileId::kGroups)].defaults.at("convention"), "18_132");
  EXPECT_TRUE(columns[index(FileId::kConventions)].defaults.empty());
  EXPECT_EQ(columns[index(FileId::kAccounts)].headings.at("Courriel"), "mail");
  EXPECT_EQ(columns[index(FileId::kAccounts)].headings.at("Adresse pro"), "mail");
  EXPECT_TRUE(columns[index(FileId::kGroups)].headings.empty());
}

TEST_F(SettingsTest, DefaultsAndHeadingsMayBeOfOneFile) {
  const auto columns =
      load("source.caf931.default.groupes.origine = Caf\nsource.caf931.heading.groupes.convention = Dossier\n")
          .sources[0]
          .columns;
  EXPECT_EQ(columns[index(FileId::kGroups)].defaults.at("origine"), "Caf");
  EXPECT_EQ(columns[index(FileId::kGroups)].headings.at("Dossier"), "convention");
  EXPECT_TRUE(columns[index(FileId::kAccounts)].headings.empty());
}

TEST_F(SettingsTest, RulesHoldForAllSourcesAndASourceSaysOtherwise) {
  const Settings settings = load(R"(
source.caf932.connector = csv
source.caf932.path = drops/caf932
rule.account-inactive.days = 100
rule.account-inactive.severity = minor
rule.group-empty.enabled = false
source.caf932.rule.account-inactive.days = 90
source.caf932.rule.group-empty.enabled = true
source.caf932.rule.group-without-role.severity = info
)");
  const RulesSettings& common = settings.sources[0].rules;
  const RulesSettings& own = settings.sources[1].rules;
  EXPECT_EQ(common.at("account-inactive").parameter, 100);
  EXPECT_FALSE(common.at("group-empty").enabled);
  EXPECT_FALSE(common.contains("group-without-role"));
  EXPECT_EQ(own.at("account-inactive").parameter, 90);
  EXPECT_EQ(own.at("account-inactive").severity, Severity::kMinor);
  EXPECT_TRUE(own.at("group-empty").enabled);
  EXPECT_EQ(own.at("group-without-role").severity, Severity::kInfo);
  EXPECT_EQ(settings.rules.at("account-inactive").parameter, 100);
}

TEST_F(SettingsTest, ASourceThatSaysNothingOfARuleThatIsOffLeavesItOff) {
  const Settings settings =
      load("rule.account-inactive.enabled = false\nsource.caf931.rule.account-inactive.days = 90\n");
  EXPECT_FALSE(settings.sources[0].rules.at("account-inactive").enabled);
}

TEST_F(SettingsTest, OverridesGoBeforeTheFile) {
  const Settings settings =
      load("mail.max-per-run = 12\n",
           {{"mail.max-per-run", "13"}, {"report.directory", "r"}, {"rule.group-empty.enabled", "false"}});
  EXPECT_EQ(settings.mail.max_per_run, 13);
  EXPECT_EQ(settings.report_directory, folder_.path() / "r");
  EXPECT_FALSE(settings.rules.at("group-empty").enabled);
}

TEST_F(SettingsTest, EnvironmentVariablesAreFilledIn) {
  ::setenv("VIGIE_TEST_FOLDER", "/srv/vigie", 1);
  const Settings settings = load("report.directory = ${system.env.VIGIE_TEST_FOLDER}/reports\n");
  ::unsetenv("VIGIE_TEST_FOLDER");
  EXPECT_EQ(settings.report_directory, "/srv/vigie/reports");
}

TEST_F(SettingsTest, AnEnvironmentVariableThatIsNotDefinedIsAnError) {
  EXPECT_EQ(problems("report.directory = ${system.env.VIGIE_TEST_NONE}/reports\n"),
            "FILE, line 3: report.directory: the variable ${system.env.VIGIE_TEST_NONE} is not defined; define it in "
            "the service's "
            "environment");
}

TEST_F(SettingsTest, WhatAnEnvironmentVariableHoldsIsTakenAsItIs) {
  ::setenv("VIGIE_TEST_LABEL", "Caf ${system.env.HOME} \\n", 1);
  const Settings settings = load("source.caf931.label = ${system.env.VIGIE_TEST_LABEL}\n");
  ::unsetenv("VIGIE_TEST_LABEL");
  EXPECT_EQ(settings.sources[0].label, "Caf ${system.env.HOME} \\n");
}

TEST_F(SettingsTest, NoMessageShowsWhatCameFromTheEnvironment) {
  ::setenv("VIGIE_TEST_SECRET", "s3cret, s3cret", 1);
  const std::string text = problems(R"(
import.max-rejects = ${system.env.VIGIE_TEST_SECRET}
compliance.mail = ${system.env.VIGIE_TEST_SECRET}
mail.transport = ${system.env.VIGIE_TEST_SECRET}
schedule.run = ${system.env.VIGIE_TEST_SECRET}
rule.group-empty.enabled = ${system.env.VIGIE_TEST_SECRET}
rule.group-empty.severity = ${system.env.VIGIE_TEST_SECRET}
source.caf931.heading.mail = ${system.env.VIGIE_TEST_SECRET}
source.caf931.heading.telephone = ${system.env.VIGIE_TEST_SECRET}
unheard.of = ${system.env.VIGIE_TEST_SECRET}
)");
  ::unsetenv("VIGIE_TEST_SECRET");
  EXPECT_THAT(text, Not(HasSubstr("s3cret")));
  EXPECT_THAT(text, HasSubstr("import.max-rejects: must be a whole number from 0 to 1000000000; it is "
                              "${system.env.VIGIE_TEST_SECRET}"));
  EXPECT_THAT(text, HasSubstr("source.caf931.heading.telephone: the heading ${system.env.VIGIE_TEST_SECRET} is"));
}

TEST_F(SettingsTest, OnlyTheEnvironmentIsFilledIn) {
  EXPECT_EQ(problems("report.directory = ${mail.directory}\n"),
            "FILE, line 3: report.directory: the variable ${mail.directory} is not known; write ${system.env.NAME}");
  EXPECT_EQ(problems("report.directory = ${system.env.HOME\n"),
            "FILE, line 3: report.directory: a ${ without its }; write ${system.env.NAME}");
}

TEST_F(SettingsTest, AKeyThatIsGivenTwiceIsAnErrorThatNamesBothLines) {
  EXPECT_EQ(problems("mail.max-per-run = 1\n#\nmail.max-per-run = 2\n"),
            "FILE, line 5: mail.max-per-run: given twice, in line 3 and here; keep one of them");
  EXPECT_EQ(problems("", {{"mail.max-per-run", "1"}, {"mail.max-per-run", "2"}}),
            "--set: mail.max-per-run is given twice; give it once");
}

TEST_F(SettingsTest, ASourceNameIsFitForTheNamesOfFiles) {
  const auto problem_of = [&](const std::string& name) {
    return problems("source." + name + ".connector = csv\nsource." + name + ".path = x\n");
  };
  for (const char* name : {"caf-132", "CAF_132", "9", "a234567890123456789012345678901234567890"})
    EXPECT_EQ(problem_of(name), "") << name;
  for (const char* name :
       {"../x", "a/b", "a b", "é", "", "a.", "-a", "_a", "a\tb", "a%b", "a2345678901234567890123456789012345678901"})
    EXPECT_THAT(problem_of(name), HasSubstr("FILE, line 3: ")) << name;
}

TEST_F(SettingsTest, NamesThatDifferByCapitalsOnlyAreAnError) {
  EXPECT_EQ(
      problems("source.CAF931.connector = csv\nsource.CAF931.path = x\n"),
      "FILE, line 1: source.caf931: differs from source.CAF931 by capitals only, as the names of its files would; "
      "choose another name");
}

TEST_F(SettingsTest, TheValueForOneFileGoesBeforeTheOneForAll) {
  for (const char* text : {"source.caf931.default.groupes.origine = Caf\nsource.caf931.default.origine = Partenaire\n",
                           "source.caf931.default.origine = Partenaire\nsource.caf931.default.groupes.origine = Caf\n"})
    EXPECT_EQ(load(text).sources[0].columns[index(FileId::kGroups)].defaults.at("origine"), "Caf") << text;
}

TEST_F(SettingsTest, AHeadingOfTwoFieldsIsAnError) {
  EXPECT_EQ(problems("source.caf931.heading.mail = Courriel\nsource.caf931.heading.utilisateurs.nom = Courriel\n"),
            "FILE, line 4: source.caf931.heading.utilisateurs.nom: the heading Courriel is the field mail's already");
}

TEST_F(SettingsTest, ASchedulesJobsAreCrontabsInTheOrderOfTheChain) {
  const auto schedule =
      load("schedule.detect = */10 8-18 * * mon-fri\nschedule.run = 15 2 * * *\nschedule.jitter = 300\n").schedule;
  ASSERT_EQ(schedule.jobs.size(), 2U);
  EXPECT_EQ(schedule.jobs[0].name, "run");
  EXPECT_EQ(schedule.jobs[0].cron.text(), "15 2 * * *");
  EXPECT_EQ(schedule.jobs[1].name, "detect");
  EXPECT_EQ(schedule.jitter, 300);
  EXPECT_TRUE(load("").schedule.jobs.empty());
  for (const char* value : {"", "daily", "15 2 * *", "15 2 * * * *", "15 2 * * lundi", "61 2 * * *"})
    EXPECT_THAT(problems(std::string("schedule.run = ") + value + "\n"), HasSubstr("schedule.run: must be five fields"))
        << value;
}

TEST_F(SettingsTest, ListensOnThisMachineWhereOnlyAPortIsGiven) {
  EXPECT_EQ(load("http.listen = 9187\n").http_listen, "127.0.0.1:9187");
  EXPECT_EQ(load("http.listen = 10.0.0.1:80\n").http_listen, "10.0.0.1:80");
  EXPECT_EQ(load("http.listen = [::1]:9187\n").http_listen, "[::1]:9187");
  EXPECT_EQ(load("").http_listen, "");
  for (const char* value : {"", "0", "65536", "localhost", ":80", "localhost:", "::1:80", "80x"})
    EXPECT_THAT(problems(std::string("http.listen = ") + value + "\n"), HasSubstr("http.listen: must be a port"))
        << value;
}

TEST_F(SettingsTest, IsReadFromAnotherTextThatStandsInForTheFile) {
  const auto file = folder_.write("vigie.properties", "broken");
  const auto text = folder_.write("text", "source.caf931.connector = csv\nsource.caf931.path = drops\n");
  const Settings settings = load_settings(file, {}, text);
  EXPECT_EQ(settings.file, file);
  EXPECT_EQ(settings.store, file.parent_path() / "vigie.db");
}

TEST_F(SettingsTest, TakesAMarkAndLineEndsOfWindows) {
  const auto file = folder_.write("vigie.properties",
                                  "\xEF\xBB\xBF"
                                  "source.caf931.connector = csv\r\n"
                                  "source.caf931.path = drops\r\nsource.caf931.label = Été\u00A0 \r\n");
  EXPECT_EQ(load_settings(file, {}).sources[0].label, "Été");
}

TEST_F(SettingsTest, ALongFileOfErrorsIsToldInFiftyLines) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "key" + std::to_string(i) + "." + std::string(150, 'x') + " = 1\n";
  EXPECT_THAT(problems(text.substr(0, 1'000'000) + "\n"), testing::EndsWith(" more"));
  EXPECT_EQ(std::ranges::count(problems(text.substr(0, 100'000)), '\n'), 50);
}

TEST_F(SettingsTest, AnUnknownKeyIsAnErrorThatProposesTheNearest) {
  EXPECT_EQ(problems("import.max-reject = 3\n"),
            "FILE, line 3: import.max-reject: unknown key; did you mean import.max-rejects?");
  EXPECT_EQ(problems("zzz = 3\n"), "FILE, line 3: zzz: unknown key");
  EXPECT_THAT(problems("source.caf931.pth = x\n"),
              HasSubstr("source.caf931.pth: unknown key; did you mean source.caf931.path?"));
  EXPECT_THAT(problems("source.caf931 = x\n"), HasSubstr("source.caf931: unknown key"));
}

TEST_F(SettingsTest, AnUnknownOverrideIsNamedAsOne) {
  EXPECT_EQ(problems("", {{"mail.max-per-rn", "1"}}),
            "--set: mail.max-per-rn: unknown key; did you mean mail.max-per-run?");
  EXPECT_THAT(problems("mail.max-per-run = 1\n", {{"mail.max-per-run", "x"}}),
              testing::StartsWith("--set: mail.max-per-run: "));
}

TEST_F(SettingsTest, AWrongNumberIsAnErrorThatNamesItsBounds) {
  for (const char* value : {"-1", "101", "5 %", "", "1.5", "0x5", "99999999999999999999"})
    EXPECT_EQ(problems(std::string("import.max-reject-percent = ") + value + "\n"),
              "FILE, line 3: import.max-reject-percent: must be a whole number from 0 to 100; it is " +
                  std::string(*value == '\0' ? "empty" : value))
        << value;
  EXPECT_EQ(problems("import.max-reject-percent = 100\nreconcile.max-closures-percent = 0\n"), "");
  EXPECT_EQ(problems("mail.reminder-days = 0\n"),
            "FILE, line 3: mail.reminder-days: must be a whole number from 1 to 1000000000; it is 0");
}

TEST_F(SettingsTest, AWrongChoiceIsAnErrorThatNamesTheRightOnes) {
  EXPECT_EQ(problems("schedule.timezone = UTC\n"), "FILE, line 3: schedule.timezone: must be Europe/Paris; it is UTC");
  EXPECT_THAT(problems("store.connector = Oracle\n"), HasSubstr("FILE, line 3: store.connector: must be SQLite"));
  EXPECT_THAT(problems("mail.transport = pigeon\n"), HasSubstr("FILE, line 3: mail.transport: must be "));
  EXPECT_THAT(problems("reconcile.mode = guess\n"), HasSubstr("FILE, line 3: reconcile.mode: must be propose"));
}

TEST_F(SettingsTest, AMalformedAddressIsAnError) {
  EXPECT_EQ(problems("compliance.mail = a@caf.example, b@caf\n"),
            "FILE, line 3: compliance.mail: b@caf is no well-formed mail address; write NAME@DOMAIN");
  EXPECT_EQ(problems("compliance.mail =\n"), "FILE, line 3: compliance.mail: must be a mail address");
  EXPECT_EQ(problems("mail.from = Vigie\n"),
            "FILE, line 3: mail.from: Vigie is no well-formed mail address; write NAME@DOMAIN");
  EXPECT_EQ(problems("source.caf931.mail = x\n"),
            "FILE, line 3: source.caf931.mail: x is no well-formed mail address; write NAME@DOMAIN");
}

TEST_F(SettingsTest, TwoAddressesWhereOneIsMeantAreAnError) {
  EXPECT_EQ(problems("mail.from = a@caf.example, b@caf.example\n"),
            "FILE, line 3: mail.from: must be one mail address");
  EXPECT_EQ(problems("source.caf931.mail = a@caf.example, b@caf.example\n"),
            "FILE, line 3: source.caf931.mail: must be one mail address");
}

TEST_F(SettingsTest, AnEmptyPathIsAnError) {
  EXPECT_EQ(problems("report.directory =\n"), "FILE, line 3: report.directory: must be a path");
}

TEST_F(SettingsTest, ASourceNeedsItsConnectorAndItsPath) {
  EXPECT_EQ(problems("source.caf132.path = x\n"),
            "FILE, line 3: source.caf132.connector is missing; write csv or odbc");
  EXPECT_EQ(problems("source.caf132.connector = csv\n"),
            "FILE, line 3: source.caf132.path is missing; write the drop's folder");
}

TEST_F(SettingsTest, NoSourceAtAllIsAnError) {
  EXPECT_EQ(problems_of("mail.max-per-run = 1\n"), "FILE: no source: write source.NAME.connector and source.NAME.path");
}

TEST_F(SettingsTest, AnUnknownFieldIsAnError) {
  EXPECT_EQ(problems("source.caf931.default.conventions = x\n"),
            "FILE, line 3: source.caf931.default.conventions: no file of the data contract has the field conventions; "
            "did you mean convention?");
  EXPECT_THAT(problems("source.caf931.heading.groupes.mail = x\n"), HasSubstr("has the field groupes.mail"));
}

TEST_F(SettingsTest, AWrongRuleSettingIsAnError) {
  EXPECT_EQ(
      problems("rule.group-emty.enabled = false\n"),
      "FILE, line 3: rule.group-emty.enabled: no rule group-emty; `vigie rules` lists them; did you mean group-empty?");
  EXPECT_EQ(problems("rule.group-empty.enabled = no\n"),
            "FILE, line 3: rule.group-empty.enabled: must be true or false; it is no");
  EXPECT_EQ(problems("rule.group-empty.enabled = " + std::string(59, 'n') + "é" + std::string(9, 'n') + "\n"),
            "FILE, line 3: rule.group-empty.enabled: must be true or false; it is " + std::string(59, 'n') + "…")
      << "no half of a character";
  EXPECT_EQ(problems("rule.group-empty.severity = grave\n"),
            "FILE, line 3: rule.group-empty.severity: must be critical, major, minor or info; it is grave");
  EXPECT_EQ(
      problems("rule.group-empty.days = 3\n"),
      "FILE, line 3: rule.group-empty.days: the rule group-empty has no parameter days; it knows enabled, severity");
  EXPECT_THAT(problems("rule.account-inactive.max = 3\n"),
              HasSubstr("has no parameter max; it knows enabled, severity, days"));
  EXPECT_THAT(problems("rule.account-inactive.days = -1\n"), HasSubstr("must be a whole number from 0"));
  EXPECT_THAT(problems("source.caf931.rule.account-inactive.days = x\n"),
              HasSubstr("FILE, line 3: source.caf931.rule.account-inactive.days: must be"));
  EXPECT_EQ(problems("rule.group-empty = false\n"),
            "FILE, line 3: rule.group-empty: a rule has no value of its own; write one of its parameters, such as "
            "rule.group-empty.enabled; it knows enabled, severity");
}

TEST_F(SettingsTest, AStoreBehindOdbcHasAConnectionStringAndNoFile) {
  const auto secret = folder_.write("secret", "p;w\nsecond line\n");
  std::filesystem::permissions(secret, std::filesystem::perms::owner_read);
  const Settings settings = load(R"(
store.connection = Driver=PostgreSQL ANSI;Server=db.example;Port=5433;Database=mcp;UID=vigie;PWD=in the string
store.connector = ODBC
store.password-file = secret
store.schema = vigie_caf931
store.connect-seconds = 60
)");
  EXPECT_FALSE(settings.store.is_file());
  EXPECT_EQ(settings.store.password, "p;w");
  EXPECT_EQ(settings.store.schema, "vigie_caf931");
  EXPECT_EQ(settings.store.connect_seconds, 60);
  EXPECT_EQ(settings.store.name(), "mcp at db.example:5433, schema vigie_caf931") << "without user and password";
}

TEST_F(SettingsTest, AConnectionStringThatIsNoneIsSaidWithoutItsValue) {
  const auto said = [&](const std::string& connection) {
    return problems("store.connector = ODBC\nstore.connection = " + connection + "\n");
  };
  EXPECT_THAT(said("hush.db"), AllOf(HasSubstr("store.connection: must be KEY=VALUE pairs"), Not(HasSubstr("hush"))));
  EXPECT_THAT(said("Server=hush"), AllOf(HasSubstr("names neither Driver nor DSN"), Not(HasSubstr("hush"))));
  EXPECT_THAT(said("DSN=x;PWD={hush"), AllOf(HasSubstr("must be KEY=VALUE pairs"), Not(HasSubstr("hush"))));
  EXPECT_THAT(problems("store.connector = ODBC\n"), HasSubstr("FILE, line 3: store.connection is missing"));
  EXPECT_THAT(problems("store.connector = ODBC\nstore.connection = DSN=x\nstore.password-file = none\n"),
              HasSubstr("FILE, line 5: store.password-file: no password in"));
  const auto open = folder_.write("open", "secret\n");
  std::filesystem::permissions(open, std::filesystem::perms(0644));
  EXPECT_THAT(problems("store.connector = ODBC\nstore.connection = DSN=x\nstore.password-file = open\n"),
              AllOf(HasSubstr("FILE, line 5: store.password-file: the secret"), HasSubstr("can be read by everybody")));
  for (const char* schema : {"", "Vigie", "a-b", "1a", "pg_a", "a;b"})
    EXPECT_THAT(problems(std::string("store.schema = ") + schema + "\n"), HasSubstr("store.schema: must be a name"));
}

TEST_F(SettingsTest, AllProblemsAreSaidAtOnce) {
  const std::string text = problems("mail.max-per-run = x\n\n# comment\nzzz = 1\n");
  EXPECT_THAT(text, HasSubstr("FILE, line 3: mail.max-per-run"));
  EXPECT_THAT(text, HasSubstr("\nFILE, line 6: zzz"));
}

TEST_F(SettingsTest, AFileThatCannotBeReadIsAnError) {
  EXPECT_THROW(load_settings(folder_.path() / "none.properties", {}), UsageError);
}

TEST_F(SettingsTest, TheFileIsTheOneThatIsNamed) {
  const auto file = folder_.write("mine.properties", kSource);
  EXPECT_EQ(find_configuration(file.string()), file);
  EXPECT_THROW(find_configuration((folder_.path() / "none.properties").string()), UsageError);
  EXPECT_THROW(find_configuration(folder_.path().string()), UsageError) << "a folder is none";
}

TEST_F(SettingsTest, TheFileIsTheOneOfTheFolderOtherwise) {
  folder_.write("vigie.properties", kSource);
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder_.path());
  const auto found = find_configuration("");
  std::filesystem::current_path(before);
  EXPECT_EQ(found, "vigie.properties");
}

}  // namespace
}  // namespace vigie
