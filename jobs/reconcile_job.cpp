#include "reconcile_job.h"

#include <algorithm>
#include <iostream>
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "counted.h"
#include "events.h"
#include "lists/list_writer.h"
#include "output_file.h"
#include "reconcile/closings.h"
#include "rows.h"
#include "store/actions.h"
#include "store/waivers.h"
#include "store/write_backs.h"
#include "write_back.h"

namespace vigie {
namespace {

// All that is sent and not confirmed, in the order in which it must be carried out.
void write_actions_file(const Context& context, const SourceNight& night, std::vector<Action> actions) {
  std::erase_if(actions, [](const Action& action) { return !action.given_out(); });
  std::ranges::sort(actions, carried_out_before);
  std::ostringstream text;
  lists::ListWriter writer(lists::Format::kCsv, action_columns(), text);
  for (const Action& action : actions) writer.row(action_row(night.settings().name, action));
  writer.end();
  const auto file =
      context.settings.report_directory / fmt::format("actions-{}-{}.csv", night.settings().name, to_iso(context.day));
  write_output_file(file, text.str());
}

// What a rehearsal shows: all that is not finished; what it would send is proposed.
void print_actions(const SourceNight& night, const std::vector<Action>& before, const std::vector<Action>& after) {
  lists::ListWriter writer(lists::Format::kTable, action_columns(), std::cout,
                           night.settings().name + ": no closings are missing.");
  for (std::size_t i = 0; i < after.size(); ++i) {
    Action action = after[i];
    if (action.finished()) continue;
    const bool was_given_out = i < before.size() && before[i].given_out();
    if (action.state == ActionState::kSent && !was_given_out) action.state = ActionState::kProposed;
    writer.row(action_row(night.settings().name, action));
  }
  writer.end();
}

std::string identity_of(const Action& action) { return identity(action.kind, action.convention, action.subject); }

// Those that the source's database is to be told of: it is recorded that this begins before it does. Whether there are
// any.
bool mark_sending(const SourceNight& night, store::ImportNumber last_good, Reconciliation& result) {
  std::erase_if(result.sent_now, [&](std::size_t i) {
    return night.settings().statements[static_cast<std::size_t>(result.actions[i].kind)].empty();
  });
  for (const std::size_t i : result.sent_now) {
    result.actions[i].state = ActionState::kSending;
    result.actions[i].sending_since = last_good;
    result.actions[i].failed_statement = {};
    result.actions[i].failure = {};
  }
  return !result.sent_now.empty();
}

void send(Context& context, SourceNight& night, const store::Actions& stored, Reconciliation& result) {
  std::set<std::string> sent;
  for (const std::size_t i : result.sent_now) sent.insert(identity_of(result.actions[i]));
  const auto sending = stored.all();
  result.actions = sending;
  result.sent_now.clear();
  for (std::size_t i = 0; i < sending.size(); ++i)
    if (sent.contains(identity_of(sending[i]))) result.sent_now.push_back(i);
  const auto failed = write_back(context, night, result.actions, result.sent_now);
  result.sent -= static_cast<std::size_t>(std::ranges::count_if(
      result.sent_now, [&](std::size_t i) { return result.actions[i].state != ActionState::kSent; }));
  store::Transaction transaction(context.store);
  stored.write(sending, result.actions);
  if (failed) store::WriteBacks(context.store, night.number()).note(*failed);
  transaction.commit();
}

}  // namespace

void reconcile_source(Context& context, SourceNight& night) {
  const store::Actions stored(context.store, night.number());
  const store::Plans plans(context.store);
  const auto before = stored.all();
  const auto last_good = night.imports().last_good();
  const auto last_fresh = night.imports().last_fresh();
  auto result = reconcile(night.snapshot(), context.day,
                          {.imported_as_of = last_good ? last_good->as_of : context.day,
                           .last_good_import = last_good ? last_good->number : 0,
                           .renewed_as_of = last_fresh ? last_fresh->as_of : Day::never()},
                          before,
                          {.approved = plans.approved(night.number(), store::PlanKind::kClosings),
                           .waivers = store::SourceWaivers(context.store, night.number()).all(),
                           .statements = night.settings().statements},
                          context.settings.reconcile);
  const bool sends = !context.dry_run && mark_sending(night, last_good ? last_good->number : 0, result);
  {
    store::Transaction transaction(context.store);
    stored.write(before, result.actions);
    if (result.held)
      plans.hold(night.number(), store::PlanKind::kClosings, *result.held, context.day);
    else
      plans.release(night.number(), store::PlanKind::kClosings);
    transaction.commit();
  }
  if (sends) send(context, night, stored, result);
  if (result.held) say_held(context, night, "closing", *result.held);
  if (context.dry_run)
    print_actions(night, before, result.actions);
  else
    write_actions_file(context, night, result.actions);
  store::Transaction transaction(context.store);
  stored.note_reconciled(context.day);
  transaction.commit();
  night.forget_actions();
  context.log.info("reconciled",
                   fmt::format("{}: {} {}, {} held", night.settings().name, counted(result.sent, "closing"),
                               context.dry_run ? "would be sent" : "sent", result.held ? result.held->count : 0),
                   {{"source", night.settings().name}, {"sent", static_cast<std::int64_t>(result.sent)}});
}

}  // namespace vigie
