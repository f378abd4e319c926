#pragma once
// A drop in a database: for each file of the data contract a query, whose columns and rows are the file's. All queries
// see one state of the database, and their results are read through cursors. NULL is an empty value; numbers that are
// whole are so (1.0 is 1), and a moment at midnight is its day. A row's line is its number in the result, the first
// being line 2; its raw text is its values with ';' between them.

#include <array>
#include <cstdint>
#include <string>

#include "drops/drop.h"
#include "odbc/database.h"

namespace vigie::odbc {

// By file; empty: the drop has no such file.
using Queries = std::array<std::string, kFileCount>;

std::string query_key(const std::string& source, FileId file);  // "source.caf931.query.utilisateurs"

// `source`: its name in the configuration. Nothing is thrown for what is wrong with the drop: that is a refusal.
drops::Drop read_drop(const Database& database, const Queries& queries, const std::string& source,
                      const drops::ColumnSettingsOfFiles& settings, std::uint64_t seed);

// What can be told of it before any row is read: it has no tables.
drops::Drop look_at_drop(const Database& database, const Queries& queries, const std::string& source,
                         const drops::ColumnSettingsOfFiles& settings);

}  // namespace vigie::odbc
