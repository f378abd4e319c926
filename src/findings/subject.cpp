#include "findings/subject.h"

#include <optional>

#include "domain/subject_parts.h"

namespace vigie {
namespace {

bool is_of(const Finding& finding, std::string_view rules) { return finding.rule.starts_with(rules); }

// What follows the group or account that the finding names, and the sign between; nothing: the subject is another.
std::optional<std::string_view> behind(std::string_view subject, std::string_view record, char sign) {
  if (!subject.starts_with(record) || subject.size() <= record.size() || subject[record.size()] != sign)
    return std::nullopt;
  return subject.substr(record.size() + 1);
}

std::string of_account(const Finding& finding) {
  const std::string account = "compte " + finding.account;
  const auto rest = behind(finding.subject, finding.account, ':');
  if (!rest) return "C" + account.substr(1);
  if (is_of(finding, "afas-approver-")) return "Activité " + std::string(*rest) + ", " + account;
  return "Profil " + subject::profile(*rest) + ", " + account;
}

std::string of_group(const Finding& finding) {
  const std::string group = "Groupe " + finding.group;
  if (!finding.account.empty()) return group + ", compte " + finding.account;
  const auto grant = behind(finding.subject, finding.group, ':');
  return grant ? group + ", rôle " + subject::role(*grant) : group;
}

std::string of_activity(std::string_view subject) {
  for (const std::string_view role : {":FDA", ":FDF"})
    if (subject.ends_with(role))
      return "Activité " +
             std::string(subject.substr(0, subject.size() - role.size())).append(", ").append(role.substr(1));
  return "Activité " + std::string(subject);
}

}  // namespace

std::string role_or_bulletin_in_words(std::string_view rule, std::string_view group, std::string_view subject) {
  if (const auto grant = behind(subject, group, ':'); grant && !group.empty()) return subject::role(*grant);
  if (!rule.starts_with("bulletin-")) return std::string(subject);
  const auto [service, day] = subject::dated(subject);
  return day ? std::string(service) + " du " + to_french(*day) : std::string(subject);
}

std::string subject_in_words(const Finding& finding) {
  if (!finding.group.empty()) return of_group(finding);
  if (!finding.account.empty()) return of_account(finding);
  if (is_of(finding, "bulletin-"))
    return "Bulletin d'adhésion " + role_or_bulletin_in_words(finding.rule, finding.group, finding.subject);
  if (is_of(finding, "convention-") || is_of(finding, "administrator-")) return "Convention " + finding.subject;
  return is_of(finding, "afas-") ? of_activity(finding.subject) : std::string(finding.subject);
}

}  // namespace vigie
