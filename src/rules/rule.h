#pragma once
// A rule: what an auditor reads of it, and the pure function that finds its violations.
//
// A check adds hits; the engine (findings/engine.h) adds the rule's id, its severity and the days, drops hits of
// conventions that are not active (unless the rule says `any_convention`), and keeps one hit for each (convention,
// subject), the first. So a check may visit records in any order and need not look at conventions.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/snapshot.h"
#include "findings/severity.h"
#include "rules/facts.h"
#include "rules/judges/lexicon.h"
#include "rules/past.h"

namespace vigie {

// A file, or one column of it, without which a rule proves nothing.
struct Need {
  static constexpr std::size_t kWholeFile = SIZE_MAX;
  FileId file;
  std::size_t field = kWholeFile;
};

// Who is told. Compliance always is.
struct Audience {
  bool administrators = false;
  bool managers = false;
  bool caf = false;
};

inline constexpr Audience kForAdmin{.administrators = true};
inline constexpr Audience kForCaf{.caf = true};
inline constexpr Audience kForAdminManager{.administrators = true, .managers = true};
inline constexpr Audience kForAdminCaf{.administrators = true, .caf = true};
inline constexpr Audience kForEveryone{.administrators = true, .managers = true, .caf = true};

// A whole number that the configuration can change, `rule.ID.NAME`; at least 0. No name: the rule has none.
struct Parameter {
  std::string_view name;
  int value = 0;
};

struct RuleInput {
  const Snapshot& snapshot;
  const Facts& facts;
  const Past& past;
  const MailsElsewhere& elsewhere;
  const judges::Lexicon& lexicon;
  Day day;
  int parameter = 0;
};

// One violation, as a check reports it.
struct Hit {
  Index convention = kNone;
  std::string subject;
  Index group = kNone;  // which perimeter holds the subject, and which services it is about
  Index account = kNone;
  ServiceSet services;               // those that the subject names
  std::string detail;                // a French sentence that names the values at fault
  std::string partner_detail;        // what may be read outside compliance, where that is less than `detail`
  std::optional<Severity> severity;  // where it is not the rule's
  std::string_view remedy;           // where it is not the rule's, written as that is; outlives the hit
};

// Builds hits: one call for each sort of subject of docs/spec/3-rules.md. All return the hit, to refine it.
class Hits {
 public:
  explicit Hits(const Snapshot& snapshot) : snapshot_(snapshot) {}

  Hit& convention(Index convention, std::string detail);                       // numero
  Hit& bulletin(const Bulletin& bulletin, std::string detail);                 // service@date_ouverture
  Hit& group(Index group, std::string detail);                                 // groupe
  Hit& grant(const Grant& grant, std::string detail);                          // groupe:service:role
  Hit& account(Index account, std::string detail);                             // identifiant, of its own convention
  Hit& account(Index account, Index convention, std::string detail);           // identifiant, of that convention
  Hit& membership(const Membership& membership, std::string detail);           // groupe/identifiant
  Hit& approver(const Profile& profile, std::string detail);                   // identifiant:activite
  Hit& profile(const Profile& profile, std::string detail);                    // identifiant:role:activite[/lieu]
  Hit& activity(Index activity, std::string_view suffix, std::string detail);  // activite, then the suffix (":FDA")

  std::vector<Hit> take() { return std::move(hits_); }

 private:
  Hit& add(Hit hit);

  const Snapshot& snapshot_;
  std::vector<Hit> hits_;
};

struct Rule {
  std::string_view id;     // "group-manager-missing"; the family is what comes before the first dash
  std::string_view title;  // French
  Severity severity = Severity::kInfo;
  std::span<const Need> needs = {};
  Audience audience;
  std::string_view source;  // the guide and its section, French
  // What to do, in the portal's words; {convention}, {groupe}, {identifiant} and {sujet} (of a grant "Cdap T2", of a
  // bulletin "Cdap du 21/04/2016") stand for the values.
  std::string_view remedy;
  Parameter parameter = {};
  bool any_convention = false;
  void (*check)(const RuleInput& input, Hits& hits) = nullptr;
};

}  // namespace vigie
