#include "odbc/write_back.h"

#include <memory>
#include <utility>

namespace vigie::odbc {
namespace {

bool starts_with_any(const std::string& state, std::initializer_list<const char*> beginnings) {
  for (const char* each : beginnings)
    if (state.starts_with(each)) return true;
  return false;
}

// Data that the database does not take, or a rule of its own; anything else would befall every change.
bool is_of_the_change(const Error& error) { return starts_with_any(error.state(), {"22", "23", "27", "44", "P0"}); }

// A database that says no to a commit undid it.
bool is_refusal(const Error& error) {
  return is_of_the_change(error) || starts_with_any(error.state(), {"40", "42", "25", "2D", "53"});
}

class Writing {
 public:
  Writing(const Database& database, const std::string& source, const std::vector<NamedStatement>& statements,
          const std::vector<Change>& changes)
      : database_(database),
        source_(source),
        statements_(statements),
        changes_(changes),
        prepared_(statements.size()) {}

  WriteBack run() {
    try {
      connection_ = connect(database_, Purpose::kWrite);
      connection_->begin();
      if (!execute_all()) return undone();
    } catch (const Error& error) {
      return undone(error);
    }
    prepared_.clear();
    return commit();
  }

 private:
  bool execute_all() {
    for (std::size_t i = 0; i < changes_.size(); ++i) {
      result_.at = i;
      const std::int64_t rows = execute(changes_[i]);
      if (rows == 1) continue;
      result_.failed = i;
      result_.why = "it touches " + std::to_string(rows) + " rows, not one";
      result_.french = rows == 0 ? "aucune ligne n'a été trouvée" : std::to_string(rows) + " lignes au lieu d'une";
      return false;
    }
    return true;
  }

  std::int64_t execute(const Change& change) {
    auto& statement = prepared_[change.statement];
    if (!statement) statement = std::make_unique<Statement>(*connection_, statements_[change.statement].sql);
    for (std::size_t i = 0; i < change.values.size(); ++i)
      statement->bind(static_cast<int>(i + 1), std::string_view(change.values[i]));
    statement->execute();
    return statement->changed_rows();
  }

  WriteBack undone() {
    prepared_.clear();
    try {
      connection_->rollback();
    } catch (const Error&) {  // the database does it by itself
    }
    return std::move(result_);
  }

  WriteBack undone(const Error& error) {
    result_.unreachable = !connection_ || connection_->is_lost() || error.state().starts_with("08");
    result_.why = connection_ ? meaning_of(error) : unreachable(error, database_, source_).message;
    result_.french = result_.unreachable ? "la base de données ne répond pas" : "la base de données l'a refusée";
    if (!result_.unreachable && is_of_the_change(error)) result_.failed = result_.at;
    if (connection_) return undone();
    result_.at.reset();
    return std::move(result_);
  }

  WriteBack commit() {
    try {
      connection_->commit();
      result_.end = WriteBack::End::kCommitted;
    } catch (const Error& error) {
      result_.end = is_refusal(error) ? WriteBack::End::kUndone : WriteBack::End::kUnknown;
      result_.unreachable = result_.end == WriteBack::End::kUnknown;
      result_.why = meaning_of(error);
      result_.french = result_.unreachable ? "la base de données a été perdue au moment de valider"
                                           : "la base de données a refusé de valider";
      result_.at.reset();
    }
    return std::move(result_);
  }

  const Database& database_;
  const std::string& source_;
  const std::vector<NamedStatement>& statements_;
  const std::vector<Change>& changes_;
  std::unique_ptr<Connection> connection_;
  std::vector<std::unique_ptr<Statement>> prepared_;  // before their connection
  WriteBack result_;
};

}  // namespace

WriteBack write_back(const Database& database, const std::string& source, const std::vector<NamedStatement>& statements,
                     const std::vector<Change>& changes) {
  return Writing(database, source, statements, changes).run();
}

}  // namespace vigie::odbc
