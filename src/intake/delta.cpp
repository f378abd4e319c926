#include "intake/delta.h"

namespace vigie::intake {
namespace {

ColumnMask all_columns(FileId file) { return static_cast<ColumnMask>((1U << spec(file).fields.size()) - 1); }

// Compares one table with what is known of its file.
class Comparison {
 public:
  Comparison(Table& table, KnownRecords& known, RecordReader& reader)
      : table_(table), known_(known), reader_(reader), seen_(known.all().size()) {
    delta_.file = table.file;
  }

  FileDelta run() {
    for (std::size_t i = 0; i < table_.rows.size(); ++i) {
      if (table_.states[i] == RowState::kKept)
        keep(table_.rows[i]);
      else
        accept(table_.rows[i]);
    }
    withdraw_unseen();
    return std::move(delta_);
  }

 private:
  void keep(const Row& row) {
    known_.find(row.key_digest, [&](RecordNumber number, const KnownRecord& record) {
      if (record.withdrawn() || reader_.read(table_.file, number) != row.bytes()) return false;
      seen_[number - 1] = true;
      delta_.kept.push_back(number);
      return true;
    });
  }

  void accept(const Row& row) {
    const std::uint64_t digest = table_.digest_of(row);
    const bool found = known_.find(row.key_digest, [&](RecordNumber number, const KnownRecord& record) {
      if (number > seen_.size()) return false;  // added a moment ago, under another key with the same digest
      if (record.digest != digest && !change(row, number, record.withdrawn(), digest)) return false;
      seen_[number - 1] = true;
      return true;
    });
    if (found) return;
    delta_.added.push_back({known_.add({row.key_digest, digest}), row.bytes()});
    delta_.touches_known = true;
  }

  // False where the known record has another key that happens to have the same digest.
  bool change(const Row& row, RecordNumber number, bool withdrawn, std::uint64_t digest) {
    const std::string_view stored = reader_.read(table_.file, number);
    if (stored.substr(0, row.key_size) != row.key()) return false;
    ChangedRecord changed{.number = number, .returned = withdrawn};
    changed.values = merge(row.bytes(), stored, changed.changes);
    known_.set_digest(number, digest);
    delta_.touches_known = true;
    if (changed.returned) ++delta_.returned;
    if (changed.returned || !changed.changes.empty()) delta_.changed.push_back(std::move(changed));
    return true;
  }

  std::string_view merge(std::string_view row, std::string_view stored, std::vector<FieldChange>& changes) {
    const auto fields = spec(table_.file).fields;
    Record after = decode(table_.file, row);
    const Record before = decode(table_.file, stored);
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if ((table_.columns & column_bit(i)) == 0)
        after[i] = before[i];
      else if (before[i].text != after[i].text || before[i].number != after[i].number)
        changes.push_back({i, to_text(fields[i].kind, before[i]), to_text(fields[i].kind, after[i])});
    }
    if (table_.columns == all_columns(table_.file)) return row;
    return encode(table_.file, after, *table_.arena).bytes();
  }

  void withdraw_unseen() {
    for (std::size_t i = 0; i < seen_.size(); ++i) {
      if (seen_[i] || known_.all()[i].withdrawn()) continue;
      const auto number = static_cast<RecordNumber>(i + 1);
      delta_.withdrawn.push_back(number);
      known_.set_digest(number, 0);
      delta_.touches_known = true;
    }
  }

  Table& table_;
  KnownRecords& known_;
  RecordReader& reader_;
  std::vector<bool> seen_;
  FileDelta delta_;
};

}  // namespace

FileDelta compare(Table& table, KnownRecords& known, RecordReader& reader) {
  return Comparison(table, known, reader).run();
}

}  // namespace vigie::intake
