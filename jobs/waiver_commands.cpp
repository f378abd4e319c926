#include "waiver_commands.h"

#include <algorithm>
#include <iostream>
#include <optional>
#include <tuple>

#include <fmt/format.h>

#include "domain/text.h"
#include "errors.h"
#include "list_commands.h"
#include "lists/list_writer.h"
#include "lock.h"
#include "mail/one_line.h"
#include "nearest.h"
#include "rows.h"
#include "store/findings.h"
#include "store/history.h"
#include "store/waivers.h"

namespace vigie {
namespace {

// A store that a decision is written to, locked but in a rehearsal. There must be one already.
class DecisionStore {
 public:
  DecisionStore(const Options& options, const Settings& settings) {
    store::require_writable(settings.store);
    if (!options.dry_run)
      lock_.emplace(settings.store);
    else
      store_.emplace(settings.store, store::Opening::kExisting);
    store_.emplace(settings.store, options.dry_run ? store::Opening::kRehearse : store::Opening::kChange);
  }

  const store::Store& operator*() const { return *store_; }

 private:
  std::optional<StoreLock> lock_;
  std::optional<store::Store> store_;
};

// The one source, of those chosen, that has the convention.
StoredSource source_of(const store::Store& store, const Options& options, const Settings& settings) {
  std::vector<StoredSource> having = stored_sources(store, chosen_sources(options, settings));
  check_convention(store, having, options);
  std::erase_if(having, [&](const StoredSource& source) {
    const auto known = known_conventions(store, source.number);
    return std::ranges::find(known, options.convention) == known.end();
  });
  if (having.size() == 1) return having.front();
  std::string names;
  for (const StoredSource& source : having) names.append(names.empty() ? "" : ", ").append(source.settings->name);
  throw UsageError("--convention: " + options.convention + " is in several sources; say which with --source: " + names);
}

void check_not_over(const store::Findings& findings, Day until, Day day) {
  const Day judged_on = findings.judged_on().value_or(day);
  if (until < judged_on)
    throw UsageError(
        fmt::format("--until: {} is over: findings were last judged for {}", to_iso(until), to_iso(judged_on)));
}

// Says what it is about, or that nothing is open there.
void say_what_matches(const store::Findings& findings, const Waiver& waiver) {
  std::vector<std::string> subjects;
  for (const Finding& finding : findings.all())
    if (!finding.resolved && finding.rule == waiver.rule && finding.convention == waiver.convention)
      subjects.push_back(finding.subject);
  if (std::ranges::find(subjects, waiver.subject) != subjects.end()) return;
  std::cout << one_line(
                   fmt::format("it matches no open finding{}; `vigie findings --rule {} --convention {}` lists the "
                               "subjects",
                               did_you_mean(waiver.subject, subjects), waiver.rule, waiver.convention))
            << '\n';
}

void end_one(const Options& options, const Settings& settings, Day day) {
  const DecisionStore store(options, settings);
  store::Transaction transaction(*store);
  if (!store::end_waiver(*store, options.end, day, options.by, options.because))
    throw UsageError(fmt::format("--end: no waiver {} that could be ended; `vigie waivers` lists them", options.end));
  transaction.commit();
  std::cout << fmt::format("waiver {} {} on {}: unless another holds, what it let stand counts again\n", options.end,
                           options.dry_run ? "would end" : "ended", to_iso(day));
}

bool matches(const Waiver& waiver, const Options& options) {
  return (options.rule.empty() || waiver.rule == options.rule) &&
         (options.convention.empty() || waiver.convention == options.convention);
}

}  // namespace

void waive(const Options& options, const Settings& settings, Day day) {
  check_rule(options);
  if (trim(options.by).empty() || trim(options.because).empty())
    throw UsageError("waive: --by and --reason must say who and why");
  const DecisionStore store(options, settings);
  const StoredSource source = source_of(*store, options, settings);
  const store::Findings findings(*store, source.number);
  const Waiver waiver{.rule = options.rule,
                      .convention = options.convention,
                      .subject = options.subject,
                      .until = parse_day(options.until, "--until"),
                      .reason = options.because,
                      .by = options.by,
                      .recorded_on = day};
  check_not_over(findings, waiver.until, day);
  store::Transaction transaction(*store);
  const auto id = store::SourceWaivers(*store, source.number).record(waiver);
  transaction.commit();
  std::cout << one_line(fmt::format("waiver {} {}recorded: {} of {}, convention {}, source {}, stands until {}", id,
                                    options.dry_run ? "would be " : "", waiver.rule, waiver.subject, waiver.convention,
                                    source.settings->name, to_iso(waiver.until)))
            << '\n';
  say_what_matches(findings, waiver);
}

void show_waivers(const Options& options, const Settings& settings, Day day) {
  if (options.end >= 0) return end_one(options, settings, day);
  check_rule(options);
  const auto chosen = chosen_sources(options, settings);
  const store::Store store(settings.store, store::Opening::kExisting);
  const auto sources = stored_sources(store, chosen);
  check_convention(store, sources, options);
  lists::ListWriter writer(format_of(options), waiver_columns(), std::cout, "No waivers.");
  for (const StoredSource& source : sources) {
    auto waivers = store::SourceWaivers(store, source.number).all();
    std::erase_if(waivers, [&](const Waiver& waiver) { return !matches(waiver, options); });
    std::ranges::sort(waivers, {}, [](const Waiver& w) { return std::tie(w.convention, w.rule, w.subject, w.id); });
    for (const Waiver& waiver : waivers) writer.row(waiver_row(source.settings->name, waiver));
  }
  writer.end();
}

}  // namespace vigie
