#pragma once
// What a service tells systemd (sd_notify(3)): nothing where it was not started by it.

#include <chrono>
#include <optional>
#include <string>

namespace vigie::systemd {

void ready(const std::string& status);
void status(const std::string& status);
void reloading();  // until ready()
void stopping(const std::string& status);
void alive();  // for the watchdog

// How often alive() must be called at least; nothing where no watchdog looks.
std::optional<std::chrono::microseconds> watchdog_interval();

}  // namespace vigie::systemd
