#pragma once
// One report from what the store says of its sources. Reading comes first, the rest needs no store: lists can be made
// while other steps use it.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "context.h"
#include "store/actions.h"
#include "store/findings.h"
#include "store/mails.h"
#include "summary/notices.h"
#include "summary/partners.h"
#include "summary/report.h"
#include "summary/trend.h"

namespace vigie {

// One source as the store has it, for its part of a report. What it points to is the night's.
struct SourceRecord {
  const SourceNight* night = nullptr;
  const Snapshot* snapshot = nullptr;  // none: nothing was ever imported, and all but imports and rejects is empty
  const Facts* facts = nullptr;
  const Addressees* addressees = nullptr;
  const std::vector<Finding>* findings = nullptr;  // all
  const std::vector<Action>* actions = nullptr;    // all
  std::optional<store::Import> last_import;
  Day imported_on;  // last good import
  std::vector<store::RejectRecord> rejects;
  std::vector<Waiver> waivers;
  std::string held_plan;  // id of the plan that holds closings; empty: none
  Day judged_on;
  std::vector<store::AccessCount> access_before;  // a month ago
  std::vector<summary::Tally> tallies;            // of as many days as the trend shows, and of 30 days ago
};

SourceRecord read_source(Context& context, SourceNight& night);

// What the overview says of the store once all other steps are done, of any source.
struct StateOfNight {
  std::vector<store::Plan> held;
  std::vector<summary::MailTrouble> mail_troubles;
};

class ReportBuilder {
 public:
  ReportBuilder(const Context& context, bool several_sources);

  void add(const SourceRecord& source);
  void finish_lists();                              // after the last source
  void finish_overview(const StateOfNight& state);  // at the end

  // Of a source that was added and has data, where the report is its own; after finish_lists().
  [[nodiscard]] std::vector<summary::PartnerReport> partners(const SourceRecord& source) const;

  [[nodiscard]] const summary::Report& report() const { return report_; }

 private:
  void add_import(const SourceRecord& source);
  void add_data(const SourceRecord& source);
  void add_source_state(const SourceRecord& source);
  void note_verifiable(const SourceRecord& source);
  void add_rules();
  void add_held(const std::vector<store::Plan>& held);
  void say_nothing_is_verified();
  void add_rule(const Rule& rule, const std::vector<std::string>& sources);
  [[nodiscard]] std::vector<std::vector<std::string>> sources_by_settings(const Rule& rule) const;
  [[nodiscard]] std::string state_of(const Rule& rule, const std::vector<std::string>& sources) const;

  const RulesSettings& common_;  // where there is no source
  summary::Report report_;
  std::map<std::string, int> open_;
  std::map<std::string, int> closings_;
  std::map<std::string, int> held_;
  std::vector<summary::SourceTallies> tallies_;
  std::map<std::string, const RulesSettings*> settings_;
  std::map<std::pair<std::string, std::string>, int> open_by_rule_;  // by rule and source
  bool has_data_ = false;
};

}  // namespace vigie
