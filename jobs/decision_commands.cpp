#include "decision_commands.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <pwd.h>
#include <tuple>
#include <unistd.h>

#include <fmt/format.h>

#include "domain/text.h"
#include "errors.h"
#include "list_commands.h"
#include "lists/list_writer.h"
#include "nearest.h"
#include "rows.h"
#include "store/actions.h"
#include "store/findings.h"
#include "store/history.h"
#include "store/waivers.h"
#include "writable_store.h"

namespace vigie {
namespace {

void must_say_who_and_why(const Options& options, const std::string& command) {
  if (trim(options.by).empty() || trim(options.because).empty())
    throw UsageError(command + ": --by and --reason must say who and why");
}

// A decision is kept for ever with its day: it cannot be of a day before what it decides on.
void must_not_go_back(const Options& options, Day day, Day before) {
  if (!options.as_of.empty() && day < before)
    throw UsageError(fmt::format("--as-of: {} is before {}, the day of what is decided on; leave it out", to_iso(day),
                                 to_iso(before)));
}

// The one source, of those chosen, that has the convention.
StoredSource source_of(const store::Store& store, const Options& options, const Settings& settings) {
  std::vector<StoredSource> having = stored_sources(store, chosen_sources(options, settings));
  check_convention(store, having, options);
  std::erase_if(having, [&](const StoredSource& source) {
    const auto known = known_conventions(store, source.number);
    return std::ranges::find(known, options.convention) == known.end();
  });
  if (having.size() == 1) return having.front();
  std::vector<std::string> names;
  for (const StoredSource& source : having) names.push_back(source.settings->name);
  throw UsageError("--convention: " + options.convention +
                   " is in several sources; say which with --source: " + joined(names));
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
      subjects.emplace_back(finding.subject);
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
  WritableStore store(options, settings, false);
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

bool is_listed(const Waiver& waiver, const Options& options) {
  return matches(options.rule, waiver.rule) && matches(options.convention, waiver.convention);
}

}  // namespace

void approve(const Options& options, const Settings& settings, Day day) {
  must_say_who_and_why(options, "approve");
  WritableStore store(options, settings, false);
  const store::Plans plans(*store);
  const auto sources = chosen_sources(options, settings);
  std::string held;
  for (const store::Plan& plan : plans.held()) {
    if (std::ranges::find(sources, plan.source_name, &SourceSettings::name) == sources.end()) continue;
    if (plan.id != options.plan) {
      held += fmt::format("\n{} ({} {} of source {})", plan.id, plan.count, name(plan.kind), plan.source_name);
      continue;
    }
    if (plan.approved)
      throw UsageError(
          fmt::format("plan {} is approved already, by {}; it goes at the next run", plan.id, plan.approved_by));
    must_not_go_back(options, day, plan.held_on);
    store::Transaction transaction(*store);
    plans.approve(plan, options.by, options.because, day);
    transaction.commit();
    std::cout << fmt::format("plan {} {}approved: its {} {} go at the next `vigie {}` (or `vigie run`) of source {}\n",
                             plan.id, options.dry_run ? "would be " : "", plan.count, name(plan.kind),
                             plan.kind == store::PlanKind::kClosings ? "reconcile" : "notify", plan.source_name);
    return;
  }
  throw UsageError("no plan " + options.plan + " is held, or it has changed; " +
                   (held.empty() ? "nothing is held" : "held now:" + held));
}

void waive(const Options& options, const Settings& settings, Day day) {
  check_rule(options);
  must_say_who_and_why(options, "waive");
  if (trim(options.subject).empty()) throw UsageError("waive: --subject must name one, as `vigie findings` lists it");
  WritableStore store(options, settings, false);
  const StoredSource source = source_of(*store, options, settings);
  const store::Findings findings(*store, source.number);
  const Waiver waiver{.rule = options.rule,
                      .convention = options.convention,
                      .subject = std::string(trim(options.subject)),
                      .until = parse_day(options.until, "--until"),
                      .reason = std::string(trim(options.because)),
                      .by = std::string(trim(options.by)),
                      .recorded_on = day};
  must_not_go_back(options, day, findings.judged_on().value_or(day));
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
  const ListedStore listed(options, settings);
  lists::ListWriter writer(format_of(options), waiver_columns(), std::cout, "No waivers.");
  for (const StoredSource& source : listed.sources()) {
    auto waivers = store::SourceWaivers(listed.store(), source.number).all();
    std::erase_if(waivers, [&](const Waiver& waiver) { return !is_listed(waiver, options); });
    std::ranges::sort(waivers, {}, [](const Waiver& w) { return std::tie(w.convention, w.rule, w.subject, w.id); });
    for (const Waiver& waiver : waivers) writer.row(waiver_row(source.settings->name, waiver));
  }
  writer.end();
}

}  // namespace vigie
