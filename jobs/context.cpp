#include "context.h"

#include <utility>

#include "intake/assemble.h"
#include "intake/resolve.h"
#include "store/actions.h"
#include "store/findings.h"
#include "store/waivers.h"

namespace vigie {
namespace {

// A store's records refer only to records that it has: nothing is kept, nothing read again.
class NoRecords : public intake::RecordReader {
 public:
  std::string_view read(FileId /*file*/, intake::RecordNumber /*number*/) override { return {}; }
};

}  // namespace

SourceNight::SourceNight(Context& context, const SourceSettings& settings)
    : context_(context), settings_(settings), number_(context.store.source(settings.name)) {}

bool SourceNight::has_data() const { return snapshot_.has_value() || imports().last_good().has_value(); }

const Snapshot& SourceNight::snapshot() {
  if (!snapshot_) {
    intake::Tables tables = imports().tables();
    intake::LastState nothing;
    NoRecords none;
    intake::resolve(tables, nothing, none, context_.threads);
    intake::compact(tables);
    snapshot_ = intake::assemble(tables, context_.threads);
  }
  return *snapshot_;
}

const Facts& SourceNight::facts() {
  if (!facts_) facts_ = Facts::on(snapshot(), context_.day);
  return *facts_;
}

const Addressees& SourceNight::addressees() {
  if (!addressees_) addressees_.emplace(snapshot(), facts(), context_.lexicon, context_.day);
  return *addressees_;
}

const std::vector<Finding>& SourceNight::findings() {
  if (!findings_) set_findings(store::Findings(context_.store, number_).all());
  return *findings_;
}

void SourceNight::set_findings(std::vector<Finding> findings) {
  mark_waived(context_.store, number_, context_.day, findings);
  findings_ = std::move(findings);
}

const std::vector<Action>& SourceNight::actions() {
  if (!actions_) actions_ = store::Actions(context_.store, number_).all();
  return *actions_;
}

bool SourceNight::shows(const Finding& finding) const { return is_enabled(finding.rule, settings_.rules); }

void SourceNight::set_snapshot(Snapshot snapshot) {
  snapshot_ = std::move(snapshot);
  facts_.reset();
  addressees_.reset();
}

void mark_waived(const store::Store& store, store::SourceNumber source, Day day, std::vector<Finding>& findings) {
  const auto waivers = store::SourceWaivers(store, source).all();
  if (waivers.empty()) return;
  vigie::mark_waived(findings, Waivers(waivers, store::Findings(store, source).judged_on().value_or(day)));
}

}  // namespace vigie
