#pragma once
// Who is told what tonight. One letter for each recipient and convention; to the Caf and to compliance, one for the
// source. Source: docs/spec/5-interfaces.md, *Mail*; docs/spec/1-domain.md, *Perimeter*.
//
// A letter goes when something is news for its recipient (a finding, or a closing that a guard let go), or when the
// last one is `reminder_days` old while a critical or major finding is open; at most one a day. Compliance always hears
// a refusal, a hold, an escalation, a write-back that failed. A manager's letter holds its perimeter and nothing else.
// No personal data goes to an address that is shared (with a service, or with somebody else's account), disposable or
// malformed, nor to one whose account is closed or of another convention: the other administrators get it, else the
// Caf, and the letter says why. A finding about an administrator's own account goes to the others and to the Caf.

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "domain/snapshot.h"
#include "findings/finding.h"
#include "reconcile/action.h"
#include "reconcile/write_back.h"
#include "routing/addressees.h"
#include "routing/digest.h"
#include "routing/told.h"
#include "rules/facts.h"

namespace vigie {

struct RoutingSettings {
  int reminder_days = 7;
  int escalation_days = 30;
};

struct RoutingInput {
  const Snapshot& snapshot;
  const Facts& facts;
  const Addressees& addressees;
  Day day;
  std::string source;                         // "caf931"
  std::string source_label;                   // "Caf de la Seine-Saint-Denis"
  std::string caf_mail;                       // empty: the Caf is not written to
  std::vector<std::string> compliance_mails;  // each once, case aside
  const Findings& findings;            // of enabled rules, resolved and waived ones too; waived ones are not told
  const std::vector<Action>& actions;  // all: given out, held, taken back…
  const Told& told;
  const ToldClosings& told_closings;
  const LastMails& last;
  bool has_data = true;             // false: no export was ever good
  std::vector<std::string> events;  // refusals and holds of tonight, French sentences: compliance always hears them
  std::optional<FailedWriteBack> failed_write_back;  // that compliance does not know of: it always hears it
  RoutingSettings settings;
};

// Points into the input.
struct Letter {
  RecipientKind kind = RecipientKind::kAdministrator;
  std::string address;
  std::string name;        // of a person, or the source's label, or « Conformité »
  std::string convention;  // empty: the whole source
  Index record = kNone;    // of that convention
  Findings fresh;          // news, gravest first
  Findings open;           // told before
  Findings resolved;       // told before, put right since
  Findings escalated;      // to the Caf: open too long, not in `fresh` or `open`
  std::vector<const Action*> actions;
  std::vector<std::string> notices;
  bool reminder = false;
  bool in_others_place = false;  // to the Caf: of a convention, for there is nobody else who may be written to
  bool brings_closings = false;  // it tells of closings that are no longer held
  bool has_workbook = false;     // to an administrator: there is one for the convention (summary/partners.h)
  // To a manager: the services that an account reaches within its perimeter; of a finding about it, no others are
  // named.
  std::unordered_map<const Finding*, ServiceSet> services_within;
};

// Sorted by kind, address, convention.
std::vector<Letter> letters(const RoutingInput& input);

// The record behind a closing, as a partner may read it: another partner's convention is not named.
SharedText cause_for_partners(const Action& action);

// The letter with all that a mail shows. Each list holds at most `kMostLines` (totals count all).
inline constexpr std::size_t kMostLines = 60;
Digest to_digest(const Letter& letter, const RoutingInput& input);

}  // namespace vigie
