#include "reconcile/closings.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace vigie {
namespace {

std::string at(Day day) { return '@' + to_iso(day); }

// One sort of record: its kind, and how it is named.
template <typename Record>
struct Sort;

template <>
struct Sort<Profile> {
  static constexpr ActionKind kKind = ActionKind::kCloseProfile;
  static const auto& all(const Snapshot& s) { return s.profiles; }
  static Index convention(const Snapshot& /*unused*/, const Profile& profile) { return profile.convention; }
  static std::string subject(const Snapshot& s, const Profile& profile) {
    std::string text(s.accounts[profile.account].id);
    text.append(1, ':').append(afas_role_name(profile.role)).append(1, ':').append(profile.activity_name);
    if (!profile.place.empty()) text.append(1, '/').append(profile.place);
    return text += at(profile.period.opens_on);
  }
  static RecordFields fields(const Snapshot& s, const Profile& profile) {
    return {{"identifiant", std::string(s.accounts[profile.account].id)},
            {"role", std::string(afas_role_name(profile.role))},
            {"activite", std::string(profile.activity_name)},
            {"lieu", std::string(profile.place)},
            {"date_debut", to_iso(profile.period.opens_on)}};
  }
};

template <>
struct Sort<Membership> {
  static constexpr ActionKind kKind = ActionKind::kCloseMembership;
  static const auto& all(const Snapshot& s) { return s.memberships; }
  static Index convention(const Snapshot& s, const Membership& membership) {
    return s.groups[membership.group].convention;
  }
  static std::string subject(const Snapshot& s, const Membership& membership) {
    std::string text(s.groups[membership.group].code);
    return text.append(1, '/').append(s.accounts[membership.account].id) += at(membership.period.opens_on);
  }
  static RecordFields fields(const Snapshot& s, const Membership& membership) {
    return {{"groupe", std::string(s.groups[membership.group].code)},
            {"identifiant", std::string(s.accounts[membership.account].id)},
            {"date_ouverture", to_iso(membership.period.opens_on)}};
  }
};

template <>
struct Sort<Grant> {
  static constexpr ActionKind kKind = ActionKind::kCloseGrant;
  static const auto& all(const Snapshot& s) { return s.grants; }
  static Index convention(const Snapshot& s, const Grant& grant) { return s.groups[grant.group].convention; }
  static std::string subject(const Snapshot& s, const Grant& grant) {
    std::string text(s.groups[grant.group].code);
    text.append(1, ':').append(grant.service_name).append(1, ':').append(grant.role_name);
    return text += at(grant.period.opens_on);
  }
  static RecordFields fields(const Snapshot& s, const Grant& grant) {
    return {{"groupe", std::string(s.groups[grant.group].code)},
            {"service", std::string(grant.service_name)},
            {"role", std::string(grant.role_name)},
            {"date_ouverture", to_iso(grant.period.opens_on)}};
  }
};

template <>
struct Sort<Designation> {
  static constexpr ActionKind kKind = ActionKind::kCloseDesignation;
  static const auto& all(const Snapshot& s) { return s.designations; }
  static Index convention(const Snapshot& /*unused*/, const Designation& designation) { return designation.convention; }
  static std::string subject(const Snapshot& s, const Designation& designation) {
    return std::string(s.accounts[designation.account].id) + at(designation.period.opens_on);
  }
  static RecordFields fields(const Snapshot& s, const Designation& designation) {
    return {{"identifiant", std::string(s.accounts[designation.account].id)},
            {"date_ouverture", to_iso(designation.period.opens_on)}};
  }
};

template <>
struct Sort<Group> {
  static constexpr ActionKind kKind = ActionKind::kCloseGroup;
  static const auto& all(const Snapshot& s) { return s.groups; }
  static Index convention(const Snapshot& /*unused*/, const Group& group) { return group.convention; }
  static std::string subject(const Snapshot& /*unused*/, const Group& group) { return std::string(group.code); }
  static RecordFields fields(const Snapshot& /*unused*/, const Group& group) {
    return {{"groupe", std::string(group.code)}};
  }
};

template <>
struct Sort<Account> {
  static constexpr ActionKind kKind = ActionKind::kCloseAccount;
  static const auto& all(const Snapshot& s) { return s.accounts; }
  static Index convention(const Snapshot& /*unused*/, const Account& account) { return account.convention; }
  static std::string subject(const Snapshot& /*unused*/, const Account& account) { return std::string(account.id); }
  static RecordFields fields(const Snapshot& /*unused*/, const Account& account) {
    return {{"identifiant", std::string(account.id)}};
  }
};

// Calls `visit` with each sort of record, in the order in which they must be closed.
template <typename Visit>
void for_each_sort(Visit visit) {
  visit(Sort<Profile>{});
  visit(Sort<Membership>{});
  visit(Sort<Grant>{});
  visit(Sort<Designation>{});
  visit(Sort<Group>{});
  visit(Sort<Account>{});
}

// Calls `visit` with each record of the conventions that the actions are about, its sort and its identity.
template <typename Visit>
void for_each_record_of(const Snapshot& snapshot, const std::vector<Action>& actions, Visit visit) {
  std::unordered_set<std::string_view> conventions;
  for (const Action& action : actions) conventions.insert(action.convention);
  if (conventions.empty()) return;
  std::vector<bool> wanted(snapshot.conventions.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) wanted[i] = conventions.contains(snapshot.conventions[i].number);
  for_each_sort([&](auto sort) {
    for (const auto& record : sort.all(snapshot))
      if (const Index convention = sort.convention(snapshot, record); wanted[convention])
        visit(sort, record,
              identity(sort.kKind, snapshot.conventions[convention].number, sort.subject(snapshot, record)));
  });
}

// By group: steps up to the topmost ancestor. Groups on a cycle, or below one, are as deep as there are groups.
std::vector<int> group_depths(const Snapshot& snapshot) {
  constexpr int kUnknown = -1;
  const auto endless = static_cast<int>(snapshot.groups.size());
  std::vector<int> depths(snapshot.groups.size(), kUnknown);
  std::vector<Index> path;
  for (Index start = 0; start < depths.size(); ++start) {
    Index at = start;
    for (; at != kNone && depths[at] == kUnknown; at = snapshot.groups[at].parent) {
      depths[at] = endless;  // until the way up is known: who comes back here is on a cycle
      path.push_back(at);
    }
    int depth = at == kNone ? -1 : depths[at];
    for (; !path.empty(); path.pop_back()) depths[path.back()] = depth = std::min(depth + 1, endless);
  }
  return depths;
}

int depth_of(const Snapshot& snapshot, const std::vector<int>& depths, const Group& group) {
  return depths[static_cast<std::size_t>(&group - snapshot.groups.data())];
}

int depth_of(const Snapshot& /*unused*/, const std::vector<int>& /*unused*/, const auto& /*unused*/) { return 0; }

Index account_of(const Snapshot& snapshot, const Account& account) {
  return static_cast<Index>(&account - snapshot.accounts.data());
}

template <typename Record>
Index account_of(const Snapshot& /*unused*/, const Record& record) {
  if constexpr (requires { record.account; })
    return record.account;
  else
    return kNone;
}

template <typename Record>
Day due_on(const Record& record, const End& end, Day day) {
  return std::max({end.date, day, record.period.opens_on});
}

}  // namespace

std::vector<Closing> missing_closings(const Snapshot& snapshot, const Ends& ends, Day day, int horizon_days) {
  const std::vector<int> depths = group_depths(snapshot);
  std::vector<Closing> closings;
  for_each_sort([&](auto sort) {
    for (const auto& record : sort.all(snapshot)) {
      const End end = ends.of(record);
      const Day date = due_on(record, end, day);
      if (date > day + horizon_days || record.period.closes_on <= date) continue;
      closings.push_back({.kind = sort.kKind,
                          .convention = sort.convention(snapshot, record),
                          .subject = sort.subject(snapshot, record),
                          .date = date,
                          .reason = end.reason,
                          .cause = std::string(end.cause),
                          .depth = depth_of(snapshot, depths, record),
                          .account = account_of(snapshot, record)});
    }
  });
  return closings;
}

RecordsOfActions::RecordsOfActions(const Snapshot& snapshot, const Ends& ends, Day day, int horizon_days,
                                   const std::vector<Action>& actions) {
  for_each_record_of(snapshot, actions, [&](auto /*sort*/, const auto& record, std::string identity) {
    const Day date = due_on(record, ends.of(record), day);
    records_.emplace(std::move(identity), RecordNow{record.period.closes_on, date <= day + horizon_days});
  });
}

std::vector<RecordFields> fields_of(const Snapshot& snapshot, const std::vector<Action>& actions) {
  std::unordered_map<std::string, std::size_t> wanted;
  for (std::size_t i = 0; i < actions.size(); ++i)
    wanted.emplace(identity(actions[i].kind, actions[i].convention, actions[i].subject), i);
  std::vector<RecordFields> fields(actions.size());
  for_each_record_of(snapshot, actions, [&](auto sort, const auto& record, const std::string& identity) {
    const auto found = wanted.find(identity);
    if (found == wanted.end()) return;
    RecordFields& of_record = fields[found->second] = sort.fields(snapshot, record);
    of_record.emplace("convention", actions[found->second].convention);
  });
  return fields;
}

const RecordNow* RecordsOfActions::find(const Action& action) const {
  const auto found = records_.find(identity(action.kind, action.convention, action.subject));
  return found == records_.end() ? nullptr : &found->second;
}

std::array<std::size_t, kActionKindCount> active_records(const Snapshot& snapshot, Day day) {
  std::array<std::size_t, kActionKindCount> counts{};
  for_each_sort([&](auto sort) {
    counts[static_cast<std::size_t>(sort.kKind)] = static_cast<std::size_t>(
        std::ranges::count_if(sort.all(snapshot), [&](const auto& record) { return record.period.active_on(day); }));
  });
  return counts;
}

std::string identity(ActionKind kind, std::string_view convention, std::string_view subject) {
  std::string text(name(kind));
  return text.append(1, '\n').append(convention).append(1, '\n').append(subject);
}

}  // namespace vigie
