#pragma once
// Closings that are carried out in a source's own database.

#include <optional>
#include <vector>

#include "context.h"
#include "reconcile/action.h"
#include "reconcile/write_back.h"

namespace vigie {

// Carries out the actions at these positions, which the store has as kSending, in one transaction of the source's
// database. Afterwards they are kSent; kProposed where nothing was changed there, with the failure of the one at
// fault; or kSending still, where nobody can tell. Returns what compliance is told; nothing: all of them went.
std::optional<FailedWriteBack> write_back(Context& context, SourceNight& night, std::vector<Action>& actions,
                                          const std::vector<std::size_t>& sending);

}  // namespace vigie
