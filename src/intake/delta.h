#pragma once
// What a drop changes in what the store knows: the store writes just this.

#include <string>
#include <vector>

#include "intake/last_state.h"
#include "intake/table.h"

namespace vigie::intake {

struct FieldChange {
  std::size_t field = 0;
  std::string before;  // as people read it
  std::string after;
};

// A record that the drop brings with other values, or after it had been withdrawn.
struct ChangedRecord {
  RecordNumber number = 0;
  bool returned = false;
  std::vector<FieldChange> changes;
  // To be stored: the row's values, and the last known ones of columns that the drop lacks.
  std::string_view values;
};

struct AddedRecord {
  RecordNumber number = 0;
  std::string_view values;
};

struct FileDelta {
  FileId file = FileId::kConventions;
  std::vector<AddedRecord> added;
  std::vector<ChangedRecord> changed;
  std::vector<RecordNumber> withdrawn;
  std::vector<RecordNumber> kept;
  std::size_t returned = 0;    // of `changed`
  bool touches_known = false;  // the known records must be written again
};

// The table must be resolved and compacted. Brings `known` up to date, as it will be once the delta is stored.
// Views live as long as the table.
FileDelta compare(Table& table, KnownRecords& known, RecordReader& reader);

}  // namespace vigie::intake
