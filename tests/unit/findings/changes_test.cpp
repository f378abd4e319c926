#include "findings/changes.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace vigie {
namespace {

Finding finding(std::int64_t id, const std::string& rule, Severity severity = Severity::kMajor, bool resolved = false) {
  return {.id = id, .rule = rule, .subject = std::to_string(id), .severity = severity, .resolved = resolved};
}

std::vector<std::string> lines_of(const std::vector<RuleChange>& changes) {
  std::vector<std::string> lines;
  for (const RuleChange& change : changes) {
    std::string line = change.rule;
    for (const int count : {change.before, change.fresh, change.gone, change.after, change.regraded})
      line += ' ' + std::to_string(count);
    lines.push_back(line);
  }
  return lines;
}

TEST(ChangesByRule, AreCountedInTheOrderOfTheCatalogue) {
  const std::vector<Finding> known = {finding(1, "account-inactive"), finding(2, "account-inactive"),
                                      finding(3, "account-inactive", Severity::kMajor, true),
                                      finding(4, "group-empty", Severity::kInfo)};
  FindingsUpdate update;
  update.added = {finding(0, "account-inactive"), finding(0, "account-inactive"), finding(0, "group-without-role")};
  update.resolved = {known[1], known[3]};
  EXPECT_EQ(lines_of(changes_by_rule(known, update)),
            (std::vector<std::string>{"group-without-role 0 1 0 1 0", "group-empty 1 0 1 0 0",
                                      "account-inactive 2 2 1 3 0"}));
}

TEST(ChangesByRule, TellWhatIsBackFromWhatHasAnotherSeverity) {
  const std::vector<Finding> known = {finding(1, "afas-approver-pending", Severity::kMinor),
                                      finding(2, "afas-approver-pending", Severity::kMajor, true),
                                      finding(3, "afas-approver-pending", Severity::kMinor)};
  FindingsUpdate update;
  update.changed = {finding(1, "afas-approver-pending"), finding(2, "afas-approver-pending"),
                    finding(3, "afas-approver-pending", Severity::kMinor)};  // of another text only
  EXPECT_EQ(lines_of(changes_by_rule(known, update)), (std::vector<std::string>{"afas-approver-pending 2 1 0 3 1"}));
  const auto noticed = returned_or_regraded(known, update);
  ASSERT_EQ(noticed.size(), 2U);
  EXPECT_EQ(noticed[0]->id, 1);
  EXPECT_EQ(noticed[1]->id, 2);
}

TEST(ChangesByRule, AreNoneWhereNothingChanges) {
  EXPECT_TRUE(changes_by_rule({finding(1, "group-empty")}, {}).empty());
}

}  // namespace
}  // namespace vigie
