#include "intake/resolve.h"

#include <algorithm>
#include <optional>
#include <string>

namespace vigie::intake {
namespace {

// Looks up the rows that one file's rows refer to.
class Referrer {
 public:
  Referrer(Tables& tables, FileId file) : tables_(tables), file_(file) {}

  // Fills `links`, and tells the reference that does not resolve; nothing where all do.
  std::optional<std::size_t> look_up(std::string_view row, std::array<Index, kMaxReferences>& links) {
    const Record record = decode(file_, row);
    const auto references = spec(file_).references;
    for (std::size_t i = 0; i < references.size(); ++i) {
      links[i] = kNone;
      if (!tables_[index(references[i].to)].present) continue;
      links[i] = find(references[i], record, last_[i]);
      if (links[i] == kNone) return i;
    }
    return std::nullopt;
  }

 private:
  // Rows that follow each other mostly refer to the same record.
  struct Last {
    std::string key;
    Index row = kNone;
    bool filled = false;
  };

  Index find(const ReferenceSpec& reference, const Record& record, Last& last) {
    key_.clear();
    for (const std::int8_t field : reference.fields)
      if (field >= 0) append_encoded_text(key_, record[static_cast<std::size_t>(field)].text);
    if (last.filled && last.key == key_) return last.row;
    const Table& table = tables_[index(reference.to)];
    const Index row = table.keys.find(table.rows, key_, digest(key_, table.seed));
    last = {key_, row != kNone && table.states[row] != RowState::kRejected ? row : kNone, true};
    return last.row;
  }

  Tables& tables_;
  FileId file_;
  std::string key_;
  std::array<Last, kMaxReferences> last_;
};

// The field at fault: the last of those that make the reference (its first one is a reference of its own).
std::size_t field_at_fault(const ReferenceSpec& reference) {
  return static_cast<std::size_t>(std::max(reference.fields[0], reference.fields[1]));
}

Reject unknown_reference(const Table& table, const Row& row, const ReferenceSpec& reference) {
  const std::size_t field = field_at_fault(reference);
  return {.file = table.file,
          .line = row.line,
          .reason = RejectReason::kUnknownReference,
          .field = static_cast<int>(field),
          .value = std::string(decode(table.file, row.bytes())[field].text),
          .record = std::string(row.raw, row.raw_size)};
}

// The stored values of the record that a rejected row names, where there is one that is not withdrawn.
std::optional<std::string_view> stored(const Table& table, const Row& row, KnownRecords& known, RecordReader& reader) {
  std::optional<std::string_view> found;
  known.find(row.key_digest, [&](RecordNumber number, const KnownRecord& record) {
    if (record.withdrawn()) return false;
    const std::string_view bytes = reader.read(table.file, number);
    if (bytes.substr(0, row.key_size) != row.key()) return false;
    found = bytes;
    return true;
  });
  return found;
}

void resolve_file(Tables& tables, FileId file, KnownRecords& known, RecordReader& reader) {
  Table& table = tables[index(file)];
  const auto references = spec(file).references;
  for (std::size_t i = 0; i < references.size(); ++i) table.links[i].assign(table.rows.size(), kNone);
  Referrer referrer(tables, file);
  std::array<Index, kMaxReferences> links{};
  const auto set_links = [&](std::size_t row) {
    for (std::size_t i = 0; i < references.size(); ++i) table.links[i][row] = links[i];
  };
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    Row& row = table.rows[i];
    if (table.states[i] == RowState::kAccepted) {
      const auto unresolved = referrer.look_up(row.bytes(), links);
      if (!unresolved) {
        set_links(i);
        continue;
      }
      table.rejects.push_back(unknown_reference(table, row, references[*unresolved]));
      table.states[i] = RowState::kRejected;
    }
    const auto kept = stored(table, row, known, reader);
    if (!kept || referrer.look_up(*kept, links)) continue;
    row.data = table.arena->copy(*kept).data();
    row.size = static_cast<std::uint32_t>(kept->size());
    table.states[i] = RowState::kKept;
    set_links(i);
  }
  std::stable_sort(table.rejects.begin(), table.rejects.end(),
                   [](const Reject& a, const Reject& b) { return a.line < b.line; });
}

// New position of each row; empty where all rows stand.
std::vector<Index> compact_rows(Table& table) {
  if (std::ranges::find(table.states, RowState::kRejected) == table.states.end()) return {};
  std::vector<Index> moved(table.rows.size(), kNone);
  Index to = 0;
  for (Index from = 0; from < table.rows.size(); ++from) {
    if (table.states[from] == RowState::kRejected) continue;
    moved[from] = to;
    table.rows[to] = table.rows[from];
    table.states[to] = table.states[from];
    for (auto& links : table.links)
      if (!links.empty()) links[to] = links[from];
    ++to;
  }
  table.rows.resize(to);
  table.states.resize(to);
  for (auto& links : table.links)
    if (!links.empty()) links.resize(to);
  return moved;
}

}  // namespace

void resolve(Tables& tables, LastState& last, RecordReader& reader) {
  for (std::size_t i = 0; i < kFileCount; ++i) resolve_file(tables, file_at(i), last[i], reader);
}

void compact(Tables& tables) {
  std::array<std::vector<Index>, kFileCount> moved;
  for (std::size_t i = 0; i < kFileCount; ++i) {
    Table& table = tables[i];
    moved[i] = compact_rows(table);
    table.keys = {};
    const auto references = spec(file_at(i)).references;
    for (std::size_t r = 0; r < references.size(); ++r) {
      const auto& map = moved[index(references[r].to)];
      if (map.empty()) continue;
      for (Index& link : table.links[r])
        if (link != kNone) link = map[link];
    }
  }
}

}  // namespace vigie::intake
