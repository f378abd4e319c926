#include "schedule/agenda.h"

#include <gtest/gtest.h>

#include "calendar.h"

namespace vigie::schedule {
namespace {

constexpr Instant kHour = 3600;

Instant at(unsigned day, int hour, int minute = 0) {
  return paris_clock().instant_of(Day::from_ymd(2026, 11, day), hour * 60 + minute);
}

const std::vector<Job> kNightly = {{"run", *Cron::parse("15 2 * * *").cron}};

Agenda agenda(const std::vector<Job>& jobs, Instant now, std::optional<Instant> last_good, Instant delay = 0) {
  return {jobs, paris_clock(), now, [last_good](const std::string&) { return last_good; }, [delay] { return delay; }};
}

void expect_due(const Agenda& agenda, const std::string& job, Instant at, bool missed = false) {
  const auto due = agenda.next();
  ASSERT_TRUE(due);
  EXPECT_EQ(due->job, job);
  EXPECT_EQ(paris_time(due->at), paris_time(at));
  EXPECT_EQ(due->missed, missed);
}

TEST(Agenda, WaitsForTheTime) {
  expect_due(agenda(kNightly, at(20, 12), at(20, 2, 15)), "run", at(21, 2, 15));
  EXPECT_FALSE(agenda({}, at(20, 12), {}).next());
}

TEST(Agenda, CatchesUpAMissedNightAtOnceAndOnce) {
  Agenda late = agenda(kNightly, at(20, 12), at(17, 2, 15), 600);
  expect_due(late, "run", at(20, 12), true);
  late.done("run", at(20, 12));
  expect_due(late, "run", at(21, 2, 15) + 600);
}

TEST(Agenda, BeforeTheFirstRunNothingWasMissed) { expect_due(agenda(kNightly, at(20, 12), {}), "run", at(21, 2, 15)); }

TEST(Agenda, ARunByHandSinceCounts) { expect_due(agenda(kNightly, at(20, 12), at(20, 9)), "run", at(21, 2, 15)); }

TEST(Agenda, TakesTheEarliestJobThenTheFirst) {
  const std::vector<Job> jobs = {{"run", *Cron::parse("0 4 * * *").cron}, {"import", *Cron::parse("0 3,4 * * *").cron}};
  Agenda both = agenda(jobs, at(20, 12), {});
  expect_due(both, "import", at(21, 3));
  both.done("import", at(21, 3));
  expect_due(both, "run", at(21, 4));
  both.done("run", at(21, 4) + 1);
  expect_due(both, "import", at(21, 4));  // it waited for the other
}

TEST(Agenda, WhatTookLongerThanItsStepIsDueOnceMore) {
  const std::vector<Job> jobs = {{"import", *Cron::parse("0 * * * *").cron}};
  Agenda hourly = agenda(jobs, at(20, 12), {});
  hourly.done("import", at(20, 16) + 30);
  expect_due(hourly, "import", at(20, 17));
}

TEST(Agenda, PostponesWhatCouldNotBegin) {
  Agenda nightly = agenda(kNightly, at(20, 12), {});
  nightly.postpone("run", at(21, 2, 20));
  expect_due(nightly, "run", at(21, 2, 20));
  nightly.done("run", at(21, 2, 20));
  expect_due(nightly, "run", at(22, 2, 15));
}

TEST(Agenda, AJobThatItDoesNotHaveChangesNothing) {
  Agenda nightly = agenda(kNightly, at(20, 12), {});
  nightly.done("import", at(20, 13));
  nightly.postpone("import", at(20, 13));
  expect_due(nightly, "run", at(21, 2, 15));
}

// A configuration that is read again is no night that was missed.
TEST(Agenda, KeepsTheTimesOfJobsWhoseScheduleIsTheSame) {
  const Agenda before = agenda(kNightly, at(20, 12), {}, 600);
  Agenda in_between = agenda(kNightly, at(21, 2, 20), at(20, 2, 15), 300);
  in_between.keep_times_of(before);
  expect_due(in_between, "run", at(21, 2, 15) + 600);

  Agenda busy = agenda(kNightly, at(20, 12), {});
  busy.postpone("run", at(20, 12, 5));
  Agenda again = agenda(kNightly, at(20, 12, 1), at(19, 2, 15));
  again.keep_times_of(busy);
  expect_due(again, "run", at(20, 12, 5));
}

TEST(Agenda, AnotherScheduleHasTimesOfItsOwn) {
  const std::vector<Job> later = {{"run", *Cron::parse("15 4 * * *").cron}, {"import", *Cron::parse("0 3 * * *").cron}};
  Agenda changed = agenda(later, at(20, 12), at(20, 9));
  changed.keep_times_of(agenda(kNightly, at(20, 11), at(20, 9)));
  expect_due(changed, "import", at(21, 3));
  changed.done("import", at(21, 3));
  expect_due(changed, "run", at(21, 4, 15));
}

TEST(Agenda, DelaysWhatIsDue) { expect_due(agenda(kNightly, at(20, 12), {}, kHour), "run", at(21, 3, 15)); }

}  // namespace
}  // namespace vigie::schedule
