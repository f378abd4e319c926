#include "rows.h"

#include "findings/remedy.h"

namespace vigie {

using lists::ColumnKind;

std::vector<lists::Column> finding_columns() {
  return {{"source"},        {"rule"},      {"severity"},
          {"convention"},    {"subject"},   {"status"},
          {"first_seen"},    {"last_seen"}, {"age_days", ColumnKind::kInteger},
          {"service"},       {"partner"},   {"detail"},
          {"recommendation"}};
}

std::vector<std::string> finding_row(std::string_view source, const Finding& finding, Day judged_on) {
  return {std::string(source),
          std::string(finding.rule),
          std::string(name(finding.severity)),
          std::string(finding.convention),
          std::string(finding.subject),
          std::string(name(status_of(finding, judged_on))),
          to_iso(finding.first_seen),
          to_iso(finding.last_seen),
          std::to_string(age_in_days(finding, judged_on)),
          std::string(finding.services),
          std::string(finding.partner),
          std::string(finding.detail),
          recommendation(finding)};
}

std::vector<lists::Column> action_columns() {
  return {{"source"}, {"convention"}, {"kind"},  {"subject"},   {"date"},
          {"reason"}, {"cause"},      {"state"}, {"first_seen"}};
}

std::vector<std::string> action_row(std::string_view source, const Action& action) {
  return {std::string(source),
          std::string(action.convention),
          std::string(name(action.kind)),
          std::string(action.subject),
          to_iso(action.date),
          std::string(name(action.reason)),
          std::string(action.cause),
          std::string(name(action.state)),
          to_iso(action.first_seen)};
}

std::vector<lists::Column> waiver_columns() {
  return {{"id", ColumnKind::kInteger},
          {"source"},
          {"rule"},
          {"convention"},
          {"subject"},
          {"until"},
          {"reason"},
          {"by"},
          {"recorded_on"},
          {"ended_on"}};
}

std::vector<std::string> waiver_row(std::string_view source, const Waiver& waiver) {
  return {
      std::to_string(waiver.id), std::string(source), waiver.rule, waiver.convention,          waiver.subject,
      to_iso(waiver.until),      waiver.reason,       waiver.by,   to_iso(waiver.recorded_on), to_iso(waiver.ended_on)};
}

std::vector<lists::Column> reject_columns() {
  return {{"source"}, {"file"}, {"line", ColumnKind::kInteger}, {"reason"}, {"field"}, {"value"}, {"record"}};
}

std::vector<std::string> reject_row(std::string_view source, const store::RejectRecord& reject) {
  return {std::string(source), reject.file,  std::to_string(reject.line), reject.reason, reject.field,
          reject.value,        reject.record};
}

std::vector<lists::Column> plan_columns(bool with_life) {
  std::vector<lists::Column> columns = {{"plan"},    {"source"},      {"kind"},  {"count", ColumnKind::kInteger},
                                        {"held_on"}, {"approved_by"}, {"reason"}};
  if (with_life)
    for (const char* name : {"state", "approved_on", "approval_reason"}) columns.push_back({name});
  return columns;
}

std::vector<std::string> plan_row(const store::Plan& plan, bool with_life) {
  std::vector<std::string> row = {plan.id,
                                  plan.source_name,
                                  std::string(name(plan.kind)),
                                  std::to_string(plan.count),
                                  to_iso(plan.held_on),
                                  plan.approved_by,
                                  plan.reason};
  if (with_life)
    for (const std::string& value : {plan.state, to_iso(plan.approved_on), plan.approval_reason}) row.push_back(value);
  return row;
}

std::vector<lists::Column> mail_columns() {
  return {{"id", ColumnKind::kInteger},    {"source"}, {"recipient"}, {"convention"}, {"as_of"}, {"subject"}, {"state"},
          {"tries", ColumnKind::kInteger}, {"answer"}, {"next"}};
}

std::vector<std::string> mail_row(const store::MailRecord& mail, Day next) {
  return {std::to_string(mail.id),
          mail.source,
          mail.address,
          mail.convention,
          to_iso(mail.as_of),
          mail.subject,
          std::string(name(mail.state)),
          std::to_string(mail.tries),
          mail.answer,
          to_iso(next)};
}

std::vector<lists::Column> history_columns() {
  return {{"source"}, {"file"}, {"key"}, {"as_of"}, {"change"}, {"field"}, {"old"}, {"new"}};
}

std::vector<std::string> history_row(const store::HistoryRow& row) {
  return {row.source, row.file, row.key, to_iso(row.as_of), row.change, row.field, row.before, row.after};
}

}  // namespace vigie
