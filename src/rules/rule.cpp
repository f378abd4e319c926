#include "rules/rule.h"

#include <utility>

namespace vigie {

Hit& Hits::add(Hit hit) { return hits_.emplace_back(std::move(hit)); }

Hit& Hits::convention(Index convention, std::string detail) {
  return add({.convention = convention,
              .subject = std::string(snapshot_.conventions[convention].number),
              .detail = std::move(detail)});
}

Hit& Hits::bulletin(const Bulletin& bulletin, std::string detail) {
  Hit hit{.convention = bulletin.convention,
          .subject = std::string(bulletin.service_name) + '@' + to_iso(bulletin.period.opens_on),
          .detail = std::move(detail)};
  if (bulletin.service) hit.services.insert(*bulletin.service);
  return add(std::move(hit));
}

Hit& Hits::group(Index group, std::string detail) {
  const Group& record = snapshot_.groups[group];
  return add({.convention = record.convention,
              .subject = std::string(record.code),
              .group = group,
              .detail = std::move(detail)});
}

Hit& Hits::grant(const Grant& grant, std::string detail) {
  Hit& hit = group(grant.group, std::move(detail));
  hit.subject.append(1, ':').append(grant.service_name).append(1, ':').append(grant.role_name);
  if (grant.service) hit.services.insert(*grant.service);
  return hit;
}

Hit& Hits::account(Index account, std::string detail) {
  return this->account(account, snapshot_.accounts[account].convention, std::move(detail));
}

Hit& Hits::account(Index account, Index convention, std::string detail) {
  return add({.convention = convention,
              .subject = std::string(snapshot_.accounts[account].id),
              .account = account,
              .detail = std::move(detail)});
}

Hit& Hits::membership(const Membership& membership, std::string detail) {
  Hit& hit = group(membership.group, std::move(detail));
  hit.subject.append(1, '/').append(snapshot_.accounts[membership.account].id);
  hit.account = membership.account;
  return hit;
}

Hit& Hits::approver(const Profile& profile, std::string detail) {
  Hit& hit = account(profile.account, profile.convention, std::move(detail));
  hit.subject.append(1, ':').append(profile.activity_name);
  return hit;
}

Hit& Hits::profile(const Profile& profile, std::string detail) {
  Hit& hit = account(profile.account, profile.convention, std::move(detail));
  hit.subject.append(1, ':').append(afas_role_name(profile.role)).append(1, ':').append(profile.activity_name);
  if (!profile.place.empty()) hit.subject.append(1, '/').append(profile.place);
  return hit;
}

Hit& Hits::activity(Index activity, std::string_view suffix, std::string detail) {
  const Activity& record = snapshot_.activities[activity];
  return add({.convention = record.convention,
              .subject = std::string(record.name).append(suffix),
              .detail = std::move(detail)});
}

}  // namespace vigie
