#include "routing/addressees.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

#include "domain/french.h"
#include "domain/text.h"
#include "rules/families/wording.h"
#include "rules/judges/mailbox.h"

namespace vigie {
namespace {

using wording::quoted;
using wording::say;

struct Person {
  Index account = kNone;
  bool is_administrator = false;
};

std::vector<Person> persons_of(const Snapshot& snapshot, Index convention, Day day) {
  std::map<Index, bool> is_administrator;
  for (const Index g : snapshot.of.groups_of_convention[convention])
    if (const Index manager = snapshot.groups[g].manager; manager != kNone) is_administrator.emplace(manager, false);
  for (const Index d : snapshot.of.designations_of_convention[convention])
    if (const Designation& designation = snapshot.designations[d]; designation.period.active_on(day))
      is_administrator[designation.account] = true;
  std::vector<Person> persons;
  persons.reserve(is_administrator.size());
  for (const auto& [account, administrator] : is_administrator) persons.push_back({account, administrator});
  std::ranges::sort(persons, {}, [&](const Person& person) {
    return std::tuple(!person.is_administrator, snapshot.accounts[person.account].id);
  });
  return persons;
}

std::string name_or_id(const Account& account) {
  const std::string name = full_name(account);
  return name.empty() ? std::string(account.id) : name;
}

bool is_one_person(const Account& a, const Account& b) { return fold(full_name(a)) == fold(full_name(b)); }

}  // namespace

Addressees::Addressees(const Snapshot& snapshot, const Facts& facts, const judges::Lexicon& lexicon, Day day)
    : snapshot_(snapshot), facts_(facts), lexicon_(lexicon), day_(day) {
  const auto will_be_asked_for = [&](Index account) { holders_.try_emplace(fold(snapshot.accounts[account].mail)); };
  for (const Designation& designation : snapshot.designations) will_be_asked_for(designation.account);
  for (const Group& group : snapshot.groups)
    if (group.manager != kNone) will_be_asked_for(group.manager);
  std::string address;
  for (Index a = 0; a < snapshot.accounts.size(); ++a) {
    if (!facts.account_active[a]) continue;
    fold_into(snapshot.accounts[a].mail, address);
    if (const auto holders = holders_.find(address); holders != holders_.end()) holders->second.push_back(a);
  }
}

bool Addressees::is_somebody_else_s_too(Index account) const {
  const Account& holder = snapshot_.accounts[account];
  const auto bears_name_of = [&](const Account& person) {
    return judges::is_in_the_name_of(lexicon_, holder.mail, person.last_name, person.first_name);
  };
  return std::ranges::any_of(holders_.at(fold(holder.mail)), [&](Index a) {
    const Account& other = snapshot_.accounts[a];
    return !is_one_person(other, holder) && (bears_name_of(other) || !bears_name_of(holder));
  });
}

std::string Addressees::fault_of_mail(Index account) const {
  const Account& holder = snapshot_.accounts[account];
  const std::string_view mail = holder.mail;
  if (mail.empty()) return "est vide";
  if (!judges::well_formed_mail(mail)) return say("est mal formée : ", quoted(mail));
  if (const std::string_view domain = judges::mail_domain(mail); judges::disposable_domain(lexicon_, domain))
    return say("est d'un domaine jetable, ", quoted(domain));
  if (const auto reason = judges::shared_mailbox(lexicon_, mail, holder.last_name, holder.first_name))
    return say("est celle d'un service, et non d'une personne : ", *reason);
  return is_somebody_else_s_too(account) ? "est aussi celle d'une autre personne" : "";
}

std::string Addressees::obstacle_to(Index account, bool is_administrator, Index convention) const {
  const Account& record = snapshot_.accounts[account];
  const std::string_view role = is_administrator ? "administrateur partenaire" : "responsable d'habilitations";
  // Whose account it is, no other partner may read.
  if (record.convention != convention) return say("le compte désigné comme ", role, " est celui d'un autre partenaire");
  const std::string of_whom = say(french::of(name_or_id(record)), ", ", role, ", ");
  if (!facts_.account_active[account]) return say("le compte ", of_whom, wording::inactivity(record.period, day_));
  const std::string fault = fault_of_mail(account);
  return fault.empty() ? fault : say("l'adresse mail ", of_whom, fault);
}

std::vector<Addressee> Addressees::of(Index convention) const {
  std::vector<Addressee> addressees;
  std::unordered_map<std::string, std::size_t> by_address;
  for (const Person& person : persons_of(snapshot_, convention, day_)) {
    const Account& account = snapshot_.accounts[person.account];
    std::string obstacle = obstacle_to(person.account, person.is_administrator, convention);
    std::string address = fold(account.mail);
    std::size_t at = addressees.size();
    if (obstacle.empty()) at = by_address.try_emplace(address, at).first->second;
    if (at == addressees.size())
      addressees.push_back({.kind = person.is_administrator ? RecipientKind::kAdministrator : RecipientKind::kManager,
                            .address = std::move(address),
                            .name = full_name(account),
                            .obstacle = std::move(obstacle)});
    addressees[at].accounts.push_back(person.account);
    if (person.is_administrator) addressees[at].administrators.push_back(account.id);
  }
  return addressees;
}

std::string full_name(const Account& account) {
  const std::string names = say(account.first_name, " ", account.last_name);
  return std::string(trim(names));
}

}  // namespace vigie
