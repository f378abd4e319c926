#pragma once
// The administrators and managers of one convention, and whether they may be written to.
//
// An administrator has an active designation for the convention; a manager is named by a group of it. An address that
// another active account of the source has under another name may be read by somebody else: only who alone of them has
// its name in it is written to there. One person with two accounts, the same name at the same address, is one
// addressee: the address gets one letter. Each person who may not be written to is an addressee by itself, with the
// reason in French, for the letter of whoever is told in its place:
//
//   l'adresse mail de Claire MARTIN, administrateur partenaire, est vide
//   le compte d'Anthony ROY, responsable d'habilitations, est clôturé depuis le 01/02/2026

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/snapshot.h"
#include "routing/digest.h"
#include "rules/facts.h"
#include "rules/judges/lexicon.h"

namespace vigie {

struct Addressee {
  RecipientKind kind = RecipientKind::kManager;  // an administrator, where one of the persons is
  std::string address;   // in lower case: one recipient, however the data writes it from night to night
  std::string name;      // "Claire MARTIN"; of several persons, the first administrator's
  std::string obstacle;  // why no letter may go there; empty: it may
  std::vector<Index> accounts;
  std::vector<std::string_view> administrators;  // identifiants of those accounts that are administrators

  [[nodiscard]] bool is_administrator() const { return kind == RecipientKind::kAdministrator; }
  [[nodiscard]] bool may_be_written_to() const { return obstacle.empty(); }
};

// All that is given must outlive it; `facts` are those of `day`.
class Addressees {
 public:
  Addressees(const Snapshot& snapshot, const Facts& facts, const judges::Lexicon& lexicon, Day day);

  // Administrators first, then by identifiant.
  [[nodiscard]] std::vector<Addressee> of(Index convention) const;

 private:
  [[nodiscard]] bool is_somebody_else_s_too(Index account) const;
  [[nodiscard]] std::string obstacle_to(Index account, bool is_administrator, Index convention) const;
  [[nodiscard]] std::string fault_of_mail(Index account) const;

  const Snapshot& snapshot_;
  const Facts& facts_;
  const judges::Lexicon& lexicon_;
  Day day_;
  // The active accounts by their addresses in lower case, of the addresses of administrators and managers.
  std::unordered_map<std::string, std::vector<Index>> holders_;
};

// "Claire MARTIN"
std::string full_name(const Account& account);

}  // namespace vigie
