#pragma once
// Detection of one source: the rules over its snapshot, the life of its findings, the night's figures.

#include "context.h"
#include "findings/engine.h"

namespace vigie {

void detect_source(Context& context, SourceNight& night);

// "not verifiable: colonne …", for the run's summary.
std::string explain(const NotVerifiable& rule);

}  // namespace vigie
