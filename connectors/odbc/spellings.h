#pragma once
// How a source's database itself writes the services and roles of its rows, which records have under their catalogue
// names.

#include <map>
#include <string>

#include "odbc/odbc_drop.h"

namespace vigie::odbc {

// A row's values of `service` and `role`, as they came; a file may have one of them only.
using Spelling = std::map<std::string, std::string>;

// By key, as people read it (intake::key_text). The query is asked anew: it must have given a good drop. Throws Error.
std::map<std::string, Spelling> read_spellings(const Database& database, const std::string& query, FileId file,
                                               const intake::ColumnSettings& settings);

}  // namespace vigie::odbc
