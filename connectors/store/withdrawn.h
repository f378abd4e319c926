#pragma once
// What an account had in an earlier import and has no more, because the records are gone.

#include <optional>
#include <string_view>

#include "explain/explain.h"
#include "store/store.h"

namespace vigie::store {

// Groups that it was taken out of, and roles that were taken from groups that it is or was in.
explain::Withdrawn withdrawn(const Store& store, SourceNumber source, std::string_view account);

// The day of the import that no longer brought the account itself; nothing where it is there, or never was.
std::optional<Day> withdrawn_on(const Store& store, SourceNumber source, std::string_view account);

}  // namespace vigie::store
