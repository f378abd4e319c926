#include "odbc/odbc_drop.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "domain/arena.h"
#include "drops/reader.h"
#include "odbc/values.h"

namespace vigie::odbc {
namespace {

// The connection that the queries of a drop share. After the first failure the others are not asked: the drop is
// refused, and a transaction that failed would refuse them too.
struct Session {
  std::unique_ptr<Connection> connection;
  bool failed = false;
};

class QueryFile : public drops::File {
 public:
  QueryFile(std::shared_ptr<Session> session, std::string key, const std::string& sql)
      : session_(std::move(session)), key_(std::move(key)) {
    prepare(sql);
  }

  std::vector<std::string_view> headings(const std::function<bool(std::string_view)>& /*is_known*/) override {
    names_ = names_of(*statement_);
    return {names_.begin(), names_.end()};
  }

  void read_rows(intake::TableBuilder& builder) override {
    if (session_->failed) return;
    try {
      std::uint32_t line = 1;
      for (statement_->execute(); statement_->fetch();) {
        const auto values = values_.of(*statement_);
        builder.add_row(++line, values, raw(values));
      }
    } catch (const Error& error) {
      session_->failed = true;
      statement_.reset();
      refuse("failed", "a échoué", meaning_of(error));
    }
    statement_.reset();
    session_.reset();
  }

  [[nodiscard]] std::string query_key() const override { return key_; }

 private:
  // Told with the driver's words: no data is touched yet.
  void prepare(const std::string& sql) {
    try {
      statement_.emplace(*session_->connection, sql);
      statement_->describe();
      if (statement_->columns() == 0) refuse("gives no columns", "ne donne aucune colonne", "write a SELECT");
    } catch (const Error& error) {
      refuse("is refused by the database", "est refusée par la base", meaning_of(error) + ": " + words_of(error));
    }
  }

  [[noreturn]] void refuse(const std::string& english, const std::string& french, const std::string& why) const {
    throw drops::Unreadable(key_ + " " + english + ": " + why,
                            "la requête " + key_ + " " + french + " ; la vérifier, et la base de données");
  }

  std::string_view raw(std::span<const std::string_view> values) {
    raw_.clear();
    append_row(raw_, values);
    return arena_.copy(raw_);
  }

  std::shared_ptr<Session> session_;
  std::string key_;
  std::optional<Statement> statement_;
  std::vector<std::string> names_;
  RowValues values_;
  std::string raw_;
  Arena arena_;  // the rows as they came
};

class DropReader {
 public:
  DropReader(const Database& database, const Queries& queries, std::string source,
             const drops::ColumnSettingsOfFiles& settings)
      : database_(database),
        queries_(queries),
        source_(std::move(source)),
        session_(std::make_shared<Session>()),
        reader_(source_, settings, drop_) {}

  drops::Drop look() {
    if (reach() && prepare()) return take();
    return refused();
  }

  drops::Drop read(std::uint64_t seed) {
    if (!reach() || !prepare() || !begin()) return refused();
    reader_.read_rows(seed, 1);
    return reader_.settle() ? take() : refused();
  }

 private:
  bool reach() {
    try {
      session_->connection = connect(database_, Purpose::kRead);
      return true;
    } catch (const Error& error) {
      return lose(error);
    }
  }

  bool prepare() {
    for (std::size_t i = 0; i < kFileCount; ++i) {
      if (queries_[i].empty()) continue;
      const FileId file = file_at(i);
      reader_.open(file, [&] { return std::make_unique<QueryFile>(session_, query_key(source_, file), queries_[i]); });
    }
    return reader_.settle();
  }

  bool begin() {
    try {
      begin_reading(*session_->connection);
      return true;
    } catch (const Error& error) {
      return lose(error);
    }
  }

  bool lose(const Error& error) {
    drop_.unreachable = true;
    drop_.refusals.push_back(unreachable(error, database_, source_));
    return false;
  }

  drops::Drop take() { return std::move(drop_); }

  // Its rows are asked for no more.
  drops::Drop refused() {
    drop_.unreachable |= session_->connection != nullptr && session_->connection->is_lost();
    for (auto& file : drop_.files) file.reset();
    return take();
  }

  const Database& database_;
  const Queries& queries_;
  std::string source_;
  std::shared_ptr<Session> session_;
  drops::Drop drop_;
  drops::Reader reader_;
};

}  // namespace

std::string query_key(const std::string& source, FileId file) {
  return "source." + source + ".query." + std::string(spec(file).name);
}

drops::Drop read_drop(const Database& database, const Queries& queries, const std::string& source,
                      const drops::ColumnSettingsOfFiles& settings, std::uint64_t seed) {
  return DropReader(database, queries, source, settings).read(seed);
}

drops::Drop look_at_drop(const Database& database, const Queries& queries, const std::string& source,
                         const drops::ColumnSettingsOfFiles& settings) {
  drops::Drop drop = DropReader(database, queries, source, settings).look();
  for (auto& file : drop.files) file.reset();
  return drop;
}

}  // namespace vigie::odbc
