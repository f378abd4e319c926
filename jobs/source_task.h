#pragma once
// What a step does for one source, in two parts: the one that computes may run beside other sources', the one that uses
// the store, the log and what the run has come to has its turn, in the order of the sources. So a night leaves the same
// however many run at once.

#include <functional>

namespace vigie {

struct SourceTask {
  // Uses nothing that another source's uses; `threads`: how many it may take.
  std::function<void(unsigned threads)> compute = [](unsigned /*threads*/) {};
  std::function<void()> store;
};

}  // namespace vigie
