#pragma once
// What no other process has done of the day's night, together with those that do: each source is imported, reconciled
// and judged by one of them, and one, when all are, makes mails and reports. What one that is killed leaves, another
// takes over. Who does what, and how far the night is, stands in the store (docs/architecture.md, *A night that is
// shared*).

#include <functional>
#include <map>
#include <vector>

#include "claims.h"
#include "source_steps.h"
#include "store/nights.h"

namespace vigie {

class SharedNight {
 public:
  SharedNight(Context& context, std::vector<SourceNight>& nights, SourceSteps& steps, Claims& claims)
      : context_(context), nights_(nights), steps_(steps), claims_(claims) {}

  // Imports, reconciles and judges until nothing is left of it; returns the sources that were judged here.
  Nights work();

  // Claims all sources, once nobody works on one. Whether nobody has made mails and reports: who comes later finds it
  // done.
  [[nodiscard]] bool claim_the_end();

 private:
  using States = std::map<store::SourceNumber, store::NightState>;

  [[nodiscard]] States states() const { return store::nights(context_.store, context_.day); }
  void share_out(const std::function<bool(const store::NightState&)>& is_done,
                 const std::function<void(const Nights& mine, const States& states)>& work);

  Context& context_;
  std::vector<SourceNight>& nights_;
  SourceSteps& steps_;
  Claims& claims_;
};

}  // namespace vigie
