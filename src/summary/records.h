#pragma once
// What the rows of several sheets are made of: the records that findings name, and how roles and those to write to are
// worded. A record that was withdrawn since the finding was made is not found; the finding's own words remain.

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "summary/summarize.h"

namespace vigie::summary {

// Those of the rules whose id begins so, but for what is waived.
Findings of_rules(const Findings& findings, std::string_view beginning);

// Finds records by name: first say what is wanted, then offer each record once. Keeps only what is wanted, so that a
// few findings among a million records stay cheap.
class Lookup {
 public:
  void want(std::string name) { records_.try_emplace(std::move(name), kNone); }
  void offer(std::string_view name, Index record) {
    if (const auto found = records_.find(name); found != records_.end()) found->second = record;
  }
  [[nodiscard]] Index find(std::string_view name) const {
    const auto found = records_.find(name);
    return found == records_.end() ? kNone : found->second;
  }

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_map<std::string, Index, Hash, std::equal_to<>> records_;
};

// By identifiant: the accounts that the findings are about.
Lookup accounts_of(const Snapshot& snapshot, const Findings& findings);

// By number: all conventions.
Lookup conventions_of(const Snapshot& snapshot);

// Whom to write to about a convention.
class Administrators {
 public:
  explicit Administrators(const Inputs& inputs) : inputs_(inputs), conventions_(conventions_of(inputs.snapshot)) {}

  // "Claire Martin <c.martin@…> ; Paul Durand <p.durand@…>": those that a mail about the finding goes to, and so not
  // who it is about. Where there is none, to write to the Caf.
  std::string told_of(const Finding& finding);

 private:
  const std::vector<Addressee>& of(std::string_view convention);

  const Inputs& inputs_;
  Lookup conventions_;
  std::unordered_map<std::string, std::vector<Addressee>> known_;
};

std::string roles_text(RoleSet roles);  // "Cdap T2, Afas Déclarer"

// Of texts from the data, of whatever number and length: an excerpt of each of the first ones, and how many others.
inline constexpr std::size_t kMostNamed = 20;
std::string joined_few(std::vector<std::string> texts, std::string_view separator);

// What every row that answers a question begins and ends with.
template <typename Row>
Row row_about(const Finding& finding, const Inputs& inputs, Administrators& administrators) {
  Row row;
  row.source = inputs.source;
  row.convention = finding.convention;
  row.partner = finding.partner;
  row.tell = administrators.told_of(finding);
  row.first_seen = finding.first_seen;
  return row;
}

}  // namespace vigie::summary
