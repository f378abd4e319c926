#pragma once
// The program's log, on standard error: text, or one JSON object a line; and a progress bar where it is a terminal.
// Never personal data, never secrets: names of sources, files, rules, counts and durations.

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace vigie {

enum class LogLevel { kQuiet, kNormal, kVerbose };

class Log {
 public:
  using Value = std::variant<std::string, std::int64_t, double>;
  using Fields = std::initializer_list<std::pair<std::string_view, Value>>;

  Log(LogLevel level, bool json);

  void info(std::string_view event, std::string_view message, Fields fields = {});
  void detail(std::string_view event, std::string_view message, Fields fields = {});   // with --verbose
  void warning(std::string_view event, std::string_view message, Fields fields = {});  // with --quiet too
  void error(std::string_view event, std::string_view message, Fields fields = {});

  // The run that lines of the log belong to from now on.
  void belongs_to(std::int64_t run) { run_ = run; }

  [[nodiscard]] bool is_quiet() const { return level_ == LogLevel::kQuiet; }

  // A stage that is under way: shown as a bar while it lasts, and said with its duration when it ends.
  class Stage {
   public:
    Stage(Log& log, std::string stage, std::string source, int step, int steps);
    ~Stage();
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

   private:
    Log& log_;
    std::string stage_;
    std::string source_;
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  };

 private:
  void write(int priority, std::string_view event, std::string_view message, Fields fields);
  void draw_bar(std::string_view stage, std::string_view source, int step, int steps) const;
  void clear_bar() const;

  LogLevel level_;
  std::int64_t run_ = 0;
  bool json_;
  bool terminal_;
  bool journal_;
};

}  // namespace vigie
