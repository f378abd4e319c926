#include "errors.h"

namespace vigie {

int exit_code_of(const std::exception& error) {
  if (dynamic_cast<const UsageError*>(&error) != nullptr) return exit_code::kUsage;
  if (dynamic_cast<const StoreError*>(&error) != nullptr) return exit_code::kUnreachable;
  if (dynamic_cast<const BusyError*>(&error) != nullptr) return exit_code::kLocked;
  return exit_code::kUnexpected;
}

}  // namespace vigie
