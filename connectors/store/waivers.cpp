#include "store/waivers.h"

namespace vigie::store {

std::vector<Waiver> SourceWaivers::all() const {
  auto rows = store_.prepare(
      "SELECT id, rule, convention, subject, until, reason, recorded_by, recorded_on, ended_on, ended_by, end_reason "
      "FROM waiver WHERE source = ? ORDER BY id");
  rows.with(source_);
  std::vector<Waiver> waivers;
  while (rows.step())
    waivers.push_back({.id = rows.integer(0),
                       .rule = rows.text(1),
                       .convention = rows.text(2),
                       .subject = rows.text(3),
                       .until = rows.day(4),
                       .reason = rows.text(5),
                       .by = rows.text(6),
                       .recorded_on = rows.day(7),
                       .ended_on = rows.day(8),
                       .ended_by = rows.text(9),
                       .end_reason = rows.text(10)});
  return waivers;
}

std::int64_t SourceWaivers::record(const Waiver& waiver) const {
  auto add = store_.prepare(
      "INSERT INTO waiver(source, rule, convention, subject, until, reason, recorded_by, recorded_on) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id");
  add.with(source_, waiver.rule, waiver.convention, waiver.subject, waiver.until, waiver.reason, waiver.by,
           waiver.recorded_on)
      .step();
  return add.integer(0);
}

bool end_waiver(const Store& store, std::int64_t id, Day day, std::string_view by, std::string_view reason) {
  auto open = store.prepare("SELECT 1 FROM waiver WHERE id = ? AND ended_on IS NULL AND until >= ?");
  if (!open.with(id, day).step()) return false;
  store.prepare("UPDATE waiver SET ended_on = ?, ended_by = ?, end_reason = ? WHERE id = ?")
      .with(day, by, reason, id)
      .run();
  return true;
}

}  // namespace vigie::store
