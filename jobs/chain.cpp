#include "chain.h"

#include <algorithm>
#include <future>
#include <iostream>

#include <fmt/format.h>

#include "calendar.h"
#include "claims.h"
#include "errors.h"
#include "import_job.h"
#include "mail_delivery.h"
#include "notify_job.h"
#include "report_job.h"
#include "rules/catalogue.h"
#include "shared_night.h"
#include "source_steps.h"
#include "store/findings.h"
#include "store/nights.h"
#include "store/runs.h"

namespace vigie {
namespace {

std::string kind_of(const std::filesystem::path& report) { return report.extension() == ".html" ? "page" : "workbook"; }

// How many findings are open, by severity.
SeverityCounts open_findings(const Nights& nights) {
  SeverityCounts counts;
  for (SourceNight* night : nights)
    for (const Finding& finding : night->findings())
      if (is_counted(finding) && night->shows(finding)) ++counts[finding.severity];
  return counts;
}

// Whether the last good export, if there is one, keeps one of the rules whose ids begin so from being judged.
bool any_unverifiable(std::string_view rules, SourceNight& night) {
  return !night.has_data() || std::ranges::any_of(catalogue(), [&](const Rule& rule) {
    return rule.id.starts_with(rules) && settings_of(rule, night.settings().rules).enabled &&
           !missing_needs(rule, night.snapshot()).empty();
  });
}

class Chain {
 public:
  Chain(Context& context, const std::vector<const SourceSettings*>& sources)
      : context_(context), steps_(context), claims_(context) {
    for (const SourceSettings* source : sources) nights_.emplace_back(context, *source);
    told_ = all();
  }

  void refuse_going_back() const {
    if (context_.dry_run) return;
    for (const SourceNight& night : nights_) vigie::refuse_going_back(context_, night);
  }

  // Nobody else works on the sources from here on. Throws LockedError, with who does.
  void claim_sources() { claims_.claim_all(nights_); }

  void run_shared() {
    SharedNight night(context_, nights_, steps_, claims_);
    told_ = night.work();
    context_.outcome.lines.push_back(fmt::format("{} of {} sources were judged here", told_.size(), nights_.size()));
    if (!night.claim_the_end()) return;
    const auto settings = chosen();
    nights_.clear();  // what others did is in the store
    for (const SourceSettings* source : settings) nights_.emplace_back(context_, *source);
    told_ = all();
    run({Step::kNotify, Step::kReport});
  }

  void run(const std::vector<Step>& steps) {
    const auto at_once = static_cast<std::size_t>(std::ranges::count_if(steps, is_for_all_sources));
    Progress progress{.total = static_cast<int>((steps.size() - at_once) * nights_.size() + at_once)};
    const auto has = [&](Step step) { return std::ranges::find(steps, step) != steps.end(); };
    context_.writes_reports = !context_.dry_run && has(Step::kReport);
    attaches_later_ = context_.writes_reports && has(Step::kNotify) && context_.settings.mail.attach_report;
    const bool writes_mails = has(Step::kNotify);
    for (const Step step : steps) {
      if (step == Step::kNotify) claims_.wait_for_mails();
      if (is_for_all_sources(step)) {
        if (context_.writes_reports && !workbooks_) begin_workbooks();
        const Log::Stage stage(context_.log, std::string(name(step)), "", ++progress.done, progress.total);
        run(step);
        continue;
      }
      steps_.run(step, all(), progress);
    }
    if (writes_mails) claims_.release_mails();
    if (writes_mails && has(Step::kReport)) note_finished();
  }

  [[nodiscard]] SeverityCounts counts() { return open_findings(told_); }

  void say_results(const SeverityCounts& counts) {
    for (SourceNight* night : told_) say_source(*night);
    std::cout << fmt::format("{} findings open: {} critical, {} major, {} minor, {} info\n", counts.total(),
                             counts.critical, counts.major, counts.minor, counts.info);
    for (const std::string& line : context_.outcome.lines) std::cout << line << '\n';
    for (const auto& file : reports_) std::cout << kind_of(file) << ": " << file.string() << '\n';
  }

 private:
  // The four questions that officers ask most, and the closings.
  void say_source(SourceNight& night) {
    const std::vector<Action>& actions = night.actions();
    const auto open = [&](std::string_view rules) {
      return std::ranges::count_if(night.findings(), [&](const Finding& finding) {
        return is_counted(finding) && finding.rule.starts_with(rules) && night.shows(finding);
      });
    };
    // A zero that nothing stands behind is not said.
    const auto figure = [&](std::string_view rules) {
      const auto count = open(rules);
      return count == 0 && any_unverifiable(rules, night) ? "not verifiable" : std::to_string(count);
    };
    std::cout << fmt::format(
        "{} ({}): {} findings; shared mailboxes {}, T1 profiles in doubt {}, groups without an active manager {}, "
        "approvers waiting {}, activities without an approver {}; closings to carry out {}, held {}\n",
        night.settings().name, night.settings().label, open(""), figure("account-shared-mailbox"), figure("cdap-t1-"),
        figure("group-manager-"), figure("afas-approver-pending"), figure("afas-approver-absent"),
        std::ranges::count_if(actions, &Action::given_out),
        std::ranges::count(actions, ActionState::kHeld, &Action::state));
  }

  Nights all() {
    Nights nights;
    for (SourceNight& night : nights_) nights.push_back(&night);
    return nights;
  }

  [[nodiscard]] std::vector<const SourceSettings*> chosen() const {
    std::vector<const SourceSettings*> sources;
    for (const SourceNight& night : nights_) sources.push_back(&night.settings());
    return sources;
  }

  void note_finished() {
    store::Transaction transaction(context_.store);
    for (const SourceNight& night : nights_) store::finish_night(context_.store, night.number(), context_.day);
    transaction.commit();
  }

  // Steps over all sources at once.
  void run(Step step) {
    if (step == Step::kNotify) {
      notify(context_, nights_);
      return deliver_mails(context_, nights_,
                           attaches_later_ ? MailsToDeliver::kAllButTonightsWorkbooks : MailsToDeliver::kAll);
    }
    if (!workbooks_) return;
    lists_.get();
    auto files = workbooks_->finish();
    context_.store.checkpoint();
    reports_ = files.get();
    workbooks_->tidy();
    for (const auto& file : reports_) context_.log.info("reported", kind_of(file) + ": " + file.string());
    if (attaches_later_) deliver_mails(context_, nights_, MailsToDeliver::kTonightsWorkbooks);
  }

  // Their lists are made while the mails are.
  void begin_workbooks() {
    workbooks_.emplace(context_, nights_);
    lists_ = workbooks_->begin();
  }

  Context& context_;
  std::vector<SourceNight> nights_;
  SourceSteps steps_;
  Claims claims_;
  std::optional<Workbooks> workbooks_;
  std::future<void> lists_;
  std::vector<std::filesystem::path> reports_;
  Nights told_;                  // of which the results are said
  bool attaches_later_ = false;  // mails that carry workbooks, after these are written
};

// A store that went away meanwhile must not read as a night that is done.
void begin_run(Context& context, const std::string& command) {
  store::Transaction transaction(context.store);
  context.run = store::begin_run(context.store, command, context.day, context.started_at);
  transaction.commit();
  context.log.belongs_to(context.run);
}

void end_run(Context& context, int code, const std::string& result) {
  store::Transaction transaction(context.store);
  store::end_run(context.store, context.run, now_seconds(), code, result);
  transaction.commit();
}

// Why it stopped is told in any case: here only what `vigie status` shows, where the store still takes it.
void end_stopped_run(Context& context, const std::exception& error) {
  const std::string_view why = error.what();
  try {
    end_run(context, exit_code_of(error), fmt::format("stopped: {}", why.substr(0, why.find('\n'))));
  } catch (const std::exception&) {
    context.log.detail("run", "how the run ended cannot be stored");
  }
}

void say_interrupted(Context& context) {
  for (const store::Run& run : store::mark_interrupted(context.store))
    context.log.warning("interrupted", fmt::format("`vigie {}` of {} as of {} was interrupted; what each of its steps "
                                                   "stored is there, and this run goes on from it",
                                                   run.command, paris_time(run.started_at), to_iso(run.as_of)));
}

int code_of(const Outcome& outcome, bool fails) {
  if (outcome.unreachable) return exit_code::kUnreachable;
  if (outcome.failure) return *outcome.failure;
  if (outcome.refused || outcome.held || outcome.stale || outcome.not_written_back) return exit_code::kRefusedOrHeld;
  if (outcome.mail_kept) return exit_code::kMailKept;
  return fails ? exit_code::kFindings : exit_code::kDone;
}

int run_to_the_end(Context& context, Chain& chain, const std::vector<Step>& steps, std::optional<Severity> fail_on) {
  context.shares_night ? chain.run_shared() : chain.run(steps);
  const SeverityCounts counts = chain.counts();
  const bool fails = fail_on && std::ranges::any_of(kSeveritiesGravestFirst, [&](Severity severity) {
                       return severity >= *fail_on && counts[severity] > 0;
                     });
  const int code = code_of(context.outcome, fails);
  end_run(context, code, fmt::format("{} findings open, {} critical", counts.total(), counts.critical));
  if (!context.log.is_quiet()) chain.say_results(counts);
  return code;
}

}  // namespace

int run_steps(Context& context, const std::vector<const SourceSettings*>& sources, const std::vector<Step>& steps,
              const std::string& command, std::optional<Severity> fail_on) {
  context.started_at = now_seconds();
  Chain chain(context, sources);
  if (!context.shares_night) chain.claim_sources();
  chain.refuse_going_back();
  if (!context.dry_run) say_interrupted(context);
  begin_run(context, command);
  try {
    return run_to_the_end(context, chain, steps, fail_on);
  } catch (const std::exception& error) {
    end_stopped_run(context, error);
    throw;
  }
}

}  // namespace vigie
