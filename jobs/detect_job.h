#pragma once
// Detection of one source: the rules over its snapshot, the life of its findings, the night's figures.

#include "context.h"
#include "findings/engine.h"
#include "source_task.h"
#include "store/findings.h"

namespace vigie {

// Reads what the store has of the source, judges it, and stores the findings. `shared`: of the as-of day, after all
// imports.
SourceTask detect_task(Context& context, SourceNight& night, const store::SharedMails& shared);

// What it lacks, in French: "colonne profession absente de utilisateurs.csv".
std::string explain_lack(const NotVerifiable& rule);

}  // namespace vigie
