#pragma once
// What earlier imports of a source prove; some rules need it. Views live as long as the object that holds them.

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "domain/day.h"

namespace vigie {

struct Snapshot;

// An import with the as-of day `seen_on` brought the account with the closing date `closes_on` (never: open).
struct SeenClosing {
  Day closes_on;
  Day seen_on;
};

// What a group was in the first import that brought it with the column; nothing where no import has had it.
struct FirstGroup {
  std::optional<std::string> label;
  std::optional<std::string> parent;
  std::optional<std::string> manager;
  std::optional<std::string> origin;  // "Caf", "Partenaire", "Automatique"
};

struct Past {
  // By identifiant: closings that differ from today's. Only accounts whose closing changed are here.
  std::unordered_map<std::string, std::vector<SeenClosing>> closings;
  // By "convention\ncode". Only groups of which one of the four fields has changed are here.
  std::unordered_map<std::string, FirstGroup> groups;
  // Accounts that managed, at an earlier import and on its as-of day, an active group with an active Afas grant.
  std::unordered_set<std::string> afas_managers;
};

// Those of one import: managers, active or not, of active groups with an active Afas grant on its as-of day.
std::vector<std::string> afas_managers(const Snapshot& snapshot, Day day);

inline std::string group_key(std::string_view convention, std::string_view code) {
  std::string key(convention);
  key += '\n';
  return key += code;
}

// An account of another source, active by its own dates, by its mail in lower case. Of one mail, two with distinct
// identifiants are enough: one account may be in several sources, and is not another one to itself.
struct MailElsewhere {
  std::string source;
  std::string account;
};
using MailsElsewhere = std::unordered_multimap<std::string, MailElsewhere>;

}  // namespace vigie
