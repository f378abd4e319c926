#include "intake/resolve.h"

#include <algorithm>
#include <iterator>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "domain/parallel.h"

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

constexpr std::size_t kRowsAtOnce = std::size_t{1} << 16;

// What is kept is read from the store, by one thread at a time.
struct Keeping {
  KnownRecords& known;
  RecordReader& reader;
  std::mutex mutex;
};

// Settles some rows of a table that follow each other.
class RowsResolver {
 public:
  RowsResolver(Tables& tables, FileId file, Keeping& keeping)
      : table_(tables[index(file)]), references_(spec(file).references), referrer_(tables, file), keeping_(keeping) {}

  std::vector<Reject> run(std::size_t from, std::size_t until) {
    for (std::size_t row = from; row < until; ++row) {
      if (table_.states[row] == RowState::kAccepted && accept(row)) continue;
      keep(row);
    }
    return std::move(rejects_);
  }

 private:
  bool accept(std::size_t row) {
    const auto unresolved = referrer_.look_up(table_.rows[row].bytes(), links_);
    if (!unresolved) {
      set_links(row);
      return true;
    }
    rejects_.push_back(unknown_reference(table_, table_.rows[row], references_[*unresolved]));
    table_.states[row] = RowState::kRejected;
    return false;
  }

  void keep(std::size_t row) {
    const std::scoped_lock lock(keeping_.mutex);
    const auto kept = stored(table_, table_.rows[row], keeping_.known, keeping_.reader);
    if (!kept || referrer_.look_up(*kept, links_)) return;
    table_.rows[row].data = table_.arena->copy(*kept).data();
    table_.rows[row].size = static_cast<std::uint32_t>(kept->size());
    table_.states[row] = RowState::kKept;
    set_links(row);
  }

  void set_links(std::size_t row) {
    for (std::size_t i = 0; i < references_.size(); ++i) table_.links[i][row] = links_[i];
  }

  Table& table_;
  std::span<const ReferenceSpec> references_;
  Referrer referrer_;
  Keeping& keeping_;
  std::array<Index, kMaxReferences> links_{};
  std::vector<Reject> rejects_;
};

void resolve_file(Tables& tables, FileId file, KnownRecords& known, RecordReader& reader, unsigned threads) {
  Table& table = tables[index(file)];
  for (std::size_t i = 0; i < spec(file).references.size(); ++i) table.links[i].assign(table.rows.size(), kNone);
  Keeping keeping{known, reader, {}};
  std::vector<std::vector<Reject>> rejects((table.rows.size() + kRowsAtOnce - 1) / kRowsAtOnce);
  for_each_in_parallel(rejects.size(), threads, [&](std::size_t i) {
    const std::size_t until = std::min(table.rows.size(), (i + 1) * kRowsAtOnce);
    rejects[i] = RowsResolver(tables, file, keeping).run(i * kRowsAtOnce, until);
  });
  for (auto& some : rejects)
    table.rejects.insert(table.rejects.end(), std::make_move_iterator(some.begin()),
                         std::make_move_iterator(some.end()));
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

void resolve(Tables& tables, LastState& last, RecordReader& reader, unsigned threads) {
  for (std::size_t i = 0; i < kFileCount; ++i) resolve_file(tables, file_at(i), last[i], reader, threads);
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
