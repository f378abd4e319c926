#pragma once
// The columns and rows of the lists (docs/spec/5-interfaces.md, *Lists*), one place for commands and files.

#include <string>
#include <string_view>
#include <vector>

#include "findings/finding.h"
#include "findings/waiver.h"
#include "lists/list_writer.h"
#include "reconcile/action.h"
#include "store/actions.h"
#include "store/history.h"
#include "store/imports.h"
#include "store/mails.h"

namespace vigie {

std::vector<lists::Column> finding_columns();
std::vector<std::string> finding_row(std::string_view source, const Finding& finding, Day judged_on);

std::vector<lists::Column> action_columns();
std::vector<std::string> action_row(std::string_view source, const Action& action);

std::vector<lists::Column> waiver_columns();
std::vector<std::string> waiver_row(std::string_view source, const Waiver& waiver);

std::vector<lists::Column> reject_columns();
std::vector<std::string> reject_row(std::string_view source, const store::RejectRecord& reject);

// `with_life`: what became of it too.
std::vector<lists::Column> plan_columns(bool with_life);
std::vector<std::string> plan_row(const store::Plan& plan, bool with_life);

// `next`: the day of the next try; never: there is none.
std::vector<lists::Column> mail_columns();
std::vector<std::string> mail_row(const store::MailRecord& mail, Day next);

std::vector<lists::Column> history_columns();
std::vector<std::string> history_row(const store::HistoryRow& row);

}  // namespace vigie
