#include "reconcile/reconcile.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "domain/fnv.h"
#include "domain/french.h"
#include "reconcile/closings.h"

namespace vigie {
namespace {

// One action's row, whatever its state: actions by what they name.
using ByIdentity = std::unordered_map<std::string, std::size_t>;

std::string identity(const Action& action) { return identity(action.kind, action.convention, action.subject); }

void start(Action& action, Day day) {
  action.state = ActionState::kProposed;
  action.first_seen = day;
  action.sent_on = Day::never();
  action.ended_on = Day::never();
  action.was_held = false;
  action.sending_since = 0;
  action.failed_statement = {};
  action.failure = {};
}

// Of a write-back that was not seen to end: whether an import has shown since what became of it.
bool is_in_doubt(const Action& action, std::int64_t last_good_import) {
  return action.state == ActionState::kSending && last_good_import <= action.sending_since;
}

// It made a write-back fail, and would again.
bool set_aside(const Action& action, const Decisions& decisions) {
  return !action.failed_statement.empty() &&
         action.failed_statement == decisions.statements[static_cast<std::size_t>(action.kind)];
}

// Which closings a waiver lets stand: the membership that it names, or all that would end because of the account that
// it names.
class WaivedClosings {
 public:
  WaivedClosings(const Snapshot& snapshot, const std::vector<Waiver>& waivers, Day day)
      : snapshot_(snapshot), waivers_(waivers, day) {}

  [[nodiscard]] bool contain(const Closing& closing) const {
    if (closing.account == kNone) return false;
    return (closing.kind == ActionKind::kCloseMembership && holds_for_membership(closing)) ||
           (ends_through_account(closing) && holds_for_account(snapshot_.accounts[closing.account]));
  }

 private:
  [[nodiscard]] bool holds(std::string_view rule, Index convention, std::string_view subject) const {
    return waivers_.holding(rule, snapshot_.conventions[convention].number, subject) != nullptr;
  }

  [[nodiscard]] bool holds_for_membership(const Closing& closing) const {
    const std::string_view subject = std::string_view(closing.subject).substr(0, closing.subject.rfind('@'));
    return holds("membership-account-closed", closing.convention, subject) ||
           holds("membership-group-closed", closing.convention, subject);
  }

  [[nodiscard]] bool holds_for_account(const Account& account) const {
    return holds("account-departed", account.convention, account.id) ||
           holds("account-convention-closed", account.convention, account.id);
  }

  [[nodiscard]] bool ends_through_account(const Closing& closing) const {
    if (closing.kind == ActionKind::kCloseAccount || closing.reason == Reason::kAccountDeparted) return true;
    const Account& account = snapshot_.accounts[closing.account];
    return closing.reason == Reason::kConventionClosed &&
           closing.cause == snapshot_.conventions[account.convention].number;
  }

  const Snapshot& snapshot_;
  Waivers waivers_;
};

// Puts what is missing tonight among the actions; returns the positions of those that are missing.
std::vector<std::size_t> merge(std::vector<Action>& actions, const std::vector<Closing>& closings,
                               const Snapshot& snapshot, const WaivedClosings& waived, Day day,
                               std::int64_t last_good_import) {
  ByIdentity known;
  for (std::size_t i = 0; i < actions.size(); ++i) known.emplace(identity(actions[i]), i);
  std::vector<std::size_t> missing;
  for (const Closing& closing : closings) {
    const std::string_view convention = snapshot.conventions[closing.convention].number;
    const auto [found, is_new] = known.emplace(identity(closing.kind, convention, closing.subject), actions.size());
    if (is_new)
      actions.push_back({.kind = closing.kind, .convention = std::string(convention), .subject = closing.subject});
    Action& action = actions[found->second];
    if (is_new || action.finished()) start(action, day);
    missing.push_back(found->second);
    action.depth = closing.depth;
    if (is_in_doubt(action, last_good_import)) continue;
    if (action.state == ActionState::kSending) {  // it is open: it was not done
      action.state = ActionState::kProposed;
      action.sent_on = Day::never();
    }
    if (waived.contain(closing))
      action.state = ActionState::kWaived;
    else if (action.state == ActionState::kWaived)
      action.state = ActionState::kProposed;
    if (action.given_out()) continue;
    action.date = closing.date;
    action.reason = closing.reason;
    action.cause = closing.cause;
  }
  return missing;
}

// What the data shows of an action that is not missing any more.
void settle(Action& action, const RecordNow* record, Day day, const EvidenceDays& proven) {
  if (is_in_doubt(action, proven.last_good_import)) return;
  if (record == nullptr || record->closes_on <= proven.imported_as_of)
    action.state = ActionState::kConfirmed;
  else if (!record->ends)
    action.state = ActionState::kObsolete;
  else if (action.state == ActionState::kSending)
    action.state = ActionState::kSent;
  if (action.finished()) action.ended_on = day;
}

void settle_others(std::vector<Action>& actions, const std::vector<std::size_t>& missing, const Snapshot& snapshot,
                   const Ends& ends, Day day, const EvidenceDays& proven, int horizon_days) {
  std::vector<bool> is_missing(actions.size());
  for (const std::size_t i : missing) is_missing[i] = true;
  std::vector<Action> others;
  for (std::size_t i = 0; i < actions.size(); ++i)
    if (!is_missing[i] && !actions[i].finished()) others.push_back(actions[i]);
  const RecordsOfActions records(snapshot, ends, day, horizon_days, others);
  for (std::size_t i = 0; i < actions.size(); ++i)
    if (!is_missing[i] && !actions[i].finished()) settle(actions[i], records.find(actions[i]), day, proven);
}

// Over the sorted identities.
std::string plan_id(std::vector<std::string> identities) {
  std::ranges::sort(identities);
  std::string all;
  for (const std::string& each : identities) all.append(each).append(1, '\0');
  return hexadecimal(fnv1a(all));
}

// Why the guard holds so many closings, in French; nothing where it lets them go.
std::optional<std::string> too_many(const std::vector<Action>& actions, const std::vector<std::size_t>& candidates,
                                    const Snapshot& snapshot, Day day, const ReconcileSettings& settings) {
  if (candidates.size() > static_cast<std::size_t>(settings.max_closures))
    return french::counted(static_cast<std::int64_t>(candidates.size()), "clôture") + ", plus que le plafond de " +
           french::figures(settings.max_closures);
  std::array<std::size_t, kActionKindCount> counts{};
  for (const std::size_t i : candidates) ++counts[static_cast<std::size_t>(actions[i].kind)];
  const auto active = active_records(snapshot, day);
  for (std::size_t kind = 0; kind < counts.size(); ++kind) {
    if (counts[kind] <= static_cast<std::size_t>(settings.guard_min)) continue;
    if (counts[kind] * 100 <= active[kind] * static_cast<std::size_t>(settings.max_closures_percent)) continue;
    return french::figures(static_cast<std::int64_t>(counts[kind])) + " fois « " +
           std::string(french_name(static_cast<ActionKind>(kind))) + " » pour " +
           french::figures(static_cast<std::int64_t>(active[kind])) + " en vigueur, plus que le seuil de " +
           std::to_string(settings.max_closures_percent) + " %";
  }
  return std::nullopt;
}

}  // namespace

Reconciliation reconcile(const Snapshot& snapshot, Day day, const EvidenceDays& proven, std::vector<Action> before,
                         const Decisions& decisions, const ReconcileSettings& settings) {
  Reconciliation result{.actions = std::move(before)};
  auto& actions = result.actions;
  const Ends ends(snapshot);
  const auto closings = missing_closings(snapshot, ends, day, settings.horizon_days);
  const auto missing =
      merge(actions, closings, snapshot, {snapshot, decisions.waivers, day}, day, proven.last_good_import);
  settle_others(actions, missing, snapshot, ends, day, proven, settings.horizon_days);

  std::vector<std::size_t> candidates;
  std::vector<std::string> identities;
  for (const std::size_t i : missing) {
    Action& action = actions[i];
    if (action.state == ActionState::kWaived || action.state == ActionState::kSending) continue;
    if (!action.given_out() && set_aside(action, decisions)) {
      action.state = ActionState::kProposed;
      continue;
    }
    if (!action.given_out()) {
      candidates.push_back(i);
      identities.push_back(identity(action));
    } else if (proven.renewed_as_of.given() && proven.renewed_as_of - action.sent_on >= settings.overdue_days) {
      action.state = ActionState::kOverdue;
    }
  }
  if (candidates.empty()) return result;
  const std::string plan = plan_id(std::move(identities));
  const bool may_go = std::ranges::find(decisions.approved, plan) != decisions.approved.end();
  const auto why = may_go ? std::nullopt : too_many(actions, candidates, snapshot, day, settings);
  for (const std::size_t i : candidates) {
    actions[i].state = why ? ActionState::kHeld : ActionState::kSent;
    actions[i].sent_on = why ? Day::never() : day;
    actions[i].was_held |= why.has_value();
  }
  if (why)
    result.held = HeldPlan{plan, candidates.size(), *why};
  else
    result.sent = candidates.size(), result.sent_now = std::move(candidates);
  return result;
}

}  // namespace vigie
