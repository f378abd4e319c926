#include "mail_delivery.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <thread>

#include <fmt/format.h>

#include "mail/mail_error.h"
#include "mail/mail_files.h"
#include "mail/message.h"
#include "mail/smtp_session.h"
#include "mail_server.h"
#include "report_job.h"
#include "store/mails.h"

namespace vigie {
namespace {

using Clock = std::chrono::steady_clock;
using store::MailState;

constexpr int kDaysOfTrying = 5;
constexpr int kMostBrokenSessions = 3;  // in a row: then the server is left alone for a while
constexpr std::size_t kLargestWorkbook = std::size_t{15} << 20;

// A mail that waits, and whose it is.
struct Waiting {
  const SourceNight* night = nullptr;
  store::Mail mail;
  std::string last_code;  // of the server's last answer
  bool over = false;
};

struct Counts {
  int sent = 0;
  int kept = 0;
  int refused = 0;
  int given_up = 0;
  std::map<std::string, int> codes;  // of what was not taken
};

// Lets so many mails a minute pass.
class Pace {
 public:
  explicit Pace(int per_minute)
      : step_(per_minute > 0 ? Clock::duration(std::chrono::minutes(1)) / per_minute : Clock::duration(0)) {}
  void wait() {
    std::this_thread::sleep_until(next_);
    next_ = Clock::now() + step_;
  }

 private:
  Clock::duration step_;
  Clock::time_point next_ = Clock::now();
};

std::optional<std::string> content_of(const std::filesystem::path& file) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  if (error || size > kLargestWorkbook) return std::nullopt;
  std::ifstream in(file, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (!in.good() && !in.eof()) return std::nullopt;
  return bytes;
}

class Delivery {
 public:
  Delivery(Context& context, std::vector<SourceNight>& nights, MailsToDeliver which)
      : context_(context), settings_(context.settings.mail), pace_(settings_.per_minute) {
    for (const SourceNight& night : nights)
      for (store::Mail& mail : mails_of(night).queued())
        if (which == MailsToDeliver::kAll ||
            (which == MailsToDeliver::kTonightsWorkbooks) == (carries_workbook(mail) && mail.as_of == context.day))
          waiting_.push_back({.night = &night, .mail = std::move(mail)});
    if (which != MailsToDeliver::kTonightsWorkbooks)
      for (const SourceNight& night : nights) counts_[&night];
  }

  void run() {
    if (!settings_.days.is_open(context_.day)) return say_quiet();
    if (context_.dry_run) return say_rehearsed();
    if (settings_.transport == MailTransport::kFiles)
      write_files();
    else
      hand_over_in_rounds();
    say_results();
  }

 private:
  [[nodiscard]] store::Mails mails_of(const SourceNight& night) const { return {context_.store, night.number()}; }

  // A partner's workbook shows the whole convention: its administrators' mails alone carry it.
  [[nodiscard]] bool carries_workbook(const store::Mail& mail) const {
    return settings_.attach_report &&
           (mail.kind == RecipientKind::kCompliance ||
            (mail.kind == RecipientKind::kAdministrator && context_.settings.report_partners));
  }

  [[nodiscard]] std::filesystem::path workbook_for(const Waiting& waiting) const {
    const store::Mail& mail = waiting.mail;
    const std::string& source = waiting.night->settings().name;
    return mail.kind == RecipientKind::kCompliance
               ? workbook_of(context_.settings, source, mail.as_of)
               : partner_workbook_of(context_.settings, source, mail.convention, mail.as_of);
  }

  // ---------------------------------------------------------------------------------------------------------- files

  // Their folder is flushed once, before any of them counts as sent.
  void write_files() {
    std::vector<std::pair<Waiting*, std::string>> written;
    try {
      MailFiles files(settings_.directory);
      for (Waiting& waiting : waiting_)
        if (auto file = write(waiting, files)) written.emplace_back(&waiting, std::move(*file));
      files.flush();
    } catch (const MailError&) {
      written.clear();
    }
    store::Transaction transaction(context_.store);
    for (auto& [waiting, file] : written) record(*waiting, MailState::kSent, std::move(file));
    for (Waiting& waiting : waiting_)
      if (!waiting.over) record(waiting, MailState::kQueued, "the file could not be written");
    give_up_old_ones();
    transaction.commit();
  }

  std::optional<std::string> write(const Waiting& waiting, MailFiles& files) const {
    const store::Mail& mail = waiting.mail;
    const std::string day = to_iso(mail.as_of);
    try {
      return files
          .write({.day = day,
                  .recipient = mail.address,
                  .convention = mail.convention,
                  .source = waiting.night->settings().name,
                  .names_source = mail.has_namesake},
                 message_of(waiting, 0))
          .string();
    } catch (const MailError&) {  // its message names a file, and so a person: not for the log
      return std::nullopt;
    }
  }

  // ----------------------------------------------------------------------------------------------------- mail server

  void hand_over_in_rounds() {
    if (waiting_.empty()) return;
    hand_over_once();
    for (const int seconds : settings_.retry_seconds) {
      if (is_hopeless_ || none_waits()) break;
      context_.log.detail("mail", fmt::format("some mail was not taken; tried again in {} s", seconds));
      std::this_thread::sleep_for(std::chrono::seconds(seconds));
      hand_over_once();
    }
    store::Transaction transaction(context_.store);
    give_up_old_ones();
    transaction.commit();
  }

  [[nodiscard]] bool none_waits() const { return std::ranges::all_of(waiting_, &Waiting::over); }

  // One try for each that waits, over as few connections as the server lets it.
  void hand_over_once() {
    auto next = waiting_.begin();
    try {
      const SmtpServer server = mail_server(settings_);
      std::unique_ptr<SmtpSession> session;
      int broken = 0;
      while (next != waiting_.end()) {
        if (next->over) {
          ++next;
          continue;
        }
        const bool is_fresh = !session;
        if (is_fresh) session = std::make_unique<SmtpSession>(server);
        pace_.wait();
        hand_over(*session, *next);
        const bool is_open = session->is_open();
        if (!is_open) session.reset();
        if (!is_open && !is_fresh)
          continue;  // many servers take so many mails on one connection, or so long: a new one
        ++next;
        broken = is_open ? 0 : broken + 1;
        if (broken == kMostBrokenSessions)
          throw MailError(fmt::format("the mail server {} breaks every connection", server.host));
      }
    } catch (const MailSetupError& error) {
      is_hopeless_ = true;
      keep_from(next, error.what());
    } catch (const MailError& error) {
      keep_from(next, error.what());
    }
  }

  void hand_over(SmtpSession& session, Waiting& waiting) {
    const store::Mail& mail = waiting.mail;
    const std::string& to = mail.redirected_to.empty() ? mail.address : mail.redirected_to;
    const SmtpAnswer answer = session.hand_over(settings_.from, to, message_of(waiting, session.largest_message()));
    waiting.last_code = answer.code.empty() ? "no answer" : answer.code;
    store::Transaction transaction(context_.store);
    record(waiting,
           answer.handover == Handover::kTaken     ? MailState::kSent
           : answer.handover == Handover::kRefused ? MailState::kRefused
                                                   : MailState::kQueued,
           answer.text);
    transaction.commit();
  }

  // The server is not there for any of them.
  void keep_from(std::vector<Waiting>::iterator next, const std::string& why) {
    context_.log.error("mail", why);
    store::Transaction transaction(context_.store);
    for (; next != waiting_.end(); ++next) {
      if (next->over) continue;
      next->last_code = "no connection";
      record(*next, MailState::kQueued, why);
    }
    transaction.commit();
  }

  // ------------------------------------------------------------------------------------------------------------ both

  // Where nothing may be shown to all of a convention's administrators, no workbook is written for it.
  [[nodiscard]] bool has_none(const Waiting& waiting, const std::filesystem::path& file) const {
    const auto of_source = workbook_of(context_.settings, waiting.night->settings().name, waiting.mail.as_of);
    return waiting.mail.kind == RecipientKind::kAdministrator && std::filesystem::exists(of_source) &&
           !std::filesystem::exists(file);
  }

  // `largest`: bytes that the server takes; 0: any number.
  [[nodiscard]] std::string message_of(const Waiting& waiting, std::size_t largest) const {
    const store::Mail& mail = waiting.mail;
    if (!carries_workbook(mail)) return mail.message;
    const auto file = workbook_for(waiting);
    if (has_none(waiting, file)) return mail.message;
    const auto bytes = content_of(file);
    std::string message = mail.message;
    if (bytes)
      message = with_attachment(message, {.name = file.filename().string(),
                                          .type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                                          .bytes = *bytes});
    if (bytes && (largest == 0 || message.size() <= largest)) return message;
    context_.log.warning(
        "mail", fmt::format("{} is not attached: it is not there, or too large for a mail", file.filename().string()));
    return mail.message;
  }

  void record(Waiting& waiting, MailState state, std::string answer) {
    mails_of(*waiting.night).record(waiting.mail.id, {.state = state, .answer = std::move(answer), .on = context_.day});
    if (!waiting.mail.first_tried_on.given()) waiting.mail.first_tried_on = context_.day;
    waiting.over = state != MailState::kQueued;
    Counts& counts = counts_[waiting.night];
    if (state == MailState::kSent) ++counts.sent;
    if (state != MailState::kRefused) return;
    ++counts.refused;
    ++counts.codes[waiting.last_code];
  }

  void give_up_old_ones() {
    for (Waiting& waiting : waiting_) {
      if (waiting.over) continue;
      Counts& counts = counts_[waiting.night];
      if (context_.day - waiting.mail.first_tried_on < kDaysOfTrying) {
        ++counts.kept;
        ++counts.codes[waiting.last_code];
        continue;
      }
      mails_of(*waiting.night).give_up(waiting.mail.id, context_.day);
      ++counts.given_up;
      waiting.over = true;
    }
  }

  // ------------------------------------------------------------------------------------------------- what is said

  void say_rehearsed() const {
    for (const auto& [night, counts] : counts_)
      context_.log.info("notified", fmt::format("{}: {} mails would go", night->settings().name, waiting_of(night)));
  }

  [[nodiscard]] std::ptrdiff_t waiting_of(const SourceNight* night) const {
    return std::ranges::count(waiting_, night, &Waiting::night);
  }

  void say_quiet() const {
    for (const auto& [night, counts] : counts_)
      if (const auto count = waiting_of(night); count > 0)
        context_.log.info("notified",
                          fmt::format("{}: a quiet day (mail.days); {} mail(s) wait until {}", night->settings().name,
                                      count, to_iso(settings_.days.next_open(context_.day))));
  }

  void say_results() {
    const std::string place = settings_.transport == MailTransport::kFiles
                                  ? "written to " + settings_.directory.string()
                                  : "handed to " + settings_.server.host;
    for (const auto& [night, counts] : counts_) {
      const std::string& name = night->settings().name;
      context_.log.info("notified", fmt::format("{}: {} mail(s) {}", name, counts.sent, place),
                        {{"source", name}, {"mails", static_cast<std::int64_t>(counts.sent)}});
      if (counts.kept > 0) say_kept(name, counts);
      if (counts.refused > 0)
        say_lost(
            name,
            fmt::format("{} mail(s) refused by the mail server for good: vigie mails --state refused", counts.refused),
            counts);
      if (counts.given_up > 0)
        say_lost(name,
                 fmt::format("{} mail(s) given up after {} days; what they told is news again: vigie mails "
                             "--state given-up",
                             counts.given_up, kDaysOfTrying),
                 counts);
    }
  }

  static std::string codes_of(const Counts& counts) {
    std::string text;
    for (const auto& [code, count] : counts.codes)
      if (!code.empty()) text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", code, count);
    return text.empty() ? "" : ": " + text;
  }

  void say_kept(const std::string& name, const Counts& counts) {
    context_.outcome.mail_kept = true;
    context_.outcome.lines.push_back(name + ": some mail is kept and tried again at the next run");
    if (settings_.transport == MailTransport::kSmtp)
      return context_.log.error("mail", fmt::format("{}: {} mail(s) kept, and tried again at the next run{}", name,
                                                    counts.kept, codes_of(counts)));
    context_.log.error(
        "mail", fmt::format("{}: {} mail(s) cannot be written to {}: kept, and tried again at the next run; check "
                            "the folder's owner, its free space, and what stands in the way there",
                            name, counts.kept, settings_.directory.string()));
  }

  void say_lost(const std::string& name, const std::string& what, const Counts& counts) {
    context_.outcome.mail_kept = true;
    context_.outcome.lines.push_back(name + ": " + what);
    context_.log.error("mail", name + ": " + what + codes_of(counts));
  }

  Context& context_;
  const MailSettings& settings_;
  Pace pace_;
  std::vector<Waiting> waiting_;
  std::map<const SourceNight*, Counts> counts_;  // in the order of the sources, which lie one behind the other
  bool is_hopeless_ = false;
};

}  // namespace

void deliver_mails(Context& context, std::vector<SourceNight>& nights, MailsToDeliver which) {
  Delivery(context, nights, which).run();
}

}  // namespace vigie
