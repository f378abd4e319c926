#include "shared_night.h"

#include <algorithm>
#include <set>

namespace vigie {
namespace {

Nights left_of(const Nights& nights, const std::map<store::SourceNumber, store::NightState>& states,
               bool store::NightState::*done) {
  Nights left;
  for (SourceNight* night : nights)
    if (!(states.at(night->number()).*done)) left.push_back(night);
  return left;
}

}  // namespace

Nights SharedNight::work() {
  using store::NightState;
  Progress progress{.total = static_cast<int>(nights_.size()) * 3};
  share_out([](const NightState& state) { return state.imported && state.reconciled; },
            [&](const Nights& mine, const States& states) {
              steps_.run(Step::kImport, left_of(mine, states, &NightState::imported), progress);
              steps_.run(Step::kReconcile, left_of(mine, states, &NightState::reconciled), progress);
            });
  Nights judged;
  share_out([](const NightState& state) { return state.judged; },
            [&](const Nights& mine, const States& states) {
              const Nights left = left_of(mine, states, &NightState::judged);
              steps_.run(Step::kDetect, left, progress);
              judged.insert(judged.end(), left.begin(), left.end());
            });
  return judged;
}

bool SharedNight::claim_the_end() {
  for (const SourceNight& night : nights_)
    claims_.wait_for([&] { return claims_.claim(night); }, "source " + night.settings().name);
  const States now = states();
  return !std::ranges::all_of(nights_, [&](const SourceNight& night) { return now.at(night.number()).finished; });
}

// Claims sources that are not done, as many as are worked on at once, and works on them, until each is done or was
// tried here; waits for what others work on. What was done before the claim is known after it.
void SharedNight::share_out(const std::function<bool(const store::NightState&)>& is_done,
                            const std::function<void(const Nights& mine, const States& states)>& work) {
  std::set<store::SourceNumber> tried;
  Nights mine;
  const auto take = [&] {
    bool is_left = false;
    const States before = states();
    for (SourceNight& night : nights_) {
      if (tried.contains(night.number()) || is_done(before.at(night.number()))) continue;
      is_left = true;
      if (mine.size() < context_.sources_at_once && claims_.claim(night)) mine.push_back(&night);
    }
    return !mine.empty() || !is_left;
  };
  for (claims_.wait_for(take, "sources"); !mine.empty(); claims_.wait_for(take, "sources")) {
    work(mine, states());
    for (SourceNight* night : mine) {
      tried.insert(night->number());
      claims_.release(*night);
    }
    mine.clear();
  }
}

}  // namespace vigie
