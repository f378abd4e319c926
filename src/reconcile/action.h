#pragma once
// A closing that is missing, proposed because what the record depends on has ended.
// Source: docs/spec/4-reconciliation.md.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/day.h"
#include "domain/shared_text.h"
#include "domain/snapshot.h"

namespace vigie {

// In the order in which they must be carried out, since the portal refuses another.
enum class ActionKind : std::uint8_t {
  kCloseProfile,
  kCloseMembership,
  kCloseGrant,
  kCloseDesignation,
  kCloseGroup,
  kCloseAccount,
};
inline constexpr int kActionKindCount = 6;

enum class Reason : std::uint8_t {
  kConventionClosed,
  kAccountDeparted,
  kAccountClosed,
  kGroupClosed,
  kActivityClosed,
  kBulletinClosed,
};

// kSending: a write-back began and was not seen to end; only the next import tells whether it was carried out.
enum class ActionState : std::uint8_t { kProposed, kSent, kOverdue, kHeld, kWaived, kConfirmed, kObsolete, kSending };

// Asked of people, and not seen done.
constexpr bool is_given_out(ActionState state) { return state == ActionState::kSent || state == ActionState::kOverdue; }

std::string_view name(ActionKind kind);    // "close-membership"
std::string_view name(Reason reason);      // "account-closed"
std::string_view name(ActionState state);  // "sent"
std::string_view french_name(ActionKind kind);
std::string_view french_name(Reason reason);
std::string_view french_name(ActionState state);

// A closing's subject as people read it, `T2PE/ENF01302SM@2021-09-06` as « Appartenance du compte ENF01302SM au groupe
// T2PE, ouverte le 06/09/2021 ». Where a code holds a '/', the last one parts group and account.
std::string subject_in_words(ActionKind kind, std::string_view text);

std::optional<Reason> find_reason(std::string_view name);
std::optional<ActionState> find_action_state(std::string_view name);

// What the state of the data asks for on one day.
struct Closing {
  ActionKind kind = ActionKind::kCloseProfile;
  Index convention = kNone;
  std::string subject;
  Day date;
  Reason reason = Reason::kConventionClosed;
  std::string cause;
  int depth = 0;          // of a group below its topmost ancestor: sub-groups are closed before their parents
  Index account = kNone;  // the one that the record is about; kNone for groups and their grants
};

// A closing with its life.
struct Action {
  std::int64_t id = 0;  // of the store; 0: not stored yet
  ActionKind kind = ActionKind::kCloseProfile;
  SharedText convention;
  SharedText subject;
  Day date;
  Reason reason = Reason::kConventionClosed;
  SharedText cause;
  ActionState state = ActionState::kProposed;
  Day first_seen;
  Day sent_on;
  Day ended_on;                    // as-of day on which it was confirmed or became obsolete; never: it is neither
  bool was_held = false;           // by a guard, in this life, whether or not it was sent since
  std::int64_t sending_since = 0;  // the last good import before its write-back began; 0: there was none
  SharedText failed_statement;     // of the last write-back that it made fail; empty: none
  SharedText failure;              // why, in French
  int depth = 0;

  [[nodiscard]] bool finished() const { return state == ActionState::kConfirmed || state == ActionState::kObsolete; }
  // A guard held it and let it go: whoever reads of it next learns so.
  [[nodiscard]] bool released() const { return was_held && given_out(); }
  [[nodiscard]] bool given_out() const { return is_given_out(state); }
  // Given out, and then asked for no more: whoever has it on a list must not carry it out.
  [[nodiscard]] bool taken_back() const { return state == ActionState::kObsolete && sent_on.given(); }
};

// The order in which they must be carried out.
bool carried_out_before(const Action& a, const Action& b);

}  // namespace vigie
