#pragma once
// What the store knows of a source's records after its last import, as intake asks for it.

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/contract.h"
#include "domain/day.h"

namespace vigie::intake {

// Number of a record within its source and file: from 1, in the order in which imports brought them, never reused.
using RecordNumber = std::uint32_t;

// One record of a file that the store has, withdrawn ones included. Its number is its position and one.
struct KnownRecord {
  std::uint64_t key_digest = 0;
  // Of the row that last brought it: tells an unchanged row without reading the record. 0: withdrawn.
  std::uint64_t digest = 0;

  [[nodiscard]] bool withdrawn() const { return digest == 0; }
};

// The records of one file, found by the digest of their key. Rows mostly come in the order of the last drop, so the
// record after the one found last is looked at first, and a table is only made at the first surprise.
class KnownRecords {
 public:
  KnownRecords() = default;
  explicit KnownRecords(std::vector<KnownRecord> records) : records_(std::move(records)) {}

  // Calls `visit(number, record)` for the records whose key has the digest, until it returns true.
  template <typename Visit>
  bool find(std::uint64_t key_digest, Visit visit) {
    if (next_ < records_.size() && records_[next_].key_digest == key_digest && visit(number_of(next_), records_[next_]))
      return ++next_, true;
    if (records_.empty()) return false;
    if (slots_.empty()) make_table();
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = key_digest & mask; slots_[at] != kFree; at = (at + 1) & mask) {
      const std::size_t found = slots_[at];
      if (records_[found].key_digest != key_digest || !visit(number_of(found), records_[found])) continue;
      next_ = found + 1;
      return true;
    }
    return false;
  }

  [[nodiscard]] const std::vector<KnownRecord>& all() const { return records_; }

  void set_digest(RecordNumber number, std::uint64_t digest) { records_[number - 1].digest = digest; }
  // No key finds it any more; its number stays taken.
  void forget(RecordNumber number) { records_[number - 1] = {}; }
  // An added record is in all(), but not looked for: that is for the object that the next night makes of all().
  RecordNumber add(KnownRecord record) {
    records_.push_back(record);
    return static_cast<RecordNumber>(records_.size());
  }

 private:
  static constexpr std::uint32_t kFree = UINT32_MAX;

  static RecordNumber number_of(std::size_t position) { return static_cast<RecordNumber>(position + 1); }

  void make_table() {
    std::size_t size = 64;
    while (size < 2 * records_.size()) size *= 2;
    slots_.assign(size, kFree);
    for (std::uint32_t i = 0; i < records_.size(); ++i) {
      std::size_t at = records_[i].key_digest & (size - 1);
      while (slots_[at] != kFree) at = (at + 1) & (size - 1);
      slots_[at] = i;
    }
  }

  std::vector<KnownRecord> records_;
  std::vector<std::uint32_t> slots_;
  std::size_t next_ = 0;
};

// Reads the stored values of records: those that a drop changes, or keeps. May throw what the store throws.
class RecordReader {
 public:
  virtual ~RecordReader() = default;
  // The compact form (intake/record.h); valid as long as the reader. Empty: the store has no such record.
  virtual std::string_view read(FileId file, RecordNumber number) = 0;
};

using LastState = std::array<KnownRecords, kFileCount>;

}  // namespace vigie::intake
