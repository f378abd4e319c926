#include "log.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "calendar.h"
#include "domain/text.h"
#include "systemd/journal.h"

namespace vigie {
namespace {

constexpr int kError = 3;  // syslog's priorities
constexpr int kWarning = 4;
constexpr int kInfo = 6;
constexpr int kDebug = 7;
constexpr int kBarWidth = 24;

std::string_view level_name(int priority) {
  switch (priority) {
    case kError:
      return "error";
    case kWarning:
      return "warning";
    case kInfo:
      return "info";
    default:
      return "debug";
  }
}

std::string to_text(const Log::Value& value) {
  return std::visit([](const auto& v) { return fmt::format("{}", v); }, value);
}

// A bar moves the cursor: not in a file, not on a terminal that cannot, not where plain text is asked for
// (https://no-color.org).
bool draws_on_terminal() {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string_view(value == nullptr ? "" : value);
  };
  return ::isatty(STDERR_FILENO) == 1 && variable("NO_COLOR").empty() && variable("TERM") != "dumb";
}

// "job" is VIGIE_JOB.
std::vector<std::string> journal_fields(int priority, std::string_view event, std::string_view message,
                                        std::int64_t run, Log::Fields fields) {
  std::vector<std::string> all = {fmt::format("MESSAGE={}", one_line(message)), fmt::format("PRIORITY={}", priority),
                                  "SYSLOG_IDENTIFIER=vigie", fmt::format("VIGIE_EVENT={}", event)};
  if (run != 0) all.push_back(fmt::format("VIGIE_RUN={}", run));
  for (const auto& [name, value] : fields) {
    std::string key(name);
    std::ranges::transform(key, key.begin(), [](unsigned char c) { return std::isalnum(c) ? std::toupper(c) : '_'; });
    all.push_back(fmt::format("VIGIE_{}={}", key, to_text(value)));
  }
  return all;
}

}  // namespace

Log::Log(LogLevel level, bool json)
    : level_(level), json_(json), terminal_(draws_on_terminal()), journal_(systemd::logs_to_journal()) {}

void Log::info(std::string_view event, std::string_view message, Fields fields) {
  if (level_ != LogLevel::kQuiet) write(kInfo, event, message, fields);
}

void Log::detail(std::string_view event, std::string_view message, Fields fields) {
  if (level_ == LogLevel::kVerbose || (json_ && level_ != LogLevel::kQuiet)) write(kDebug, event, message, fields);
}

void Log::warning(std::string_view event, std::string_view message, Fields fields) {
  write(kWarning, event, message, fields);
}

void Log::error(std::string_view event, std::string_view message, Fields fields) {
  write(kError, event, message, fields);
}

void Log::write(int priority, std::string_view event, std::string_view message, Fields fields) {
  clear_bar();
  std::string line;
  if (json_) {
    nlohmann::ordered_json object = {
        {"time", utc_time()}, {"level", level_name(priority)}, {"event", event}, {"message", message}};
    if (run_ != 0) object["run"] = run_;
    for (const auto& [name, value] : fields)
      std::visit([&, key = name](const auto& v) { object[std::string(key)] = v; }, value);
    line = object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  } else {
    if (journal_ && systemd::write_to_journal(journal_fields(priority, event, message, run_, fields))) return;
    if (journal_) line = fmt::format("<{}>", priority);
    line += fmt::format("{}{}", priority <= kWarning ? fmt::format("{}: ", level_name(priority)) : "", message);
    if (level_ == LogLevel::kVerbose)
      for (const auto& [name, value] : fields) line += fmt::format(" {}={}", name, to_text(value));
  }
  if (!json_) line = one_line(line);
  line += '\n';
  std::fwrite(line.data(), 1, line.size(), stderr);
}

void Log::draw_bar(std::string_view stage, std::string_view source, int step, int steps) const {
  if (!terminal_ || json_ || level_ == LogLevel::kQuiet) return;
  const int filled = kBarWidth * (step - 1) / std::max(steps, 1);
  std::string bar;
  for (int i = 0; i < kBarWidth; ++i) bar += i < filled ? "█" : "░";
  const std::string line = fmt::format("\r\033[K{} {}/{} {} {}", bar, step, steps, stage, source);
  std::fwrite(line.data(), 1, line.size(), stderr);
}

void Log::clear_bar() const {
  if (terminal_ && !json_) std::fputs("\r\033[K", stderr);
}

Log::Stage::Stage(Log& log, std::string stage, std::string source, int step, int steps)
    : log_(log), stage_(std::move(stage)), source_(std::move(source)) {
  log_.draw_bar(stage_, source_, step, steps);
}

Log::Stage::~Stage() {
  log_.clear_bar();
  if (std::uncaught_exceptions() > 0) return;
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
  log_.detail("stage", fmt::format("{} {}: {:.2f} s", stage_, source_, seconds),
              {{"stage", stage_}, {"source", source_}, {"seconds", seconds}});
}

}  // namespace vigie
