#include "odbc/trial.h"

#include <cstdint>
#include <memory>
#include <utility>

namespace vigie::odbc {
namespace {

// How a database tells what is wrong with a statement. Drivers differ in how much they ask it before one is executed.
enum class Told : std::uint8_t {
  kPrepared,   // all of it when it is prepared: MariaDB, which prepares no change on a connection that only reads
  kExplained,  // when its plan is prepared: SQLite, whose driver sends the statement itself when it is executed
  kPlanned,    // names when it is described, rights when its plan is made: PostgreSQL
};

Told told_by(const Connection& connection) {
  const std::string product = connection.database();
  if (product.starts_with("PostgreSQL")) return Told::kPlanned;
  if (product.starts_with("SQLite")) return Told::kExplained;
  return Told::kPrepared;
}

bool is_syntax(const Error& error) { return error.state() == "42601"; }

class Trial {
 public:
  explicit Trial(const Database& database)
      : connection_(connect(database, Purpose::kRead)), told_(told_by(*connection_)) {
    if (told_ == Told::kPrepared) connection_ = connect(database, Purpose::kWrite);
  }

  // Empty: nothing is wrong.
  std::string fault_of(const NamedStatement& statement) {
    connection_->begin();
    std::string fault;
    try {
      put_to(statement);
    } catch (const Error& error) {
      if (connection_->is_lost() || error.state().starts_with("08")) throw;
      fault = meaning_of(error) + ": " + words_of(error);
    }
    connection_->rollback();
    return fault;
  }

 private:
  void put_to(const NamedStatement& statement) {
    if (told_ == Told::kExplained) {
      const Statement plan(*connection_, "EXPLAIN " + statement.sql);
      return;
    }
    Statement prepared(*connection_, statement.sql);
    prepared.describe();
    // Of several statements in one EXPLAIN would keep the first from being executed, and no other.
    if (told_ == Told::kPlanned && statement.sql.find(';') == std::string::npos) plan(statement);
  }

  void plan(const NamedStatement& statement) {
    try {
      Statement plan(*connection_, "EXPLAIN " + statement.sql);
      for (std::size_t i = 1; i <= statement.parameters.size(); ++i) plan.bind_null_text(static_cast<int>(i));
      plan.execute();
    } catch (const Error& error) {
      if (!is_syntax(error)) throw;  // it was described: it is one that has no plan, such as CALL
    }
  }

  std::unique_ptr<Connection> connection_;
  Told told_;
};

}  // namespace

std::vector<TrialFault> try_statements(const Database& database, const std::vector<NamedStatement>& statements) {
  Trial trial(database);
  std::vector<TrialFault> faults;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    if (statements[i].sql.empty()) continue;
    if (std::string why = trial.fault_of(statements[i]); !why.empty()) faults.push_back({i, std::move(why)});
  }
  return faults;
}

}  // namespace vigie::odbc
