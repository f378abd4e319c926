#include <algorithm>

#include "domain/text.h"
#include "summary/records.h"
#include "summary/summarize.h"

namespace vigie::summary {

std::string state_in_words(const ActionRow& row) {
  std::string state(french_name(row.state));
  if (!row.failure.empty()) state += " (écriture impossible : " + row.failure + ")";
  return state;
}

// In the order in which the portal accepts them.
std::vector<ActionRow> action_rows(const Inputs& inputs) {
  std::vector<const Action*> actions;
  for (const Action& action : inputs.actions)
    if (!action.finished()) actions.push_back(&action);
  std::ranges::sort(actions, [](const Action* a, const Action* b) { return carried_out_before(*a, *b); });

  const Lookup conventions = conventions_of(inputs.snapshot);
  SharedTexts texts;
  std::vector<ActionRow> rows;
  rows.reserve(actions.size());
  for (const Action* action : actions) {
    const Index convention = conventions.find(action->convention);
    rows.push_back(
        {.source = inputs.source,
         .convention = action->convention,
         .partner = texts.get(convention == kNone ? "" : excerpt(inputs.snapshot.conventions[convention].partner)),
         .kind = action->kind,
         .subject = action->subject,
         .date = action->date,
         .reason = action->reason,
         .cause = action->cause,
         .state = action->state,
         .failure = action->state == ActionState::kProposed ? action->failure : SharedText(),
         .first_seen = action->first_seen,
         .plan = action->state == ActionState::kHeld ? inputs.plan : SharedText()});
  }
  return rows;
}

}  // namespace vigie::summary
