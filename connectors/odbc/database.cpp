#include "odbc/database.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "domain/text.h"
#include "odbc/connection_string.h"

namespace vigie::odbc {
namespace {

constexpr std::size_t kLongestReason = 300;

// Each driver knows its own: a cursor in place of the whole result (PostgreSQL, SQLite, MariaDB), texts of any length,
// UTF-8, a transaction that failed fails as a whole, and no new file where there is none.
constexpr std::pair<std::string_view, std::string_view> kOptions[] = {
    {"Protocol", "7.4-0"},      {"UseServerSidePrepare", "1"},
    {"MaxVarcharSize", "8190"}, {"MaxLongVarcharSize", "1073741823"},
    {"NoCreat", "1"},           {"CHARSET", "utf8mb4"},
};
constexpr std::pair<std::string_view, std::string_view> kReadingOptions[] = {
    {"UseDeclareFetch", "1"}, {"Fetch", "5000"}, {"StepAPI", "1"}, {"NO_CACHE", "1"}, {"FORWARDONLY", "1"},
};

struct Product {
  std::string_view name;
  std::string_view set_up;
  std::string_view set_up_to_read;
  std::string_view begin;  // empty: ODBC's own way
};

constexpr Product kProducts[] = {
    {"PostgreSQL", "SET client_encoding TO 'UTF8'",
     "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY", ""},
    {"SQLite", "", "PRAGMA query_only = 1", "BEGIN"},
    {"MariaDB", "", "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY", ""},
    {"MySQL", "", "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY", ""},
};

// Nothing for a product that is not known: it is spoken to as the standard says.
Product product_of(const Connection& connection) {
  const std::string name = connection.database();
  const auto* const found =
      std::ranges::find_if(kProducts, [&](const Product& each) { return name.starts_with(each.name); });
  return found == std::end(kProducts) ? Product{} : *found;
}

void execute(Connection& connection, std::string_view sql) {
  if (!sql.empty()) connection.execute(sql);
}

struct Meaning {
  std::string_view state;  // SQLSTATE, or its first characters
  std::string_view what;
};

constexpr Meaning kMeanings[] = {
    {"08", "the database was lost meanwhile; check the server, then run again"},
    {"57P0", "the database was lost meanwhile; check the server, then run again"},
    {"HYT", "the database does not answer in time; check the server, or raise query-seconds"},
    {"57014", "the database ended it; check its own time limits"},
    {"25006", "it changes data; a query only reads"},
    {"42501", "the user of the connection has no right to it; grant it"},
    {"42S02", "a table or view is not there, or not for this user"},
    {"42P01", "a table or view is not there, or not for this user"},
    {"42S22", "a column is not there"},
    {"42703", "a column is not there"},
    {"42", "it is not the SQL of this database, or the user has no right to it"},
    {"22", "a value cannot be converted as it asks; convert less, bad values are rejected one by one"},
    {"40", "other work was in the way; run again"},
};

}  // namespace

std::string Database::name() const { return name_of(connection); }

std::unique_ptr<Connection> connect(const Database& database, Purpose purpose) {
  std::string text = database.connection;
  if (!database.password.empty()) append(text, "PWD", database.password);
  for (const auto& [key, value] : kOptions) append(text, key, value);
  if (purpose == Purpose::kRead)
    for (const auto& [key, value] : kReadingOptions) append(text, key, value);
  auto connection = std::make_unique<Connection>(text, database.connect_seconds, database.query_seconds);
  const Product product = product_of(*connection);
  execute(*connection, product.set_up);
  if (purpose == Purpose::kRead) execute(*connection, product.set_up_to_read);
  return connection;
}

void begin_reading(Connection& connection) {
  if (const Product product = product_of(connection); !product.begin.empty())
    connection.execute(product.begin);
  else
    connection.begin();
}

drops::Refusal unreachable(const Error& error, const Database& database, const std::string& source) {
  const std::string name = database.name();
  const std::string key = "source." + source + ".connection";
  return {"",
          "the database " + name + " cannot be reached: " + words_of(error) + "; check " + key +
              ", its password, and that the server runs",
          "la base de données " + name + " est inaccessible ; vérifier " + key + " et que son serveur répond"};
}

std::string words_of(const Error& error) {
  std::string_view words = error.what();
  words = words.substr(0, words.find('\n'));
  return printable(trim(words), kLongestReason);
}

std::string meaning_of(const Error& error) {
  const std::string& state = error.state();
  std::string text = "(SQLSTATE " + (state.empty() ? "unknown" : state) + ")";
  const auto* const found =
      std::ranges::find_if(kMeanings, [&](const Meaning& each) { return state.starts_with(each.state); });
  if (found != std::end(kMeanings)) text.append(": ").append(found->what);
  return text;
}

}  // namespace vigie::odbc
