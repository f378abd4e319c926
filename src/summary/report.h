#pragma once
// Everything that a workbook shows, worked out; the workbook only formats it. Texts are French where officers read
// them. Rows come in the order in which they are shown.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "domain/day.h"
#include "domain/shared_text.h"
#include "findings/severity.h"
#include "reconcile/action.h"

namespace vigie::summary {

// The first of the rows behind a figure: its place in a list of the report.
inline constexpr std::size_t kNoRow = SIZE_MAX;

struct Change {
  int now = 0;
  int before = 0;                   // at the run before; meaningless where `first` is true
  bool first = false;               // there is no run before
  int fresh = 0;                    // of `now`: new since the last run
  std::optional<int> month_before;  // 30 days ago; nothing where that is not known
};

struct SeverityFigure {
  Severity severity = Severity::kInfo;
  Change open;
  std::size_t first_row = kNoRow;  // of `findings`
};

struct FamilyFigure {
  std::string family;  // French: "Groupes"
  SeverityCounts open;
  std::optional<int> before;        // of all severities, at the run before; nothing where there was none
  std::optional<int> month_before;  // 30 days ago; nothing where that is not known
  std::array<std::size_t, 4> first_rows = {kNoRow, kNoRow, kNoRow, kNoRow};  // of `findings`, in the order of Severity

  [[nodiscard]] std::size_t first_row(Severity severity) const {
    return first_rows.at(static_cast<std::size_t>(severity));
  }
};

struct TrendPoint {
  Day day;
  SeverityCounts open;
};

struct SourceState {
  std::string name;     // "caf931"
  std::string label;    // "Caf de la Seine-Saint-Denis"
  Day imported_on;      // last good import; never: none yet
  std::string outcome;  // "Importé", "Refusé : …", French
  int accounts = 0;
  int open_findings = 0;
  int closings = 0;  // given out, not confirmed
  int held = 0;      // closings that a guard holds
  // The first rows behind these figures: of `findings`, `actions`, `actions`, `imports`, and of `imports` that of the
  // file with its accounts, where they are of the last import.
  std::size_t first_finding = kNoRow;
  std::size_t first_closing = kNoRow;
  std::size_t first_held = kNoRow;
  std::size_t first_import = kNoRow;
  std::size_t accounts_import = kNoRow;
};

// One of the four questions that officers are asked most: how many, and one sentence.
struct Answer {
  std::string question;  // "Boîtes aux lettres partagées"
  std::string sheet;     // the sheet that answers it
  int count = 0;
  std::string sentence;
  bool verified = true;  // false: none of its rules could be judged, and the count says nothing
};

// A rule that is on, and that a source's last good export does not let judge.
struct UnverifiableRule {
  std::string id;
  std::string source;
  std::vector<std::string> lacking;  // French: "colonne profession absente de utilisateurs.csv"
};

struct Overview {
  std::vector<SourceState> sources;
  std::vector<SeverityFigure> by_severity;  // gravest first
  std::vector<FamilyFigure> by_family;      // those with a finding open now, at the run before or 30 days ago
  std::vector<TrendPoint> trend;            // at most 30, oldest first
  std::vector<Answer> answers;              // four
  std::optional<int> before;                // open at the run before; nothing where there was none
  int fresh = 0;                            // since then
  std::size_t first_fresh = kNoRow;         // of `findings`
  int returned = 0;
  int resolved = 0;
  std::vector<std::string> notices;  // held plans, refusals, rules not verifiable and why: French sentences

  [[nodiscard]] int open() const {  // of all severities
    int sum = 0;
    for (const SeverityFigure& figure : by_severity) sum += figure.open.now;
    return sum;
  }
  // What new, returned and resolved ones leave of the change: waivers that were given less those that are over.
  [[nodiscard]] int by_waivers() const { return before.value_or(0) + fresh + returned - resolved - open(); }
};

// Where there are no notices.
inline constexpr const char* kNothingToNotice =
    "Rien n'est retenu, rien n'a été refusé, toutes les règles ont pu être vérifiées.";

// How the figure of the run before, which must be known, becomes today's, so that who adds up finds the same: "12
// anomalies ouvertes à l'exécution précédente, + 3 nouvelles, − 1 résolue = 14 ouvertes."
std::string balance_words(const Overview& overview);

struct FindingRow {
  SharedText source;
  Severity severity = Severity::kInfo;
  bool fresh = false;
  SharedText rule;   // id: links to its row in Règles
  SharedText title;  // the rule's
  SharedText convention;
  SharedText partner;
  SharedText services;
  SharedText group;    // code; empty where it is not about a group
  SharedText account;  // "ENF01302SM", empty where it is not about an account
  SharedText person;   // "Stéphane Bruet"
  SharedText subject;
  SharedText detail;
  SharedText remedy;  // of the finding
  Day first_seen;
  int age_days = 0;
  SharedText status;    // French: "Nouvelle", "Ouverte (revenue 2 fois)", "Dérogation jusqu'au 31/12/2026"
  bool waived = false;  // shown, and not counted
};

// What to do: the remedy with its values.
std::string recommendation(const FindingRow& row);

// Those that are waived last; gravest first, new before old, then by source, convention, rule and subject: rows of
// several sources merge by it.
bool shown_before(const FindingRow& a, const FindingRow& b);

struct SharedMailboxRow {
  SharedText source;
  SharedText convention;
  SharedText partner;
  SharedText account;
  SharedText person;
  SharedText mail;
  SharedText why;    // the word that gave it away
  SharedText roles;  // what the account holds: "Cdap T2, Afas Déclarer"
  Day last_login_on;
  SharedText tell;  // whom to write to: the convention's administrators
  Day first_seen;
};

struct T1Row {
  SharedText source;
  SharedText convention;
  SharedText partner;
  SharedText account;
  SharedText person;
  SharedText profession;
  Day diploma_checked_on;
  SharedText groups;  // those that give T1
  SharedText why;     // French, the finding's detail
  Severity severity = Severity::kInfo;
  SharedText tell;
  Day first_seen;
};

struct ManagerRow {
  SharedText source;
  SharedText convention;
  SharedText partner;
  SharedText group;
  SharedText label;
  int members = 0;     // persons with an effective membership
  SharedText roles;    // "Cdap T2"
  SharedText problem;  // "Aucun responsable désigné", "Compte du responsable clôturé"…
  SharedText manager;  // as the data says; empty: none
  SharedText tell;     // the administrators to call: "Claire Martin <c.martin@…>"
  Day first_seen;
};

struct ApproverRow {
  SharedText source;
  SharedText convention;
  SharedText partner;
  SharedText activity;
  SharedText account;
  SharedText person;
  Day waiting_since;  // never: the activity has no approver at all
  int days_waiting = 0;
  bool document_received = false;  // PJ3
  Day document_on;
  SharedText problem;  // "Validation en attente", "PJ3 manquante", "Aucun approbateur", "Plusieurs approbateurs"
  SharedText tell;
  Day first_seen;
};

struct ActionRow {
  SharedText source;
  SharedText convention;
  SharedText partner;
  ActionKind kind = ActionKind::kCloseProfile;
  SharedText subject;  // as lists write it
  Day date;
  Reason reason = Reason::kConventionClosed;
  SharedText cause;
  ActionState state = ActionState::kProposed;
  SharedText failure;  // of a write-back that it made fail, in French; empty: none
  Day first_seen;
  SharedText plan;  // id of the plan that holds it; empty: none
};

// "À exécuter", "Proposée (écriture impossible : …)", in French.
std::string state_in_words(const ActionRow& row);

struct AccessRow {
  std::string source;
  std::string convention;
  std::string partner;
  std::string service;
  std::string role;
  int persons = 0;
  int before = 0;  // a month ago
  bool known_before = false;
};

struct ImportRow {
  std::string source;
  std::string file;  // "utilisateurs.csv"
  bool present = false;
  bool read = true;  // false: the drop was refused before it was looked for
  std::int64_t rows = 0;
  std::int64_t accepted = 0;
  std::int64_t kept = 0;
  std::int64_t rejected = 0;
  std::int64_t added = 0;
  std::int64_t changed = 0;
  std::int64_t withdrawn = 0;
  std::int64_t returned = 0;
  std::string remark;  // columns missing or ignored, French
};

struct RejectRow {
  std::string source;
  std::string file;
  std::int64_t line = 0;
  std::string reason;  // French: "Date illisible"
  std::string field;
  std::string value;
  std::string record;
};

// How many rows of a file were rejected for one reason.
struct RejectCount {
  std::string source;
  std::string file;
  std::string reason;  // French
  int rows = 0;
};

struct WaiverRow {
  std::string source;
  std::int64_t id = 0;
  std::string rule;   // id: links to its row in Règles
  std::string title;  // the rule's
  std::string convention;
  std::string partner;
  std::string subject;
  std::string state;       // French: "En vigueur", "Se termine bientôt", "Terminée", "Sans objet"
  bool ends_soon = false;  // it matters, and ends within 30 days
  Day until;               // last day on which it holds
  std::string reason;
  std::string by;
  Day recorded_on;
  Day ended_on;  // before its time; never: nobody ended it
  std::string ended_by;
  std::string end_reason;
};

// A rule as it is set for sources; where they set it differently, one row for each way.
struct RuleRow {
  std::string id;
  std::string family;  // French
  std::string title;
  Severity severity = Severity::kInfo;
  std::string parameter;  // "180 jours", "2 au plus"; empty: none
  std::string state;      // "Active", "Désactivée", "Non vérifiable : colonne …"
  int open = 0;
  std::string source;  // the guide
  std::string remedy;
  std::string sources;  // "Toutes", or "caf931, caf932"
};

struct Report {
  std::string title;             // "Conformité des habilitations – Caf de la Seine-Saint-Denis"
  std::string version;           // of the program
  std::string run;               // id of the run
  Day day;                       // as-of
  std::int64_t created_at = 0;   // seconds since the epoch: the run's beginning, so that a rerun makes the same parts
  bool several_sources = false;  // a column says which
  bool of_partner = false;       // for the administrators of one convention: without imports, waivers and what changed
  Overview overview;
  std::vector<FindingRow> findings;
  std::vector<SharedMailboxRow> shared_mailboxes;
  std::vector<T1Row> t1;
  std::vector<ManagerRow> managers;
  std::vector<ApproverRow> approvers;
  std::vector<ActionRow> actions;
  std::vector<AccessRow> access;
  std::vector<ImportRow> imports;
  std::vector<std::string> import_remarks;  // refusals and warnings, French sentences
  std::vector<RejectCount> reject_counts;   // by source and file, the most frequent reason first
  std::vector<RejectRow> rejects;
  std::vector<WaiverRow> waivers;
  std::vector<RuleRow> rules;
  std::vector<UnverifiableRule> unverifiable;     // by rule and source
  std::set<std::string, std::less<>> verifiable;  // rules that are on, and that one export at least lets judge
};

// What the sheet of one of the four questions ("BAL partagées"…) says where it has no row.
std::string nothing_in(const Report& report, std::string_view sheet);

}  // namespace vigie::summary
