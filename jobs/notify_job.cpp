#include "notify_job.h"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "counted.h"
#include "domain/fnv.h"
#include "domain/french.h"
#include "embedded.h"
#include "events.h"
#include "intake/record.h"
#include "mail/digest_text.h"
#include "mail/message.h"
#include "report_job.h"
#include "routing/letters.h"
#include "store/mails.h"
#include "store/write_backs.h"

namespace vigie {
namespace {

// Stable: the same recipient, convention and day have the same id, however often a mail is made again.
std::string message_id(const std::string& source, const Digest& digest, const std::string& from) {
  const std::string about = source + '\n' + digest.address + '\n' + digest.convention;
  return fmt::format("{}.{}.vigie{}", to_iso(digest.day), hexadecimal(intake::digest(about, 0)),
                     from.substr(from.find('@')));
}

// Without what the other files hold: "templates/digest.text.mustache".
std::string embedded(std::string_view path) {
  const auto files = embedded_files();
  const auto found = std::ranges::find(files, path, &EmbeddedFile::path);
  return found == files.end() ? std::string() : std::string(found->text);
}

MailTemplates templates() {
  return {embedded("templates/digest.text.mustache"), embedded("templates/digest.html.mustache")};
}

Recipient recipient_of(const auto& mail) { return {mail.address, mail.convention}; }

class Notification {
 public:
  Notification(Context& context, SourceNight& night)
      : context_(context),
        night_(night),
        mails_(context.store, night.number()),
        plans_(context.store),
        write_backs_(context.store, night.number()),
        redirect_to_(context.settings.mail.redirect_to),
        is_quiet_(!context.settings.mail.days.is_open(context.day)) {
    store::Transaction transaction(context.store);
    mails_.begin_night(redirect_to_);
    transaction.commit();
    told_ = mails_.told();
    told_closings_ = mails_.told_closings();
    last_ = mails_.last_mails(redirect_to_);
    if (!night.has_data()) return;
    for (const Finding& finding : night.findings())
      if (night.shows(finding)) findings_.push_back(&finding);
  }

  // Works out tonight's letters; what an approved plan lets go is in the outbox then. Returns how many letters other
  // than compliance's there are.
  std::ptrdiff_t prepare() {
    input_.emplace(routing_input());
    letters_ = vigie::letters(*input_);
    if (is_quiet_)
      keep_what_cannot_wait();
    else
      release_approved();
    std::erase_if(letters_, [&](const Letter& letter) { return queued_.contains(recipient_of(letter)); });
    return std::ranges::count_if(letters_, [](const Letter& l) { return l.kind != RecipientKind::kCompliance; });
  }

  // Puts them into the outbox, or holds them. `total`: letters of all sources of the run.
  void send(std::ptrdiff_t total) {
    store::Transaction transaction(context_.store);
    if (!is_quiet_) hold_or_release(total);
    for (const Letter& letter : letters_) {
      queue(letter);
      say_rerouted(letter);
    }
    mails_.forget(waived());
    transaction.commit();
  }

 private:
  // On a quiet day news waits, to be told in one mail on the next open one. What happened tonight would then be told by
  // nobody: it is queued for compliance, and waits in the outbox.
  void keep_what_cannot_wait() {
    std::erase_if(letters_, [&](const Letter& letter) {
      return letter.kind != RecipientKind::kCompliance || (input_->events.empty() && !input_->failed_write_back);
    });
  }

  void hold_or_release(std::ptrdiff_t total) {
    if (total > context_.settings.mail.max_per_run)
      hold(total);
    else
      release();
  }

  // When their waivers are over, they are news.
  [[nodiscard]] std::vector<std::int64_t> waived() const {
    std::vector<std::int64_t> ids;
    for (const Finding* finding : findings_)
      if (!finding->resolved && finding->waived_until.given()) ids.push_back(finding->id);
    return ids;
  }

  RoutingInput routing_input() {
    static const Snapshot kNothing;
    static const Facts kNoFacts;
    const bool has_data = night_.has_data();
    if (!has_data) nobody_.emplace(kNothing, kNoFacts, context_.lexicon, context_.day);
    return {.snapshot = has_data ? night_.snapshot() : kNothing,
            .facts = has_data ? night_.facts() : kNoFacts,
            .addressees = has_data ? night_.addressees() : *nobody_,
            .day = context_.day,
            .source = night_.settings().name,
            .source_label = night_.settings().label,
            .caf_mail = night_.settings().mail,
            .compliance_mails = context_.settings.compliance_mails,
            .findings = findings_,
            .actions = night_.actions(),
            .told = told_,
            .told_closings = told_closings_,
            .last = last_,
            .has_data = has_data,
            .events = events_of(context_, night_),
            .failed_write_back = write_backs_.unreported(),
            .settings = context_.settings.mail.routing};
  }

  // Puts tonight's letters to those whom an approved plan names into the outbox, with what they were held for and no
  // more.
  void release_approved() {
    const auto approved = plans_.approved(night_.number(), store::PlanKind::kMails);
    if (approved.empty()) return;
    std::unordered_map<Recipient, const Letter*, RecipientHash> tonight;
    for (const Letter& letter : letters_) tonight.emplace(recipient_of(letter), &letter);
    store::Transaction transaction(context_.store);
    for (const store::HeldMail& held : mails_.held()) {
      const auto found = tonight.find(recipient_of(held));
      if (found == tonight.end() || std::ranges::find(approved, held.plan) == approved.end()) continue;
      Letter letter = *found->second;
      const std::unordered_set<std::int64_t> approved_of(held.findings.begin(), held.findings.end());
      const auto is_later = [&](const Finding* finding) { return !approved_of.contains(finding->id); };
      std::erase_if(letter.fresh, is_later);
      std::erase_if(letter.escalated, is_later);
      const bool is_for_closings = held.findings.empty() && letter.brings_closings;
      if (!letter.fresh.empty() || !letter.escalated.empty() || is_for_closings) queue(letter);
    }
    mails_.hold({});
    plans_.release(night_.number(), store::PlanKind::kMails);
    transaction.commit();
  }

  // What the Caf gets in the place of administrators who may not be written to.
  void say_rerouted(const Letter& letter) {
    if (!letter.in_others_place) return;
    context_.outcome.lines.push_back(
        fmt::format("{}: some administrators cannot be written to (an address that is shared, disposable or malformed, "
                    "or a closed account): their mail goes to the Caf, which is told why",
                    night_.settings().name));
  }

  // All but compliance's are held as one plan; an id over who would be written to about what.
  void hold(std::ptrdiff_t total) {
    std::vector<store::HeldMail> held;
    std::string content;
    std::erase_if(letters_, [&](const Letter& letter) {
      if (letter.kind == RecipientKind::kCompliance) return false;
      held.push_back(to_held(letter));
      content += letter.address + '\n' + letter.convention + '\n';
      for (const std::int64_t id : held.back().findings) content += std::to_string(id) + ',';
      return true;
    });
    if (held.empty()) return release();
    const HeldPlan plan{hexadecimal(intake::digest(content, 0)), held.size(),
                        fmt::format("{} au total, plus que le plafond de {}", french::counted(total, "mail"),
                                    french::figures(context_.settings.mail.max_per_run))};
    for (store::HeldMail& mail : held) mail.plan = plan.id;
    mails_.hold(held);
    plans_.hold(night_.number(), store::PlanKind::kMails, plan, context_.day);
    tell_held(plan);
  }

  [[nodiscard]] store::HeldMail to_held(const Letter& letter) const {
    store::HeldMail mail{.kind = letter.kind,
                         .address = letter.address,
                         .name = letter.name,
                         .convention = letter.convention,
                         .as_of = context_.day};
    for (const Findings* news : {&letter.fresh, &letter.escalated})
      for (const Finding* finding : *news) mail.findings.push_back(finding->id);
    return mail;
  }

  void tell_held(const HeldPlan& plan) {
    say_held(context_, night_, "mail", plan);
    const std::string event = fmt::format(
        "{} de la source {} {} (plan {}) : {}. Rien ne part tant que le plan n'est pas approuvé (vigie approve {} --by "
        "NOM "
        "--reason MOTIF).",
        french::counted(static_cast<std::int64_t>(plan.count), "mail"), night_.settings().name,
        plan.count > 1 ? "sont retenus" : "est retenu", plan.id, plan.why, plan.id);
    tell_compliance(event);
  }

  // Compliance hears of tonight's hold even where nothing else is news for it.
  void tell_compliance(const std::string& event) {
    for (const std::string& address : context_.settings.compliance_mails) {
      if (last_.contains({address, ""}) && last_.at({address, ""}).on == context_.day) continue;
      auto letter =
          std::ranges::find_if(letters_, [&](const Letter& l) { return l.address == address && l.convention.empty(); });
      if (letter == letters_.end()) {
        letters_.push_back({.kind = RecipientKind::kCompliance, .address = address, .name = "Conformité"});
        letter = letters_.end() - 1;
      }
      letter->notices.push_back(event);
    }
  }

  void release() {
    mails_.hold({});
    plans_.release(night_.number(), store::PlanKind::kMails);
  }

  static store::Tidings tidings_of(const Letter& letter) {
    store::Tidings tidings;
    for (const Findings* news : {&letter.fresh, &letter.escalated})
      for (const Finding* finding : *news)
        tidings.fresh.emplace(finding->id, Telling{finding->returns, finding->severity});
    for (const Finding* finding : letter.resolved) tidings.resolved.push_back(finding->id);
    for (const Action* action : letter.actions)
      if (action->released()) tidings.closings.emplace(action->id, action->sent_on);
    return tidings;
  }

  void queue(const Letter& letter) {
    const Recipient recipient = recipient_of(letter);
    if (!queued_.insert(recipient).second) return;
    const auto last = last_.find(recipient);
    if (last != last_.end() && last->second.on == context_.day) return;
    Digest digest = to_digest(letter, *input_);
    say_workbook(letter, digest);
    if (!redirect_to_.empty()) digest.notices.insert(digest.notices.begin(), trial_notice(letter));
    const std::string thread = last == last_.end() ? "" : last->second.first_message_id;
    store::Mail mail{.kind = letter.kind,
                     .address = letter.address,
                     .name = letter.name,
                     .convention = letter.convention,
                     .as_of = context_.day,
                     .subject = subject_of(digest),
                     .message_id = message_id(night_.settings().name, digest, context_.settings.mail.from),
                     .created_at = context_.started_at,
                     .redirected_to = redirect_to_};
    mail.message = to_rfc5322({.from = context_.settings.mail.from,
                               .from_name = "Vigie",
                               .to_address = redirect_to_.empty() ? letter.address : redirect_to_,
                               .to_name = redirect_to_.empty() ? letter.name : "",
                               .subject = mail.subject,
                               .text = texts_.text(digest),
                               .html = texts_.html(digest),
                               .message_id = mail.message_id,
                               .in_reply_to = thread,
                               .references = thread,
                               .date = context_.started_at});
    mails_.queue(mail, tidings_of(letter));
    if (letter.kind != RecipientKind::kCompliance) return;
    mails_.mark_reported();
    write_backs_.mark_reported();
  }

  void say_workbook(const Letter& letter, Digest& digest) const {
    const Settings& settings = context_.settings;
    const std::string& source = night_.settings().name;
    const bool to_compliance = letter.kind == RecipientKind::kCompliance;
    const auto workbook = to_compliance ? workbook_of(settings, source, context_.day)
                                        : partner_workbook_of(settings, source, letter.convention, context_.day);
    if (to_compliance) digest.workbook = workbook.string();
    digest.workbook_attached = settings.mail.attach_report &&
                               (to_compliance || (settings.report_partners && letter.has_workbook)) &&
                               (context_.writes_reports || std::filesystem::exists(workbook));
  }

  static std::string trial_notice(const Letter& letter) {
    return fmt::format(
        "Période d'essai : ce message est destiné à {}{}, qui ne l'a pas reçu. Tous les messages de Vigie vous sont "
        "adressés à la place de leurs destinataires.",
        letter.name.empty() ? "" : letter.name + ", ", letter.address);
  }

  Context& context_;
  SourceNight& night_;
  store::Mails mails_;
  store::Plans plans_;
  store::WriteBacks write_backs_;
  std::string redirect_to_;
  bool is_quiet_;
  Told told_;
  ToldClosings told_closings_;
  LastMails last_;
  DigestTexts texts_{templates()};
  Findings findings_;
  std::optional<Addressees> nobody_;  // where there is no data
  std::optional<RoutingInput> input_;
  std::vector<Letter> letters_;  // point into the input
  std::unordered_set<Recipient, RecipientHash> queued_;
};

}  // namespace

void notify(Context& context, std::vector<SourceNight>& nights) {
  std::deque<Notification> notifications;
  std::ptrdiff_t total = 0;
  for (SourceNight& night : nights) total += notifications.emplace_back(context, night).prepare();
  for (Notification& notification : notifications) notification.send(total);
}

}  // namespace vigie
