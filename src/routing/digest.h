#pragma once
// What one recipient is told about one convention (or, to the Caf and to compliance, about one source).

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "domain/day.h"
#include "findings/severity.h"

namespace vigie {

enum class RecipientKind : std::uint8_t { kAdministrator, kManager, kCaf, kCompliance };

struct DigestLine {
  Severity severity = Severity::kInfo;
  std::string title;       // the rule's
  std::string subject;     // French: "Groupe T2PE", "Compte ENF01302SM"
  std::string person;      // of the account it is about: "Stéphane Bruet"; empty: none
  std::string convention;  // shown where the digest is about a source
  std::string partner;
  std::string detail;
  std::string recommendation;
  Day since;
  int age_days = 0;
  bool returned = false;  // it had been resolved and came back
};

struct DigestAction {
  std::string kind;     // French: "Clôturer l'appartenance au groupe"
  std::string subject;  // French: "Appartenance du compte ENF01302SM au groupe T2PE, ouverte le 06/09/2021"
  Day date;
  std::string reason;  // French
  std::string cause;
  std::string convention;
};

// How many more there are than the lists of a digest hold.
struct DigestBeyond {
  std::size_t fresh = 0;
  std::size_t open = 0;
  std::size_t resolved = 0;
  std::size_t escalated = 0;
  std::size_t actions = 0;
};

struct Digest {
  RecipientKind kind = RecipientKind::kAdministrator;
  std::string address;       // mail address of the recipient
  std::string recipient;     // "Claire Martin"; the Caf's label; "Conformité"
  std::string source;        // "caf931"
  std::string source_label;  // "Caf de la Seine-Saint-Denis"
  std::string convention;    // number; empty for the Caf and compliance
  std::string partner;       // organisme; empty for the Caf and compliance
  std::string services;      // "CDAP/AFAS/MCP"
  std::string caf_mail;      // where an administrator may write to; empty: not said
  Day day;
  std::vector<DigestLine> fresh;      // news for this recipient, gravest first
  std::vector<DigestLine> open;       // told before, still open
  std::vector<DigestLine> resolved;   // told before, put right since
  std::vector<DigestLine> escalated;  // to the Caf: open longer than `mail.escalation-days`
  std::vector<DigestAction> actions;  // closings to carry out
  DigestBeyond beyond;
  std::vector<std::string> notices;  // sentences: a drop refused, closings held, why this mail came to you instead
  bool is_verified = true;           // false: no export was ever good, so that no finding means nothing
  bool reminder = false;             // nothing is news; it is time to say it again
  std::string workbook;              // to compliance: the file with all that is open; empty: not said
  bool workbook_attached = false;    // a workbook goes with the mail, unless it is too large
  int total = 0;                     // new and open, not waived, before any cut
  int critical = 0;                  // of these
};

// "CDAP 19_214 VILLE DE ROSNY-SOUS-BOIS", as the Caf wants it in the subject of what an administrator writes.
// To the Caf and to compliance, the source as it is configured: "MCP caf931 Caf de la Seine-Saint-Denis".
std::string heading_of(const Digest& digest);

// "4 anomalies (dont 1 critique)"; no parenthesis where none is critical.
std::string tally_of(const Digest& digest);

// "CDAP 19_214 VILLE DE ROSNY-SOUS-BOIS - 4 anomalies (dont 1 critique)"; "… - export refusé, rien n'est vérifié" where
// nothing is.
std::string subject_of(const Digest& digest);

}  // namespace vigie
