#include "routing/memory.h"

#include <algorithm>

namespace vigie {
namespace {

bool is_grave(const Finding* finding) { return finding->severity >= Severity::kMajor; }

}  // namespace

Memory::Memory(const RoutingInput& input, const Recipient& recipient) : input_(input) {
  if (const auto known = input.told.find(recipient); known != input.told.end()) known_ = &known->second;
  if (const auto known = input.told_closings.find(recipient); known != input.told_closings.end())
    known_closings_ = &known->second;
  if (const auto last = input.last.find(recipient); last != input.last.end()) last_on_ = last->second.on;
}

bool Memory::is_news(const Finding& finding) const {
  const Telling* const told = telling_of(finding);
  return told == nullptr || finding.returns > told->returns ||
         (finding.severity > told->severity && is_grave(&finding));
}

std::ptrdiff_t Memory::released_among(const Actions& actions) const {
  return std::ranges::count_if(actions, [&](const Action* action) {
    if (!action->released()) return false;
    if (known_closings_ == nullptr) return true;
    const auto told = known_closings_->find(action->id);
    return told == known_closings_->end() || told->second != action->sent_on;
  });
}

Actions Memory::still_believed(Actions taken_back) const {
  std::erase_if(taken_back, [&](const Action* action) {
    const bool was_told = last_on_.given() && action->sent_on <= last_on_;
    const bool in_one_day = action->sent_on == action->ended_on;  // by a second run, after the mail
    return !was_told || action->ended_on < last_on_ || (action->ended_on == last_on_ && !in_one_day);
  });
  return taken_back;
}

void Memory::file(const Finding& finding, Letter& letter) const {
  if (!finding.resolved)
    (is_news(finding) ? letter.fresh : letter.open).push_back(&finding);
  else if (telling_of(finding) != nullptr)
    letter.resolved.push_back(&finding);
}

bool Memory::has_aged_since(const Finding& finding) const {
  return !last_on_.given() || last_on_ - finding.first_seen <= input_.settings.escalation_days;
}

bool Memory::releases(Letter& letter, bool besides) const {
  if (written_to_today()) return false;
  if (besides || !letter.fresh.empty()) return true;
  letter.reminder = last_on_ + input_.settings.reminder_days <= input_.day &&
                    (std::ranges::any_of(letter.open, is_grave) || std::ranges::any_of(letter.escalated, is_grave));
  return letter.reminder;
}

const Telling* Memory::telling_of(const Finding& finding) const {
  if (known_ == nullptr) return nullptr;
  const auto told = known_->find(finding.id);
  return told == known_->end() ? nullptr : &told->second;
}

}  // namespace vigie
