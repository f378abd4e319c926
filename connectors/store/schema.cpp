#include "store/schema.h"

#include <algorithm>

#include "domain/text.h"

namespace vigie::store {
namespace {

constexpr std::string_view kFirst = R"(
CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE source(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
  reconciled_on INTEGER, judged_on INTEGER);

CREATE TABLE run(id INTEGER PRIMARY KEY, command TEXT NOT NULL, as_of INTEGER NOT NULL,
  started_at INTEGER NOT NULL, finished_at INTEGER, exit_code INTEGER, summary TEXT NOT NULL DEFAULT '');

-- Every import, refused ones too: what the history, the shrink limit and the trends stand on.
CREATE TABLE import(id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES source(id), run INTEGER,
  as_of INTEGER NOT NULL, good INTEGER NOT NULL, stale INTEGER NOT NULL DEFAULT 0, remarks TEXT NOT NULL DEFAULT '');
CREATE INDEX import_of_source ON import(source, id);

CREATE TABLE import_file(import INTEGER NOT NULL REFERENCES import(id), file INTEGER NOT NULL, present INTEGER NOT NULL,
  columns INTEGER NOT NULL, unknown_columns TEXT NOT NULL, row_count INTEGER NOT NULL, accepted INTEGER NOT NULL,
  kept INTEGER NOT NULL, rejected INTEGER NOT NULL, added INTEGER NOT NULL, changed INTEGER NOT NULL,
  withdrawn INTEGER NOT NULL, returned INTEGER NOT NULL, PRIMARY KEY(import, file)) WITHOUT ROWID;

CREATE TABLE reject(import INTEGER NOT NULL REFERENCES import(id), file INTEGER NOT NULL, line INTEGER NOT NULL,
  reason TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, record TEXT NOT NULL);
CREATE INDEX reject_of_import ON reject(import);

-- Records that an import kept although their row was rejected: it proves nothing about them.
CREATE TABLE kept(import INTEGER NOT NULL, file INTEGER NOT NULL, record INTEGER NOT NULL,
  PRIMARY KEY(import, file, record)) WITHOUT ROWID;

-- kind: changed, withdrawn, returned; what was added is told by the records themselves (added_in).
-- seen_on: as-of day of the last import that brought the old value (closing dates of accounts).
CREATE TABLE change(id INTEGER PRIMARY KEY, import INTEGER NOT NULL, file INTEGER NOT NULL, record INTEGER NOT NULL,
  kind TEXT NOT NULL, field TEXT NOT NULL DEFAULT '', old TEXT NOT NULL DEFAULT '', new TEXT NOT NULL DEFAULT '',
  seen_on INTEGER);
CREATE INDEX change_of_record ON change(file, record);

-- Digests of all records of a file, in the order of their numbers, in pieces: what tells an unchanged row at once.
CREATE TABLE known_records(source INTEGER NOT NULL, file INTEGER NOT NULL, piece INTEGER NOT NULL, digests BLOB NOT NULL,
  PRIMARY KEY(source, file, piece));

-- Accounts that managed, on an import's as-of day, an active group with an active Afas grant; the first such import.
CREATE TABLE afas_manager(source INTEGER NOT NULL, account TEXT NOT NULL, import INTEGER NOT NULL,
  PRIMARY KEY(source, account)) WITHOUT ROWID;

CREATE TABLE action(id INTEGER PRIMARY KEY, source INTEGER NOT NULL, convention TEXT NOT NULL, kind INTEGER NOT NULL,
  subject TEXT NOT NULL, due_on INTEGER NOT NULL, reason TEXT NOT NULL, cause TEXT NOT NULL, state TEXT NOT NULL,
  first_seen INTEGER NOT NULL, sent_on INTEGER, depth INTEGER NOT NULL);
CREATE UNIQUE INDEX action_identity ON action(source, kind, convention, subject);

-- What a guard holds of a source: closings, or a night's mails.
CREATE TABLE plan(id TEXT NOT NULL, kind TEXT NOT NULL, source INTEGER NOT NULL, held_on INTEGER NOT NULL, count INTEGER NOT NULL,
  reason TEXT NOT NULL, state TEXT NOT NULL, approved_by TEXT NOT NULL DEFAULT '', approved_on INTEGER,
  approval_reason TEXT NOT NULL DEFAULT '', PRIMARY KEY(id, source));

CREATE TABLE finding(id INTEGER PRIMARY KEY, source INTEGER NOT NULL, rule TEXT NOT NULL, convention TEXT NOT NULL,
  subject TEXT NOT NULL, severity INTEGER NOT NULL, resolved INTEGER NOT NULL, resolved_on INTEGER, first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL, returns INTEGER NOT NULL, services TEXT NOT NULL, partner TEXT NOT NULL,
  detail TEXT NOT NULL, partner_detail TEXT NOT NULL, recommendation TEXT NOT NULL, about_group TEXT NOT NULL,
  about_account TEXT NOT NULL);
CREATE INDEX finding_of_source ON finding(source);

-- The last day on which each rule was judged: every finding of it that is not resolved was seen then.
CREATE TABLE judged(source INTEGER NOT NULL, rule TEXT NOT NULL, as_of INTEGER NOT NULL, PRIMARY KEY(source, rule)) WITHOUT ROWID;

-- How many findings a detect found, by day: trends, and what changed since the last run.
CREATE TABLE tally(source INTEGER NOT NULL, as_of INTEGER NOT NULL, rule TEXT NOT NULL, severity INTEGER NOT NULL,
  open INTEGER NOT NULL, fresh INTEGER NOT NULL, resolved INTEGER NOT NULL,
  PRIMARY KEY(source, as_of, rule, severity)) WITHOUT ROWID;

-- Persons by convention, service and role, by month: the sheet « Accès par service ».
CREATE TABLE access(source INTEGER NOT NULL, month INTEGER NOT NULL, convention TEXT NOT NULL, service TEXT NOT NULL,
  role TEXT NOT NULL, persons INTEGER NOT NULL, PRIMARY KEY(source, month, convention, service, role)) WITHOUT ROWID;

-- The outbox. A mail is here before it is handed over, and stays as the record that it went.
CREATE TABLE mail(id INTEGER PRIMARY KEY, source INTEGER NOT NULL, recipient_kind INTEGER NOT NULL, address TEXT NOT NULL,
  name TEXT NOT NULL, convention TEXT NOT NULL, as_of INTEGER NOT NULL, state TEXT NOT NULL, subject TEXT NOT NULL,
  message_id TEXT NOT NULL, message TEXT NOT NULL, answer TEXT NOT NULL DEFAULT '', tries INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL);
CREATE UNIQUE INDEX mail_once_a_day ON mail(source, address, convention, as_of);

-- Mails that a guard holds: who, and which findings (ids, comma separated). They are written when they go.
CREATE TABLE held_mail(source INTEGER NOT NULL, recipient_kind INTEGER NOT NULL, address TEXT NOT NULL, name TEXT NOT NULL,
  convention TEXT NOT NULL, as_of INTEGER NOT NULL, plan TEXT NOT NULL, findings TEXT NOT NULL);

-- What each recipient has been told and not yet been told the end of.
CREATE TABLE told(source INTEGER NOT NULL, address TEXT NOT NULL, convention TEXT NOT NULL, finding INTEGER NOT NULL,
  returns INTEGER NOT NULL, PRIMARY KEY(source, address, convention, finding)) WITHOUT ROWID;
)";

constexpr std::string_view kSecond = R"(
-- Accepted exceptions, ended ones too: who let what stand until when, and why, is kept.
CREATE TABLE waiver(id INTEGER PRIMARY KEY AUTOINCREMENT, source INTEGER NOT NULL, rule TEXT NOT NULL,
  convention TEXT NOT NULL, subject TEXT NOT NULL, until INTEGER NOT NULL, reason TEXT NOT NULL,
  recorded_by TEXT NOT NULL, recorded_on INTEGER NOT NULL, ended_on INTEGER, ended_by TEXT NOT NULL DEFAULT '',
  end_reason TEXT NOT NULL DEFAULT '');
CREATE INDEX waiver_of_source ON waiver(source);
)";

constexpr std::string_view kThird = R"(
-- The severity of a finding before it changed, the day of that detect, and the day on which it last came back.
ALTER TABLE finding ADD COLUMN severity_before INTEGER NOT NULL DEFAULT 0;
ALTER TABLE finding ADD COLUMN severity_since INTEGER;
ALTER TABLE finding ADD COLUMN returned_on INTEGER;
ALTER TABLE tally ADD COLUMN returned INTEGER NOT NULL DEFAULT 0;

-- How grave a finding was when it was told.
ALTER TABLE told ADD COLUMN severity INTEGER NOT NULL DEFAULT 3;
UPDATE told SET severity = coalesce((SELECT severity FROM finding WHERE finding.id = told.finding), 3);

-- A closing that a guard holds, or held until it was sent; and who has been told that it is no longer held.
ALTER TABLE action ADD COLUMN was_held INTEGER NOT NULL DEFAULT 0;
UPDATE action SET was_held = 1 WHERE state = 'held';
CREATE TABLE told_closing(source INTEGER NOT NULL, address TEXT NOT NULL, convention TEXT NOT NULL,
  action INTEGER NOT NULL, sent_on INTEGER NOT NULL, PRIMARY KEY(source, address, convention, action)) WITHOUT ROWID;
)";

constexpr std::string_view kFourth = R"(
-- What becomes of a mail, beside it, since whoever looks through these need not read whole messages.
-- told: the findings that it tells for the first time (ids, comma separated), until it arrives. redirected_to: whom it
-- goes to in the recipient's place, during a trial. Days are as-of days. reported: compliance knows that it was lost.
CREATE TABLE mail_life(mail INTEGER PRIMARY KEY, told TEXT NOT NULL DEFAULT '',
  told_closings TEXT NOT NULL DEFAULT '', redirected_to TEXT NOT NULL DEFAULT '',
  tries INTEGER NOT NULL DEFAULT 0, answer TEXT NOT NULL DEFAULT '', first_tried_on INTEGER, last_tried_on INTEGER,
  ended_on INTEGER, reported INTEGER NOT NULL DEFAULT 0);
INSERT INTO mail_life(mail, tries, answer) SELECT id, tries, answer FROM mail;
ALTER TABLE mail DROP COLUMN tries;
ALTER TABLE mail DROP COLUMN answer;
CREATE INDEX mail_of_state ON mail(state, source);
)";

constexpr std::string_view kFifth = R"(
-- The as-of day on which a closing was confirmed or became obsolete.
ALTER TABLE action ADD COLUMN ended_on INTEGER;
-- Write-backs. sending_since: the last good import before one began that was not seen to end. failed_statement: what
-- the closing made fail, so that it is not tried again until the statement is another.
ALTER TABLE action ADD COLUMN sending_since INTEGER NOT NULL DEFAULT 0;
ALTER TABLE action ADD COLUMN failed_statement TEXT NOT NULL DEFAULT '';
ALTER TABLE action ADD COLUMN failure TEXT NOT NULL DEFAULT '';
-- The as-of day for which mails and reports were last made: of a night that is shared, what tells that it is over.
ALTER TABLE source ADD COLUMN finished_on INTEGER;
)";

constexpr std::string_view kSixth = R"(
-- Write-backs that did not go through. action: the closing at which one stopped, 0 where at none; set_aside: that
-- closing is. reported: compliance knows of it.
CREATE TABLE failed_write_back(id INTEGER PRIMARY KEY AUTOINCREMENT, source INTEGER NOT NULL, as_of INTEGER NOT NULL,
  how TEXT NOT NULL, closings INTEGER NOT NULL, action INTEGER NOT NULL, set_aside INTEGER NOT NULL, why TEXT NOT NULL,
  reported INTEGER NOT NULL DEFAULT 0);
)";

constexpr std::string_view kSeventh = R"(
-- What to do is kept without its values ({groupe}, {identifiant}…), which are in the finding. What older programs wrote
-- has them filled in, and stays so until the next detect.
ALTER TABLE finding RENAME COLUMN recommendation TO remedy;
)";

std::string_view column_type(FieldKind kind) {
  return kind == FieldKind::kDay || kind == FieldKind::kLevel ? " INTEGER" : " TEXT NOT NULL";
}

std::string record_table(const FileSpec& file) {
  std::string sql = "CREATE TABLE " + std::string(file.name) + "(id INTEGER PRIMARY KEY, added_in INTEGER NOT NULL";
  for (const FieldSpec& field : file.fields) sql.append(", ").append(field.name).append(column_type(field.kind));
  return sql += ", withdrawn_in INTEGER);\n";
}

std::string first_version() {
  std::string sql(kFirst);
  for (const FileSpec& file : all_files()) sql += record_table(file);
  return sql;
}

// A table's columns without a key to find a row by.
std::string with_rowid(std::string statement) {
  constexpr std::string_view kCreate = "CREATE TABLE ";
  const std::size_t at = statement.find(kCreate);
  if (at == std::string::npos || statement.find("PRIMARY KEY") != std::string::npos) return statement;
  return statement.insert(statement.rfind(')'), ", rowid INTEGER PRIMARY KEY");
}

std::string without_comments(std::string_view text) {
  std::string kept;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    if (!text.starts_with("--")) kept += text.substr(0, end);
    text.remove_prefix(end);
  }
  return kept;
}

std::string for_postgres(const std::string& written) {
  const std::string statements = without_comments(written);
  std::string sql;
  std::string_view step = statements;
  while (!step.empty()) {
    const std::size_t end = std::min(step.find(';'), step.size() - 1) + 1;
    sql += with_rowid(std::string(step.substr(0, end)));
    step.remove_prefix(end);
  }
  replace_all(sql, {{" INTEGER PRIMARY KEY AUTOINCREMENT", " BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"},
                    {" INTEGER PRIMARY KEY", " BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"},
                    {" INTEGER", " BIGINT"},
                    {" TEXT", " TEXT COLLATE \"C\""},
                    {" BLOB", " BYTEA"},
                    {" WITHOUT ROWID", ""}});
  return sql;
}

}  // namespace

std::vector<std::string> migrations(Dialect dialect) {
  std::vector<std::string> steps = {first_version(),      std::string(kSecond), std::string(kThird),
                                    std::string(kFourth), std::string(kFifth),  std::string(kSixth),
                                    std::string(kSeventh)};
  if (dialect == Dialect::kPostgres)
    for (std::string& step : steps) step = for_postgres(step);
  return steps;
}

std::string field_columns(FileId file) {
  std::string columns;
  for (const FieldSpec& field : spec(file).fields) columns.append(columns.empty() ? "" : ", ").append(field.name);
  return columns;
}

}  // namespace vigie::store
