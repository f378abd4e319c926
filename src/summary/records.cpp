#include "summary/records.h"

#include <algorithm>
#include <iterator>

#include "domain/french.h"
#include "domain/text.h"
#include "routing/addressees.h"
#include "routing/digest.h"

namespace vigie::summary {

Findings of_rules(const Findings& findings, std::string_view beginning) {
  Findings chosen;
  std::ranges::copy_if(findings, std::back_inserter(chosen), [&](const Finding* finding) {
    return finding->rule.starts_with(beginning) && !finding->waived_until.given();
  });
  return chosen;
}

Lookup accounts_of(const Snapshot& snapshot, const Findings& findings) {
  Lookup accounts;
  for (const Finding* finding : findings)
    if (!finding->account.empty()) accounts.want(std::string(finding->account));
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

const std::vector<Addressee>& Administrators::of(std::string_view convention) {
  const auto [known, is_new] = known_.try_emplace(std::string(convention));
  if (!is_new) return known->second;
  if (const Index index = conventions_.find(convention); index != kNone) known->second = inputs_.addressees.of(index);
  std::erase_if(known->second, [](const Addressee& addressee) { return !addressee.is_administrator(); });
  return known->second;
}

std::string Administrators::told_of(const Finding& finding) {
  const std::vector<Addressee>& administrators = of(finding.convention);
  std::vector<std::string> names;
  for (const Addressee& addressee : administrators) {
    const bool is_about_it =
        std::ranges::find(addressee.administrators, finding.account.view()) != addressee.administrators.end();
    if (addressee.may_be_written_to() && !is_about_it) names.push_back(addressee.name + " <" + addressee.address + ">");
  }
  if (!names.empty()) return joined_few(names, " ; ");
  return administrators.empty() ? "aucun administrateur : écrire à la Caf"
                                : "aucun administrateur à qui écrire : écrire à la Caf";
}

// The only role of Adonis has the name of its service, which is not said twice.
std::string roles_text(RoleSet roles) {
  std::vector<std::string> names;
  for (const Role role : roles_in(roles)) {
    const std::string_view service = name(service_of(role));
    std::string& text = names.emplace_back(service);
    if (name(role) != service) text.append(1, ' ').append(name(role));
  }
  return joined(names);
}

std::string joined_few(std::vector<std::string> texts, std::string_view separator) {
  const std::size_t hidden = texts.size() - std::min(texts.size(), kMostNamed);
  texts.resize(texts.size() - hidden);
  for (std::string& text : texts) text = excerpt(text);
  const std::string all = joined(texts, separator);
  return hidden == 0 ? all : all + " et " + french::counted(static_cast<std::int64_t>(hidden), "autre");
}

}  // namespace vigie::summary
