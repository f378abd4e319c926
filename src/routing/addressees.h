#pragma once
// The administrators and managers of one convention, and whether they may be written to.
//
// An administrator has an active designation for the convention; a manager is named by a group of it. Persons who may
// be written to and share an address, case aside, are one addressee: the address gets one letter. Each person who may
// not is an addressee by itself, with the reason in French, for the letter of whoever is told in its place:
//
//   l'adresse mail de Claire MARTIN, administrateur partenaire, est celle d'un service, et non d'une personne : «
//   creche » désigne un service, et l'adresse n'est pas au nom de Claire MARTIN le compte de Paul DURAND, responsable
//   d'habilitations, est clôturé depuis le 01/02/2026

#include <string>
#include <string_view>
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

// Administrators first, then by identifiant. `facts` are those of `day`.
std::vector<Addressee> addressees_of(const Snapshot& snapshot, const Facts& facts, const judges::Lexicon& lexicon,
                                     Index convention, Day day);

// "Claire MARTIN"
std::string full_name(const Account& account);

}  // namespace vigie
