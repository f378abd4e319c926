#pragma once
// The French of findings: how sentences name days, groups, accounts and lists. Every detail is built with these, so
// that one thing is called one name in all mails and sheets, and that what the data holds, of whatever length, is shown
// by its excerpt (domain/text.h): a sentence stands in every finding, mail and sheet.
//
//   account(a) == "ENF01302SM (Stéphane BRUET)"   group(g) == "« T1AS » (T1 Assistants sociaux)"
//   on(Day::from_ymd(2026, 11, 20)) == "20/11/2026"   listed({"T1", "T2", "T4"}) == "T1, T2 et T4"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rule.h"

namespace vigie::wording {

template <typename... Parts>
std::string say(const Parts&... parts) {
  std::string sentence;
  (sentence.append(parts), ...);
  return sentence;
}

std::string quoted(std::string_view text);
std::string on(Day day);
std::string days(int count);  // "1 jour", "3 jours"

std::string account(const Account& account);
std::string group(const Group& group);
std::string grant(const Grant& grant);        // "Cdap T1"
std::string profile(const Profile& profile);  // "FDA sur « ESC Farandole » (lieu « ESC L'éclair »)"

enum class Gender : std::uint8_t { kMasculine, kFeminine };

// What there is to say of a record that is not active on the day: "est clôturée depuis le 01/02/2026", "n'ouvrira que
// le 01/02/2027".
std::string inactivity(const Period& period, Day day, Gender gender = Gender::kMasculine);

// Of more than kMostListed items, all but one of those are named: "A, B, C, D, E et 12 autres". `total` counts items
// that the caller left out because so many are never named.
inline constexpr std::size_t kMostListed = 6;
std::string listed(const std::vector<std::string>& items, std::size_t total);
inline std::string listed(const std::vector<std::string>& items) { return listed(items, items.size()); }

inline constexpr std::string_view kSomebodyElse = "un compte d'un autre partenaire";

// Names accounts to a reader. Compliance reads who each is; a partner reads only the accounts of its own convention.
class Naming {
 public:
  static Naming in_full(const Snapshot& snapshot) { return {snapshot, kNone}; }
  static Naming within(const Snapshot& snapshot, Index convention) { return {snapshot, convention}; }

  [[nodiscard]] bool may_read(Index account) const {
    return only_ == kNone || snapshot_.accounts[account].convention == only_;
  }

  // With its convention's number where that is not `convention`.
  std::string operator()(Index account, Index convention) const;

 private:
  Naming(const Snapshot& snapshot, Index only) : snapshot_(snapshot), only_(only) {}

  const Snapshot& snapshot_;
  Index only_;  // kNone: names all
};

// Writes the hit's detail, and what a partner may read of it where that is less: `sentence` is a function of the
// Naming, called for both.
template <typename Sentence>
void describe(const Snapshot& snapshot, Hit& hit, Sentence sentence) {
  hit.detail = sentence(Naming::in_full(snapshot));
  std::string partner_detail = sentence(Naming::within(snapshot, hit.convention));
  if (partner_detail != hit.detail) hit.partner_detail = std::move(partner_detail);
}

}  // namespace vigie::wording
