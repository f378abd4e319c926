#include "source_steps.h"

#include <algorithm>
#include <deque>
#include <future>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "detect_job.h"
#include "errors.h"
#include "import_job.h"
#include "reconcile_job.h"

namespace vigie {

// A step of one source, under way.
struct SourceSteps::Work {
  SourceNight& night;
  std::unique_ptr<Log::Stage> stage;
  SourceTask task;
  std::future<void> computed;  // the last one: it waits for its thread
};

void SourceSteps::run(Step step, const Nights& nights, Progress& progress) {
  if (step == Step::kDetect && !shared_mails_) shared_mails_.emplace(context_.store, context_.day);
  std::deque<Work> under_way;
  const auto finish_oldest = [&] {
    finish(step, under_way.front());
    under_way.pop_front();
  };
  for (SourceNight* night : nights) {
    under_way.push_back({.night = *night,
                         .stage = std::make_unique<Log::Stage>(context_.log, std::string(name(step)),
                                                               night->settings().name, ++progress.done, progress.total),
                         .task = {},
                         .computed = {}});
    begin(step, under_way.back());
    if (under_way.size() >= context_.sources_at_once) finish_oldest();
  }
  while (!under_way.empty()) finish_oldest();
}

void SourceSteps::begin(Step step, Work& work) {
  alone(step, work.night, [&] { work.task = task_of(step, work.night); });
  if (!work.task.store) return;
  const unsigned at_once = context_.sources_at_once;
  work.computed = std::async(
      at_once > 1 ? std::launch::async : std::launch::deferred,
      [&compute = work.task.compute, threads = std::max(1U, context_.threads / at_once)] { compute(threads); });
}

void SourceSteps::finish(Step step, Work& work) {
  if (!work.computed.valid()) return;
  try {
    work.computed.get();
  } catch (const std::exception& error) {
    return fail(step, work.night, error);
  }
  alone(step, work.night, work.task.store);
}

SourceTask SourceSteps::task_of(Step step, SourceNight& night) {
  if (step == Step::kImport) return import_task(context_, night);
  if (!night.has_data()) return {};
  if (step == Step::kDetect) return detect_task(context_, night, *shared_mails_);
  return {.store = [&] { reconcile_source(context_, night); }};
}

void SourceSteps::alone(Step step, SourceNight& night, const std::function<void()>& action) {
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

void SourceSteps::fail(Step step, SourceNight& night, const std::exception& error) {
  const std::string what = fmt::format("{}: {} failed: {}", night.settings().name, name(step), error.what());
  context_.log.error("failed", what, {{"source", night.settings().name}, {"step", std::string(name(step))}});
  context_.outcome.lines.push_back(what);
  const int code = exit_code_of(error);
  if (!context_.outcome.failure || code == exit_code::kUnreachable) context_.outcome.failure = code;
  if (step == Step::kImport) record_failed_import(context_, night);
}

}  // namespace vigie
