#include "summary/records.h"

#include "domain/text.h"
#include "routing/addressees.h"
#include "routing/digest.h"

namespace vigie::summary {

Findings of_rules(const std::vector<Finding>& findings, std::string_view beginning) {
  Findings chosen;
  for (const Finding& finding : findings)
    if (finding.rule.starts_with(beginning) && !finding.waived_until.given()) chosen.push_back(&finding);
  return chosen;
}

Lookup accounts_of(const Snapshot& snapshot, const Findings& findings) {
  Lookup accounts;
  for (const Finding* finding : findings)
    if (!finding->account.empty()) accounts.want(finding->account);
  for (Index a = 0; a < snapshot.accounts.size(); ++a) accounts.offer(snapshot.accounts[a].id, a);
  return accounts;
}

Lookup conventions_of(const Snapshot& snapshot) {
  Lookup conventions;
  for (Index c = 0; c < snapshot.conventions.size(); ++c) {
    conventions.want(std::string(snapshot.conventions[c].number));
    conventions.offer(snapshot.conventions[c].number, c);
  }
  return conventions;
}

const std::string& Administrators::of(const std::string& convention) {
  const auto [known, is_new] = known_.try_emplace(convention);
  if (is_new) known->second = listed(conventions_.find(convention));
  return known->second;
}

// An account of another convention may be designated, but speaks for another partner: nobody writes to it.
std::string Administrators::listed(Index convention) const {
  const Snapshot& snapshot = inputs_.snapshot;
  std::vector<Index> accounts;
  if (convention != kNone)
    for (const Index d : snapshot.of.designations_of_convention[convention]) {
      const Designation& designation = snapshot.designations[d];
      if (designation.period.active_on(inputs_.day) && inputs_.facts.account_active[designation.account] &&
          snapshot.accounts[designation.account].convention == convention)
        accounts.push_back(designation.account);
    }
  sort_distinct(accounts);
  std::vector<std::string> names;
  for (const Index a : accounts) {
    names.push_back(full_name(snapshot.accounts[a]));
    if (const std::string_view mail = snapshot.accounts[a].mail; !mail.empty())
      names.back().append(" <").append(mail).append(">");
  }
  return names.empty() ? "aucun administrateur : écrire à la Caf" : joined_few(names, " ; ");
}

std::vector<Role> roles_in(RoleSet roles) {
  std::vector<Role> found;
  for (int r = 0; r < kRoleCount; ++r)
    if (const auto role = static_cast<Role>(r); roles.contains(role)) found.push_back(role);
  return found;
}

// The only role of Adonis has the name of its service, which is not said twice.
std::string roles_text(RoleSet roles) {
  std::vector<std::string> names;
  for (const Role role : roles_in(roles)) {
    const std::string_view service = name(service_of(role));
    std::string& text = names.emplace_back(service);
    if (name(role) != service) text.append(1, ' ').append(name(role));
  }
  return joined(names, ", ");
}

std::string joined(const std::vector<std::string>& texts, std::string_view separator) {
  std::string all;
  for (const std::string& text : texts) {
    if (!all.empty()) all += separator;
    all += text;
  }
  return all;
}

std::string joined_few(std::vector<std::string> texts, std::string_view separator) {
  const std::size_t hidden = texts.size() - std::min(texts.size(), kMostNamed);
  texts.resize(texts.size() - hidden);
  for (std::string& text : texts) text = excerpt(text);
  const std::string all = joined(texts, separator);
  return hidden == 0 ? all : all + " et " + counted(static_cast<int>(hidden), "autre");
}

}  // namespace vigie::summary
