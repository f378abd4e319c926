#include "detect_job.h"

#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <set>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "calendar.h"
#include "domain/text.h"
#include "findings/changes.h"
#include "rows.h"
#include "rules/catalogue.h"
#include "store/findings.h"
#include "store/waivers.h"
#include "summary/summarize.h"

namespace vigie {
namespace {

// Open findings by rule and severity, and how many the day brought or resolved: what was open before the day, plus new,
// plus returned, less resolved, is open now. Without what is waived. A day without any is one tally of no rule, so that
// the trend has it.
std::vector<store::Tally> tallies(const std::vector<Finding>& findings, Day day) {
  std::map<std::pair<std::string, Severity>, store::Tally> counts;
  const auto of = [&](const Finding& finding) -> store::Tally& {
    store::Tally& tally = counts[{std::string(finding.rule), finding.severity}];
    tally.rule = finding.rule;
    tally.severity = finding.severity;
    return tally;
  };
  for (const Finding& finding : findings) {
    if (finding.waived_until.given()) continue;
    const bool is_new = finding.first_seen == day;
    const bool is_back = !is_new && finding.returned_on == day;
    if (finding.resolved) {
      if (finding.resolved_on == day && !is_new && !is_back) ++of(finding).resolved;
      continue;
    }
    store::Tally& tally = of(finding);
    ++tally.open;
    tally.fresh += is_new ? 1 : 0;
    tally.returned += is_back ? 1 : 0;
  }
  std::vector<store::Tally> result;
  for (auto& [key, tally] : counts) result.push_back(std::move(tally));
  if (result.empty()) result.emplace_back();
  return result;
}

std::vector<store::AccessCount> access_counts(const Snapshot& snapshot, const Facts& facts) {
  std::vector<store::AccessCount> counts;
  for (const summary::Access& access : summary::count_access(snapshot, facts))
    counts.push_back({std::string(snapshot.conventions[access.convention].number),
                      std::string(name(service_of(access.role))), std::string(name(access.role)), access.persons});
  return counts;
}

void print_changes(const std::string& source, const std::vector<RuleChange>& changes) {
  constexpr auto kCount = lists::ColumnKind::kInteger;
  lists::ListWriter writer(lists::Format::kTable,
                           {{"source"},
                            {"rule"},
                            {"before", kCount},
                            {"new", kCount},
                            {"gone", kCount},
                            {"after", kCount},
                            {"regraded", kCount}},
                           std::cout, source + ": nothing new, nothing resolved.");
  for (const RuleChange& change : changes)
    writer.row({source, change.rule, std::to_string(change.before), std::to_string(change.fresh),
                std::to_string(change.gone), std::to_string(change.after), std::to_string(change.regraded)});
  writer.end();
}

// What a switched-off rule found is neither new nor gone, but leaves lists and mails.
void print_switched_off(SourceNight& night) {
  for (const Rule& rule : catalogue()) {
    if (settings_of(rule, night.settings().rules).enabled) continue;
    const auto hidden = std::ranges::count_if(
        night.findings(), [&](const Finding& finding) { return finding.rule == rule.id && !finding.resolved; });
    if (hidden > 0)
      std::cout << fmt::format(
          "{}: {} is switched off: findings that leave lists and mails without being resolved: {}.\n",
          night.settings().name, rule.id, hidden);
  }
}

// What a rehearsal shows: what would be new, what would go and what would change its severity, by rule, then each.
void print_news(SourceNight& night, const FindingsUpdate& update, Day day) {
  const std::string& source = night.settings().name;
  const auto changes = changes_by_rule(night.findings(), update);
  print_changes(source, changes);
  print_switched_off(night);
  if (changes.empty()) return;
  std::cout << '\n';
  lists::ListWriter writer(lists::Format::kTable, finding_columns(), std::cout);
  for (const Finding& finding : update.added) writer.row(finding_row(source, finding, day));
  for (const Finding* finding : returned_or_regraded(night.findings(), update))
    writer.row(finding_row(source, *finding, day));
  for (const Finding& finding : update.resolved) writer.row(finding_row(source, finding, day));
  writer.end();
}

// The same figures as in the run's summary and the workbook: of rules that are on, and of what no waiver lets stand.
void say_detected(Context& context, SourceNight& night, const std::vector<store::Tally>& tallies) {
  store::Tally all;
  for (const store::Tally& tally : tallies) {
    const Rule* rule = find_rule(tally.rule);
    if (rule == nullptr || !settings_of(*rule, night.settings().rules).enabled) continue;
    all.open += tally.open;
    all.fresh += tally.fresh;
    all.returned += tally.returned;
    all.resolved += tally.resolved;
  }
  const auto waived = std::ranges::count_if(night.findings(), [&](const Finding& finding) {
    return !finding.resolved && finding.waived_until.given() && night.shows(finding);
  });
  context.log.info(
      "detected",
      fmt::format("{}: {} findings open, of these {} new and {} returned; {} resolved; {} waived, not counted",
                  night.settings().name, all.open, all.fresh, all.returned, all.resolved, waived),
      {{"source", night.settings().name},
       {"open", all.open},
       {"new", all.fresh},
       {"returned", all.returned},
       {"resolved", all.resolved},
       {"waived", static_cast<std::int64_t>(waived)}});
}

// An exception that nothing needs any more, or that was mistyped, is told.
void say_idle_waivers(Context& context, SourceNight& night) {
  using Identity = std::tuple<std::string_view, std::string_view, std::string_view>;
  std::set<Identity> waived;
  for (const Finding& finding : night.findings())
    if (finding.waived_until.given() && !finding.resolved && night.shows(finding))
      waived.emplace(finding.rule, finding.convention, finding.subject);
  for (const Waiver& waiver : store::SourceWaivers(context.store, night.number()).all()) {
    if (!waiver.holds_on(context.day) || waived.contains({waiver.rule, waiver.convention, waiver.subject})) continue;
    context.log.info("idle-waiver", fmt::format("{}: waiver {} of {} matches no open finding", night.settings().name,
                                                waiver.id, waiver.rule));
    context.outcome.lines.push_back(fmt::format("{}: waiver {} of {} matches no open finding: vigie waivers",
                                                night.settings().name, waiver.id, waiver.rule));
  }
}

class Detection {
 public:
  Detection(Context& context, SourceNight& night, const store::SharedMails& shared)
      : context_(context), night_(night), past_(night.imports().past()), elsewhere_(shared.elsewhere(night.number())) {
    night.snapshot();
  }

  void judge(unsigned threads) {
    judgement_ = vigie::judge({.snapshot = night_.snapshot(),
                               .facts = night_.facts(),
                               .past = past_,
                               .elsewhere = elsewhere_,
                               .lexicon = context_.lexicon,
                               .day = context_.day},
                              night_.settings().rules, threads);
  }

  void apply() {
    say_not_verifiable();
    const store::Findings stored(context_.store, night_.number());
    auto update = update_findings(night_.findings(), std::move(judgement_));
    if (context_.dry_run) print_news(night_, update, context_.day);
    store::Transaction transaction(context_.store);
    stored.apply(update, context_.day);
    night_.set_findings(updated(night_.findings(), std::move(update), context_.day));
    const auto counts = tallies(night_.findings(), context_.day);
    stored.write_tallies(counts, context_.day);
    store::write_access(context_.store, night_.number(), month_of(context_.day),
                        access_counts(night_.snapshot(), night_.facts()));
    transaction.commit();
    say_idle_waivers(context_, night_);
    say_detected(context_, night_, counts);
  }

 private:
  void say_not_verifiable() {
    for (const NotVerifiable& rule : judgement_.not_verifiable)
      context_.log.info("not-verifiable", fmt::format("{}: {} is not verifiable: {}", night_.settings().name,
                                                      rule.rule->id, explain_lack(rule)));
  }

  Context& context_;
  SourceNight& night_;
  Past past_;
  MailsElsewhere elsewhere_;
  Judgement judgement_;
};

}  // namespace

std::string explain_lack(const NotVerifiable& rule) {
  std::vector<std::string> needs;
  for (const Need& need : rule.lacking) needs.push_back(explain_need(need));
  return joined(needs);
}

SourceTask detect_task(Context& context, SourceNight& night, const store::SharedMails& shared) {
  const auto detection = std::make_shared<Detection>(context, night, shared);
  return {.compute = [detection](unsigned threads) { detection->judge(threads); },
          .store = [detection] { detection->apply(); }};
}

}  // namespace vigie
