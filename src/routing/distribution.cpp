#include "routing/distribution.h"

#include <algorithm>
#include <utility>

namespace vigie {
namespace {

bool is_about(const Finding& finding, const std::vector<std::string_view>& accounts) {
  return std::ranges::find(accounts, finding.account.view()) != accounts.end();
}

// One thing may come to one tray on several grounds.
template <typename Item>
void add_once(std::vector<const Item*>& items, const Item& item) {
  if (items.empty() || items.back() != &item) items.push_back(&item);
}

}  // namespace

Distribution::Distribution(const RoutingInput& input, const Addressees& addressees, Index convention)
    : input_(input), convention_(convention) {
  for (Addressee& addressee : addressees.of(convention)) {
    for (const Index account : addressee.accounts) tray_of_account_.emplace(account, trays_.size());
    administrators_.insert(addressee.administrators.begin(), addressee.administrators.end());
    has_reachable_administrator_ |= addressee.is_administrator() && addressee.may_be_written_to();
    trays_.push_back({.addressee = std::move(addressee), .findings = {}, .actions = {}});
  }
}

Readers Distribution::hand_out(const Finding& finding, const Audience& audience) {
  bool kept_back = false;
  if (audience.administrators)
    for (Tray& tray : trays_)
      if (tray.addressee.is_administrator()) kept_back |= put(tray, finding);
  if (audience.managers)
    for (const Index manager : perimeters().over(finding))
      kept_back |= put(trays_[tray_of_account_.at(manager)], finding);
  const bool alone = kept_back && !has_reachable_administrator_;
  const bool is_about_administrator = administrators_.contains(finding.account);
  has_common_finding_ |= audience.administrators && !finding.resolved && !is_about_administrator;
  return {.caf = audience.caf || is_about_administrator || alone, .caf_alone = alone};
}

void Distribution::hand_out(const Action& action) {
  const auto list = action.taken_back() ? &Tray::taken_back : &Tray::actions;
  for (Tray& tray : trays_)
    if (tray.addressee.is_administrator()) add_once(tray.*list, action);
  if (action.kind != ActionKind::kCloseMembership) return;
  for (const Index manager : perimeters().over_membership(action.subject))
    add_once(trays_[tray_of_account_.at(manager)].*list, action);
}

ServiceSet Distribution::services_within(const Tray& tray, const Finding& finding) {
  ServiceSet services;
  for (const Index group : perimeters().groups_of_account(finding.account, tray.addressee.accounts))
    for (const Index g : input_.snapshot.of.grants_of_group[group])
      if (const Grant& grant = input_.snapshot.grants[g]; grant.service && grant.period.active_on(input_.day))
        services.insert(*grant.service);
  return services;
}

std::vector<std::string_view> Distribution::obstacles(const std::vector<std::string_view>& except) const {
  std::vector<std::string_view> obstacles;
  for (const Tray& tray : trays_) {
    const auto matters = [&](const Finding* finding) { return !finding->resolved && !is_about(*finding, except); };
    if (!tray.addressee.may_be_written_to() && std::ranges::any_of(tray.findings, matters))
      obstacles.push_back(tray.addressee.obstacle);
  }
  return obstacles;
}

Perimeters& Distribution::perimeters() {
  if (!perimeters_) perimeters_.emplace(input_.snapshot, convention_, input_.day);
  return *perimeters_;
}

bool Distribution::put(Tray& tray, const Finding& finding) {
  if (is_about(finding, tray.addressee.administrators)) return false;
  add_once(tray.findings, finding);
  return !tray.addressee.may_be_written_to();
}

}  // namespace vigie
