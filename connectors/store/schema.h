#pragma once
// The store's schema, as the steps that bring a store from each version to the next. A step that was released is
// never changed.
//
// Days are whole numbers of days since 1970-01-01, NULL where none is given. A record's id is its source's number
// times 2^32 plus its number within source and file, so that a source's records lie together and need no index.

#include <string>
#include <vector>

#include "domain/contract.h"
#include "store/database.h"

namespace vigie::store {

// Steps in order: step i brings a store from version i to i + 1. They are written for SQLite; for PostgreSQL their
// types are translated, texts are sorted by their bytes, and a table without a primary key gets the `rowid` that it has
// there.
std::vector<std::string> migrations(Dialect dialect);

// "numero, libelle, …": the columns that hold a file's fields, in the order of the contract.
std::string field_columns(FileId file);

}  // namespace vigie::store
