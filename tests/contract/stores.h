#pragma once
// The stores that the contract holds for, and nights that import drops into one. A new implementation is a line below.

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "connectors/temporary_folder.h"
#include "intake/drop_texts.h"
#include "odbc/odbc.h"
#include "postgres_server.h"
#include "rules/past.h"
#include "store/imports.h"
#include "store/schema.h"
#include "store/sqlite/connection.h"
#include "store/store.h"

namespace vigie::store {

inline const Day kDay = Day::from_ymd(2026, 11, 20);

struct Implementation {
  const char* name;
  // Of a store of the test's own, that is not there yet.
  Location (*location)(const std::filesystem::path& folder);
  const char* becomes_version_999;  // SQL
  // One of an older version: of the first, with these rows, and brought as far as that version.
  void (*make_older)(const Location& location, int version, const std::string& rows);
};

inline std::ostream& operator<<(std::ostream& out, const Implementation& implementation) {
  return out << implementation.name;
}

inline std::string older_schema(Dialect dialect, int version, const std::string& rows) {
  const auto steps = migrations(dialect);
  std::string sql = steps.front() + rows;
  for (int step = 1; step < version; ++step) sql += steps[static_cast<std::size_t>(step)];
  return sql;
}

inline void make_older_file(const Location& location, int version, const std::string& rows) {
  const Connection older = Connection::to_write(location.file);
  older.execute(older_schema(Dialect::kSqlite, version, rows) + "PRAGMA user_version = " + std::to_string(version));
}

inline void make_older_schema(const Location& location, int version, const std::string& rows) {
  odbc::Connection older(location.connection, 10);
  older.execute("CREATE SCHEMA " + location.schema + "; SET search_path TO " + location.schema + "; " +
                older_schema(Dialect::kPostgres, version, rows) + "INSERT INTO meta VALUES ('version', " +
                std::to_string(version) + ")");
}

inline const Implementation kImplementations[] = {
    {"SQLite", [](const std::filesystem::path& folder) { return Location(folder / "vigie.db"); },
     "PRAGMA user_version = 999", make_older_file},
    {"PostgreSQL", [](const std::filesystem::path& /*folder*/) { return test::postgres_location(); },
     "UPDATE meta SET value = 999 WHERE name = 'version'", make_older_schema},
};

class StoreContract : public testing::TestWithParam<Implementation> {
 protected:
  Store open(Opening opening = Opening::kWrite) const { return {location_, opening}; }

  test::TemporaryFolder folder_;
  const Location location_ = GetParam().location(folder_.path());
};

// Instantiates a suite over all implementations.
#define VIGIE_FOR_EVERY_STORE(Suite)                                           \
  INSTANTIATE_TEST_SUITE_P(Stores, Suite, testing::ValuesIn(kImplementations), \
                           [](const auto& implementation) { return std::string(implementation.param.name); })

// The nights of one source, as the import job leads them.
class SourceNights {
 public:
  SourceNights(const Store& store, std::string_view source)
      : store_(store), source_(store.source(source)), imports_(store, source_) {}

  test::Imported import(const test::DropTexts& drop, Day day) const {
    auto last = imports_.last_state();
    const auto reader = imports_.reader();
    auto imported = test::import_drop(drop, last, *reader, store_.seed());
    Import import = counted(imported, day);
    Transaction transaction(store_);
    imports_.apply(import, imported.tables, imported.deltas, last, afas_managers(imported.snapshot, day));
    transaction.commit();
    return imported;
  }

  void refuse(const test::DropTexts& drop, Day day) const {
    const auto tables = test::build_tables(drop);
    Import import{.as_of = day, .remarks = "Export refusé.\n"};
    for (std::size_t i = 0; i < kFileCount; ++i)
      import.files[i] = {.present = tables[i].present, .columns = tables[i].columns};
    Transaction transaction(store_);
    imports_.refuse(import, tables);
    transaction.commit();
  }

  [[nodiscard]] const Imports& imports() const { return imports_; }
  [[nodiscard]] SourceNumber number() const { return source_; }

 private:
  static Import counted(const test::Imported& imported, Day day) {
    Import import{.run = 1, .as_of = day};
    for (std::size_t i = 0; i < kFileCount; ++i) {
      const intake::FileDelta& delta = imported.deltas[i];
      import.files[i] = {.present = imported.tables[i].present,
                         .columns = imported.tables[i].columns,
                         .rows = static_cast<std::int64_t>(imported.tables[i].row_count),
                         .kept = static_cast<std::int64_t>(delta.kept.size()),
                         .added = static_cast<std::int64_t>(delta.added.size()),
                         .withdrawn = static_cast<std::int64_t>(delta.withdrawn.size())};
    }
    return import;
  }

  const Store& store_;
  SourceNumber source_;
  Imports imports_;
};

}  // namespace vigie::store
