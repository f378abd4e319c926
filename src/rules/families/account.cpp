#include "rules/families/account.h"

#include <algorithm>
#include <functional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "domain/french.h"
#include "domain/text.h"
#include "rules/families/table.h"
#include "rules/families/visits.h"
#include "rules/families/wording.h"
#include "rules/judges/functional_name.h"
#include "rules/judges/mailbox.h"

namespace vigie {
namespace {

using wording::days;
using wording::on;
using wording::quoted;
using wording::say;

// ----------------------------------------------------------------------------------------------------------- the mail

template <typename Visit>
void for_accounts_with_mail(const RuleInput& in, Visit visit) {
  for_active_accounts(in, [&](Index a, const Account& account) {
    if (judges::well_formed_mail(account.mail)) visit(a, account);
  });
}

void account_shared_mailbox(const RuleInput& in, Hits& hits) {
  for_accounts_with_mail(in, [&](Index a, const Account& account) {
    const auto reason = judges::shared_mailbox(in.lexicon, account.mail, account.last_name, account.first_name);
    if (reason)
      hits.account(a, say("L'adresse ", quoted(account.mail), " du compte ", wording::account(account),
                          " n'est pas nominative : ", *reason, "."));
  });
}

void account_invalid_mail(const RuleInput& in, Hits& hits) {
  for_active_accounts(in, [&](Index a, const Account& account) {
    if (judges::well_formed_mail(account.mail)) return;
    const std::string what =
        account.mail.empty() ? "n'a pas d'adresse mail" : say("a une adresse mail mal formée : ", quoted(account.mail));
    hits.account(a, say("Le compte ", wording::account(account), " ", what, "."));
  });
}

void account_disposable_mail(const RuleInput& in, Hits& hits) {
  for_accounts_with_mail(in, [&](Index a, const Account& account) {
    if (judges::disposable_domain(in.lexicon, judges::mail_domain(account.mail)))
      hits.account(a, say("L'adresse ", quoted(account.mail), " du compte ", wording::account(account),
                          " est d'un domaine jetable, ", quoted(judges::mail_domain(account.mail)), "."));
  });
}

// The domains of one partner's mails.
class PartnerDomains {
 public:
  // `list`: comma separated.
  explicit PartnerDomains(std::string_view list) {
    for (const std::string_view item : comma_items(list)) {
      const std::string& domain = *domains_.insert(lower_ascii(item)).first;
      longest_ = std::max(longest_, domain.size());
      ++count_;
      if (named_.size() < wording::kMostListed) named_.push_back(excerpt(domain));
    }
  }

  [[nodiscard]] bool empty() const { return domains_.empty(); }
  [[nodiscard]] std::string listed() const { return wording::listed(named_, count_); }

  // `domain`: in lower case; one of them, or below one.
  [[nodiscard]] bool hold(std::string_view domain) const {
    while (domain.size() > longest_ || !domains_.contains(domain)) {
      const std::size_t dot = domain.find('.');
      if (dot == std::string_view::npos) return false;
      domain.remove_prefix(dot + 1);
    }
    return true;
  }

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_set<std::string, Hash, std::equal_to<>> domains_;
  std::vector<std::string> named_;  // the first ones
  std::size_t count_ = 0;
  std::size_t longest_ = 0;
};

void account_mail_outside_partner(const RuleInput& in, Hits& hits) {
  std::vector<PartnerDomains> domains_of;
  domains_of.reserve(in.snapshot.conventions.size());
  for (const Convention& convention : in.snapshot.conventions) domains_of.emplace_back(convention.mail_domains);
  for_accounts_with_mail(in, [&](Index a, const Account& account) {
    const PartnerDomains& allowed = domains_of[account.convention];
    if (allowed.empty() || allowed.hold(lower_ascii(judges::mail_domain(account.mail)))) return;
    hits.account(a, say("L'adresse ", quoted(account.mail), " du compte ", wording::account(account),
                        " n'est d'aucun domaine du partenaire (", allowed.listed(), ")."));
  });
}

// --------------------------------------------------------------------------------------------------------- duplicates

struct MailUse {
  std::size_t hash;  // of the mail in lower case
  Index account;
};

bool have_same_mail(const Snapshot& snapshot, const MailUse& a, const MailUse& b) {
  return a.hash == b.hash &&
         lower_ascii(snapshot.accounts[a.account].mail) == lower_ascii(snapshot.accounts[b.account].mail);
}

// Accounts with the same mail stand together, and among them those of one convention.
std::vector<MailUse> mail_uses(const RuleInput& in) {
  std::vector<MailUse> uses;
  for_accounts_with_mail(in, [&](Index a, const Account& account) {
    uses.push_back({std::hash<std::string>{}(lower_ascii(account.mail)), a});
  });
  std::ranges::sort(uses, [&](const MailUse& a, const MailUse& b) {
    if (a.hash != b.hash) return a.hash < b.hash;
    const Account& left = in.snapshot.accounts[a.account];
    const Account& right = in.snapshot.accounts[b.account];
    return std::tuple(lower_ascii(left.mail), left.convention, a.account) <
           std::tuple(lower_ascii(right.mail), right.convention, b.account);
  });
  return uses;
}

// The accounts of other sources that have one mail. One account may be in several sources, and is not another one to
// itself.
class HoldersElsewhere {
 public:
  HoldersElsewhere(const RuleInput& in, std::string_view mail) {
    if (in.elsewhere.empty()) return;
    const auto [first, last] = in.elsewhere.equal_range(lower_ascii(mail));
    for (auto holder = first; holder != last; ++holder) {
      holders_.push_back(&holder->second);
      ++times_[holder->second.account];
    }
  }

  [[nodiscard]] std::size_t count_but(std::string_view id) const {
    const auto own = times_.find(id);
    return holders_.size() - (own == times_.end() ? 0 : own->second);
  }

  // Adds them to the names, as long as these are fewer than are ever listed.
  void name_but(std::string_view id, std::vector<std::string>& names) const {
    for (auto holder = holders_.begin(); holder != holders_.end() && names.size() < wording::kMostListed; ++holder)
      if ((*holder)->account != id)
        names.push_back(say(excerpt((*holder)->account), ", de la source ", quoted((*holder)->source)));
  }

 private:
  std::vector<const MailElsewhere*> holders_;
  std::unordered_map<std::string_view, std::size_t> times_;  // by identifiant
};

// Whose the mail of `same_mail[at]` is as well, each by name: "du compte …".
std::string others_in_full(const RuleInput& in, std::span<const MailUse> same_mail, std::size_t at,
                           const HoldersElsewhere& elsewhere) {
  const wording::Naming name = wording::Naming::in_full(in.snapshot);
  const Account& account = in.snapshot.accounts[same_mail[at].account];
  std::vector<std::string> names;
  for (std::size_t i = 0; i < same_mail.size() && names.size() < wording::kMostListed; ++i)
    if (i != at) names.push_back(name(same_mail[i].account, account.convention));
  elsewhere.name_but(account.id, names);
  const std::size_t total = same_mail.size() - 1 + elsewhere.count_but(account.id);
  return say(total > 1 ? "des comptes " : "du compte ", wording::listed(names, total));
}

// A manager may not read the name of a colleague outside its groups, nor anybody that of another partner's account.
std::string others_for_partners(const RuleInput& in, std::span<const MailUse> same_mail, std::size_t at,
                                bool shared_elsewhere) {
  constexpr std::string_view kColleague = "d'un autre compte de la convention";
  const auto convention_at = [&](std::size_t i) { return in.snapshot.accounts[same_mail[i].account].convention; };
  const std::size_t last = same_mail.size() - 1;
  const bool shared_within = (at > 0 && convention_at(at - 1) == convention_at(at)) ||
                             (at < last && convention_at(at + 1) == convention_at(at));
  const bool shared_outside = convention_at(0) != convention_at(last) || shared_elsewhere;
  if (!shared_outside) return std::string(kColleague);
  const std::string somebody_else = french::of(wording::kSomebodyElse);
  return shared_within ? say(kColleague, " et ", somebody_else) : somebody_else;
}

void add_duplicate_mails(const RuleInput& in, std::span<const MailUse> same_mail, Hits& hits) {
  const HoldersElsewhere elsewhere(in, in.snapshot.accounts[same_mail.front().account].mail);
  for (std::size_t at = 0; at < same_mail.size(); ++at) {
    const Account& account = in.snapshot.accounts[same_mail[at].account];
    const bool shared_elsewhere = elsewhere.count_but(account.id) > 0;
    if (same_mail.size() == 1 && !shared_elsewhere) continue;
    const std::string beginning =
        say("L'adresse ", quoted(account.mail), " du compte ", wording::account(account), " est aussi celle ");
    Hit& hit = hits.account(same_mail[at].account, say(beginning, others_in_full(in, same_mail, at, elsewhere), "."));
    hit.partner_detail = say(beginning, others_for_partners(in, same_mail, at, shared_elsewhere), ".");
  }
}

void account_duplicate_mail(const RuleInput& in, Hits& hits) {
  const std::vector<MailUse> uses = mail_uses(in);
  for (std::size_t begin = 0, end = 0; begin < uses.size(); begin = end) {
    end = begin + 1;
    while (end < uses.size() && have_same_mail(in.snapshot, uses[begin], uses[end])) ++end;
    if (end - begin > 1 || !in.elsewhere.empty())
      add_duplicate_mails(in, std::span(uses).subspan(begin, end - begin), hits);
  }
}

// Without case, accents, `-`, `'` and blanks.
std::string bare_name(std::string_view name) {
  const std::string folded = fold(name);
  std::string bare;
  for (std::string_view rest = folded; !rest.empty();) {
    const std::string_view before = rest;
    const char32_t c = next_code_point(rest);
    if (c != U'-' && c != U'\'' && !is_blank(c)) bare += before.substr(0, before.size() - rest.size());
  }
  return bare;
}

struct Person {
  std::string last_name;
  std::string first_name;
  Index account;

  [[nodiscard]] bool same_name(const Person& other) const {
    return last_name == other.last_name && first_name == other.first_name;
  }
  friend auto operator<=>(const Person&, const Person&) = default;
};

bool have_other_mails(const Account& a, const Account& b) {
  return a.mail.empty() || b.mail.empty() || upper(a.mail) != upper(b.mail);
}

// Of persons of one name: as soon as two mails differ, each account has another one whose mail differs from its own,
// the first account or the one that differs from the first.
void add_duplicate_persons(const RuleInput& in, std::span<const Person> same_name, Hits& hits) {
  const std::vector<Account>& accounts = in.snapshot.accounts;
  const Account& first = accounts[same_name.front().account];
  const auto differing = std::ranges::find_if(
      same_name.subspan(1), [&](const Person& person) { return have_other_mails(accounts[person.account], first); });
  if (differing == same_name.end()) return;
  for (const Person& person : same_name) {
    const Account& account = accounts[person.account];
    const bool differs_from_first = &account != &first && have_other_mails(account, first);
    const Account& other = differs_from_first ? first : accounts[differing->account];
    const std::string beginning = say("Le compte ", wording::account(account), " et ");
    constexpr std::string_view kEnd = " de la convention portent le même nom, avec des adresses mail différentes.";
    Hit& hit = hits.account(person.account, say(beginning, "le compte ", wording::account(other), kEnd));
    hit.partner_detail = say(beginning, "un autre compte", kEnd);
  }
}

void account_duplicate_person(const RuleInput& in, Hits& hits) {
  std::vector<Person> persons;
  for (Index c = 0; c < in.snapshot.conventions.size(); ++c) {
    persons.clear();
    for (const Index a : in.snapshot.of.accounts_of_convention[c])
      if (in.facts.account_active[a])
        persons.push_back(
            {bare_name(in.snapshot.accounts[a].last_name), bare_name(in.snapshot.accounts[a].first_name), a});
    std::ranges::sort(persons);
    for (std::size_t begin = 0, end = 0; begin < persons.size(); begin = end) {
      while (end < persons.size() && persons[end].same_name(persons[begin])) ++end;
      add_duplicate_persons(in, std::span(persons).subspan(begin, end - begin), hits);
    }
  }
}

// ---------------------------------------------------------------------------------------------------------- the person

void account_functional_name(const RuleInput& in, Hits& hits) {
  for_active_accounts(in, [&](Index a, const Account& account) {
    const auto reason = judges::functional_name(in.lexicon, account.last_name, account.first_name);
    if (reason) hits.account(a, say("Le compte ", wording::account(account), " n'est pas nominatif : ", *reason, "."));
  });
}

void account_inactive(const RuleInput& in, Hits& hits) {
  for_active_accounts(in, [&](Index a, const Account& account) {
    if (!account.last_login_on.given() || in.day - account.last_login_on <= in.parameter) return;
    hits.account(
        a, say("La dernière connexion du compte ", wording::account(account), " date du ", on(account.last_login_on),
               ", il y a ", days(in.day - account.last_login_on), " (", french::figures(in.parameter), " au plus)."));
  });
}

void account_never_used(const RuleInput& in, Hits& hits) {
  for_active_accounts(in, [&](Index a, const Account& account) {
    if (account.last_login_on.given() || in.day - account.period.opens_on <= in.parameter) return;
    hits.account(a, say("Le compte ", wording::account(account), ", ouvert le ", on(account.period.opens_on),
                        ", il y a ", days(in.day - account.period.opens_on), ", n'a jamais servi."));
  });
}

bool is_in_a_group(const RuleInput& in, Index account) {
  return std::ranges::any_of(in.snapshot.of.memberships_of_account[account],
                             [&](Index m) { return in.snapshot.memberships[m].period.active_on(in.day); });
}

bool is_administrator(const RuleInput& in, Index account) {
  return std::ranges::any_of(in.snapshot.of.designations_of_account[account],
                             [&](Index d) { return in.snapshot.designations[d].period.active_on(in.day); });
}

bool is_manager(const RuleInput& in, Index account) {
  return std::ranges::any_of(in.snapshot.of.managed_by_account[account],
                             [&](Index g) -> bool { return in.facts.group_active[g]; });
}

void account_without_group(const RuleInput& in, Hits& hits) {
  for_active_accounts(in, [&](Index a, const Account& account) {
    if (is_in_a_group(in, a) || has_active_profile(in, a) || is_administrator(in, a) || is_manager(in, a)) return;
    hits.account(a, say("Le compte ", wording::account(account),
                        " n'est dans aucun groupe, n'a aucun profil Afas, et n'est ni administrateur ni responsable "
                        "d'habilitations."));
  });
}

// ---------------------------------------------------------------------------------------------------------- its dates

void account_departed(const RuleInput& in, Hits& hits) {
  for (const Departure& departure : in.snapshot.departures) {
    const Account& account = in.snapshot.accounts[departure.account];
    const bool counts = departure.convention == account.convention && departure.leaves_on >= account.period.opens_on;
    if (!counts || departure.leaves_on > in.day || !in.facts.account_active[departure.account]) continue;
    hits.account(departure.account,
                 say("Le compte ", wording::account(account),
                     " est encore ouvert, alors que la personne est partie le ", on(departure.leaves_on), "."));
  }
}

void account_convention_closed(const RuleInput& in, Hits& hits) {
  for_active_accounts(in, [&](Index a, const Account& account) {
    if (in.facts.convention_active[account.convention]) return;
    const Convention& convention = in.snapshot.convention_of(account);
    hits.account(
        a, say("Le compte ", wording::account(account), " est ouvert, mais sa convention ", quoted(convention.number),
               " ", wording::inactivity(convention.period, in.day, wording::Gender::kFeminine), "."));
  });
}

void account_afas_not_removed(const RuleInput& in, Hits& hits) {
  for_closed_accounts(in, [&](Index a, const Account& account) {
    std::vector<std::string> profiles;
    std::vector<std::string> of_partner;
    for (const Index p : in.snapshot.of.profiles_of_account[a]) {
      const Profile& profile = in.snapshot.profiles[p];
      if (!profile.period.active_on(in.day)) continue;
      profiles.push_back(wording::profile(profile));
      of_partner.push_back(profile.convention == account.convention
                               ? profiles.back()
                               : "un profil sur une activité d'un autre partenaire");
    }
    if (profiles.empty()) return;
    const std::string beginning =
        say("Le compte ", wording::account(account), ", clôturé le ", on(account.period.closes_on), ", garde ",
            profiles.size() > 1 ? "des profils Afas : " : "un profil Afas : ");
    Hit& hit = hits.account(a, say(beginning, wording::listed(profiles), "."));
    if (of_partner != profiles) hit.partner_detail = say(beginning, wording::listed(of_partner), ".");
  });
}

// Only an import made after the closing date, with the account still open or closing later, proves that the date was
// set afterwards.
const SeenClosing* proof_of_later_closing(const std::vector<SeenClosing>& seen, Day closes_on) {
  const auto proves = [closes_on](const SeenClosing& s) { return s.seen_on > closes_on && s.closes_on > closes_on; };
  const auto proof = std::ranges::find_if(seen, proves);
  return proof == seen.end() ? nullptr : &*proof;
}

void account_closed_retroactively(const RuleInput& in, Hits& hits) {
  if (in.past.closings.empty()) return;
  for_closed_accounts(in, [&](Index a, const Account& account) {
    const auto found = in.past.closings.find(std::string(account.id));
    if (found == in.past.closings.end()) return;
    const SeenClosing* proof = proof_of_later_closing(found->second, account.period.closes_on);
    if (proof == nullptr) return;
    const std::string was = proof->closes_on.given() ? say("sa clôture était au ", on(proof->closes_on))
                                                     : "il n'avait pas de date de clôture";
    hits.account(
        a, say("Le compte ", wording::account(account), " a pour date de clôture le ", on(account.period.closes_on),
               ", mais le ", on(proof->seen_on), " ", was, " : la clôture est rétroactive."));
  });
}

void account_status_mismatch(const RuleInput& in, Hits& hits) {
  for (Index a = 0; a < in.snapshot.accounts.size(); ++a) {
    const Account& account = in.snapshot.accounts[a];
    if (account.status == Status::kOpen && account.period.closed_on(in.day))
      hits.account(
          a, say("Le compte ", wording::account(account), " a le statut « Ouvert » alors qu'il est clôturé depuis le ",
                 on(account.period.closes_on), "."));
    else if (account.status == Status::kClosed && in.facts.account_active[a])
      hits.account(a, say("Le compte ", wording::account(account),
                          " a le statut « Fermé » alors que ses dates le disent ouvert depuis le ",
                          on(account.period.opens_on), "."));
  }
}

void account_dates_inverted(const RuleInput& in, Hits& hits) {
  for (Index a = 0; a < in.snapshot.accounts.size(); ++a) {
    const Account& account = in.snapshot.accounts[a];
    if (account.period.closes_on < account.period.opens_on)
      hits.account(a, say("Le compte ", wording::account(account), " est clôturé le ", on(account.period.closes_on),
                          ", avant d'être ouvert le ", on(account.period.opens_on), "."));
  }
}

// ----------------------------------------------------------------------------------------------------------- the table

constexpr Need kNeedsMail[] = {{FileId::kAccounts, field::accounts::kMail}};
constexpr Need kNeedsMailAndDomains[] = {{FileId::kAccounts, field::accounts::kMail},
                                         {FileId::kConventions, field::conventions::kMailDomains}};
constexpr Need kNeedsLastLogin[] = {{FileId::kAccounts, field::accounts::kLastLoginOn}};
constexpr Need kNeedsAllRoles[] = {
    {FileId::kAdministrators}, {FileId::kProfiles}, {FileId::kGroups, field::groups::kManager}};
constexpr Need kNeedsDepartures[] = {{FileId::kDepartures}};
constexpr Need kNeedsProfiles[] = {{FileId::kProfiles}};
constexpr Need kNeedsStatus[] = {{FileId::kAccounts, field::accounts::kStatus}};

constexpr Rule kAccountRules[] = {
    {.id = "account-shared-mailbox",
     .title = "Adresse mail d'un service",
     .severity = Severity::kCritical,
     .needs = kNeedsMail,
     .audience = kForAdminManager,
     .source = "Guide administrateur (mode délégué), La mise à jour des comptes de ses Utilisateurs (Cnil)",
     .remedy = "« Gestion des habilitations » > « Mes utilisateurs » > crayon du compte {identifiant} > saisir "
               "l'adresse individuelle et nominative de la personne > « Enregistrer les modifications ».",
     .check = &account_shared_mailbox},
    {.id = "account-duplicate-mail",
     .title = "Adresse mail utilisée par plusieurs comptes",
     .severity = Severity::kCritical,
     .needs = kNeedsMail,
     .audience = kForAdminManager,
     .source = "Mode opératoire Afas, Créer un utilisateur (le mail ne peut être utilisé qu'une seule fois)",
     .remedy =
         "« Gestion des habilitations » > « Mes utilisateurs » > crayon du compte {identifiant} > saisir l'adresse "
         "propre à la personne, ou une date de clôture si le compte est en trop > « Enregistrer les modifications ».",
     .check = &account_duplicate_mail},
    {.id = "account-duplicate-person",
     .title = "Deux comptes pour la même personne",
     .severity = Severity::kInfo,
     .needs = kNeedsMail,
     .audience = kForAdminManager,
     .source = "Guide administrateur (mode délégué), Mon Compte Partenaire et ses services (un seul identifiant)",
     .remedy = "Vérifier s'il s'agit d'homonymes ; sinon, « Gestion des habilitations » > « Mes utilisateurs » > "
               "crayon du compte en trop > saisir une date de clôture > « Enregistrer les modifications ».",
     .check = &account_duplicate_person},
    {.id = "account-invalid-mail",
     .title = "Adresse mail absente ou mal formée",
     .severity = Severity::kMajor,
     .needs = kNeedsMail,
     .audience = kForAdminManager,
     .source = "Guide administrateur (mode délégué), La mise à jour des comptes de ses Utilisateurs",
     .remedy = "« Gestion des habilitations » > « Mes utilisateurs » > crayon du compte {identifiant} > corriger "
               "l'adresse mail > « Enregistrer les modifications ».",
     .check = &account_invalid_mail},
    {.id = "account-disposable-mail",
     .title = "Adresse mail jetable",
     .severity = Severity::kMajor,
     .needs = kNeedsMail,
     .audience = kForAdminManager,
     .source = "Guide administrateur (mode délégué), La mise à jour des comptes de ses Utilisateurs",
     .remedy = "« Gestion des habilitations » > « Mes utilisateurs » > crayon du compte {identifiant} > saisir "
               "l'adresse professionnelle de la personne > « Enregistrer les modifications ».",
     .check = &account_disposable_mail},
    {.id = "account-mail-outside-partner",
     .title = "Adresse mail hors des domaines du partenaire",
     .severity = Severity::kMinor,
     .needs = kNeedsMailAndDomains,
     .audience = kForAdminManager,
     .source = "Guide administrateur (mode délégué), Respect des termes de la Convention (personnels sous votre "
               "responsabilité)",
     .remedy = "Vérifier que la personne est sous votre responsabilité. « Gestion des habilitations » > « Mes "
               "utilisateurs » > crayon du compte {identifiant} > saisir, si oui, son adresse professionnelle, sinon "
               "une date de clôture > « Enregistrer les modifications ».",
     .check = &account_mail_outside_partner},
    {.id = "account-functional-name",
     .title = "Compte au nom d'une fonction ou d'un service",
     .severity = Severity::kMajor,
     .audience = kForAdminManager,
     .source =
         "Guide administrateur (mode délégué), La mise à jour des comptes de ses Utilisateurs (une personne donnée)",
     .remedy = "« Gestion des habilitations » > « Mes utilisateurs » > « Créer un utilisateur » pour chaque personne "
               "concernée, puis crayon du compte {identifiant} > saisir une date de clôture > « Enregistrer les "
               "modifications ».",
     .check = &account_functional_name},
    {.id = "account-inactive",
     .title = "Compte sans connexion depuis longtemps",
     .severity = Severity::kMajor,
     .needs = kNeedsLastLogin,
     .audience = kForAdminManager,
     .source =
         "Guide administrateur (mode délégué), La mise à jour des comptes de ses Utilisateurs (absence prolongée)",
     .remedy =
         "« Gestion des habilitations » > « Mes utilisateurs » > crayon du compte {identifiant} > saisir une date de "
         "clôture > « Enregistrer les modifications ». Un compte clôturé peut être rouvert à tout moment.",
     .parameter = {"days", 180},
     .check = &account_inactive},
    {.id = "account-never-used",
     .title = "Compte jamais utilisé",
     .severity = Severity::kMinor,
     .needs = kNeedsLastLogin,
     .audience = kForAdminManager,
     .source =
         "Guide administrateur (mode délégué), Respect des termes de la Convention (limiter le nombre de personnes)",
     .remedy = "Vérifier que la personne a besoin de l'accès et a reçu son identifiant ; sinon, « Gestion des "
               "habilitations » > « Mes utilisateurs » > crayon du compte {identifiant} > saisir une date de clôture > "
               "« Enregistrer les modifications ».",
     .parameter = {"days", 30},
     .check = &account_never_used},
    {.id = "account-without-group",
     .title = "Compte sans groupe ni fonction",
     .severity = Severity::kMinor,
     .needs = kNeedsAllRoles,
     .audience = kForAdmin,
     .source = "Guide partenaire, Fiche n°1 Créer un utilisateur (à ce stade, l'utilisateur n'a aucun droit)",
     .remedy = "« Gestion des habilitations » > « Mes utilisateurs » > « Ajouter à un groupe » pour {identifiant} > « "
               "Ajouter au groupe » ; ou, si le compte ne sert plus, crayon > saisir une date de clôture > « "
               "Enregistrer les modifications ».",
     .check = &account_without_group},
    {.id = "account-departed",
     .title = "Compte ouvert d'une personne partie",
     .severity = Severity::kCritical,
     .needs = kNeedsDepartures,
     .audience = kForAdminManager,
     .source = "Guide administrateur (mode délégué), La mise à jour des comptes de ses Utilisateurs (départs)",
     .remedy = "Retirer d'abord ses profils Afas s'il y en a, puis « Gestion des habilitations » > « Mes utilisateurs "
               "» > crayon du compte {identifiant} > saisir la date de clôture > « Enregistrer les modifications ».",
     .check = &account_departed},
    {.id = "account-convention-closed",
     .title = "Compte ouvert d'une convention qui n'est pas active",
     .severity = Severity::kCritical,
     .audience = kForCaf,
     .source = "Guide partenaire, L'utilisateur partenaire (créé dans le cadre d'une convention)",
     .remedy = "Clôturer le compte {identifiant}, ou corriger les dates de la convention {convention}.",
     .any_convention = true,
     .check = &account_convention_closed},
    {.id = "account-afas-not-removed",
     .title = "Profils Afas non retirés d'un compte clôturé",
     .severity = Severity::kCritical,
     .needs = kNeedsProfiles,
     .audience = kForAdminCaf,
     .source = "Guide partenaire, Fiche n°3 Désactiver totalement un utilisateur (Afas)",
     .remedy = "« Aides financières d'action sociale » > « Administration des profils » > rechercher {identifiant} et "
               "mettre fin à tous ses profils.",
     .any_convention = true,
     .check = &account_afas_not_removed},
    {.id = "account-closed-retroactively",
     .title = "Date de clôture rétroactive",
     .severity = Severity::kMajor,
     .audience = kForCaf,
     .source = "Guide partenaire, Fiche n°3 Désactiver totalement un utilisateur (date non rétroactive)",
     .remedy = "Établir qui a saisi la clôture du compte {identifiant}, et si le compte a servi après cette date.",
     .check = &account_closed_retroactively},
    {.id = "account-status-mismatch",
     .title = "Statut de compte contraire à ses dates",
     .severity = Severity::kMinor,
     .needs = kNeedsStatus,
     .audience = kForCaf,
     .source = "Guide partenaire, Fiche n°3 Désactiver totalement un utilisateur",
     .remedy = "Vérifier les dates et le statut du compte {identifiant}, et corriger celui des deux qui est faux.",
     .check = &account_status_mismatch},
    {.id = "account-dates-inverted",
     .title = "Compte clôturé avant d'être ouvert",
     .severity = Severity::kMinor,
     .audience = kForAdmin,
     .source =
         "Guide partenaire, Fiche n°2 Modifier les informations d'un utilisateur (dates d'ouverture et de clôture)",
     .remedy = "« Gestion des habilitations » > « Mes utilisateurs » > crayon du compte {identifiant} > corriger les "
               "dates d'ouverture et de clôture > « Enregistrer les modifications ».",
     .check = &account_dates_inverted},
};
static_assert(is_sound(kAccountRules, {"account-"}));

}  // namespace

std::span<const Rule> account_rules() { return kAccountRules; }

}  // namespace vigie
