#include <algorithm>
#include <tuple>

#include "domain/french.h"
#include "findings/remedy.h"
#include "routing/addressees.h"
#include "rules/catalogue.h"
#include "summary/records.h"
#include "summary/summarize.h"

namespace vigie::summary {
namespace {

std::string status_text(const Finding& finding, FindingStatus status) {
  std::string text(french_name(status));
  if (status == FindingStatus::kWaived) text += " jusqu'au " + to_french(finding.waived_until);
  std::string past;
  if (finding.returns > 0) past = "revenue " + french::figures(finding.returns) + " fois";
  if (finding.severity_since.given())
    past.append(past.empty() ? "" : ", ")
        .append(french_adjective(finding.severity_before))
        .append(" avant le ")
        .append(to_french(finding.severity_since));
  return past.empty() ? text : text + " (" + past + ")";
}

FindingRow to_row(const Finding& finding, const Inputs& inputs, SharedTexts& texts) {
  const FindingStatus status = status_of(finding, inputs.judged_on);
  const Rule* rule = find_rule(finding.rule);
  return {.source = inputs.source,
          .severity = finding.severity,
          .fresh = status == FindingStatus::kNew,
          .rule = finding.rule,
          .title = rule == nullptr ? finding.rule : texts.get(rule->title),
          .convention = finding.convention,
          .partner = finding.partner,
          .services = finding.services,
          .group = finding.group,
          .account = finding.account,
          .subject = finding.subject,
          .detail = finding.detail,
          .remedy = finding.remedy,
          .first_seen = finding.first_seen,
          .age_days = age_in_days(finding, inputs.judged_on),
          .status = texts.get(status_text(finding, status)),
          .waived = status == FindingStatus::kWaived};
}

}  // namespace

std::string recommendation(const FindingRow& row) {
  return filled_in(row.remedy, {.rule = row.rule,
                                .convention = row.convention,
                                .subject = row.subject,
                                .group = row.group,
                                .account = row.account});
}

bool shown_before(const FindingRow& a, const FindingRow& b) {
  return std::tie(a.waived, b.severity, b.fresh, a.source, a.convention, a.rule, a.subject) <
         std::tie(b.waived, a.severity, a.fresh, b.source, b.convention, b.rule, b.subject);
}

std::vector<FindingRow> finding_rows(const Inputs& inputs) {
  const Lookup accounts = accounts_of(inputs.snapshot, inputs.findings);
  SharedTexts texts;
  std::vector<FindingRow> rows;
  rows.reserve(inputs.findings.size());
  for (const Finding* finding : inputs.findings) {
    rows.push_back(to_row(*finding, inputs, texts));
    if (const Index account = accounts.find(finding->account); account != kNone)
      rows.back().person = texts.get(full_name(inputs.snapshot.accounts[account]));
  }
  std::ranges::sort(rows, shown_before);
  return rows;
}

std::map<std::string, int> count_by_rule(const std::vector<FindingRow>& rows) {
  std::map<std::string, int> counts;
  for (const FindingRow& row : rows)
    if (!row.waived) ++counts[std::string(row.rule)];
  return counts;
}

std::map<std::pair<std::string, std::string>, int> count_by_rule_and_source(const std::vector<FindingRow>& rows) {
  std::map<std::pair<std::string, std::string>, int> counts;
  for (const FindingRow& row : rows)
    if (!row.waived) ++counts[{std::string(row.rule), std::string(row.source)}];
  return counts;
}

}  // namespace vigie::summary
