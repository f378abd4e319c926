#pragma once
// Builds small, valid snapshots: a test states only what matters to it.
//
// There is one convention, 19_214, to begin with; records open on kLongAgo and never close unless they say otherwise,
// and all columns are there. Texts must outlive the snapshot: literals do.
//
//   SnapshotBuilder b;
//   const Index group = b.group({.code = "T1AS"});
//   b.grant(group, Service::kCdap, Role::kT1);
//   b.membership(group, b.account({.id = "A1"}));
//   EXPECT_EQ(subjects(judged("group-empty", b.build())), …);

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "domain/snapshot.h"
#include "findings/engine.h"
#include "rules/catalogue.h"

namespace vigie::test {

inline const Day kDay = Day::from_ymd(2026, 11, 20);
inline const Day kLongAgo = Day::from_ymd(2020, 1, 1);

class SnapshotBuilder {
 public:
  SnapshotBuilder() {
    convention({.number = "19_214", .partner = "Ville de Rosny"});
    snapshot_.columns.fill(static_cast<ColumnMask>(~0));
  }

  Index convention(Convention convention) { return add(snapshot_.conventions, convention); }
  Index bulletin(Bulletin bulletin) { return add(snapshot_.bulletins, in_first_convention(bulletin)); }
  Index account(Account account) { return add(snapshot_.accounts, in_first_convention(account)); }
  Index designation(Designation designation) { return add(snapshot_.designations, in_first_convention(designation)); }
  Index group(Group group) { return add(snapshot_.groups, in_first_convention(group)); }
  Index activity(Activity activity) { return add(snapshot_.activities, in_first_convention(activity)); }
  Index profile(Profile profile) { return add(snapshot_.profiles, in_first_convention(profile)); }
  Index place(Place place) {
    snapshot_.places.push_back(in_first_convention(place));
    return static_cast<Index>(snapshot_.places.size() - 1);
  }
  void departure(Departure departure) { snapshot_.departures.push_back(in_first_convention(departure)); }

  Index grant(Index group, Service service, Role role, Period period = {}) {
    return add(snapshot_.grants, Grant{.group = group,
                                       .service_name = name(service),
                                       .role_name = name(role),
                                       .service = service,
                                       .role = role,
                                       .period = period});
  }
  // Of a role that the catalogue does not know.
  Index unknown_grant(Index group, Service service, std::string_view role, Period period = {}) {
    return add(
        snapshot_.grants,
        Grant{.group = group, .service_name = name(service), .role_name = role, .service = service, .period = period});
  }
  Index membership(Index group, Index account, Period period = {}) {
    return add(snapshot_.memberships, Membership{.group = group, .account = account, .period = period});
  }
  void drop_without(FileId file, std::size_t field) {
    snapshot_.columns[index(file)] = static_cast<ColumnMask>(snapshot_.columns[index(file)] & ~column_bit(field));
  }

  [[nodiscard]] Snapshot build() const {
    Snapshot snapshot = snapshot_;
    link(snapshot);
    return snapshot;
  }

 private:
  template <typename Record>
  static Record in_first_convention(Record record) {
    if (record.convention == kNone) record.convention = 0;
    return record;
  }

  template <typename Record>
  static Index add(std::vector<Record>& records, Record record) {
    if (!record.period.opens_on.given()) record.period.opens_on = kLongAgo;
    records.push_back(record);
    return static_cast<Index>(records.size() - 1);
  }

  Snapshot snapshot_;
};

// "A1 (Marie DUPONT)"
inline Account marie(std::string_view id, std::string_view mail = {}, Index convention = kNone) {
  return {.id = id, .last_name = "DUPONT", .first_name = "Marie", .mail = mail, .convention = convention};
}

// "G0", "G1", …: names for many records, which must outlive the snapshot.
inline std::vector<std::string> numbered(std::string_view beginning, int count) {
  std::vector<std::string> names;
  names.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) names.push_back(std::string(beginning) + std::to_string(i));
  return names;
}

// For shapes on which work that grows with the square would take minutes, not milliseconds.
inline constexpr int kVeryMany = 100'000;

struct Background {
  Past past;
  MailsElsewhere mails;
  judges::Lexicon lexicon;
};

// What one rule finds, alone, as the engine reports it.
inline std::vector<Finding> judged(std::string_view rule_id, const Snapshot& snapshot,
                                   const Background& background = {}, Day day = kDay) {
  RulesSettings only_this;
  for (const Rule& rule : catalogue()) only_this[std::string(rule.id)].enabled = rule.id == rule_id;
  const Facts facts = Facts::on(snapshot, day);
  return judge({snapshot, facts, background.past, background.mails, background.lexicon, day}, only_this, 1).found;
}

// The only thing that one rule finds.
inline Finding only_finding(std::string_view rule_id, const Snapshot& snapshot, const Background& background = {}) {
  const auto found = judged(rule_id, snapshot, background);
  EXPECT_EQ(found.size(), 1U);
  return found.empty() ? Finding() : found.front();
}

using Subjects = std::vector<std::string>;

// "19_214 T1AS", in the order of the findings.
inline Subjects subjects(const std::vector<Finding>& findings) {
  Subjects subjects;
  for (const Finding& finding : findings) subjects.push_back(finding.convention + " " + finding.subject);
  return subjects;
}

}  // namespace vigie::test
