// The contract of a store: what is older than it keeps goes, and nothing else does.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/catalogue.h"
#include "store/actions.h"
#include "store/findings.h"
#include "store/history.h"
#include "store/mails.h"
#include "store/purge.h"
#include "store/waivers.h"
#include "store/write_backs.h"
#include "stores.h"

namespace vigie::store {
namespace {

using test::changes;
using test::DropTexts;
using test::Lines;
using testing::ElementsAre;
using testing::IsEmpty;

DropTexts with_accounts(const std::string& rows) {
  DropTexts drop = test::small_drop();
  drop[FileId::kAccounts] = "identifiant;convention;nom;prenom;mail;date_ouverture;date_cloture\n" + rows;
  return drop;
}

const std::string kA1 = "A1;19_214;DUPONT;Marie;;01/01/2020;\n";
const std::string kA2 = "A2;19_214;DURAND;Paul;;01/01/2020;\n";
const std::string kA3 = "A3;19_214;MARTIN;Anne;;01/01/2020;\n";
const std::string kUnreadable = "A9;19_214;X;Y;;hier;\n";

// What goes is of a day before kDay.
class StorePurge : public StoreContract {
 protected:
  Lines history_of_accounts() const {
    Lines lines;
    for (const HistoryRow& row : history(store_, {.file = "utilisateurs"}))
      lines.push_back(row.key + ' ' + to_iso(row.as_of) + ' ' + row.change + ' ' + row.after);
    return lines;
  }
  Purged purged() const {
    auto all = purge(store_, kDay);
    return all.empty() ? Purged{} : all.front();
  }
  std::int64_t rows_of(const std::string& table) const {
    auto count = store_.prepare("SELECT count(*) FROM " + table);
    count.step();
    return count.integer(0);
  }

  const Store store_ = open();
  const SourceNights nights_{store_, "caf931"};
};

TEST_P(StorePurge, TakesRecordsThatLeftBeforeItsDayAndTheirHistory) {
  nights_.import(with_accounts(kA1 + kA2 + kA3), kDay - 4);
  nights_.import(with_accounts(kA1 + "A2;19_214;DURAND;Pauline;;01/01/2020;\n" + kA3), kDay - 3);
  nights_.import(with_accounts(kA1 + kA3), kDay - 1);
  nights_.import(with_accounts(kA1), kDay);
  const Purged purged = this->purged();
  EXPECT_EQ(purged.source, "caf931");
  EXPECT_EQ(purged.records, 1) << "A2; A3 left on the day itself";
  EXPECT_EQ(purged.changes, 2) << "another first name, and that it left";
  EXPECT_THAT(history_of_accounts(),
              ElementsAre("A1 2026-11-16 added ", "A3 2026-11-16 added ", "A3 2026-11-20 withdrawn "));
  EXPECT_EQ(this->purged().total(), 0);
}

TEST_P(StorePurge, LeavesAllThatIsStillThereHoweverOldItsHistory) {
  nights_.import(with_accounts(kA1 + kA2), kDay - 9);
  nights_.import(with_accounts(kA1), kDay - 8);
  nights_.import(with_accounts("A1;19_214;DUPOND;Marie;;01/01/2020;20/11/2026\n" + kA2), kDay - 7);
  const Lines before = history_of_accounts();
  const Past past = nights_.imports().past();
  EXPECT_EQ(purged().total(), 0);
  EXPECT_EQ(history_of_accounts(), before);
  EXPECT_EQ(nights_.imports().past().closings.size(), past.closings.size());
}

TEST_P(StorePurge, WhatComesBackAfterItIsANewRecord) {
  nights_.import(with_accounts(kA1 + kA2 + kA3), kDay - 3);
  nights_.import(with_accounts(kA1 + kA3), kDay - 2);
  purged();
  const auto again = nights_.import(with_accounts(kA1 + kA2 + kA3), kDay);
  EXPECT_EQ(changes(again, FileId::kAccounts), (Lines{"added 4"}));
  EXPECT_EQ(changes(nights_.import(with_accounts(kA1 + kA2 + kA3), kDay + 1), FileId::kAccounts), Lines{});
}

TEST_P(StorePurge, TakesRejectedRowsButThoseOfTheLastImport) {
  nights_.import(with_accounts(kA1 + kUnreadable), kDay - 3);
  nights_.import(with_accounts(kA1 + kUnreadable), kDay - 2);
  EXPECT_EQ(purged().rejects, 1);
  EXPECT_EQ(nights_.imports().rejects().size(), 1U);
}

TEST_P(StorePurge, TakesFindingsThatWereResolvedAndWhoWasToldOfThem) {
  const Findings findings(store_, nights_.number());
  const Mails mails(store_, nights_.number());
  const auto night = [&](const std::vector<std::string>& subjects, Day day) {
    Judgement judgement{.found = {}, .judged = {find_rule("group-empty")}, .not_verifiable = {}};
    for (const std::string& subject : subjects)
      judgement.found.push_back(
          {.rule = "group-empty", .convention = "19_214", .subject = subject, .first_seen = day, .last_seen = day});
    auto update = update_findings(findings.all(), std::move(judgement));
    findings.apply(update, day);
  };
  night({"long ago", "today", "open"}, kDay - 5);
  Tidings tidings;
  for (const Finding& finding : findings.all()) tidings.fresh.emplace(finding.id, Telling{});
  mails.queue({.address = "a@ville.example", .convention = "19_214", .as_of = kDay - 5}, tidings);
  night({"today", "open"}, kDay - 1);
  night({"open"}, kDay);
  EXPECT_EQ(purged().findings, 1);
  Lines left;
  for (const Finding& finding : findings.all()) left.emplace_back(finding.subject);
  EXPECT_THAT(left, ElementsAre("today", "open"));
  EXPECT_EQ(rows_of("told"), 2);
}

TEST_P(StorePurge, TakesClosingsThatAreDone) {
  const Actions actions(store_, nights_.number());
  const auto closing = [](const std::string& subject, ActionState state, Day day) {
    return Action{
        .convention = "19_214", .subject = subject, .date = day, .state = state, .first_seen = day, .sent_on = day};
  };
  using enum ActionState;
  Action late = closing("confirmed late", kConfirmed, kDay - 1);
  late.ended_on = kDay;
  actions.write({}, {closing("confirmed", kConfirmed, kDay - 1), closing("obsolete", kObsolete, kDay - 1),
                     closing("sent", kSent, kDay - 1), closing("overdue", kOverdue, kDay - 1),
                     closing("held", kHeld, kDay - 1), closing("confirmed today", kConfirmed, kDay), late});
  EXPECT_EQ(purged().closings, 2);
  Lines left;
  for (const Action& action : actions.all()) left.emplace_back(action.subject);
  EXPECT_THAT(left, ElementsAre("sent", "overdue", "held", "confirmed today", "confirmed late"));
}

TEST_P(StorePurge, TakesFailedWriteBacksThatComplianceKnowsOf) {
  const WriteBacks write_backs(store_, nights_.number());
  write_backs.note({.on = kDay - 1, .why = "long ago"});
  write_backs.note({.on = kDay, .why = "today"});
  write_backs.mark_reported();
  write_backs.note({.on = kDay - 2, .why = "not told"});
  purged();
  EXPECT_EQ(rows_of("failed_write_back"), 2);
}

TEST_P(StorePurge, TakesMailsButThoseThatWaitAndTheLastThatToldOfSomethingOpen) {
  const Mails mails(store_, nights_.number());
  Tidings open;
  open.fresh.emplace(7, Telling{});
  for (const auto& [address, day, tidings] : {std::tuple("knows@ville.example", kDay - 3, open),
                                              {"knows@ville.example", kDay - 2, open},
                                              {"forgot@ville.example", kDay - 2, Tidings{}},
                                              {"today@ville.example", kDay, Tidings{}}})
    mails.queue({.address = address, .convention = "19_214", .as_of = day, .message_id = to_iso(day)}, tidings);
  for (const Mail& mail : mails.queued()) mails.record(mail.id, {.state = MailState::kSent, .on = mail.as_of});
  mails.queue({.address = "waits@ville.example", .convention = "19_214", .as_of = kDay - 9}, {});
  EXPECT_EQ(purged().mails, 2);
  Lines left;
  for (const MailRecord& mail : Outbox(store_).all()) left.push_back(mail.address + ' ' + to_iso(mail.as_of));
  EXPECT_THAT(left, ElementsAre("knows@ville.example 2026-11-18", "today@ville.example 2026-11-20",
                                "waits@ville.example 2026-11-11"));
  EXPECT_EQ(rows_of("mail_life"), 3);
}

TEST_P(StorePurge, TakesPlansThatAreOver) {
  const Plans plans(store_);
  plans.hold(nights_.number(), PlanKind::kClosings, {"a", 3, "trop"}, kDay - 5);
  plans.hold(nights_.number(), PlanKind::kClosings, {"b", 3, "trop"}, kDay - 4);
  EXPECT_EQ(purged().plans, 1);
  ASSERT_EQ(plans.all().size(), 1U);
  EXPECT_EQ(plans.all()[0].id, "b");
}

TEST_P(StorePurge, LeavesWaiversThatAreOver) {
  const SourceWaivers waivers(store_, nights_.number());
  {
    Transaction transaction(store_);
    waivers.record({.rule = "group-empty",
                    .convention = "19_214",
                    .subject = "T1",
                    .until = kDay - 900,
                    .reason = "Accord",
                    .by = "Chef",
                    .recorded_on = kDay - 999});
    transaction.commit();
  }
  EXPECT_EQ(purged().total(), 0);
  EXPECT_EQ(waivers.all().size(), 1U);
}

TEST_P(StorePurge, IsOfEverySource) {
  const SourceNights others(store_, "caf132");
  for (const SourceNights* nights : {&nights_, &others}) {
    nights->import(with_accounts(kA1 + kA2), kDay - 2);
    nights->import(with_accounts(kA1), kDay - 1);
  }
  const auto all = purge(store_, kDay);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].source, "caf132");
  for (const Purged& each : all) EXPECT_EQ(each.records, 1) << each.source;
}

VIGIE_FOR_EVERY_STORE(StorePurge);

// What was removed is not found in the file's bytes either.
TEST(SqlitePurge, OverwritesWhatItTakes) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "vigie.db";
  {
    const Store store(file, Opening::kWrite);
    const SourceNights nights(store, "caf931");
    nights.import(with_accounts(kA1 + "A2;19_214;ZYXWVUTS;Paul;;01/01/2020;\n"), kDay - 2);
    nights.import(with_accounts(kA1), kDay - 1);
    EXPECT_EQ(purge(store, kDay).at(0).records, 1);
  }
  const std::string bytes = test::read_text(file);
  EXPECT_NE(bytes.find("DUPONT"), std::string::npos);
  EXPECT_EQ(bytes.find("ZYXWVUTS"), std::string::npos);
}

}  // namespace
}  // namespace vigie::store
