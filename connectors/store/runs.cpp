#include "store/runs.h"

#include <utility>

namespace vigie::store {
namespace {

std::string select_runs(const std::string& which) {
  return "SELECT id, command, as_of, started_at, finished_at, exit_code, summary FROM run " + which;
}

std::vector<Run> read_runs(Statement rows) {
  std::vector<Run> runs;
  while (rows.step())
    runs.push_back({.number = rows.integer(0),
                    .command = rows.text(1),
                    .as_of = rows.day(2),
                    .started_at = rows.integer(3),
                    .finished_at = rows.integer(4),
                    .exit_code = rows.small(5),
                    .summary = rows.text(6)});
  return runs;
}

}  // namespace

RunNumber begin_run(const Store& store, std::string_view command, Day as_of, std::int64_t started_at) {
  auto add = store.prepare("INSERT INTO run(command, as_of, started_at) VALUES (?, ?, ?) RETURNING id");
  add.with(command, as_of, started_at).step();
  const RunNumber run = add.integer(0);
  add.reset();
  static_cast<void>(store.claim(Claim::kRun, run));  // nobody else knows the number
  return run;
}

void end_run(const Store& store, RunNumber run, std::int64_t finished_at, int exit_code, std::string_view summary) {
  store.prepare("UPDATE run SET finished_at = ?, exit_code = ?, summary = ? WHERE id = ?")
      .with(finished_at, exit_code, summary, run)
      .run();
}

std::vector<Run> mark_interrupted(const Store& store) {
  auto runs = read_runs(store.prepare(select_runs("WHERE finished_at IS NULL AND summary = '' ORDER BY id")));
  std::erase_if(runs, [&](const Run& run) { return !store.claim(Claim::kRun, run.number); });
  auto mark = store.prepare("UPDATE run SET summary = 'interrupted' WHERE id = ?");
  for (const Run& run : runs) {
    mark.with(run.number).run();
    store.release(Claim::kRun, run.number);
  }
  return runs;
}

std::vector<Run> newest_runs(const Store& store, int count) {
  auto rows = store.prepare(select_runs("ORDER BY id DESC LIMIT ?"));
  rows.with(count < 0 ? INT64_MAX : std::int64_t{count});
  return read_runs(std::move(rows));
}

std::vector<Run> newest_of_each_command(const Store& store) {
  return read_runs(store.prepare(select_runs(
      "WHERE id IN (SELECT max(id) FROM run WHERE finished_at IS NOT NULL GROUP BY command) ORDER BY id DESC")));
}

std::optional<Run> newest_run(const Store& store, const std::vector<std::string>& commands,
                              const std::vector<int>& exit_codes) {
  const auto first_command = static_cast<int>(exit_codes.size()) + 1;
  auto rows = store.prepare(select_runs("WHERE finished_at IS NOT NULL AND exit_code IN (" +
                                        parameters(1, exit_codes.size()) + ") AND command IN (" +
                                        parameters(first_command, commands.size()) + ") ORDER BY id DESC LIMIT 1"));
  int parameter = 0;
  for (const int code : exit_codes) rows.bind(++parameter, code);
  for (const std::string& command : commands) rows.bind(++parameter, command);
  auto found = read_runs(std::move(rows));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

}  // namespace vigie::store
