#include "store/imports.h"

#include <cstring>

#include "domain/arena.h"
#include "store/records.h"
#include "store/schema.h"

namespace vigie::store {
namespace {

constexpr std::size_t kRecordsInPiece = std::size_t{1} << 16;

std::string table_name(FileId file) { return std::string(spec(file).name); }

std::string record_columns(FileId file) { return "id, added_in, " + field_columns(file); }

// A record that is there takes the new values, and is there again; the import that added it stays.
std::string or_replace_values(FileId file) {
  std::string clause = "ON CONFLICT(id) DO UPDATE SET withdrawn_in = NULL";
  for (const FieldSpec& field : spec(file).fields)
    clause.append(", ").append(field.name).append(" = excluded.").append(field.name);
  return clause;
}

// Reads records one at a time; keeps them, in compact form, as long as it lives.
class StoredRecords : public intake::RecordReader {
 public:
  StoredRecords(const Store& store, SourceNumber source) : source_(source) {
    for (std::size_t i = 0; i < kFileCount; ++i)
      statements_.push_back(
          store.prepare("SELECT " + field_columns(file_at(i)) + " FROM " + table_name(file_at(i)) + " WHERE id = ?"));
  }

  std::string_view read(FileId file, intake::RecordNumber number) override {
    Statement& statement = statements_[index(file)].with(record_id(source_, number));
    if (!statement.step()) return {};
    const std::string_view bytes = intake::encode(file, read_fields(statement, 0, file), arena_).bytes();
    statement.reset();
    return bytes;
  }

 private:
  SourceNumber source_;
  std::vector<Statement> statements_;
  Arena arena_;
};

// The as-of day of the last import, before one, that brought an account's record with its closing date.
std::string select_last_seen() {
  return "SELECT i.as_of FROM import i JOIN import_file f ON f.import = i.id AND f.file = ?1 "
         "WHERE i.source = ?2 AND i.good = 1 AND (f.columns & ?3) <> 0 AND i.id < ?5 "
         "AND i.id >= (SELECT added_in FROM utilisateurs WHERE id = ?4) AND " +
         brought_by_import("?1", "?4") + " ORDER BY i.id DESC LIMIT 1";
}

bool is_account_closing(FileId file, std::size_t field) {
  return file == FileId::kAccounts && field == field::accounts::kClosesOn;
}

// Writes what one import does to the records of one file.
class FileWriter {
 public:
  FileWriter(const Store& store, SourceNumber source, ImportNumber import, FileId file)
      : source_(source),
        import_(import),
        file_(file),
        insert_(store.prepare_append(table_name(file), record_columns(file))),
        update_(store.prepare_append(table_name(file), record_columns(file), or_replace_values(file))),
        withdraw_(store.prepare("UPDATE " + table_name(file) + " SET withdrawn_in = ? WHERE id = ?")),
        keep_(store.prepare_append("kept", "import, file, record")),
        note_(store.prepare_append("change", "import, file, record, kind, field, old, new, seen_on")),
        last_seen_(store.prepare(select_last_seen())) {}

  void add(const intake::AddedRecord& added) { write(insert_, added.number, added.values); }

  // What is asked, what is noted and what is changed each in one go: notes go together where that is faster.
  void change(const std::vector<intake::ChangedRecord>& changed) {
    std::vector<Day> seen = last_seen(changed);
    auto seen_on = seen.begin();
    for (const intake::ChangedRecord& record : changed) {
      const std::int64_t id = record_id(source_, record.number);
      if (record.returned) note(id, "returned");
      for (const intake::FieldChange& change : record.changes)
        note_
            .with(import_, number(file_), id, "changed", spec(file_).fields[change.field].name, change.before,
                  change.after, is_account_closing(file_, change.field) ? *seen_on++ : Day::never())
            .run();
    }
    for (const intake::ChangedRecord& record : changed) write(update_, record.number, record.values);
  }

  void withdraw(const std::vector<intake::RecordNumber>& withdrawn) {
    for (const intake::RecordNumber number : withdrawn) note(record_id(source_, number), "withdrawn");
    for (const intake::RecordNumber number : withdrawn) withdraw_.with(import_, record_id(source_, number)).run();
  }

  void keep(intake::RecordNumber record) { keep_.with(import_, number(file_), record_id(source_, record)).run(); }

 private:
  static std::int64_t number(FileId file) { return static_cast<std::int64_t>(index(file)); }

  void note(std::int64_t id, std::string_view kind) {
    note_.with(import_, number(file_), id, kind, "", "", "", Day::never()).run();
  }

  // For each closing date of an account that changed, in their order; never: none brought it.
  std::vector<Day> last_seen(const std::vector<intake::ChangedRecord>& changed) {
    std::vector<Day> days;
    for (const intake::ChangedRecord& record : changed)
      for (const intake::FieldChange& change : record.changes) {
        if (!is_account_closing(file_, change.field)) continue;
        const std::int64_t id = record_id(source_, record.number);
        last_seen_.with(number(file_), source_, column_bit(change.field), id, import_);
        days.push_back(last_seen_.step() ? last_seen_.day(0) : Day::never());
      }
    return days;
  }

  void write(Statement& statement, intake::RecordNumber number, std::string_view values) {
    const intake::Record record = intake::decode(file_, values);
    statement.with(record_id(source_, number), import_);
    bind_fields(statement, 3, file_, record);
    statement.step();
  }

  SourceNumber source_;
  ImportNumber import_;
  FileId file_;
  Statement insert_;
  Statement update_;
  Statement withdraw_;
  Statement keep_;
  Statement note_;
  Statement last_seen_;
};

FileCounts read_counts(const Statement& row) {
  return {.present = row.integer(1) != 0,
          .columns = static_cast<ColumnMask>(row.integer(2)),
          .unknown_columns = row.text(3),
          .rows = row.integer(4),
          .accepted = row.integer(5),
          .kept = row.integer(6),
          .rejected = row.integer(7),
          .added = row.integer(8),
          .changed = row.integer(9),
          .withdrawn = row.integer(10),
          .returned = row.integer(11)};
}

}  // namespace

bool Imports::is_store_empty() const { return !store_.prepare("SELECT 1 FROM import LIMIT 1").step(); }

std::optional<Import> Imports::last() const { return find(""); }

std::optional<Import> Imports::last_good() const { return find("AND good = 1"); }

std::optional<Import> Imports::last_good_before(Day day) const { return find("AND good = 1", day); }

std::optional<Import> Imports::last_fresh() const { return find("AND good = 1 AND stale = 0"); }

std::optional<Import> Imports::find(std::string_view condition, Day before) const {
  auto row = store_.prepare(
      "SELECT id, run, as_of, good, stale, remarks FROM import WHERE source = ?1 "
      "AND as_of < coalesce(?2, as_of + 1) " +
      std::string(condition) + " ORDER BY id DESC LIMIT 1");
  if (!row.with(source_, before).step()) return std::nullopt;
  Import import{.number = row.integer(0),
                .run = row.integer(1),
                .as_of = row.day(2),
                .good = row.integer(3) != 0,
                .stale = row.integer(4) != 0,
                .remarks = row.text(5),
                .files = {}};
  auto files = store_.prepare(
      "SELECT f.file, f.present, f.columns, f.unknown_columns, f.row_count, f.accepted, f.kept, f.rejected, "
      "sum(d.added), sum(d.changed), sum(d.withdrawn), sum(d.returned) FROM import_file f "
      "JOIN import i ON i.source = ?2 AND i.as_of = ?3 AND i.good = ?4 AND i.id <= ?1 "
      "JOIN import_file d ON d.import = i.id AND d.file = f.file WHERE f.import = ?1 GROUP BY f.import, f.file");
  files.with(import.number, source_, import.as_of, import.good);
  while (files.step()) import.files[static_cast<std::size_t>(files.integer(0))] = read_counts(files);
  return import;
}

intake::LastState Imports::last_state() const {
  intake::LastState state;
  for (std::size_t i = 0; i < kFileCount; ++i) state[i] = read_known(file_at(i));
  return state;
}

intake::KnownRecords Imports::read_known(FileId file) const {
  auto pieces = store_.prepare_large("SELECT digests FROM known_records WHERE source = ? AND file = ? ORDER BY piece");
  pieces.with(source_, static_cast<std::int64_t>(index(file)));
  std::vector<intake::KnownRecord> records;
  while (pieces.step()) {
    const std::string_view bytes = pieces.blob(0);
    const std::size_t before = records.size();
    records.resize(before + bytes.size() / sizeof(intake::KnownRecord));
    std::memcpy(&records[before], bytes.data(), bytes.size());
  }
  return intake::KnownRecords(std::move(records));
}

void Imports::forget(FileId file, const std::vector<intake::RecordNumber>& records) const {
  intake::KnownRecords known = read_known(file);
  for (const intake::RecordNumber record : records) known.forget(record);
  write_known(file, known);
}

std::unique_ptr<intake::RecordReader> Imports::reader() const {
  return std::make_unique<StoredRecords>(store_, source_);
}

void Imports::insert(Import& import) const {
  auto add = store_.prepare(
      "INSERT INTO import(source, run, as_of, good, stale, remarks) VALUES (?, ?, ?, ?, ?, ?) RETURNING id");
  add.with(source_, import.run, import.as_of, import.good, import.stale, import.remarks).step();
  import.number = add.integer(0);
  add.reset();
  auto insert_file = store_.prepare("INSERT INTO import_file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (std::size_t i = 0; i < kFileCount; ++i) {
    const FileCounts& file = import.files[i];
    insert_file
        .with(import.number, static_cast<std::int64_t>(i), file.present, file.columns, file.unknown_columns, file.rows,
              file.accepted, file.kept, file.rejected, file.added, file.changed, file.withdrawn, file.returned)
        .run();
  }
}

void Imports::insert_rejects(const Import& import, const intake::Tables& tables) const {
  auto insert = store_.prepare_append("reject", "import, file, line, reason, field, value, record");
  for (const intake::Table& table : tables) {
    const auto fields = spec(table.file).fields;
    for (const intake::Reject& reject : table.rejects) {
      const std::string_view field =
          reject.field == intake::Reject::kNoField ? "" : fields[static_cast<std::size_t>(reject.field)].name;
      insert
          .with(import.number, static_cast<std::int64_t>(index(reject.file)), std::int64_t{reject.line},
                name(reject.reason), field, reject.value, reject.record)
          .run();
    }
  }
}

void Imports::refuse(Import& import, const intake::Tables& tables) const {
  import.good = false;
  insert(import);
  insert_rejects(import, tables);
}

void Imports::apply(Import& import, const intake::Tables& tables, const std::vector<intake::FileDelta>& deltas,
                    const intake::LastState& known, const std::vector<std::string>& afas_managers) const {
  insert(import);
  insert_rejects(import, tables);
  for (const intake::FileDelta& delta : deltas) {
    apply_file(import, delta);
    if (delta.touches_known) write_known(delta.file, known[index(delta.file)]);
  }
  auto manager = store_.prepare_append("afas_manager", "source, account, import", "ON CONFLICT DO NOTHING");
  for (const std::string& account : afas_managers) manager.with(source_, account, import.number).run();
}

void Imports::apply_file(const Import& import, const intake::FileDelta& delta) const {
  FileWriter writer(store_, source_, import.number, delta.file);
  for (const intake::AddedRecord& added : delta.added) writer.add(added);
  writer.change(delta.changed);
  writer.withdraw(delta.withdrawn);
  for (const intake::RecordNumber number : delta.kept) writer.keep(number);
}

void Imports::write_known(FileId file, const intake::KnownRecords& known) const {
  auto write = store_.prepare(
      "INSERT INTO known_records(source, file, piece, digests) VALUES (?, ?, ?, ?) "
      "ON CONFLICT(source, file, piece) DO UPDATE SET digests = excluded.digests");
  const auto& records = known.all();
  for (std::size_t from = 0; from < records.size(); from += kRecordsInPiece) {
    const std::size_t count = std::min(kRecordsInPiece, records.size() - from);
    write.with(source_, static_cast<std::int64_t>(index(file)), static_cast<std::int64_t>(from / kRecordsInPiece));
    write.bind_blob(4, {reinterpret_cast<const char*>(&records[from]), count * sizeof(intake::KnownRecord)}).run();
  }
}

intake::Tables Imports::tables() const {
  intake::Tables tables = intake::no_tables();
  const auto good = last_good();
  if (!good) return tables;
  const auto [first, last] = id_range(source_);
  for (std::size_t i = 0; i < kFileCount; ++i) {
    intake::Table& table = tables[i];
    table.present = good->files[i].present;
    table.columns = good->files[i].columns;
    auto rows = store_.prepare_large("SELECT " + field_columns(table.file) + " FROM " + table_name(table.file) +
                                     " WHERE id BETWEEN ? AND ? AND withdrawn_in IS NULL ORDER BY id");
    rows.with(first, last);
    while (rows.step()) {
      const auto encoded = intake::encode(table.file, read_fields(rows, 0, table.file), *table.arena);
      table.rows.push_back({.data = encoded.data,
                            .key_digest = intake::digest(encoded.key(), table.seed),
                            .size = encoded.size,
                            .key_size = encoded.key_size});
      table.keys.insert(table.rows, static_cast<Index>(table.rows.size() - 1));
    }
    table.states.assign(table.rows.size(), intake::RowState::kAccepted);
  }
  return tables;
}

std::vector<RejectRecord> Imports::rejects() const {
  auto rows = store_.prepare_large(
      "SELECT file, line, reason, field, value, record FROM reject "
      "WHERE import = (SELECT max(id) FROM import WHERE source = ?) ORDER BY file, line");
  rows.with(source_);
  std::vector<RejectRecord> rejects;
  while (rows.step())
    rejects.push_back({.file = csv_name(file_at(static_cast<std::size_t>(rows.integer(0)))),
                       .line = rows.integer(1),
                       .reason = rows.text(2),
                       .field = rows.text(3),
                       .value = rows.text(4),
                       .record = rows.text(5)});
  return rejects;
}

}  // namespace vigie::store
