#include "store/nights.h"

namespace vigie::store {

std::map<SourceNumber, NightState> nights(const Store& store, Day day) {
  auto rows = store.prepare(
      "SELECT s.id, s.reconciled_on, s.judged_on, s.finished_on, (SELECT max(as_of) FROM import i WHERE i.source = "
      "s.id), (SELECT count(*) FROM import i WHERE i.source = s.id AND i.good = 1) FROM source s");
  std::map<SourceNumber, NightState> states;
  const auto is_of_the_day = [&](int column) { return !rows.is_null(column) && rows.day(column) == day; };
  while (rows.step()) {
    const bool imported = is_of_the_day(4);
    const bool has_nothing = imported && rows.integer(5) == 0;
    states[rows.integer(0)] = {.imported = imported,
                               .reconciled = has_nothing || is_of_the_day(1),
                               .judged = has_nothing || is_of_the_day(2),
                               .finished = is_of_the_day(3)};
  }
  return states;
}

void finish_night(const Store& store, SourceNumber source, Day day) {
  store.prepare("UPDATE source SET finished_on = ? WHERE id = ?").with(day, source).run();
}

}  // namespace vigie::store
