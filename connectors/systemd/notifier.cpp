#include "systemd/notifier.h"

#include <cstdint>
#include <ctime>

#include <systemd/sd-daemon.h>

namespace vigie::systemd {
namespace {

// Whether systemd hears it changes nothing for the service.
void tell(const std::string& state) { static_cast<void>(::sd_notify(0, state.c_str())); }

std::int64_t monotonic_microseconds() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1'000;
}

}  // namespace

void ready(const std::string& status) { tell("READY=1\nSTATUS=" + status); }

void status(const std::string& status) { tell("STATUS=" + status); }

void reloading() { tell("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(monotonic_microseconds())); }

void stopping(const std::string& status) { tell("STOPPING=1\nSTATUS=" + status); }

void alive() { tell("WATCHDOG=1"); }

std::optional<std::chrono::microseconds> watchdog_interval() {
  std::uint64_t microseconds = 0;
  if (::sd_watchdog_enabled(0, &microseconds) <= 0) return std::nullopt;
  return std::chrono::microseconds(microseconds);
}

}  // namespace vigie::systemd
