#pragma once
// What every job of a run shares: the settings, the store, the log, and the as-of day and the run's id, made once.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "intake/table.h"
#include "log.h"
#include "reconcile/action.h"
#include "routing/addressees.h"
#include "rules/facts.h"
#include "rules/judges/lexicon.h"
#include "settings.h"
#include "store/imports.h"
#include "store/store.h"

namespace vigie {

// What the run has come to; decides its exit code.
struct Outcome {
  bool refused = false;
  bool unreachable = false;  // a source's database, for one at least
  bool not_written_back = false;
  bool held = false;
  bool stale = false;
  bool mail_kept = false;
  std::optional<int> failure;      // the exit code of what ended a step of one source, the others going on
  std::vector<std::string> lines;  // what a person is told at the end
};

struct Context {
  const Settings& settings;
  store::Store& store;
  Log& log;
  const judges::Lexicon& lexicon;
  Day day;
  store::RunNumber run = 0;
  std::int64_t started_at = 0;  // seconds since the epoch
  bool dry_run = false;
  bool accept_shrink = false;
  bool as_pages = false;        // reports are pages, and no workbooks
  bool writes_reports = false;  // once its mails are written
  bool begins_again = false;    // there was a store in its place, and there is none
  unsigned threads = 1;
  bool shares_night = false;  // with other processes: each source is worked on by one of them
  unsigned sources_at_once = 1;
  Outcome outcome;
};

// One source on its way through the night.
class SourceNight {
 public:
  SourceNight(Context& context, const SourceSettings& settings);

  [[nodiscard]] const SourceSettings& settings() const { return settings_; }
  [[nodiscard]] store::SourceNumber number() const { return number_; }
  [[nodiscard]] store::Imports imports() const { return {context_.store, number_}; }

  // Whether anything was ever imported: without it there is nothing to judge.
  [[nodiscard]] bool has_data() const;

  // Of the last good import: what the import just brought, else read from the store.
  const Snapshot& snapshot();
  const Facts& facts();            // on the as-of day
  const Addressees& addressees();  // on the as-of day
  void set_snapshot(Snapshot snapshot);

  // All findings of the source as the last detect left them, and what is waived of them on its day: what detect just
  // found, else read from the store.
  const std::vector<Finding>& findings();
  void set_findings(std::vector<Finding> findings);
  // As lists, mails and workbooks show them: rules that the configuration switches off leave them.
  [[nodiscard]] bool shows(const Finding& finding) const;

  // All closings of the source, as they are in the store.
  const std::vector<Action>& actions();
  void forget_actions() { actions_.reset(); }  // the store has others by now

 private:
  Context& context_;
  const SourceSettings& settings_;
  store::SourceNumber number_;
  std::optional<Snapshot> snapshot_;
  std::optional<Facts> facts_;
  std::optional<Addressees> addressees_;
  std::optional<std::vector<Finding>> findings_;
  std::optional<std::vector<Action>> actions_;
};

// Marks what waivers of the source let stand on the day of its last detect; `day` where there was none.
void mark_waived(const store::Store& store, store::SourceNumber source, Day day, std::vector<Finding>& findings);

}  // namespace vigie
