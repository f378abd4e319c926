#pragma once
// Findings in the store, and how many there were night by night.

#include <optional>
#include <string>
#include <vector>

#include "findings/engine.h"
#include "findings/finding.h"
#include "store/store.h"
#include "summary/trend.h"

namespace vigie::store {

using summary::Tally;

class Findings {
 public:
  Findings(const Store& store, SourceNumber source) : store_(store), source_(source) {}

  // As-of day of the last detect; nothing before the first one.
  [[nodiscard]] std::optional<Day> judged_on() const;

  [[nodiscard]] std::vector<Finding> all() const;  // by id

  // Sets the ids of what is added. Within a transaction of the caller's.
  void apply(FindingsUpdate& update, Day day) const;

  // Replaces the day's; the newest `days` days that have any, oldest first.
  void write_tallies(const std::vector<Tally>& tallies, Day day) const;
  [[nodiscard]] std::vector<Tally> tallies(int days) const;

 private:
  void add(std::vector<Finding>& findings) const;

  const Store& store_;
  SourceNumber source_;
};

// Mails that accounts of several sources have, of accounts that are active on the day by their own dates; in lower
// case. Read once for all sources: what each of a hundred would read of all others is read a hundred times.
class SharedMails {
 public:
  SharedMails(const Store& store, Day day);

  // Those of other sources' accounts.
  [[nodiscard]] MailsElsewhere elsewhere(SourceNumber source) const;

 private:
  struct Holder {
    SourceNumber source = 0;
    std::string mail;
    MailElsewhere account;
  };
  std::vector<Holder> holders_;
};

// Persons by convention, service and role.
struct AccessCount {
  std::string convention;
  std::string service;
  std::string role;
  int persons = 0;
};

// The month's figures (months since year 0), brought up to date each night of it.
void write_access(const Store& store, SourceNumber source, int month, const std::vector<AccessCount>& counts);
std::vector<AccessCount> read_access(const Store& store, SourceNumber source, int month);

}  // namespace vigie::store
