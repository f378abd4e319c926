#include "store/actions.h"

#include <algorithm>

#include "error.h"

namespace vigie::store {
namespace {

bool same(const Action& a, const Action& b) {
  return a.state == b.state && a.date == b.date && a.reason == b.reason && a.cause == b.cause &&
         a.first_seen == b.first_seen && a.sent_on == b.sent_on && a.ended_on == b.ended_on &&
         a.was_held == b.was_held && a.depth == b.depth && a.sending_since == b.sending_since &&
         a.failed_statement == b.failed_statement && a.failure == b.failure;
}

}  // namespace

std::vector<Action> Actions::all() const {
  auto rows = store_.prepare_large(
      "SELECT id, kind, convention, subject, due_on, reason, cause, state, first_seen, sent_on, depth, "
      "was_held, sending_since, failed_statement, failure, ended_on FROM action WHERE source = ? ORDER BY id");
  rows.with(source_);
  std::vector<Action> actions;
  SharedTexts texts;
  while (rows.step()) {
    const auto reason = find_reason(rows.view(5));
    const auto state = find_action_state(rows.view(7));
    if (!reason || !state)
      throw StoreError("the store holds an action of an unknown reason or state; restore a backup");
    actions.push_back({.id = rows.integer(0),
                       .kind = static_cast<ActionKind>(rows.integer(1)),
                       .convention = texts.get(rows.view(2)),
                       .subject = rows.view(3),
                       .date = rows.day(4),
                       .reason = *reason,
                       .cause = texts.get(rows.view(6)),
                       .state = *state,
                       .first_seen = rows.day(8),
                       .sent_on = rows.day(9),
                       .ended_on = rows.day(15),
                       .was_held = rows.integer(11) != 0,
                       .sending_since = rows.integer(12),
                       .failed_statement = texts.get(rows.view(13)),
                       .failure = texts.get(rows.view(14)),
                       .depth = rows.small(10)});
  }
  actions.shrink_to_fit();
  return actions;
}

void Actions::write(const std::vector<Action>& before, const std::vector<Action>& after) const {
  auto add = store_.prepare_append("action",
                                   "source, kind, convention, subject, due_on, reason, cause, state, first_seen, "
                                   "sent_on, ended_on, depth, was_held, sending_since, failed_statement, failure");
  auto change = store_.prepare(
      "UPDATE action SET due_on = ?, reason = ?, cause = ?, state = ?, first_seen = ?, sent_on = ?, ended_on = ?, "
      "depth = ?, was_held = ?, sending_since = ?, failed_statement = ?, failure = ? WHERE id = ?");
  for (std::size_t i = 0; i < after.size(); ++i) {
    const Action& a = after[i];
    if (i >= before.size())
      add.with(source_, static_cast<std::int64_t>(a.kind), a.convention, a.subject, a.date, name(a.reason), a.cause,
               name(a.state), a.first_seen, a.sent_on, a.ended_on, a.depth, a.was_held, a.sending_since,
               a.failed_statement, a.failure)
          .run();
    else if (!same(before[i], a))
      change
          .with(a.date, name(a.reason), a.cause, name(a.state), a.first_seen, a.sent_on, a.ended_on, a.depth,
                a.was_held, a.sending_since, a.failed_statement, a.failure, a.id)
          .run();
  }
}

void Actions::note_reconciled(Day day) const {
  store_.prepare("UPDATE source SET reconciled_on = ? WHERE id = ?").with(day, source_).run();
}

std::string_view name(PlanKind kind) { return kind == PlanKind::kClosings ? "closings" : "mails"; }

std::vector<Plan> Plans::held() const {
  return read("WHERE p.state IN ('held', 'approved') ORDER BY s.name, p.kind, p.id");
}

std::vector<Plan> Plans::all() const { return read("ORDER BY s.name, p.held_on, p.kind, p.id"); }

std::vector<Plan> Plans::read(std::string_view which) const {
  auto rows = store_.prepare(
      "SELECT p.id, p.kind, p.source, s.name, p.held_on, p.count, p.reason, p.state, p.approved_by, p.approved_on, "
      "p.approval_reason FROM plan p JOIN source s ON s.id = p.source " +
      std::string(which));
  std::vector<Plan> plans;
  while (rows.step())
    plans.push_back({.id = rows.text(0),
                     .kind = rows.view(1) == "closings" ? PlanKind::kClosings : PlanKind::kMails,
                     .source = rows.integer(2),
                     .source_name = rows.text(3),
                     .held_on = rows.day(4),
                     .count = rows.integer(5),
                     .reason = rows.text(6),
                     .state = rows.text(7),
                     .approved = rows.view(7) == "approved",
                     .approved_by = rows.text(8),
                     .approved_on = rows.day(9),
                     .approval_reason = rows.text(10)});
  return plans;
}

std::vector<std::string> Plans::approved(SourceNumber source, PlanKind kind) const {
  auto rows = store_.prepare("SELECT id FROM plan WHERE source = ? AND kind = ? AND state = 'approved'");
  rows.with(source, name(kind));
  std::vector<std::string> ids;
  while (rows.step()) ids.push_back(rows.text(0));
  return ids;
}

void Plans::hold(SourceNumber source, PlanKind kind, const HeldPlan& plan, Day day) const {
  auto began =
      store_.prepare("SELECT min(held_on) FROM plan WHERE source = ? AND kind = ? AND state IN ('held', 'approved')");
  began.with(source, name(kind)).step();
  const Day held_on = began.is_null(0) ? day : std::min(began.day(0), day);
  began.reset();
  store_
      .prepare(
          "UPDATE plan SET state = 'replaced' WHERE source = ? AND kind = ? AND state IN ('held', 'approved') AND id "
          "<> ?")
      .with(source, name(kind), plan.id)
      .run();
  store_
      .prepare(
          "INSERT INTO plan(id, kind, source, held_on, count, reason, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'held') "
          "ON CONFLICT(id, source) DO UPDATE SET state = 'held', count = ?5, reason = ?6, "
          "held_on = ?4, approved_by = '', approved_on = NULL, approval_reason = ''")
      .with(plan.id, name(kind), source, held_on, static_cast<std::int64_t>(plan.count), plan.why)
      .run();
}

void Plans::release(SourceNumber source, PlanKind kind) const {
  store_
      .prepare(
          "UPDATE plan SET state = CASE state WHEN 'approved' THEN 'gone' ELSE 'replaced' END "
          "WHERE source = ? AND kind = ? AND state IN ('held', 'approved')")
      .with(source, name(kind))
      .run();
}

void Plans::approve(const Plan& plan, std::string_view by, std::string_view reason, Day day) const {
  store_
      .prepare(
          "UPDATE plan SET state = 'approved', approved_by = ?, approval_reason = ?, approved_on = ? "
          "WHERE id = ? AND source = ?")
      .with(by, reason, day, plan.id, plan.source)
      .run();
}

}  // namespace vigie::store
