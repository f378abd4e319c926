#pragma once
// What a monitor reads of Vigie: how the runs went, what is open, what waits. Numbers and names of sources and jobs
// only, no personal data.

#include <cstdint>
#include <string>

#include "settings.h"
#include "store/store.h"

namespace vigie {

// Prometheus' text format, from what the store holds; `now`: seconds since the epoch.
std::string metrics(const store::Store& store, const Settings& settings, std::int64_t now);

// The same as the file that the configuration names, where it names one, made beside and renamed; for the text-file
// collector of node_exporter, so readable by all. Throws std::runtime_error that names the key and the file.
void write_metrics(const store::Store& store, const Settings& settings, std::int64_t now);

struct Health {
  bool good = false;
  std::string text;  // one line
};

// Good while the last night that went through is at most 26 hours old.
Health health(const store::Store& store, std::int64_t now);

}  // namespace vigie
