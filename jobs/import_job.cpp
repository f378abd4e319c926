#include "import_job.h"

#include <algorithm>
#include <iostream>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "calendar.h"
#include "csv/csv_drop.h"
#include "domain/french.h"
#include "errors.h"
#include "headings.h"
#include "intake/assemble.h"
#include "intake/delta.h"
#include "intake/resolve.h"
#include "lists/list_writer.h"
#include "lost_columns.h"
#include "odbc/odbc_drop.h"
#include "rows.h"
#include "rules/past.h"

namespace vigie {
namespace {

constexpr std::int64_t kFewRows = 50;  // below, a file may shrink as it likes

bool too_many_rejects(const intake::Table& table, const ImportSettings& limits) {
  return table.rejects.size() * 100 > table.row_count * static_cast<std::size_t>(limits.max_reject_percent) &&
         table.rejects.size() > static_cast<std::size_t>(limits.max_rejects);
}

bool shrunk(std::int64_t before, std::int64_t now, const ImportSettings& limits) {
  return before >= kFewRows && (before - now) * 100 > before * limits.max_shrink_percent;
}

class Import {
 public:
  Import(Context& context, SourceNight& night)
      : context_(context),
        night_(night),
        imports_(night.imports()),
        seed_(context.store.seed()),
        import_{.run = context.run, .as_of = context.day} {}

  void read(unsigned threads) { drop_ = read_drop(threads); }

  void take() {
    note_columns();
    if (drop_.refusals.empty()) resolve();
    if (drop_.refusals.empty()) check_limits();
    if (drop_.refusals.empty()) compare();
    if (drop_.refusals.empty())
      apply();
    else
      refuse();
  }

 private:
  [[nodiscard]] drops::Drop read_drop(unsigned threads) const {
    const SourceSettings& source = night_.settings();
    if (source.behind_odbc())
      return odbc::read_drop(source.database, source.queries, source.name, source.columns, seed_);
    return csv::read_drop(source.path, source.name, source.columns, seed_, threads);
  }

  void note_columns() {
    if (!drop_.refusals.empty()) return;
    for (const drops::UnknownColumns& unknown : drop_.unknown_columns) {
      const std::string headings = said_headings(unknown.headings);
      import_.files[index(unknown.file)].unknown_columns = headings;
      context_.log.info("columns", fmt::format("{} {}: columns ignored: {}", night_.settings().name,
                                               csv_name(unknown.file), headings));
    }
  }

  void resolve() {
    known_ = imports_.last_state();
    reader_ = imports_.reader();
    intake::resolve(drop_.tables, known_, *reader_, context_.threads);
    for (std::size_t i = 0; i < kFileCount; ++i) count(drop_.tables[i], import_.files[i]);
    for (auto& file : drop_.files) file.reset();
  }

  static void count(const intake::Table& table, store::FileCounts& counts) {
    counts.present = table.present;
    counts.columns = table.columns;
    counts.rows = static_cast<std::int64_t>(table.row_count);
    counts.accepted = std::ranges::count(table.states, intake::RowState::kAccepted);
    counts.kept = std::ranges::count(table.states, intake::RowState::kKept);
    counts.rejected = static_cast<std::int64_t>(table.rejects.size());
  }

  void check_limits() {
    const ImportSettings& limits = context_.settings.import;
    const auto last = imports_.last_good();
    for (const intake::Table& table : drop_.tables) {
      const std::int64_t rows = static_cast<std::int64_t>(table.row_count);
      if (too_many_rejects(table, limits))
        drop_.refusals.push_back(
            {csv_name(table.file),
             fmt::format(
                 "{} of {} rows rejected, more than import.max-reject-percent = {} and import.max-rejects = {}; "
                 "see vigie rejects",
                 table.rejects.size(), rows, limits.max_reject_percent, limits.max_rejects),
             fmt::format("{} sur {}, plus que le seuil de {} % ; voir les rejets et refaire l'export",
                         french::counted(static_cast<std::int64_t>(table.rejects.size()), "ligne rejetée"),
                         french::figures(rows), limits.max_reject_percent)});
      const std::int64_t before = last ? last->files[index(table.file)].rows : 0;
      if (!context_.accept_shrink && shrunk(before, rows, limits))
        drop_.refusals.push_back(
            {csv_name(table.file),
             fmt::format(
                 "{} rows, {} at the last good import: more than import.max-shrink-percent = {} fewer; if that is "
                 "right, run again with --accept-shrink",
                 rows, before, limits.max_shrink_percent),
             fmt::format("{}, contre {} au dernier import : baisse de plus de {} % ; si elle est voulue, relancer "
                         "avec --accept-shrink",
                         french::counted(rows, "ligne"), french::figures(before), limits.max_shrink_percent)});
    }
  }

  void compare() {
    intake::compact(drop_.tables);
    for (std::size_t i = 0; i < kFileCount; ++i) {
      deltas_.push_back(intake::compare(drop_.tables[i], known_[i], *reader_));
      count_changes(deltas_.back(), import_.files[i]);
    }
    if (!context_.accept_shrink) refuse_another_source();
  }

  // As many rows, and other records: what is withdrawn would be taken for closed, and another Caf's partners written
  // to.
  void refuse_another_source() {
    constexpr std::int64_t kFewRecords = 50;
    for (const FileId file : {FileId::kConventions, FileId::kAccounts}) {
      const store::FileCounts& counts = import_.files[index(file)];
      const std::int64_t met = counts.accepted + counts.kept - counts.added - counts.returned;
      const std::int64_t before = met + counts.withdrawn;
      if (before < kFewRecords || counts.withdrawn * 2 <= before) continue;
      drop_.refusals.push_back(
          {csv_name(file),
           fmt::format("{} of the {} records of the last good import are no longer there: is it another source's drop? "
                       "If that is right, run again with --accept-shrink",
                       counts.withdrawn, before),
           fmt::format("{} sur {} du dernier import n'y sont plus : est-ce l'export d'une autre Caf ? Si ce changement "
                       "est voulu, relancer avec --accept-shrink",
                       french::counted(counts.withdrawn, "enregistrement"), french::figures(before))});
    }
  }

  void refuse() {
    context_.outcome.refused = true;
    context_.outcome.unreachable |= drop_.unreachable;
    for (const drops::Refusal& refusal : drop_.refusals) {
      const std::string file = refusal.file.empty() ? "" : refusal.file + ": ";
      context_.log.warning("refused",
                           fmt::format("{}: drop refused: {}{}", night_.settings().name, file, refusal.message),
                           {{"source", night_.settings().name}, {"file", refusal.file}});
      import_.remarks +=
          "Export refusé : " + (refusal.file.empty() ? "" : refusal.file + " : ") + refusal.french + "\n";
    }
    for (std::size_t i = 0; i < kFileCount; ++i) {
      count(drop_.tables[i], import_.files[i]);
      count_changes({}, import_.files[i]);
    }
    store::Transaction transaction(context_.store);
    imports_.refuse(import_, drop_.tables);
    transaction.commit();
    context_.outcome.lines.push_back(night_.settings().name +
                                     (night_.has_data()
                                          ? ": drop refused; the last good state stays"
                                          : ": drop refused, and nothing was ever imported: nothing is verified"));
  }

  void apply() {
    note_age();
    note_misnamed();
    note_lost_columns();
    Snapshot snapshot = intake::assemble(drop_.tables, context_.threads);
    const bool first = imports_.is_store_empty();
    if (first) context_.store.begin_filling();
    store::Transaction transaction(context_.store);
    imports_.apply(import_, drop_.tables, deltas_, known_, afas_managers(snapshot, context_.day));
    transaction.commit();
    if (first) context_.store.end_filling();
    night_.set_snapshot(std::move(snapshot));
    say_counts();
  }

  static void count_changes(const intake::FileDelta& delta, store::FileCounts& counts) {
    counts.added = static_cast<std::int64_t>(delta.added.size());
    counts.returned = static_cast<std::int64_t>(delta.returned);
    counts.changed = static_cast<std::int64_t>(delta.changed.size()) - counts.returned;
    counts.withdrawn = static_cast<std::int64_t>(delta.withdrawn.size());
  }

  void note_age() {
    if (!drop_.newest_file_at) return;
    const Day written_on = paris_day(*drop_.newest_file_at);
    const int age = context_.day - written_on;
    if (age <= context_.settings.import.max_age_days) return;
    import_.stale = true;
    context_.outcome.stale = true;
    import_.remarks += fmt::format("L'export date du {} ({}) : vérifier qu'il est encore produit.\n",
                                   to_french(written_on), french::counted(age, "jour"));
    context_.log.warning("stale",
                         fmt::format("{}: the drop is {} days old (import.max-age-days = {}); check that it is still "
                                     "exported",
                                     night_.settings().name, age, context_.settings.import.max_age_days));
    context_.outcome.lines.push_back(fmt::format("{}: the drop is {} days old", night_.settings().name, age));
  }

  void note_misnamed() {
    for (const drops::Misnamed& misnamed : drop_.misnamed) {
      const std::string name = csv_name(misnamed.file);
      import_.remarks += fmt::format("{} n'est pas lu : le renommer en {}.\n", misnamed.name, name);
      context_.log.warning(
          "misnamed", fmt::format("{}: {} is not read; rename it {}", night_.settings().name, misnamed.name, name));
    }
  }

  void note_lost_columns() {
    const auto before = imports_.last_good_before(context_.day);
    if (!before) return;
    for (const LostColumn& lost : lost_columns(*before, import_, night_.settings().rules)) {
      import_.remarks += in_french(lost) + "\n";
      context_.log.warning("lost-column",
                           fmt::format("{}: {}; check the export", night_.settings().name, in_english(lost)),
                           {{"source", night_.settings().name}});
      context_.outcome.lines.push_back(fmt::format("{}: {}", night_.settings().name, in_english(lost)));
    }
  }

  void say_counts() {
    std::int64_t rows = 0;
    std::int64_t rejected = 0;
    std::int64_t kept = 0;
    std::int64_t changes = 0;
    for (const store::FileCounts& file : import_.files) {
      rows += file.rows;
      rejected += file.rejected;
      kept += file.kept;
      changes += file.added + file.changed + file.withdrawn + file.returned;
    }
    context_.log.info(
        "imported",
        fmt::format("{}: {} rows, {} records changed, {} rows rejected ({} records kept as they were)",
                    night_.settings().name, rows, changes, rejected, kept),
        {{"source", night_.settings().name}, {"rows", rows}, {"changes", changes}, {"rejected", rejected}});
  }

  Context& context_;
  SourceNight& night_;
  store::Imports imports_;
  std::uint64_t seed_;
  store::Import import_;
  drops::Drop drop_;
  std::vector<intake::FileDelta> deltas_;
  intake::LastState known_;
  std::unique_ptr<intake::RecordReader> reader_;
};

// What a rehearsal did not take: no later command can show it.
void print_rejects(const SourceNight& night) {
  constexpr std::size_t kMost = 20;
  const auto rejects = night.imports().rejects();
  if (rejects.empty()) return;
  lists::ListWriter writer(lists::Format::kTable, reject_columns(), std::cout);
  for (std::size_t i = 0; i < std::min(rejects.size(), kMost); ++i)
    writer.row(reject_row(night.settings().name, rejects[i]));
  writer.end();
  if (rejects.size() > kMost) std::cout << fmt::format("and {} more rejected rows\n", rejects.size() - kMost);
}

}  // namespace

void refuse_going_back(const Context& context, const SourceNight& night) {
  const auto last = night.imports().last();
  if (!last || context.day >= last->as_of) return;
  throw UsageError(
      fmt::format("the source {} was imported as of {}: a run for the day before, {}, would rewrite its history; "
                  "leave --as-of out, or try with --dry-run",
                  night.settings().name, to_iso(last->as_of), to_iso(context.day)));
}

SourceTask import_task(Context& context, SourceNight& night) {
  const auto import = std::make_shared<Import>(context, night);
  return {.compute = [import](unsigned threads) { import->read(threads); },
          .store =
              [import, &context, &night] {
                import->take();
                if (context.dry_run) print_rejects(night);
              }};
}

void record_failed_import(Context& context, const SourceNight& night) {
  store::Import import{.run = context.run,
                       .as_of = context.day,
                       .remarks = "Import interrompu par une erreur technique : voir le journal du passage.\n"};
  store::Transaction transaction(context.store);
  night.imports().refuse(import, intake::no_tables());
  transaction.commit();
}

}  // namespace vigie
