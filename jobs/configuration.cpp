#include "configuration.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <sys/mman.h>
#include <unistd.h>

#include "errors.h"
#include "lock.h"

namespace vigie {
namespace {

Overrides overrides_of(const Options& options) {
  Overrides overrides;
  for (const std::string& each : options.set) {
    const std::size_t equals = each.find('=');
    if (equals == std::string::npos || equals == 0)
      throw UsageError("--set: " + each + " is not KEY=VALUE, such as import.max-age-days=7");
    overrides.emplace_back(each.substr(0, equals), each.substr(equals + 1));
  }
  return overrides;
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

Settings configured(const Options& options) {
  const Overrides overrides = overrides_of(options);
  Settings settings = options.config_text.empty() ? load_settings(find_configuration(options.config), overrides)
                                                  : load_settings(options.config, overrides, options.config_text);
  settings.store.session = session_name();
  return settings;
}

ConfigurationText::ConfigurationText(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in) throw UsageError("the configuration " + file.string() + " cannot be read; check its path and its owner");
  descriptor_ = ::memfd_create("vigie.properties", MFD_CLOEXEC);
  if (descriptor_ < 0 || !write_all(descriptor_, text)) {
    const std::string why = std::strerror(errno);
    if (descriptor_ >= 0) ::close(descriptor_);
    throw std::runtime_error("the configuration cannot be kept in memory: " + why);
  }
}

ConfigurationText::~ConfigurationText() { ::close(descriptor_); }

}  // namespace vigie
