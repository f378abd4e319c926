#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <string_view>
#include <unordered_map>

#include "domain/text.h"
#include "findings/remedy.h"
#include "findings/subject.h"
#include "routing/addressees.h"
#include "routing/letters.h"
#include "rules/catalogue.h"
#include "rules/families/wording.h"

namespace vigie {
namespace {

using wording::say;

std::array<const Findings*, 3> still_open(const Letter& letter) {
  return {&letter.fresh, &letter.open, &letter.escalated};
}

bool is_about_source(const Letter& letter) { return letter.convention.empty(); }

bool reads_all(const Letter& letter) { return letter.kind == RecipientKind::kCompliance; }

// The first ones, which are the gravest.
template <typename Item>
std::span<const Item> shown(const std::vector<Item>& items) {
  return std::span(items).first(std::min(items.size(), kMostLines));
}

// Whom the shown lines are about, as far as the recipient may read it: of an account of another partner, compliance
// alone.
class Persons {
 public:
  Persons(const Letter& letter, const Snapshot& snapshot) : snapshot_(snapshot), reads_all_(reads_all(letter)) {
    for (const Findings* section : {&letter.fresh, &letter.open, &letter.escalated, &letter.resolved})
      for (const Finding* finding : shown(*section))
        if (!finding->account.empty()) accounts_.emplace(finding->account, nullptr);
    if (accounts_.empty()) return;
    if (letter.record == kNone)
      for (const Account& account : snapshot.accounts) note(account);
    else
      for (const Index account : snapshot.of.accounts_of_convention[letter.record]) note(snapshot.accounts[account]);
  }

  [[nodiscard]] std::string name_in(const Finding& finding) const {
    const auto found = accounts_.find(finding.account);
    if (found == accounts_.end() || found->second == nullptr) return {};
    const Account& account = *found->second;
    const bool is_theirs = snapshot_.convention_of(account).number == finding.convention;
    return is_theirs || reads_all_ ? full_name(account) : std::string();
  }

 private:
  void note(const Account& account) {
    if (const auto wanted = accounts_.find(account.id); wanted != accounts_.end()) wanted->second = &account;
  }

  const Snapshot& snapshot_;
  bool reads_all_;
  std::unordered_map<std::string_view, const Account*> accounts_;  // by identifiant; nullptr: not found
};

DigestLine line_of(const Finding& finding, const Letter& letter, const Persons& persons, Day day) {
  const Rule* const rule = find_rule(finding.rule);
  DigestLine line{.severity = finding.severity,
                  .title = std::string(rule == nullptr ? finding.rule.view() : rule->title),
                  .subject = subject_in_words(finding),
                  .person = persons.name_in(finding),
                  .convention = "",
                  .partner = "",
                  .detail = std::string(finding.detail),
                  .recommendation = recommendation(finding),
                  .since = finding.first_seen,
                  .age_days = age_in_days(finding, day),
                  .returned = finding.returns > 0};
  if (!reads_all(letter) && !finding.partner_detail.empty()) line.detail = finding.partner_detail;
  if (has_grown_graver(finding) && !finding.resolved)
    line.detail += say(" Cette anomalie, ", french_adjective(finding.severity_before), " auparavant, est ",
                       french_adjective(finding.severity), " depuis le ", to_french(finding.severity_since), ".");
  if (finding.waiver_over_on.given() && !finding.resolved)
    line.detail +=
        " Cette anomalie n'est plus couverte par une dérogation depuis le " + to_french(finding.waiver_over_on) + ".";
  if (!is_about_source(letter)) return line;
  line.convention = finding.convention;
  line.partner = finding.partner;
  return line;
}

SharedText cause_of(const Action& action, const Letter& letter) {
  return is_about_source(letter) ? action.cause : cause_for_partners(action);
}

DigestAction closing_of(const Action& action, const Letter& letter) {
  return {.kind = std::string(french_name(action.kind)),
          .subject = subject_in_words(action.kind, action.subject),
          .date = action.date,
          .reason = std::string(french_name(action.reason)),
          .cause = std::string(cause_of(action, letter)),
          .convention = std::string(is_about_source(letter) ? action.convention.view() : "")};
}

template <typename Line, typename Item, typename Write>
std::vector<Line> lines_of(const std::vector<const Item*>& items, Write write) {
  std::vector<Line> lines;
  std::ranges::transform(shown(items), std::back_inserter(lines), [&](const Item* item) { return write(*item); });
  return lines;
}

template <typename Item>
std::size_t beyond(const std::vector<Item>& items) {
  return items.size() - shown(items).size();
}

// As far as the recipient may read them.
ServiceSet services_of(const Finding& finding, const Letter& letter) {
  const auto within = letter.services_within.find(&finding);
  const auto may_read = [&](Service service) {
    return within == letter.services_within.end() || within->second.contains(service);
  };
  ServiceSet services;
  for (std::string_view rest = finding.services; !rest.empty();) {
    const std::string_view name = rest.substr(0, rest.find('/'));
    if (const auto service = find_service(name); service && may_read(*service)) services.insert(*service);
    rest.remove_prefix(std::min(name.size() + 1, rest.size()));
  }
  return services;
}

// "CDAP/AFAS/MCP"
std::string services_of(const Letter& letter) {
  if (is_about_source(letter)) return "MCP";
  ServiceSet services;
  bool some_have_none = false;
  for (const Findings* section : still_open(letter))
    for (const Finding* finding : *section) {
      const ServiceSet of_finding = services_of(*finding, letter);
      some_have_none |= of_finding.empty();
      services.insert(of_finding);
    }
  if (services.empty()) return "MCP";
  return upper(to_string(services)) + (some_have_none ? "/MCP" : "");
}

void count(const Letter& letter, Digest& digest) {
  for (const Findings* section : still_open(letter)) {
    digest.total += static_cast<int>(section->size());
    digest.critical += static_cast<int>(std::ranges::count(*section, Severity::kCritical, &Finding::severity));
  }
}

}  // namespace

SharedText cause_for_partners(const Action& action) {
  const bool is_foreign = action.reason == Reason::kConventionClosed && action.cause != action.convention;
  return is_foreign ? SharedText("celle d'un autre partenaire") : action.cause;
}

Digest to_digest(const Letter& letter, const RoutingInput& input) {
  const Persons persons(letter, input.snapshot);
  const auto lines = [&](const Findings& findings) {
    return lines_of<DigestLine>(findings,
                                [&](const Finding& finding) { return line_of(finding, letter, persons, input.day); });
  };
  Digest digest{.kind = letter.kind,
                .address = letter.address,
                .recipient = letter.name,
                .source = input.source,
                .source_label = input.source_label,
                .convention = letter.convention,
                .partner = letter.record == kNone ? "" : std::string(input.snapshot.conventions[letter.record].partner),
                .services = services_of(letter),
                .caf_mail = letter.kind == RecipientKind::kAdministrator ? input.caf_mail : "",
                .day = input.day,
                .fresh = lines(letter.fresh),
                .open = lines(letter.open),
                .resolved = lines(letter.resolved),
                .escalated = lines(letter.escalated),
                .actions = lines_of<DigestAction>(letter.actions,
                                                  [&](const Action& action) { return closing_of(action, letter); }),
                .beyond = {.fresh = beyond(letter.fresh),
                           .open = beyond(letter.open),
                           .resolved = beyond(letter.resolved),
                           .escalated = beyond(letter.escalated),
                           .actions = beyond(letter.actions)},
                .notices = letter.notices,
                .is_verified = input.has_data,
                .reminder = letter.reminder};
  count(letter, digest);
  return digest;
}

}  // namespace vigie
