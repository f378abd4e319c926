#pragma once
// The journal of systemd, with fields beside the message (sd_journal_sendv(3)): `journalctl VIGIE_RUN=12`.

#include <string>
#include <vector>

namespace vigie::systemd {

// Whether standard error leads to the journal.
bool logs_to_journal();

// One entry, of NAME=VALUE fields. False where no journal takes it.
bool write_to_journal(const std::vector<std::string>& fields);

}  // namespace vigie::systemd
