#include "chain.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <deque>
#include <iostream>
#include <map>
#include <memory>
#include <set>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "calendar.h"
#include "detect_job.h"
#include "errors.h"
#include "import_job.h"
#include "lock.h"
#include "mail_delivery.h"
#include "notify_job.h"
#include "reconcile_job.h"
#include "report_job.h"
#include "rules/catalogue.h"
#include "source_task.h"
#include "store/actions.h"
#include "store/findings.h"
#include "store/nights.h"
#include "store/runs.h"

namespace vigie {
namespace {

std::string_view name(Step step) {
  constexpr std::array<std::string_view, 5> kNames = {"import", "reconcile", "detect", "notify", "report"};
  return kNames[static_cast<std::size_t>(step)];
}

bool is_for_all_sources(Step step) { return step == Step::kNotify || step == Step::kReport; }

std::string kind_of(const std::filesystem::path& report) { return report.extension() == ".html" ? "page" : "workbook"; }

using Nights = std::vector<SourceNight*>;

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
  Chain(Context& context, const std::vector<const SourceSettings*>& sources) : context_(context) {
    for (const SourceSettings* source : sources) nights_.emplace_back(context, *source);
    told_ = all();
  }

  void refuse_going_back() const {
    if (context_.dry_run) return;
    for (const SourceNight& night : nights_) vigie::refuse_going_back(context_, night);
  }

  // Nobody else works on the sources from here on. Throws LockedError, with who does.
  void claim_sources() {
    constexpr int kTries = 20;  // the server needs a moment to see that a run was killed
    int left = kTries;
    for (const SourceNight& night : nights_)
      while (!claim(night)) {
        if (--left <= 0) throw LockedError(who_works_on(night));
        std::this_thread::sleep_for(kPause);
      }
  }

  // What no other process has done of the day's night, together with those that do: each source is imported, reconciled
  // and judged by one of them, and one, when all are, makes mails and reports. What one that is killed leaves, another
  // takes over.
  void run_shared() {
    int done = 0;
    const int total = static_cast<int>(nights_.size()) * 3;
    share_out([](const store::NightState& state) { return state.imported && state.reconciled; },
              [&](const Nights& mine, const States& states) {
                run_for_each_source(Step::kImport, left_of(mine, states, &store::NightState::imported), done, total);
                run_for_each_source(Step::kReconcile, left_of(mine, states, &store::NightState::reconciled), done,
                                    total);
              });
    told_.clear();
    share_out([](const store::NightState& state) { return state.judged; },
              [&](const Nights& mine, const States& states) {
                const Nights left = left_of(mine, states, &store::NightState::judged);
                run_for_each_source(Step::kDetect, left, done, total);
                told_.insert(told_.end(), left.begin(), left.end());
              });
    context_.outcome.lines.push_back(fmt::format("{} of {} sources were judged here", told_.size(), nights_.size()));
    finish_shared();
  }

  void run(const std::vector<Step>& steps) {
    int done = 0;
    const auto at_once = static_cast<std::size_t>(std::ranges::count_if(steps, is_for_all_sources));
    const int total = static_cast<int>((steps.size() - at_once) * nights_.size() + at_once);
    const auto has = [&](Step step) { return std::ranges::find(steps, step) != steps.end(); };
    const bool writes_workbooks = !context_.dry_run && has(Step::kReport);
    attaches_later_ = writes_workbooks && has(Step::kNotify) && context_.settings.mail.attach_report;
    const bool writes_mails = has(Step::kNotify);
    for (const Step step : steps) {
      if (step == Step::kNotify) wait_for([&] { return context_.store.claim(store::Claim::kMails, 0); }, "mails");
      if (is_for_all_sources(step)) {
        if (writes_workbooks && !workbooks_) begin_workbooks();
        const Log::Stage stage(context_.log, std::string(name(step)), "", ++done, total);
        run(step);
        continue;
      }
      run_for_each_source(step, all(), done, total);
    }
    if (writes_mails) context_.store.release(store::Claim::kMails, 0);
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
    const std::vector<Action> actions = store::Actions(context_.store, night.number()).all();
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

  using States = std::map<store::SourceNumber, store::NightState>;
  static constexpr std::chrono::milliseconds kPause{100};

  Nights all() {
    Nights nights;
    for (SourceNight& night : nights_) nights.push_back(&night);
    return nights;
  }

  bool claim(const SourceNight& night) { return context_.store.claim(store::Claim::kSource, night.number()); }
  void release(const SourceNight& night) { context_.store.release(store::Claim::kSource, night.number()); }

  [[nodiscard]] std::string who_works_on(const SourceNight& night) const {
    const auto session = context_.store.claimed_by(store::Claim::kSource, night.number());
    return fmt::format("another run works on the source {}: {}; wait until it ends (vigie status)",
                       night.settings().name, session ? holder_named(*session).who : "it has just ended");
  }

  template <typename Condition>
  void wait_for(const Condition& condition, std::string_view what) {
    for (bool is_said = false; !condition(); std::this_thread::sleep_for(kPause)) {
      if (!std::exchange(is_said, true))
        context_.log.info("waiting", fmt::format("another process works on {}; this one waits for it", what));
    }
  }

  [[nodiscard]] States states() const { return store::nights(context_.store, context_.day); }

  static Nights left_of(const Nights& nights, const States& states, bool store::NightState::*done) {
    Nights left;
    for (SourceNight* night : nights)
      if (!(states.at(night->number()).*done)) left.push_back(night);
    return left;
  }

  // Claims sources that are not done, as many as are worked on at once, and works on them, until each is done or was
  // tried here; waits for what others work on. What was done before the claim is known after it.
  template <typename IsDone, typename Action>
  void share_out(const IsDone& is_done, const Action& work) {
    std::set<store::SourceNumber> tried;
    Nights mine;
    const auto take = [&] {
      bool is_left = false;
      const States before = states();
      for (SourceNight& night : nights_) {
        if (tried.contains(night.number()) || is_done(before.at(night.number()))) continue;
        is_left = true;
        if (mine.size() < context_.sources_at_once && claim(night)) mine.push_back(&night);
      }
      return !mine.empty() || !is_left;
    };
    for (wait_for(take, "sources"); !mine.empty(); wait_for(take, "sources")) {
      work(mine, states());
      for (SourceNight* night : mine) {
        tried.insert(night->number());
        release(*night);
      }
      mine.clear();
    }
  }

  // Only once for all: who comes later finds it done.
  void finish_shared() {
    for (const SourceNight& night : nights_) wait_for([&] { return claim(night); }, "source " + night.settings().name);
    const States now = states();
    const bool is_finished =
        std::ranges::all_of(nights_, [&](const SourceNight& night) { return now.at(night.number()).finished; });
    if (is_finished) return;
    const auto settings = chosen();
    nights_.clear();  // what others did is in the store
    for (const SourceSettings* source : settings) nights_.emplace_back(context_, *source);
    told_ = all();
    run({Step::kNotify, Step::kReport});
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

  // A step of one source, under way.
  struct Work {
    SourceNight& night;
    std::unique_ptr<Log::Stage> stage;
    SourceTask task;
    std::future<void> computed;  // the last one: it waits for its thread
  };

  // So many sources compute at once; each has its turn with the store in the order of the sources.
  void run_for_each_source(Step step, const Nights& nights, int& done, int total) {
    if (step == Step::kDetect && !shared_mails_) shared_mails_.emplace(context_.store, context_.day);
    std::deque<Work> under_way;
    const auto finish_oldest = [&] {
      finish(step, under_way.front());
      under_way.pop_front();
    };
    for (SourceNight* night : nights) {
      under_way.push_back({.night = *night,
                           .stage = std::make_unique<Log::Stage>(context_.log, std::string(name(step)),
                                                                 night->settings().name, ++done, total),
                           .task = {},
                           .computed = {}});
      begin(step, under_way.back());
      if (under_way.size() >= context_.sources_at_once) finish_oldest();
    }
    while (!under_way.empty()) finish_oldest();
  }

  void begin(Step step, Work& work) {
    alone(step, work.night, [&] { work.task = task_of(step, work.night); });
    if (!work.task.store) return;
    const unsigned at_once = context_.sources_at_once;
    work.computed = std::async(
        at_once > 1 ? std::launch::async : std::launch::deferred,
        [&compute = work.task.compute, threads = std::max(1U, context_.threads / at_once)] { compute(threads); });
  }

  void finish(Step step, Work& work) {
    if (!work.computed.valid()) return;
    try {
      work.computed.get();
    } catch (const std::exception& error) {
      return fail(step, work.night, error);
    }
    alone(step, work.night, work.task.store);
  }

  SourceTask task_of(Step step, SourceNight& night) {
    if (step == Step::kImport) return import_task(context_, night);
    if (!night.has_data()) return {};
    if (step == Step::kDetect) return detect_task(context_, night, *shared_mails_);
    return {.store = [&] { reconcile_source(context_, night); }};
  }

  // What goes wrong with one source leaves the others alone, unless it is the store.
  template <typename Action>
  void alone(Step step, SourceNight& night, const Action& action) {
    try {
      action();
    } catch (const StoreError&) {
      throw;
    } catch (const BusyError&) {
      throw;
    } catch (const std::exception& error) {
      fail(step, night, error);
    }
  }

  // The source goes on with what the store holds of it.
  void fail(Step step, SourceNight& night, const std::exception& error) {
    const std::string what = fmt::format("{}: {} failed: {}", night.settings().name, name(step), error.what());
    context_.log.error("failed", what, {{"source", night.settings().name}, {"step", std::string(name(step))}});
    context_.outcome.lines.push_back(what);
    const int code = exit_code_of(error);
    if (!context_.outcome.failure || code == exit_code::kUnreachable) context_.outcome.failure = code;
    if (step == Step::kImport) record_failed_import(context_, night);
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
  std::optional<store::SharedMails> shared_mails_;  // once all imports are there
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

int exit_code_of(const Outcome& outcome, bool fails) {
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
  const int code = exit_code_of(context.outcome, fails);
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
