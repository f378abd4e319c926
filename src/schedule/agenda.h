#pragma once
// Which job is to run next. Jobs run one after the other; one that was due while nobody ran it is due at once, one time
// however many it missed.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "schedule/cron.h"

namespace vigie::schedule {

struct Job {
  std::string name;  // "run", "import"
  Cron cron;
};

struct Due {
  std::string job;
  Instant at = 0;       // with its delay
  bool missed = false;  // it was to run before the agenda began
};

class Agenda {
 public:
  // `last_good`: when the job's last good run began; nothing where there was none, and then nothing was missed.
  // `delay`: seconds to add to a job's time, asked once for each time, so that not all servers begin at once; a job
  // that was missed does not wait.
  Agenda(const std::vector<Job>& jobs, const Zone& zone, Instant now,
         const std::function<std::optional<Instant>(const std::string&)>& last_good, std::function<Instant()> delay);

  // A job that `before` has with the same schedule is due when it was due there: nothing was missed meanwhile.
  void keep_times_of(const Agenda& before);

  // The earliest; of several at one instant the first of the jobs. Nothing where there are no jobs.
  [[nodiscard]] std::optional<Due> next() const;

  // The job was begun, and is next due after `now`. A job that the agenda does not have changes nothing.
  void done(const std::string& job, Instant now);
  // The job could not begin, and is tried again.
  void postpone(const std::string& job, Instant until);

 private:
  struct Entry {
    Job job;
    Due due;
  };

  [[nodiscard]] Entry* find(const std::string& job);
  void set_next(Entry& entry, Instant after) const;

  const Zone& zone_;
  std::function<Instant()> delay_;
  std::vector<Entry> entries_;
};

}  // namespace vigie::schedule
