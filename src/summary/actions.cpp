#include <algorithm>

#include "domain/text.h"
#include "summary/records.h"
#include "summary/summarize.h"

namespace vigie::summary {
namespace {

std::string state_of(const Action& action) {
  std::string state(french_name(action.state));
  if (action.state == ActionState::kProposed && !action.failure.empty())
    state += " (écriture impossible : " + action.failure + ")";
  return state;
}

}  // namespace

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
    const bool is_held = action->state == ActionState::kHeld;
    rows.push_back(
        {.source = texts.get(inputs.source),
         .convention = texts.get(action->convention),
         .partner = texts.get(convention == kNone ? "" : excerpt(inputs.snapshot.conventions[convention].partner)),
         .kind = texts.get(french_name(action->kind)),
         .subject = action->subject,
         .words = subject_in_words(action->kind, action->subject),
         .date = action->date,
         .reason = texts.get(french_name(action->reason)),
         .cause = texts.get(action->cause),
         .state = texts.get(state_of(*action)),
         .first_seen = action->first_seen,
         .plan = texts.get(is_held ? inputs.plan : "")});
  }
  return rows;
}

}  // namespace vigie::summary
