#pragma once
// Closings that were to be carried out in a source's database and were not.
// Source: docs/spec/4-reconciliation.md, *Write-back*.

#include <cstdint>
#include <string>

#include "domain/day.h"

namespace vigie {

struct FailedWriteBack {
  // kUndone: the database, or the rows that a statement touched, said no. kUnreachable: it was not there, or was lost.
  // kUnknown: it was lost while it committed; only the next import tells.
  enum class How : std::uint8_t { kUndone, kUnreachable, kUnknown };

  How how = How::kUndone;
  Day on;
  std::int64_t closings = 0;  // how many were to go
  std::int64_t action = 0;    // the one at which it stopped, by its id of the store; 0: at none
  bool set_aside = false;     // that one is at fault, and waits for another statement
  std::string why;            // French, without data

  bool operator==(const FailedWriteBack&) const = default;
};

}  // namespace vigie
