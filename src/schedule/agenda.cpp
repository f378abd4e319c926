#include "schedule/agenda.h"

#include <algorithm>
#include <utility>

namespace vigie::schedule {

Agenda::Agenda(const std::vector<Job>& jobs, const Zone& zone, Instant now,
               const std::function<std::optional<Instant>(const std::string&)>& last_good,
               std::function<Instant()> delay)
    : zone_(zone), delay_(std::move(delay)) {
  for (const Job& job : jobs) {
    Entry& entry = entries_.emplace_back(Entry{.job = job, .due = {.job = job.name}});
    const auto last = last_good(job.name);
    if (last && job.cron.next(*last, zone_) <= now)
      entry.due = {.job = job.name, .at = now, .missed = true};
    else
      set_next(entry, now);
  }
}

void Agenda::keep_times_of(const Agenda& before) {
  for (const Entry& known : before.entries_)
    if (Entry* entry = find(known.job.name); entry != nullptr && entry->job.cron.text() == known.job.cron.text())
      entry->due = known.due;
}

std::optional<Due> Agenda::next() const {
  const auto first = std::ranges::min_element(entries_, {}, [](const Entry& entry) { return entry.due.at; });
  return first == entries_.end() ? std::nullopt : std::optional(first->due);
}

void Agenda::done(const std::string& job, Instant now) {
  if (Entry* entry = find(job)) set_next(*entry, now);
}

void Agenda::postpone(const std::string& job, Instant until) {
  if (Entry* entry = find(job)) entry->due.at = until;
}

Agenda::Entry* Agenda::find(const std::string& job) {
  const auto entry = std::ranges::find(entries_, job, [](const Entry& each) { return each.job.name; });
  return entry == entries_.end() ? nullptr : &*entry;
}

void Agenda::set_next(Entry& entry, Instant after) const {
  entry.due = {.job = entry.job.name, .at = entry.job.cron.next(after, zone_) + delay_()};
}

}  // namespace vigie::schedule
