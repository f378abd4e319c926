// The rules' cases: each folder of tests/cases is named after a rule and holds a tiny drop, the `day`, and what the
// rule must find in it, `expected.csv` (convention, subject, and the severity where the rule has two). Rules that read
// history have two drops, `1` and `2`, imported one after the other; what is expected is for the last.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "builder.h"
#include "csv/csv_drop.h"
#include "findings/remedy.h"
#include "intake/assemble.h"
#include "intake/delta.h"
#include "intake/resolve.h"
#include "rules/past.h"
#include "store/imports.h"
#include "store/store.h"

namespace vigie {
namespace {

namespace fs = std::filesystem;
using Rows = std::vector<std::string>;

const fs::path kRoot = VIGIE_ROOT;
const fs::path kCases = kRoot / "tests" / "cases";

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

const judges::Lexicon& lexicon() {
  static const judges::Lexicon kLexicon = [] {
    std::vector<std::pair<std::string, std::string>> texts;
    for (const auto& entry : fs::directory_iterator(kRoot / "config" / "words"))
      texts.emplace_back(entry.path().filename(), read(entry.path()));
    std::vector<judges::WordFile> files;
    for (const auto& [name, text] : texts) files.push_back({name, text});
    return judges::Lexicon::parse(files);
  }();
  return kLexicon;
}

std::vector<fs::path> drops_of(const fs::path& folder) {
  return fs::exists(folder / "1") ? std::vector<fs::path>{folder / "1", folder / "2"} : std::vector<fs::path>{folder};
}

Day day_of(const fs::path& drop) {
  std::string text = read(drop / "day");
  text.erase(text.find_last_not_of('\n') + 1);
  const auto day = Day::parse(text);
  EXPECT_TRUE(day) << drop << ": " << text;
  return day.value_or(Day(0));
}

// Imports drops one after the other into a store of its own, as the nights do.
class Nights {
 public:
  Nights() : store_(":memory:", store::Opening::kWrite), imports_(store_, store_.source("cas")) {}

  Snapshot import(const fs::path& folder, Day day) {
    auto drop = csv::read_drop(folder, "caf931", {}, store_.seed(), 1);
    for (const auto& refusal : drop.refusals)
      ADD_FAILURE() << folder << ": " << refusal.file << ": " << refusal.message;
    auto last = imports_.last_state();
    const auto reader = imports_.reader();
    intake::resolve(drop.tables, last, *reader);
    intake::compact(drop.tables);
    for (const auto& table : drop.tables)
      for (const auto& reject : table.rejects)
        ADD_FAILURE() << folder << ": " << spec(reject.file).name << ".csv, line " << reject.line;
    Snapshot snapshot = intake::assemble(drop.tables);
    record(drop.tables, last, *reader, snapshot, day);
    return snapshot;
  }

  [[nodiscard]] Past past() const { return imports_.past(); }

 private:
  void record(intake::Tables& tables, intake::LastState& last, intake::RecordReader& reader, const Snapshot& snapshot,
              Day day) {
    std::vector<intake::FileDelta> deltas;
    store::Import import;
    import.as_of = day;
    for (std::size_t f = 0; f < kFileCount; ++f) {
      deltas.push_back(intake::compare(tables[f], last[f], reader));
      import.files[f].present = tables[f].present;
      import.files[f].columns = tables[f].columns;
    }
    store::Transaction transaction(store_);
    imports_.apply(import, tables, deltas, last, afas_managers(snapshot, day));
    transaction.commit();
  }

  store::Store store_;
  store::Imports imports_;
};

std::vector<Finding> find(const Rule& rule, const fs::path& folder) {
  Nights nights;
  Snapshot snapshot;
  Day day;
  for (const fs::path& drop : drops_of(folder)) {
    day = day_of(drop);
    snapshot = nights.import(drop, day);
  }
  EXPECT_TRUE(missing_needs(rule, snapshot).empty()) << "the drop lacks what the rule needs";
  return test::judged(rule.id, snapshot, {.past = nights.past(), .lexicon = lexicon()}, day);
}

// Sorted; without the header.
Rows expected_rows(const fs::path& folder) {
  std::istringstream text(read(folder / "expected.csv"));
  Rows rows;
  std::string row;
  std::getline(text, row);
  EXPECT_TRUE(row == "convention,subject" || row == "convention,subject,severity") << row;
  const bool with_severity = row.ends_with("severity");
  while (std::getline(text, row))
    rows.push_back(with_severity ? row
                                 : row + ',' + std::string(name(find_rule(folder.filename().string())->severity)));
  std::ranges::sort(rows);
  return rows;
}

Rows rows_of(const std::vector<Finding>& findings) {
  Rows rows;
  for (const Finding& finding : findings)
    rows.push_back(finding.convention + "," + finding.subject + ',' + std::string(name(finding.severity)));
  std::ranges::sort(rows);
  return rows;
}

void expect_readable(const Finding& finding) {
  for (const std::string& text : {std::string(finding.detail), recommendation(finding)}) {
    EXPECT_TRUE(text.ends_with('.')) << text;
    EXPECT_EQ(text.find_first_of("{}"), std::string::npos) << text;
    EXPECT_EQ(text.find("  "), std::string::npos) << text;
    EXPECT_EQ(text.find(".."), std::string::npos) << text;
  }
}

class RuleCase : public testing::TestWithParam<std::string> {};

TEST_P(RuleCase, FindsWhatIsExpectedAndNothingElse) {
  const Rule& rule = *find_rule(GetParam());
  const fs::path folder = kCases / GetParam();
  ASSERT_TRUE(fs::is_directory(folder)) << "a rule needs a case: " << folder;
  const Rows expected = expected_rows(folder);
  ASSERT_FALSE(expected.empty()) << "a case has at least one subject that violates the rule";
  const std::vector<Finding> found = find(rule, folder);
  EXPECT_EQ(rows_of(found), expected);
  for (const Finding& finding : found) expect_readable(finding);
}

std::vector<std::string> rule_ids() {
  std::vector<std::string> ids;
  for (const Rule& rule : catalogue()) ids.emplace_back(rule.id);
  return ids;
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Catalogue, RuleCase, testing::ValuesIn(rule_ids()), test_name);

TEST(RuleCases, AreOfRulesThatThereAre) {
  for (const auto& entry : fs::directory_iterator(kCases))
    EXPECT_NE(find_rule(entry.path().filename().string()), nullptr) << entry.path();
}

}  // namespace
}  // namespace vigie
