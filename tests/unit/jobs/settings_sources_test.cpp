#include "settings_sources.h"

#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/temporary_folder.h"
#include "errors.h"

namespace vigie {
namespace {

using testing::HasSubstr;

// A source in a database, with no more than it needs.
constexpr const char* kSource =
    "source.a.connector = odbc\n"
    "source.a.connection = Driver=SQLite3;Database=/srv/a.db\n"
    "source.a.query.conventions = SELECT 1\n"
    "source.a.query.utilisateurs = SELECT 2\n"
    "source.a.query.groupes = SELECT 3\n"
    "source.a.query.habilitations = SELECT 4\n"
    "source.a.query.appartenances = SELECT 5\n";

class DatabaseSourceSettings : public testing::Test {
 protected:
  SourceSettings load(const std::string& text) {
    return load_settings(folder_.write("vigie.properties", kSource + text), {}).sources.at(0);
  }
  std::string problems(const std::string& text, const std::string& source = kSource) {
    try {
      load_settings(folder_.write("vigie.properties", source + text), {});
    } catch (const UsageError& error) {
      return error.what();
    }
    return "";
  }

  test::TemporaryFolder folder_;
};

TEST_F(DatabaseSourceSettings, HaveAConnectionAndQueries) {
  const SourceSettings source = load("source.a.query.departs = SELECT x FROM y WHERE z = 'a;b'\n");
  EXPECT_TRUE(source.behind_odbc());
  EXPECT_EQ(source.database.connection, "Driver=SQLite3;Database=/srv/a.db");
  EXPECT_EQ(source.database.connect_seconds, 15);
  EXPECT_EQ(source.database.query_seconds, 600);
  EXPECT_EQ(source.queries[index(FileId::kAccounts)], "SELECT 2");
  EXPECT_EQ(source.queries[index(FileId::kDepartures)], "SELECT x FROM y WHERE z = 'a;b'");
  EXPECT_EQ(source.queries[index(FileId::kPlaces)], "");
}

TEST_F(DatabaseSourceSettings, HaveAPasswordFromAFileThatIsNobodyElses) {
  const auto file = folder_.write("secret", "s;cret\n");
  std::filesystem::permissions(file, std::filesystem::perms::owner_read);
  EXPECT_EQ(load("source.a.password-file = secret\n").database.password, "s;cret");
  std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::others_read);
  EXPECT_THAT(problems("source.a.password-file = secret\n"), HasSubstr("can be read by everybody"));
}

TEST_F(DatabaseSourceSettings, SayWhatIsMissing) {
  const std::string told = problems("", "source.a.connector = odbc\n");
  EXPECT_THAT(told, HasSubstr("source.a.connection is missing"));
  for (const char* file : {"conventions", "utilisateurs", "groupes", "habilitations", "appartenances"})
    EXPECT_THAT(told, HasSubstr(std::string("source.a.query.") + file + " is missing"));
}

TEST_F(DatabaseSourceSettings, NeverShowAConnectionString) {
  const std::string told = problems("", "source.a.connector = odbc\nsource.a.connection = PWD=secret\n");
  EXPECT_THAT(told, HasSubstr("names neither Driver nor DSN"));
  EXPECT_THAT(told, testing::Not(HasSubstr("secret")));
}

TEST_F(DatabaseSourceSettings, RefuseKeysOfTheOtherConnector) {
  EXPECT_THAT(problems("source.a.path = drops\n"), HasSubstr("source.a.path: means nothing with connector = odbc"));
  EXPECT_THAT(problems("source.a.query.departs = SELECT 1\n", "source.a.connector = csv\nsource.a.path = drops\n"),
              HasSubstr("source.a.query.departs: means nothing with connector = csv"));
}

TEST_F(DatabaseSourceSettings, RefuseFilesAndKindsThatThereAreNot) {
  EXPECT_THAT(problems("source.a.query.depart = SELECT 1\n"), HasSubstr("no file depart; did you mean departs?"));
  EXPECT_THAT(problems("source.a.write-back.close-grants = UPDATE x SET y = :date\n"),
              HasSubstr("no closing is called close-grants; did you mean close-grant?"));
}

TEST_F(DatabaseSourceSettings, HaveStatementsWhereTheyAreWrittenBack) {
  const std::string statement = "source.a.write-back.close-account = UPDATE u SET c = :date WHERE i = :identifiant\n";
  const auto of = [](const SourceSettings& source) {
    return source.statements[static_cast<std::size_t>(ActionKind::kCloseAccount)];
  };
  EXPECT_EQ(of(load(statement)), "");
  EXPECT_EQ(of(load(statement + "reconcile.mode = write-back\n")), "UPDATE u SET c = :date WHERE i = :identifiant");
  EXPECT_THAT(problems("reconcile.mode = write-back\n"), HasSubstr("no source has a statement"));
}

TEST_F(DatabaseSourceSettings, KnowWhatAStatementMayName) {
  EXPECT_THAT(problems("source.a.write-back.close-group = UPDATE g SET c = :date WHERE i = :identifiant\n"),
              HasSubstr("no parameter is called :identifiant; it knows convention, groupe, date, reason, cause"));
  EXPECT_THAT(problems("source.a.write-back.close-group = DELETE FROM g\n"), HasSubstr("names what it closes"));
}

}  // namespace
}  // namespace vigie
