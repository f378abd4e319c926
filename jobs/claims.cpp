#include "claims.h"

#include <chrono>
#include <string>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "errors.h"
#include "lock.h"

namespace vigie {
namespace {

constexpr std::chrono::milliseconds kPause{100};

std::string who_works_on(const Context& context, const SourceNight& night) {
  const auto session = context.store.claimed_by(store::Claim::kSource, night.number());
  return fmt::format("another run works on the source {}: {}; wait until it ends (vigie status)", night.settings().name,
                     session ? holder_named(*session).who : "it has just ended");
}

}  // namespace

bool Claims::claim(const SourceNight& night) { return context_.store.claim(store::Claim::kSource, night.number()); }

void Claims::release(const SourceNight& night) { context_.store.release(store::Claim::kSource, night.number()); }

void Claims::claim_all(const std::vector<SourceNight>& nights) {
  constexpr int kTries = 20;  // the server needs a moment to see that a run was killed
  int left = kTries;
  for (const SourceNight& night : nights)
    while (!claim(night)) {
      if (--left <= 0) throw LockedError(who_works_on(context_, night));
      std::this_thread::sleep_for(kPause);
    }
}

void Claims::wait_for_mails() {
  wait_for([&] { return context_.store.claim(store::Claim::kMails, 0); }, "mails");
}

void Claims::release_mails() { context_.store.release(store::Claim::kMails, 0); }

void Claims::wait_for(const std::function<bool()>& condition, std::string_view what) {
  for (bool is_said = false; !condition(); std::this_thread::sleep_for(kPause)) {
    if (!std::exchange(is_said, true))
      context_.log.info("waiting", fmt::format("another process works on {}; this one waits for it", what));
  }
}

}  // namespace vigie
