#pragma once
// A record between its table's columns and its canonical form.

#include <string>
#include <string_view>
#include <utility>

#include "intake/last_state.h"
#include "intake/record.h"
#include "store/store.h"

namespace vigie::store {

constexpr std::int64_t record_id(SourceNumber source, intake::RecordNumber number) { return (source << 32) | number; }

// First and last id that a source's records may have.
constexpr std::pair<std::int64_t, std::int64_t> id_range(SourceNumber source) {
  return {source << 32, (source << 32) | UINT32_MAX};
}

// SQL: whether the import `i` brought a record that was added by then: one that only kept it, or that came while it was
// withdrawn, proves nothing about it.
std::string brought_by_import(std::string_view file, std::string_view record);

// Binds a file's fields to the parameters from `first` on. The record's texts must stay valid until the step.
void bind_fields(Statement& statement, int first, FileId file, const intake::Record& record);

// Reads a file's fields from the columns from `first` on. Views live until the next step.
intake::Record read_fields(const Statement& statement, int first, FileId file);

}  // namespace vigie::store
