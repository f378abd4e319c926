#pragma once
// Reports as a night at a Caf would make them, for tests of what is printed. The same arguments, the same report.

#include "summary/report.h"

namespace vigie::testing {

// Every sheet has rows; `findings` in `Anomalies`, the others in proportion.
summary::Report sample_report(int findings);

// A first night on clean data: rules, files and a source, nothing to say.
summary::Report empty_report();

}  // namespace vigie::testing
