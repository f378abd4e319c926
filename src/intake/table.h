#pragma once
// The rows of one file of a drop: those whose key can be read, accepted or not, and the rejects.

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "domain/arena.h"
#include "domain/contract.h"
#include "domain/snapshot.h"
#include "intake/record.h"

namespace vigie::intake {

enum class RejectReason : std::uint8_t {
  kFieldCount,
  kMissingValue,
  kBadDate,
  kBadValue,
  kDuplicateKey,
  kUnknownReference,
};

std::string_view name(RejectReason reason);             // "bad-date"
std::string_view french_reason(std::string_view name);  // "Date illisible" for "bad-date"

// A row that is not applied, as it came. Kept in quarantine.
struct Reject {
  static constexpr int kNoField = -1;
  FileId file = FileId::kConventions;
  std::uint32_t line = 0;  // where the row starts; the header is line 1
  RejectReason reason = RejectReason::kFieldCount;
  int field = kNoField;
  std::string value;   // of that field, trimmed
  std::string record;  // the raw text in UTF-8
};

enum class RowState : std::uint8_t {
  kAccepted,
  kKept,  // rejected, and stays as it was after the last good import
  kRejected,
};

// `raw` lives as long as the drop that was read.
struct Row {
  const char* data = nullptr;
  const char* raw = nullptr;
  std::uint64_t key_digest = 0;
  std::uint32_t size = 0;
  std::uint32_t key_size = 0;
  std::uint32_t raw_size = 0;
  std::uint32_t line = 0;

  [[nodiscard]] std::string_view bytes() const { return {data, size}; }
  [[nodiscard]] std::string_view key() const { return {data, key_size}; }
};

// Finds a row by its key.
class KeyIndex {
 public:
  // The row that has the key already, else kNone after `row` was put in.
  Index insert(const std::vector<Row>& rows, Index row);
  [[nodiscard]] Index find(const std::vector<Row>& rows, std::string_view key, std::uint64_t key_digest) const;
  void reserve(std::size_t rows);

 private:
  struct Slot {
    std::uint32_t tag = 0;
    Index row = kNone;
  };

  template <typename Matches>
  [[nodiscard]] std::size_t probe(std::uint64_t key_digest, Matches matches) const;
  void grow(const std::vector<Row>& rows);

  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

struct Table {
  FileId file = FileId::kConventions;
  bool present = false;
  ColumnMask columns = 0;        // those that the drop has, and those with a configured default
  std::uint64_t seed = 0;        // of the digests
  std::uint64_t row_count = 0;   // all rows, good and bad
  std::vector<Row> rows;         // one for each key that can be read
  std::vector<RowState> states;  // parallel to rows
  std::vector<Reject> rejects;
  KeyIndex keys;
  std::shared_ptr<Arena> arena = std::make_shared<Arena>();
  // By reference of the file's specification: the row referred to, kNone where that file is missing.
  std::array<std::vector<Index>, kMaxReferences> links;

  // Of a row as it came; columns that the drop lacks count as not there. Never 0.
  [[nodiscard]] std::uint64_t digest_of(const Row& row) const { return digest(row.bytes(), seed ^ columns) | 1; }
};

using Tables = std::array<Table, kFileCount>;

// One table for each file, none of them present.
Tables no_tables();

}  // namespace vigie::intake
