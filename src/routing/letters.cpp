#include "routing/letters.h"

#include <algorithm>
#include <functional>
#include <map>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "domain/french.h"
#include "domain/text.h"
#include "routing/distribution.h"
#include "routing/memory.h"
#include "routing/write_back_notice.h"
#include "rules/catalogue.h"
#include "rules/families/wording.h"

namespace vigie {
namespace {

using wording::say;

constexpr std::size_t kMostNotices = 10;
constexpr std::size_t kMostObstacles = 3;  // told of one convention to the Caf

bool told_first(const Finding* a, const Finding* b) {
  if (a->severity != b->severity) return a->severity > b->severity;
  return std::tie(a->first_seen, a->convention, a->rule, a->subject) <
         std::tie(b->first_seen, b->convention, b->rule, b->subject);
}

Actions in_order(const std::vector<Action>& actions, bool (Action::*which)() const) {
  Actions ordered;
  for (const Action& action : actions)
    if ((action.*which)()) ordered.push_back(&action);
  std::ranges::sort(ordered, [](const Action* a, const Action* b) { return carried_out_before(*a, *b); });
  return ordered;
}

// Nobody is told what a waiver lets stand.
Findings to_tell(Findings findings) {
  std::erase_if(findings, [](const Finding* finding) { return !finding->resolved && finding->waived_until.given(); });
  std::ranges::sort(findings, &told_first);
  return findings;
}

// A rule that is gone from the catalogue has no audience: compliance alone hears of its findings.
std::unordered_map<std::string_view, Audience> audiences() {
  std::unordered_map<std::string_view, Audience> by_rule;
  for (const Rule& rule : catalogue()) by_rule.emplace(rule.id, rule.audience);
  return by_rule;
}

std::vector<std::string> bounded(std::vector<std::string> notices, std::string_view others) {
  if (notices.size() <= kMostNotices) return notices;
  const auto hidden = static_cast<int>(notices.size() - kMostNotices);
  notices.resize(kMostNotices);
  notices.push_back(say("De même pour ", french::counted(hidden, others), "."));
  return notices;
}

std::vector<std::string> in_their_place(const std::vector<std::string_view>& obstacles) {
  std::vector<std::string> notices;
  notices.reserve(obstacles.size());
  for (const std::string_view obstacle : obstacles)
    notices.push_back(
        say("Une autre personne devrait être avertie aussi et ne peut pas l'être, parce que ", obstacle, "."));
  return bounded(std::move(notices), "autre personne");
}

std::string to_caf_in_their_place(const Convention& convention, const Distribution& distribution) {
  std::string notice =
      say("Convention ", convention.number, " (", excerpt(convention.partner),
          ") : des anomalies n'ont pu être adressées qu'à la Caf, faute d'administrateur à qui écrire, parce que ");
  if (!distribution.has_administrators()) notice += "la convention n'a pas d'administrateur partenaire, et que ";
  const std::vector<std::string_view> obstacles = distribution.obstacles();
  const std::size_t named = std::min(obstacles.size(), kMostObstacles);
  for (std::size_t i = 0; i < named; ++i) notice += say(i > 0 ? " ; " : "", obstacles[i]);
  if (obstacles.size() > named)
    notice += say(" ; de même pour ", french::counted(static_cast<int>(obstacles.size() - named), "autre personne"));
  return notice += '.';
}

void append(std::vector<std::string>& notices, std::vector<std::string> more) {
  notices.insert(notices.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

// That closings are no longer held, where the recipient has not been told.
void note_released(Letter& letter, const Memory& memory) {
  const auto released = static_cast<int>(memory.released_among(letter.actions));
  if (released == 0) return;
  letter.brings_closings = true;
  letter.notices.push_back(say(french::counted(released, "clôture"), released > 1
                                                                         ? ", retenues jusqu'ici, sont à effectuer."
                                                                         : ", retenue jusqu'ici, est à effectuer."));
}

// That closings are not to be carried out after all, the first ones by name.
void note_taken_back(Letter& letter, const Memory& memory, const Actions& taken_back) {
  constexpr std::size_t kMostNamed = 5;
  const Actions believed = memory.still_believed(taken_back);
  if (believed.empty()) return;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(believed.size(), kMostNamed); ++i)
    names.push_back(subject_in_words(believed[i]->kind, believed[i]->subject));
  if (believed.size() > kMostNamed)
    names.push_back(french::counted(static_cast<std::int64_t>(believed.size() - kMostNamed), "autre"));
  letter.brings_closings = true;
  letter.notices.push_back(
      say("À ne plus effectuer : ", french::counted(static_cast<std::int64_t>(believed.size()), "clôture"), " demandée",
          believed.size() > 1 ? "s" : "", " auparavant, que l'export ne justifie plus (", joined(names, " ; "), ")."));
}

class Night {
 public:
  explicit Night(const RoutingInput& input);

  std::vector<Letter> letters();

 private:
  // What there is about one convention, in the order in which letters tell it.
  struct Matter {
    Findings findings;
    Actions actions;
  };

  void route(Index convention, const Matter& matter);
  void write_to_partner(const Tray& tray, Index convention, Distribution& distribution);
  static void note_services_within(const Tray& tray, Distribution& distribution, Letter& letter);
  void write_to_caf(Letter letter);
  void note_held(Letter& letter) const;
  void note_set_aside(Letter& letter) const;
  void write_to_compliance(const std::string& address, const Letter& to_caf);

  [[nodiscard]] Letter draft_to_caf() const;
  [[nodiscard]] std::vector<std::string> events_and_escalations(const Letter& to_caf, const Memory& reader) const;

  [[nodiscard]] Audience audience_of(const Finding& finding) const {
    const auto audience = audiences_.find(finding.rule);
    return audience == audiences_.end() ? Audience{} : audience->second;
  }

  const RoutingInput& input_;
  const std::unordered_map<std::string_view, Audience> audiences_ = audiences();
  const Findings findings_;
  const Actions actions_;                          // given out
  const Actions taken_back_;                       // asked for no more
  std::map<std::string_view, std::int64_t> held_;  // how many closings, by convention
  std::unordered_map<std::string_view, Matter> by_convention_;

  const Memory caf_;
  const bool caf_stands_apart_;  // it has an address, and one that is not compliance's
  std::unordered_set<const Finding*> for_caf_;
  std::vector<std::string> news_in_others_place_;  // told to the Caf, and why
  std::vector<std::string> old_in_others_place_;

  std::vector<Letter> letters_;
};

// Its services may be those that the account reaches, through whatever group.
bool names_what_the_account_holds(const Finding& finding) {
  if (finding.account.empty() || finding.services.empty()) return false;
  const Rule* const rule = find_rule(finding.rule);
  return rule != nullptr && family_of(*rule) != "cdap" && family_of(*rule) != "afas";
}

bool is_same_address(std::string_view a, std::string_view b) { return fold(a) == fold(b); }

Night::Night(const RoutingInput& input)
    : input_(input),
      findings_(to_tell(input.findings)),
      actions_(in_order(input.actions, &Action::given_out)),
      taken_back_(in_order(input.actions, &Action::taken_back)),
      caf_(input, {input.caf_mail, ""}),
      caf_stands_apart_(
          !input.caf_mail.empty() &&
          std::ranges::none_of(input.compliance_mails, std::bind_front(is_same_address, input.caf_mail))) {
  for (const Finding* finding : findings_) by_convention_[finding->convention].findings.push_back(finding);
  for (const Action* action : actions_)
    if (action->released()) by_convention_.try_emplace(action->convention);
  for (const Action* action : taken_back_) by_convention_.try_emplace(action->convention);
  for (const Actions* actions : {&actions_, &taken_back_})
    for (const Action* action : *actions)
      if (const auto matter = by_convention_.find(action->convention); matter != by_convention_.end())
        matter->second.actions.push_back(action);
  for (const Action& action : input.actions)
    if (action.state == ActionState::kHeld) ++held_[action.convention];
}

std::vector<Letter> Night::letters() {
  for (const Finding* finding : findings_)
    if (audience_of(*finding).caf) for_caf_.insert(finding);
  for (Index c = 0; c < input_.snapshot.conventions.size(); ++c)
    if (const auto matter = by_convention_.find(input_.snapshot.conventions[c].number); matter != by_convention_.end())
      route(c, matter->second);
  const Letter to_caf = draft_to_caf();
  if (caf_stands_apart_) write_to_caf(to_caf);
  for (const std::string& address : input_.compliance_mails) write_to_compliance(address, to_caf);
  std::ranges::sort(letters_, {},
                    [](const Letter& letter) { return std::tie(letter.kind, letter.address, letter.convention); });
  return std::move(letters_);
}

void Night::route(Index convention, const Matter& matter) {
  Distribution distribution(input_, input_.addressees, convention);
  bool in_others_place = false;
  bool is_news = false;
  for (const Finding* finding : matter.findings) {
    const Readers readers = distribution.hand_out(*finding, audience_of(*finding));
    if (readers.caf) for_caf_.insert(finding);
    if (!readers.caf_alone || finding->resolved) continue;
    in_others_place = true;
    is_news = is_news || caf_.is_news(*finding);
  }
  for (const Action* action : matter.actions) distribution.hand_out(*action);
  const Convention& record = input_.snapshot.conventions[convention];
  for (const Tray& tray : distribution.trays())
    if (tray.addressee.may_be_written_to()) write_to_partner(tray, convention, distribution);
  if (in_others_place)
    (is_news ? news_in_others_place_ : old_in_others_place_).push_back(to_caf_in_their_place(record, distribution));
}

void Night::write_to_partner(const Tray& tray, Index convention, Distribution& distribution) {
  if (tray.findings.empty() && tray.actions.empty() && tray.taken_back.empty()) return;
  const Addressee& addressee = tray.addressee;
  Letter letter{.kind = addressee.kind,
                .address = addressee.address,
                .name = addressee.name,
                .convention = std::string(input_.snapshot.conventions[convention].number),
                .record = convention};
  const Memory memory(input_, {letter.address, letter.convention});
  for (const Finding* finding : tray.findings) memory.file(*finding, letter);
  letter.actions = tray.actions;
  note_taken_back(letter, memory, tray.taken_back);
  // Whoever lost the portal with its convention can close nothing there: the Caf can.
  if (input_.facts.convention_active[convention]) note_released(letter, memory);
  if (!memory.releases(letter, letter.brings_closings)) return;
  if (held_.contains(letter.convention))
    letter.notices.emplace_back(
        "Des clôtures calculées pour cette convention sont retenues, le temps que la Caf les vérifie : attendez son "
        "accord avant d'effectuer celles que ces anomalies appellent.");
  if (addressee.is_administrator()) {
    append(letter.notices, in_their_place(distribution.obstacles(addressee.administrators)));
    letter.has_workbook = distribution.has_common_finding();
  } else {
    note_services_within(tray, distribution, letter);
  }
  letters_.push_back(std::move(letter));
}

void Night::note_services_within(const Tray& tray, Distribution& distribution, Letter& letter) {
  for (const Findings* section : {&letter.fresh, &letter.open})
    for (const Finding* finding : *section)
      if (names_what_the_account_holds(*finding))
        letter.services_within.emplace(finding, distribution.services_within(tray, *finding));
}

Letter Night::draft_to_caf() const {
  Letter letter{.kind = RecipientKind::kCaf,
                .address = input_.caf_mail,
                .name = input_.source_label.empty() ? input_.source : input_.source_label,
                .actions = actions_};
  for (const Finding* finding : findings_) {
    if (finding->resolved || for_caf_.contains(finding))
      caf_.file(*finding, letter);
    else if (input_.day - finding->first_seen > input_.settings.escalation_days)
      letter.escalated.push_back(finding);
  }
  std::vector<std::string> notices = news_in_others_place_;
  notices.insert(notices.end(), old_in_others_place_.begin(), old_in_others_place_.end());
  letter.in_others_place = !notices.empty();
  letter.notices = bounded(std::move(notices), "autre convention");
  return letter;
}

void Night::write_to_caf(Letter letter) {
  const bool is_escalation =
      std::ranges::any_of(letter.escalated, [&](auto finding) { return caf_.is_news(*finding); });
  note_taken_back(letter, caf_, taken_back_);
  note_released(letter, caf_);
  if (!caf_.releases(letter, is_escalation || letter.brings_closings)) return;
  note_held(letter);
  letters_.push_back(std::move(letter));
}

void Night::note_held(Letter& letter) const {
  constexpr std::size_t kMostNamed = 5;
  if (held_.empty()) return;
  std::int64_t count = 0;
  std::vector<std::string> conventions;
  for (const auto& [convention, closings] : held_) {
    count += closings;
    if (conventions.size() < kMostNamed) conventions.emplace_back(convention);
  }
  if (held_.size() > kMostNamed) conventions.emplace_back("…");
  letter.notices.push_back(say(french::counted(count, "clôture"), count > 1 ? " sont retenues" : " est retenue",
                               ", le temps que la conformité ", count > 1 ? "les" : "la", " vérifie (",
                               joined(conventions),
                               ") : attendez sa décision avant d'effectuer ce que ces anomalies appellent."));
}

// Tonight's failure names the one that it sets aside.
void Night::note_set_aside(Letter& letter) const {
  if (input_.failed_write_back) return;
  if (std::string notice = set_aside_notice(input_.source, input_.actions); !notice.empty())
    letter.notices.push_back(std::move(notice));
}

void Night::write_to_compliance(const std::string& address, const Letter& to_caf) {
  Letter letter{.kind = RecipientKind::kCompliance, .address = address, .name = "Conformité"};
  const Memory memory(input_, {address, ""});
  for (const Finding* finding : findings_) memory.file(*finding, letter);
  letter.notices = events_and_escalations(to_caf, memory);
  note_taken_back(letter, memory, taken_back_);
  const bool reads_for_caf = input_.caf_mail.empty() || is_same_address(address, input_.caf_mail);
  if (reads_for_caf) {
    letter.actions = to_caf.actions;
    note_released(letter, memory);
  }
  if (!memory.releases(letter, !letter.notices.empty())) return;
  note_set_aside(letter);
  if (reads_for_caf) {
    if (input_.caf_mail.empty() && !(to_caf.fresh.empty() && to_caf.escalated.empty()))
      letter.notices.emplace_back(
          "Aucune adresse mail n'est configurée pour la Caf : ce message contient ce qui lui serait adressé.");
    letter.notices.insert(letter.notices.end(), to_caf.notices.begin(), to_caf.notices.end());
  }
  letters_.push_back(std::move(letter));
}

std::vector<std::string> Night::events_and_escalations(const Letter& to_caf, const Memory& reader) const {
  std::vector<std::string> notices = input_.events;
  if (input_.failed_write_back)
    notices.push_back(failure_notice(input_.source, *input_.failed_write_back, input_.actions));
  if (caf_stands_apart_ && caf_.written_to_today()) return notices;
  const auto grown_old = std::ranges::count_if(to_caf.escalated, [&](const Finding* finding) {
    return caf_stands_apart_ ? caf_.is_news(*finding) : reader.has_aged_since(*finding);
  });
  if (grown_old > 0)
    notices.push_back(say(french::counted(static_cast<int>(grown_old), "anomalie ouverte"), " depuis plus de ",
                          french::counted(input_.settings.escalation_days, "jour"),
                          caf_stands_apart_ ? " : la Caf en est avertie." : "."));
  return notices;
}

}  // namespace

std::vector<Letter> letters(const RoutingInput& input) { return Night(input).letters(); }

}  // namespace vigie
