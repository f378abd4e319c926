#include "rules/families/wording.h"

#include "domain/french.h"
#include "domain/text.h"

namespace vigie::wording {

std::string quoted(std::string_view text) { return say("« ", excerpt(text), " »"); }

std::string on(Day day) { return to_french(day); }

std::string days(int count) { return french::counted(count, "jour"); }

std::string account(const Account& account) {
  return say(excerpt(account.id), " (", excerpt(account.first_name), " ", excerpt(account.last_name), ")");
}

std::string group(const Group& group) { return say(quoted(group.code), " (", excerpt(group.label), ")"); }

std::string grant(const Grant& grant) { return say(excerpt(grant.service_name), " ", excerpt(grant.role_name)); }

std::string profile(const Profile& profile) {
  std::string text = say(afas_role_name(profile.role), " sur ", quoted(profile.activity_name));
  return profile.place.empty() ? text : say(text, " (lieu ", quoted(profile.place), ")");
}

std::string inactivity(const Period& period, Day day, Gender gender) {
  if (!period.closed_on(day)) return say("n'ouvrira que le ", on(period.opens_on));
  return say(gender == Gender::kFeminine ? "est clôturée" : "est clôturé", " depuis le ", on(period.closes_on));
}

std::string listed(const std::vector<std::string>& items, std::size_t total) {
  const bool cut = total > kMostListed;
  const std::size_t named = cut ? kMostListed - 1 : total;
  std::string text;
  for (std::size_t i = 0; i < named; ++i) {
    if (i > 0) text += i + 1 == named && !cut ? " et " : ", ";
    text += items[i];
  }
  return cut ? say(text, " et ", french::figures(static_cast<std::int64_t>(total - named)), " autres") : text;
}

std::string Naming::operator()(Index account, Index convention) const {
  const Account& record = snapshot_.accounts[account];
  if (!may_read(account)) return std::string(kSomebodyElse);
  std::string text = wording::account(record);
  if (record.convention != convention)
    text += say(", de la convention ", quoted(snapshot_.convention_of(record).number));
  return text;
}

}  // namespace vigie::wording
