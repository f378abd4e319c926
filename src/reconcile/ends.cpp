#include "reconcile/ends.h"

#include <algorithm>

namespace vigie {
namespace {

// The earlier day wins; on a tie, what was there. Called in the order of the reasons, the first of them stands then.
void consider(End& end, Day date, Reason reason, std::string_view cause) {
  if (date < end.date) end = {date, reason, cause};
}

}  // namespace

Ends::Ends(const Snapshot& snapshot) : snapshot_(snapshot), departs_on_(snapshot.accounts.size(), Day::never()) {
  for (const Departure& departure : snapshot.departures) {
    const Account& account = snapshot.accounts[departure.account];
    if (departure.convention != account.convention || departure.leaves_on < account.period.opens_on) continue;
    Day& departs_on = departs_on_[departure.account];
    departs_on = std::min(departs_on, departure.leaves_on);
  }
  covers_.resize(snapshot.conventions.size());
  for (const Bulletin& bulletin : snapshot.bulletins) {
    const auto [cover, is_new] =
        covers_[bulletin.convention].try_emplace(bulletin.service_name, bulletin.period.closes_on);
    if (!is_new) cover->second = std::max(cover->second, bulletin.period.closes_on);
  }
}

void Ends::add_convention(End& end, Index convention) const {
  const Convention& record = snapshot_.conventions[convention];
  consider(end, record.period.closes_on, Reason::kConventionClosed, record.number);
}

void Ends::add_account(End& end, Index account) const {
  const Account& record = snapshot_.accounts[account];
  add_convention(end, record.convention);
  consider(end, departs_on_[account], Reason::kAccountDeparted, record.id);
  consider(end, record.period.closes_on, Reason::kAccountClosed, record.id);
}

void Ends::add_cover(End& end, Index convention, std::string_view service) const {
  const auto cover = covers_[convention].find(service);
  if (cover != covers_[convention].end()) consider(end, cover->second, Reason::kBulletinClosed, cover->first);
}

End Ends::of(const Account& account) const {
  End end;
  add_convention(end, account.convention);
  const auto index = static_cast<Index>(&account - snapshot_.accounts.data());
  consider(end, departs_on_[index], Reason::kAccountDeparted, account.id);
  return end;
}

End Ends::of(const Group& group) const {
  End end;
  add_convention(end, group.convention);
  return end;
}

End Ends::of(const Membership& membership) const {
  const Group& group = snapshot_.groups[membership.group];
  End end = of(group);
  add_account(end, membership.account);
  consider(end, group.period.closes_on, Reason::kGroupClosed, group.code);
  return end;
}

End Ends::of(const Grant& grant) const {
  const Group& group = snapshot_.groups[grant.group];
  End end = of(group);
  consider(end, group.period.closes_on, Reason::kGroupClosed, group.code);
  add_cover(end, group.convention, grant.service_name);
  return end;
}

End Ends::of(const Profile& profile) const {
  End end;
  add_convention(end, profile.convention);
  add_account(end, profile.account);
  if (profile.activity != kNone) {
    const Activity& activity = snapshot_.activities[profile.activity];
    consider(end, activity.period.closes_on, Reason::kActivityClosed, activity.name);
  }
  add_cover(end, profile.convention, name(Service::kAfas));
  return end;
}

End Ends::of(const Designation& designation) const {
  End end;
  add_convention(end, designation.convention);
  add_account(end, designation.account);
  return end;
}

}  // namespace vigie
