#include "waiver_commands.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <pwd.h>
#include <tuple>
#include <unistd.h>

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
    store::require_writable(settings.store.string());
    store::require_existing(settings.store.string());
    if (!options.dry_run) lock_.emplace(settings.store);
    store_.emplace(settings.store.string(), options.dry_run ? store::Opening::kRehearse : store::Opening::kChange);
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

// Of the finding, a waiver that holds when another is recorded; of several the one that counts.
std::optional<Waiver> holding(const store::SourceWaivers& waivers, const Waiver& recorded, Day day) {
  const auto all = waivers.all();
  const Waivers known(all, day);
  const Waiver* found = known.holding(recorded.rule, recorded.convention, recorded.subject);
  return found == nullptr ? std::nullopt : std::optional(*found);
}

void say_other(const Waiver& other, const Waiver& recorded) {
  std::cout << one_line(
                   fmt::format("another waiver of it holds: {}, until {}, by {}; both are kept, and it stands until {}",
                               other.id, to_iso(other.until), other.by, to_iso(std::max(other.until, recorded.until))))
            << '\n';
  if (recorded.until < other.until)
    std::cout << fmt::format("to have it end on {}, end the other: vigie waivers --end {}\n", to_iso(recorded.until),
                             other.id);
}

// Who asks, where nobody was named: the account that the system knows, and who became it by sudo.
std::string system_account() {
  const passwd* const account = ::getpwuid(::geteuid());
  std::string text = "compte système ";
  text += account == nullptr ? std::to_string(::geteuid()) : account->pw_name;
  const char* const before = std::getenv("SUDO_USER");
  return before == nullptr || *before == '\0' ? text : text + " (sudo : " + before + ")";
}

void end_one(const Options& options, const Settings& settings, Day day) {
  const std::string reason(trim(options.because));
  const std::string by = trim(options.by).empty() ? system_account() : std::string(trim(options.by));
  const DecisionStore store(options, settings);
  store::Transaction transaction(*store);
  if (!store::end_waiver(*store, options.end, day, by, reason))
    throw UsageError(fmt::format("--end: no waiver {} that could be ended; `vigie waivers` lists them", options.end));
  transaction.commit();
  std::cout << one_line(fmt::format("waiver {} {} on {} by {}: unless another holds, what it let stand counts again",
                                    options.end, options.dry_run ? "would end" : "ended", to_iso(day), by))
            << '\n';
  if (trim(options.by).empty() || reason.empty())
    std::cout << "who ended it and why is kept for ever: --by NAME and --reason TEXT say it\n";
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
  if (trim(options.subject).empty()) throw UsageError("waive: --subject must name one, as `vigie findings` lists it");
  const DecisionStore store(options, settings);
  const StoredSource source = source_of(*store, options, settings);
  const store::Findings findings(*store, source.number);
  const Waiver waiver{.rule = options.rule,
                      .convention = options.convention,
                      .subject = std::string(trim(options.subject)),
                      .until = parse_day(options.until, "--until"),
                      .reason = std::string(trim(options.because)),
                      .by = std::string(trim(options.by)),
                      .recorded_on = day};
  check_not_over(findings, waiver.until, day);
  const store::SourceWaivers waivers(*store, source.number);
  const auto other = holding(waivers, waiver, findings.judged_on().value_or(day));
  store::Transaction transaction(*store);
  const auto id = waivers.record(waiver);
  transaction.commit();
  std::cout << one_line(fmt::format("waiver {} {}recorded: {} of {}, convention {}, source {}, stands until {}", id,
                                    options.dry_run ? "would be " : "", waiver.rule, waiver.subject, waiver.convention,
                                    source.settings->name, to_iso(waiver.until)))
            << '\n';
  if (other) say_other(*other, waiver);
  say_what_matches(findings, waiver);
}

void show_waivers(const Options& options, const Settings& settings, Day day) {
  if (options.end >= 0) return end_one(options, settings, day);
  check_rule(options);
  const auto chosen = chosen_sources(options, settings);
  const store::Store store(settings.store.string(), store::Opening::kExisting);
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
