#pragma once
// What a run claims of a store that other processes work on too (docs/architecture.md, *A night that is shared*).

#include <functional>
#include <string_view>
#include <vector>

#include "context.h"

namespace vigie {

class Claims {
 public:
  explicit Claims(Context& context) : context_(context) {}

  // Whether nobody else works on the source from here on.
  [[nodiscard]] bool claim(const SourceNight& night);
  void release(const SourceNight& night);

  // Throws LockedError, with who works on one of them.
  void claim_all(const std::vector<SourceNight>& nights);

  void wait_for_mails();
  void release_mails();

  // Asks again and again until it holds, and says once that another process works on `what`.
  void wait_for(const std::function<bool()>& condition, std::string_view what);

 private:
  Context& context_;
};

}  // namespace vigie
