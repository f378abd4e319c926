#include "routing/addressees.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

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

std::string fault_of_mail(const judges::Lexicon& lexicon, const Account& account) {
  const std::string_view mail = account.mail;
  if (mail.empty()) return "est vide";
  if (!judges::well_formed_mail(mail)) return say("est mal formée : ", quoted(mail));
  if (const std::string_view domain = judges::mail_domain(mail); judges::disposable_domain(lexicon, domain))
    return say("est d'un domaine jetable, ", quoted(domain));
  const auto reason = judges::shared_mailbox(lexicon, mail, account.last_name, account.first_name);
  return reason ? say("est celle d'un service, et non d'une personne : ", *reason) : std::string();
}

class Judge {
 public:
  Judge(const Snapshot& snapshot, const Facts& facts, const judges::Lexicon& lexicon, Index convention, Day day)
      : snapshot_(snapshot), facts_(facts), lexicon_(lexicon), convention_(convention), day_(day) {}

  [[nodiscard]] std::string obstacle_to(const Person& person) const {
    const Account& account = snapshot_.accounts[person.account];
    const std::string_view role = person.is_administrator ? "administrateur partenaire" : "responsable d'habilitations";
    // Whose account it is, no other partner may read.
    if (account.convention != convention_)
      return say("le compte désigné comme ", role, " est celui d'un autre partenaire");
    const std::string who = say(full_name(account), ", ", role, ", ");
    if (!facts_.account_active[person.account])
      return say("le compte de ", who, "est ", wording::inactivity(account.period, day_));
    const std::string fault = fault_of_mail(lexicon_, account);
    return fault.empty() ? fault : say("l'adresse mail de ", who, fault);
  }

 private:
  const Snapshot& snapshot_;
  const Facts& facts_;
  const judges::Lexicon& lexicon_;
  Index convention_;
  Day day_;
};

}  // namespace

std::vector<Addressee> addressees_of(const Snapshot& snapshot, const Facts& facts, const judges::Lexicon& lexicon,
                                     Index convention, Day day) {
  const Judge judge(snapshot, facts, lexicon, convention, day);
  std::vector<Addressee> addressees;
  std::unordered_map<std::string, std::size_t> by_address;
  for (const Person& person : persons_of(snapshot, convention, day)) {
    const Account& account = snapshot.accounts[person.account];
    std::string obstacle = judge.obstacle_to(person);
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
