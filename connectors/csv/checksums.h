#pragma once
// SHA256SUMS of a drop, in the form of sha256sum: "<64 hexadecimal digits>", a blank, a blank or `*`, the name. A line
// that begins with a backslash has a name in which `\\`, `\n` and `\r` stand for a backslash, a line feed, a carriage
// return. Lines end in LF or CRLF; a byte-order mark and blank lines do not count.

#include <array>
#include <filesystem>
#include <vector>

#include "csv/csv_file.h"
#include "csv/refusal.h"
#include "domain/contract.h"

namespace vigie::csv {

using CsvFiles = std::array<const CsvFile*, kFileCount>;  // those that were read

// The refusals that SHA256SUMS gives, where the folder has one: every CSV file of the contract that is there must be
// named in it, every line must match, and none may lead out of the folder. `files` are checked as they were read; any
// other is read once, however often it is named. Of many wrong lines only the first are said.
std::vector<Refusal> verify_checksums(const std::filesystem::path& folder, const CsvFiles& files);

// Whether the folder has an entry of that name; a link that leads nowhere is one.
bool is_there(const std::filesystem::path& path);

}  // namespace vigie::csv
