#pragma once
// Imports in the store: the last state of every record, its history, rejects and counts.

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "intake/delta.h"
#include "intake/last_state.h"
#include "intake/table.h"
#include "rules/past.h"
#include "store/store.h"

namespace vigie::store {

struct FileCounts {
  bool present = false;
  ColumnMask columns = 0;
  std::string unknown_columns;  // comma separated
  std::int64_t rows = 0;
  std::int64_t accepted = 0;
  std::int64_t kept = 0;
  std::int64_t rejected = 0;
  // By all imports of the as-of day, so that a repeated one hides nothing.
  std::int64_t added = 0;
  std::int64_t changed = 0;
  std::int64_t withdrawn = 0;
  std::int64_t returned = 0;
};

struct Import {
  ImportNumber number = 0;
  RunNumber run = 0;
  Day as_of;
  bool good = true;
  bool stale = false;   // the drop is older than `import.max-age-days`
  std::string remarks;  // refusals and warnings, a line each; French
  std::array<FileCounts, kFileCount> files;
};

struct RejectRecord {
  std::string file;  // "utilisateurs.csv"
  std::int64_t line = 0;
  std::string reason;
  std::string field;
  std::string value;
  std::string record;
};

class Imports {
 public:
  Imports(const Store& store, SourceNumber source) : store_(store), source_(source) {}

  // Whether no source was ever imported.
  [[nodiscard]] bool is_store_empty() const;
  [[nodiscard]] std::optional<Import> last() const;
  [[nodiscard]] std::optional<Import> last_good() const;
  [[nodiscard]] std::optional<Import> last_good_before(Day day) const;
  [[nodiscard]] std::optional<Import> last_fresh() const;  // good, of a drop that was not too old

  [[nodiscard]] intake::LastState last_state() const;
  [[nodiscard]] std::unique_ptr<intake::RecordReader> reader() const;

  // Records an import that is refused, with the rejects found until then. Within a transaction of the caller's.
  void refuse(Import& import, const intake::Tables& tables) const;

  // Stores a good import: what `deltas` say, the known records where they changed, rejects, counts, and who manages
  // Afas groups. Sets the import's number. Within a transaction of the caller's.
  void apply(Import& import, const intake::Tables& tables, const std::vector<intake::FileDelta>& deltas,
             const intake::LastState& known, const std::vector<std::string>& afas_managers) const;

  // These records, which the caller removes, are known no more: what comes back is a new one. Within a transaction of
  // the caller's.
  void forget(FileId file, const std::vector<intake::RecordNumber>& records) const;

  // All records that are not withdrawn, with the columns of the last good import; to be resolved and assembled.
  [[nodiscard]] intake::Tables tables() const;

  // What imports before the last good one prove.
  [[nodiscard]] Past past() const;

  [[nodiscard]] std::vector<RejectRecord> rejects() const;  // of the last import, by file and line

 private:
  [[nodiscard]] std::optional<Import> find(std::string_view condition, Day before = Day::never()) const;
  void insert(Import& import) const;
  void insert_rejects(const Import& import, const intake::Tables& tables) const;
  void apply_file(const Import& import, const intake::FileDelta& delta) const;
  [[nodiscard]] intake::KnownRecords read_known(FileId file) const;
  void write_known(FileId file, const intake::KnownRecords& known) const;

  const Store& store_;
  SourceNumber source_;
};

}  // namespace vigie::store
