#pragma once
// The steps that are done source by source: import, reconcile, detect. As many sources compute at once as the run was
// told (Context::sources_at_once); each has its turn with the store in the order of the sources.
//
// What goes wrong with one source leaves the others alone, unless it is the store: it is told, decides the exit code,
// and the source's later steps go on with what the store holds.

#include <exception>
#include <functional>
#include <optional>
#include <vector>

#include "context.h"
#include "source_task.h"
#include "step.h"
#include "store/findings.h"

namespace vigie {

using Nights = std::vector<SourceNight*>;

// How many steps were begun of how many, for the progress that is shown.
struct Progress {
  int done = 0;
  int total = 0;
};

class SourceSteps {
 public:
  explicit SourceSteps(Context& context) : context_(context) {}

  void run(Step step, const Nights& nights, Progress& progress);

 private:
  struct Work;

  void begin(Step step, Work& work);
  void finish(Step step, Work& work);
  SourceTask task_of(Step step, SourceNight& night);
  void alone(Step step, SourceNight& night, const std::function<void()>& action);
  void fail(Step step, SourceNight& night, const std::exception& error);

  Context& context_;
  std::optional<store::SharedMails> shared_mails_;  // once all imports are there
};

}  // namespace vigie
