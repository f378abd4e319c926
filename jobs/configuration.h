#pragma once
// The configuration as the command line chooses it: --config, --set.

#include <filesystem>

#include "options.h"
#include "settings.h"

namespace vigie {

// Throws UsageError with one line for each thing that is wrong.
Settings configured(const Options& options);

// What the file held at one moment, for the service and its jobs: a file that is being written, or is broken, changes
// nothing until it is read again and found right. In memory; other processes get it with the descriptor.
class ConfigurationText {
 public:
  // Throws UsageError where the file cannot be read.
  explicit ConfigurationText(const std::filesystem::path& file);
  ~ConfigurationText();
  ConfigurationText(const ConfigurationText&) = delete;
  ConfigurationText& operator=(const ConfigurationText&) = delete;

  [[nodiscard]] int descriptor() const { return descriptor_; }
  // As this process opens it.
  [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_ = -1;
};

}  // namespace vigie
