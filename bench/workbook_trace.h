#pragma once
// The calls that fill a workbook's cells, as workbook_calls records and workbook_replay repeats them: one byte, whether
// the workbook is streamed (constant_memory), then each call, followed by its text.

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <ctime>

namespace trace {

enum class Kind : std::uint8_t { kSheet, kString, kNumber, kBlank, kLink, kRow, kMerge };

struct Call {
  Kind kind = Kind::kSheet;
  std::uint8_t sheet = 0;   // in the order in which they were added
  std::uint8_t format = 0;  // in the order in which they were first used; kNoFormat: none
  std::uint16_t column = 0;
  std::uint16_t last_column = 0;  // of what is merged
  std::uint32_t row = 0;
  std::uint32_t length = 0;  // of the text, in bytes
  double number = 0;         // or a row's height
};
inline constexpr std::uint8_t kNoFormat = 255;

// Peak resident memory from here on.
inline void forget_peak() {
  if (std::FILE* file = std::fopen("/proc/self/clear_refs", "w")) {
    std::fputs("5", file);
    std::fclose(file);
  }
}

inline double megabytes(const char* what) {
  char line[256];
  long kilobytes = 0;
  std::FILE* file = std::fopen("/proc/self/status", "r");
  while (file != nullptr && std::fgets(line, sizeof line, file) != nullptr)
    if (std::strncmp(line, what, std::strlen(what)) == 0) std::sscanf(line + std::strlen(what), ": %ld", &kilobytes);
  if (file != nullptr) std::fclose(file);
  return static_cast<double>(kilobytes) / 1024;
}

// What lies between its making and print(): seconds, CPU seconds, resident megabytes before, at their peak.
class Meter {
 public:
  Meter() {
    forget_peak();
    before_ = megabytes("VmRSS");
    began_ = now(CLOCK_MONOTONIC);
    cpu_began_ = now(CLOCK_PROCESS_CPUTIME_ID);
  }

  void print(std::FILE* out) const {
    std::fprintf(out, "%.3f\t%.3f\t%.1f\t%.1f\n", now(CLOCK_MONOTONIC) - began_,
                 now(CLOCK_PROCESS_CPUTIME_ID) - cpu_began_, before_, megabytes("VmHWM"));
  }

 private:
  static double now(clockid_t clock) {
    std::timespec time{};
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
  }

  double before_ = 0;
  double began_ = 0;
  double cpu_began_ = 0;
};

}  // namespace trace
