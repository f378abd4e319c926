#include "mail_commands.h"

#include <algorithm>
#include <iostream>

#include <fmt/format.h>

#include "errors.h"
#include "list_commands.h"
#include "rows.h"
#include "store/mails.h"
#include "writable_store.h"

namespace vigie {
namespace {

constexpr std::size_t kNewestMails = 1000;

store::MailRecord find_mail(const store::Store& store, long id) {
  if (const auto mail = store::Outbox(store).find(id)) return *mail;
  throw UsageError(fmt::format("no mail {}; `vigie mails` lists them", id));
}

// The day of the next try; never: there is none.
Day next_try(const store::MailRecord& mail, const OpenDays& days) {
  if (mail.state != store::MailState::kQueued) return Day::never();
  return days.next_open(mail.last_tried_on.given() ? mail.last_tried_on + 1 : mail.as_of);
}

void require_resendable(const store::MailRecord& mail, const Settings& settings) {
  if (mail.state == store::MailState::kQueued)
    throw UsageError(fmt::format("mail {} waits in the outbox already; vigie notify hands it over", mail.id));
  if (mail.redirected_to != settings.mail.redirect_to)
    throw UsageError(
        fmt::format("mail {} was made {}; what it told goes with the next mail to its recipient", mail.id,
                    mail.redirected_to.empty() ? "before mail.redirect-to was set" : "for a trial (mail.redirect-to)"));
}

bool is_listed(const store::MailRecord& mail, const std::vector<const SourceSettings*>& sources,
               const Options& options) {
  return std::ranges::find(sources, mail.source, &SourceSettings::name) != sources.end() &&
         (options.state.empty() || options.state == name(mail.state)) &&
         (options.convention.empty() || options.convention == mail.convention);
}

std::vector<store::MailRecord> listed(const store::Store& store, const Options& options, const Settings& settings) {
  const auto sources = chosen_sources(options, settings);
  check_convention(store, stored_sources(store, sources), options);
  auto mails = store::Outbox(store).all();
  std::erase_if(mails, [&](const store::MailRecord& mail) { return !is_listed(mail, sources, options); });
  return mails;
}

// Of those that are listed; 0: all.
std::size_t newest_wanted(const Options& options) {
  const bool filtered = !options.state.empty() || !options.convention.empty() || !options.sources.empty();
  return options.limit >= 0 ? static_cast<std::size_t>(options.limit) : filtered ? 0 : kNewestMails;
}

// Whether there were more.
bool keep_newest(std::vector<store::MailRecord>& mails, std::size_t newest) {
  if (newest == 0 || mails.size() <= newest) return false;
  mails.erase(mails.begin(), mails.end() - static_cast<std::ptrdiff_t>(newest));
  return true;
}

std::vector<store::MailRecord> to_resend(const store::Store& store, const Options& options, const Settings& settings) {
  std::vector<store::MailRecord> mails;
  if (options.resend_all) {
    mails = listed(store, options, settings);
    keep_newest(mails, newest_wanted(options));
    return mails;
  }
  for (const long id : options.resend) mails.push_back(find_mail(store, id));
  return mails;
}

// All of them, or none.
void resend(const Options& options, const Settings& settings) {
  constexpr bool kMakesOne = false;
  WritableStore store(options, settings, kMakesOne);
  const auto mails = to_resend(*store, options, settings);
  for (const store::MailRecord& mail : mails) require_resendable(mail, settings);
  store::Transaction transaction(*store);
  for (const store::MailRecord& mail : mails) store::Outbox(*store).queue_again(mail.id);
  transaction.commit();
  for (const store::MailRecord& mail : mails)
    std::cout << fmt::format(
        "mail {} {} again at the next `vigie notify` (or `vigie run`), under the same Message-ID\n", mail.id,
        options.dry_run ? "would go" : "goes");
  if (mails.empty()) std::cout << "No mails.\n";
}

void list(const store::Store& store, const Options& options, const Settings& settings) {
  auto mails = listed(store, options, settings);
  const bool is_cut = keep_newest(mails, newest_wanted(options));
  lists::ListWriter writer(format_of(options), mail_columns(), std::cout, "No mails.");
  for (const store::MailRecord& mail : mails) writer.row(mail_row(mail, next_try(mail, settings.mail.days)));
  writer.end();
  if (is_cut && options.limit < 0)
    std::cerr << "the newest 1,000 mails; filter with --source, --state, --convention, or --limit 0 for all\n";
}

}  // namespace

void show_mails(const Options& options, const Settings& settings) {
  if ((options.show >= 0) + !options.resend.empty() + options.resend_all > 1)
    throw UsageError("mails: --show, --resend and --resend-all; give one of them");
  if (options.resend_all && options.state.empty())
    throw UsageError("mails: --resend-all needs --state, such as --state refused");
  if (!options.resend.empty() || options.resend_all) return resend(options, settings);
  const store::Store store(settings.store, store::Opening::kExisting);
  if (options.show < 0) return list(store, options, settings);
  std::cout << store::Outbox(store).message_of(find_mail(store, options.show).id);
}

}  // namespace vigie
