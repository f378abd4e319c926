#include "findings/remedy.h"

#include "domain/text.h"
#include "findings/subject.h"

namespace vigie {

std::string filled_in(std::string_view remedy, const RemedyValues& values) {
  std::string text(remedy);
  if (text.find('{') == std::string::npos) return text;
  const std::string convention = excerpt(values.convention);
  const std::string group = excerpt(values.group);
  const std::string account = excerpt(values.account);
  const std::string subject = excerpt(role_or_bulletin_in_words(values.rule, values.group, values.subject));
  replace_all(text,
              {{"{convention}", convention}, {"{groupe}", group}, {"{identifiant}", account}, {"{sujet}", subject}});
  return text;
}

std::string recommendation(const Finding& finding) {
  return filled_in(finding.remedy, {.rule = finding.rule,
                                    .convention = finding.convention,
                                    .subject = finding.subject,
                                    .group = finding.group,
                                    .account = finding.account});
}

std::string general_remedy(const Rule& rule) {
  std::string text(rule.remedy);
  replace_all(text, {{"{convention}", "…"}, {"{groupe}", "…"}, {"{identifiant}", "…"}, {"{sujet}", "…"}});
  replace_all(text, {{"….", "…"}});
  return text;
}

}  // namespace vigie
