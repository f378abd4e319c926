#pragma once
// Settles, once all files of a drop are read, which rows stand: references are looked up in the order of the files,
// and a rejected row whose record was there after the last good import keeps it as it was, as long as all that the
// record refers to is there.

#include "intake/last_state.h"
#include "intake/table.h"

namespace vigie::intake {

// Sets the states and links of all rows, adds `unknown-reference` rejects (in the order of their lines, after the
// others), and puts the stored values in the place of kept rows. `threads`: at once, from 1; `reader` is asked by one
// of them at a time.
void resolve(Tables& tables, LastState& last, RecordReader& reader, unsigned threads = 1);

// Drops the rows that are not applied; links then count what is left. After it, the position of a row in its
// table is its record's in the snapshot.
void compact(Tables& tables);

}  // namespace vigie::intake
