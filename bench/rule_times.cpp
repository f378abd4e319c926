// What each rule costs on a drop, one after the other on one thread:
//
//   rule_times DROP YYYY-MM-DD [REPEAT]
//
// A line for each rule, the slowest first: id, seconds (the least of REPEAT times, 1), findings; separated by tabs.
// The first lines are of what comes before the rules: (read) and (facts). No store: rules that read the past find
// nothing.

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "csv/csv_drop.h"
#include "embedded.h"
#include "findings/engine.h"
#include "intake/assemble.h"
#include "intake/resolve.h"
#include "rules/catalogue.h"

namespace vigie {
namespace {

struct Row {
  std::string_view name;
  double seconds = 0;
  std::size_t findings = 0;
};

template <typename Work>
double seconds_of(Work work) {
  const auto began = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

void print(const Row& row) { std::printf("%s\t%.4f\t%zu\n", std::string(row.name).c_str(), row.seconds, row.findings); }

class NoRecords : public intake::RecordReader {
 public:
  std::string_view read(FileId /*file*/, intake::RecordNumber /*number*/) override { return {}; }
};

Snapshot read_snapshot(const char* folder) {
  drops::Drop drop = csv::read_drop(folder, "drop", {}, 1, 1);
  for (const drops::Refusal& refusal : drop.refusals) {
    std::cerr << "rule_times: " << refusal.file << ": " << refusal.message << '\n';
    std::exit(3);
  }
  intake::LastState nothing;
  NoRecords none;
  intake::resolve(drop.tables, nothing, none);
  intake::compact(drop.tables);
  return intake::assemble(drop.tables);
}

Row time_of(const Rule& rule, const Evidence& evidence, int repeat) {
  RulesSettings only_this;
  for (const Rule& each : catalogue()) only_this[std::string(each.id)].enabled = each.id == rule.id;
  Row row{rule.id, std::numeric_limits<double>::max()};
  for (int i = 0; i < repeat; ++i)
    row.seconds = std::min(row.seconds, seconds_of([&] { row.findings = judge(evidence, only_this, 1).found.size(); }));
  return row;
}

void time_rules(const char* folder, Day day, int repeat) {
  Snapshot snapshot;
  print({"(read)", seconds_of([&] { snapshot = read_snapshot(folder); })});
  Facts facts;
  print({"(facts)", seconds_of([&] { facts = Facts::on(snapshot, day); })});
  const judges::Lexicon lexicon = load_lexicon();
  const Past past;
  const MailsElsewhere elsewhere;
  std::vector<Row> rows;
  for (const Rule& rule : catalogue())
    rows.push_back(time_of(rule, {snapshot, facts, past, elsewhere, lexicon, day}, repeat));
  std::ranges::sort(rows, std::ranges::greater{}, &Row::seconds);
  for (const Row& row : rows) print(row);
}

int run(int argc, char** argv) {
  const auto day = argc < 3 ? std::nullopt : Day::parse(argv[2]);
  int repeat = 1;
  if (argc == 4) std::from_chars(argv[3], argv[3] + std::strlen(argv[3]), repeat);
  if (!day || argc > 4 || repeat < 1) {
    std::cerr << "usage: rule_times DROP YYYY-MM-DD [REPEAT]\n";
    return 2;
  }
  time_rules(argv[1], *day, repeat);
  return 0;
}

}  // namespace
}  // namespace vigie

int main(int argc, char** argv) { return vigie::run(argc, argv); }
