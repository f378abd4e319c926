#pragma once
// Tables -> snapshot: the only place where the contract's fields become the domain's typed records.

#include "domain/snapshot.h"
#include "intake/table.h"

namespace vigie::intake {

// The tables must be resolved and compacted. `threads`: at once, from 1. Columns that a table does not have read as
// empty.
Snapshot assemble(const Tables& tables, unsigned threads = 1);

}  // namespace vigie::intake
