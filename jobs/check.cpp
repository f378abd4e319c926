#include "check.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <iostream>
#include <map>
#include <unistd.h>

#include <fmt/format.h>

#include "calendar.h"
#include "csv/csv_drop.h"
#include "domain/text.h"
#include "embedded.h"
#include "error.h"
#include "errors.h"
#include "headings.h"
#include "http/listener.h"
#include "mail/mail_error.h"
#include "mail/smtp_session.h"
#include "mail_server.h"
#include "odbc/odbc_drop.h"
#include "odbc/trial.h"
#include "private_files.h"
#include "reconcile/action.h"
#include "store/store.h"

namespace vigie {
namespace {

namespace fs = std::filesystem;

void good(const std::string& what) { std::cout << "ok     " << one_line(what) << '\n'; }
void wrong(const std::string& what) { std::cout << "wrong  " << one_line(what) << '\n'; }

// What stands before a fault of a key's value: the line to change, where there is one.
std::string at(const Settings& settings, const std::string& key) {
  return settings.places.contains(key) ? settings.place(key) + ": " : "";
}

bool check_store(const Settings& settings) {
  const std::string name = settings.store.name();
  try {
    store::require_writable(settings.store);
    const store::Store opened(settings.store, store::Opening::kExisting);
    good("store " + name);
    return true;
  } catch (const NoStoreError&) {
    good(fmt::format("store {} (made by the first run)", name));
    return true;
  } catch (const StoreError& error) {
    wrong(at(settings, "store.connection") + error.what());
    return false;
  }
}

drops::Drop look_at_drop(const SourceSettings& source) {
  if (source.behind_odbc()) return odbc::look_at_drop(source.database, source.queries, source.name, source.columns);
  return csv::read_drop(source.path, source.name, source.columns, 0, 1);
}

std::string found_in(const SourceSettings& source, const drops::Drop& drop) {
  if (source.behind_odbc()) {
    const auto queries = std::ranges::count_if(source.queries, [](const std::string& each) { return !each.empty(); });
    return fmt::format("{} queries on {}", queries, source.database.name());
  }
  std::size_t rows = 0;
  for (const auto& table : drop.tables) rows += table.row_count;
  return fmt::format("{} rows in {}", rows, source.path.string());
}

enum class Checked { kGood, kWrong, kUnreachable };  // the graver, the later

// The key that says where a source's drop is.
std::string key_of_drop(const SourceSettings& source) {
  return fmt::format("source.{}.{}", source.name, source.behind_odbc() ? "connection" : "path");
}

// They are tried as far as a database can without carrying them out.
Checked check_statements(const Settings& settings, const SourceSettings& source) {
  std::vector<odbc::NamedStatement> statements;
  for (const std::string& text : source.statements) statements.push_back(odbc::parse_named(text));
  const auto given = std::ranges::count_if(source.statements, [](const std::string& each) { return !each.empty(); });
  if (given == 0) return Checked::kGood;
  try {
    const auto faults = odbc::try_statements(source.database, statements);
    for (const odbc::TrialFault& fault : faults) {
      const std::string key =
          fmt::format("source.{}.write-back.{}", source.name, name(static_cast<ActionKind>(fault.statement)));
      wrong(fmt::format("{}{}: the database refuses the statement: {}; correct it, or the user's rights",
                        at(settings, key), key, fault.why));
    }
    if (!faults.empty()) return Checked::kWrong;
  } catch (const odbc::Error& error) {
    wrong(fmt::format("{}source {}: {}", at(settings, key_of_drop(source)), source.name,
                      odbc::unreachable(error, source.database, source.name).message));
    return Checked::kUnreachable;
  }
  good(fmt::format("source {}: {} write-back {}", source.name, given, given == 1 ? "statement" : "statements"));
  return Checked::kGood;
}

Checked check_drop(const Settings& settings, const SourceSettings& source) {
  const auto drop = look_at_drop(source);
  for (const drops::Refusal& refusal : drop.refusals)
    wrong(refusal.file.empty()
              ? fmt::format("{}source {}: {}", at(settings, key_of_drop(source)), source.name, refusal.message)
              : fmt::format("source {}: {}: {}", source.name, refusal.file, refusal.message));
  for (const drops::UnknownColumns& unknown : drop.unknown_columns)
    good(fmt::format("source {}: {}: columns ignored: {}; map one that means something with source.{}.heading.FIELD",
                     source.name, csv_name(unknown.file), said_headings(unknown.headings), source.name));
  for (const drops::Misnamed& misnamed : drop.misnamed)
    wrong(fmt::format("source {}: {} is not read; rename it {}", source.name, misnamed.name, csv_name(misnamed.file)));
  if (drop.unreachable) return Checked::kUnreachable;
  if (!drop.refusals.empty() || !drop.misnamed.empty()) return Checked::kWrong;
  good(fmt::format("source {}: {}", source.name, found_in(source, drop)));
  return Checked::kGood;
}

bool check_word_lists() {
  try {
    static_cast<void>(load_lexicon());
    good("word lists");
    return true;
  } catch (const std::invalid_argument& error) {
    wrong(std::string("word lists: ") + error.what());
    return false;
  }
}

// Rights alone do not tell: of some folders, as below /proc, the system itself takes no file. One without a name is
// tried, and where there are none, one that is removed at once.
bool takes_files(const fs::path& folder) {
  int file = ::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
  if (file < 0 && errno != EACCES && errno != EROFS) {
    std::string name = (folder / ".vigie-check-XXXXXX").string();
    file = ::mkostemp(name.data(), O_CLOEXEC);
    if (file >= 0) ::unlink(name.c_str());
  }
  if (file < 0) return false;
  ::close(file);
  return true;
}

// A folder that is not there is made by the run: its nearest parent must be writable.
bool check_folder(const Settings& settings, const fs::path& folder, const std::string& key) {
  fs::path there = folder;
  std::error_code error;
  fs::file_status status = fs::status(there, error);
  for (; status.type() == fs::file_type::not_found && there.has_relative_path(); status = fs::status(there, error))
    there = there.parent_path();
  if (status.type() == fs::file_type::none) {
    wrong(fmt::format("{}{}: {} cannot be reached: {}; check the path, and the rights of the folders above it",
                      at(settings, key), key, there.string(), error.message()));
    return false;
  }
  if (!fs::is_directory(status)) {
    wrong(fmt::format("{}{}: {} is no folder; name another, or take it away", at(settings, key), key, there.string()));
    return false;
  }
  if (takes_files(there)) {
    good(fmt::format("{} {}", key, folder.string()));
    return true;
  }
  wrong(fmt::format("{}{}: {} cannot be written; check its owner", at(settings, key), key, there.string()));
  return false;
}

// Its folder is node_exporter's, and is not made by a run.
bool check_metrics(const Settings& settings) {
  const fs::path& file = settings.metrics_file;
  const std::string key = "metrics.file";
  if (file.empty()) return true;
  std::error_code error;
  if (fs::is_directory(file, error)) {
    wrong(fmt::format("{}{}: {} is a folder; name a file in it", at(settings, key), key, file.string()));
  } else if (!fs::is_directory(file.parent_path(), error)) {
    wrong(fmt::format("{}{}: there is no folder {}; make it, or name another", at(settings, key), key,
                      file.parent_path().string()));
  } else if (!takes_files(file.parent_path())) {
    wrong(fmt::format("{}{}: {} cannot be written; check its owner", at(settings, key), key,
                      file.parent_path().string()));
  } else {
    good(fmt::format("{} {}", key, file.string()));
    return true;
  }
  return false;
}

// Who has the port is not asked: the service itself may.
bool check_listening(const Settings& settings) {
  const std::string key = "http.listen";
  const std::string& address = settings.http_listen;
  if (address.empty()) return true;
  if (const std::string fault = http::fault_of_host(address); !fault.empty()) {
    wrong(fmt::format("{}{}: {} is no address of this machine: {}; write a port alone, or an address that it has",
                      at(settings, key), key, address, fault));
    return false;
  }
  good(fmt::format("{} {}", key, address));
  return true;
}

// Connects, logs in and takes leave.
bool check_mail_server(const Settings& settings) {
  const MailSettings& mail = settings.mail;
  try {
    const SmtpServer server = mail_server(mail);
    static_cast<void>(SmtpSession(server));
    good("mail server " + description(server));
    if (server.security == SmtpSecurity::kClear && !is_loopback(server.host))
      good("mail.security = none: mails and the personal data in them cross the network in the clear");
    return true;
  } catch (const MailError& error) {
    const std::string_view text = error.what();
    const auto named = std::ranges::find_if(
        settings.places, [&](const auto& place) { return text.find(place.first) != std::string_view::npos; });
    wrong(at(settings, named == settings.places.end() ? "mail.host" : named->first) + error.what());
    return false;
  }
}

bool check_mail(const Settings& settings) {
  const MailSettings& mail = settings.mail;
  if (!mail.redirect_to.empty()) good("mail.redirect-to: every mail goes to " + mail.redirect_to + ", for a trial");
  return mail.transport == MailTransport::kSmtp ? check_mail_server(settings)
                                                : check_folder(settings, mail.directory, "mail.directory");
}

// Of a block that was copied: every record, finding and mail would be there twice.
bool check_folders(const Settings& settings) {
  std::map<fs::path, std::string_view> folders;
  bool each_its_own = true;
  for (const SourceSettings& source : settings.sources) {
    if (source.behind_odbc()) continue;
    const auto [before, is_new] = folders.emplace((source.path / "").lexically_normal(), source.name);
    if (is_new) continue;
    wrong(fmt::format("{}source {}: this is source {}'s folder; each source has a drop of its own: name another",
                      at(settings, key_of_drop(source)), source.name, before->second));
    each_its_own = false;
  }
  return each_its_own;
}

}  // namespace

int check_all(const Settings& settings) {
  good("configuration " + settings.file.string());
  for (const schedule::Job& job : settings.schedule.jobs)
    good(fmt::format("schedule.{} {}: next {}, where vigie serve runs", job.name, job.cron.text(),
                     paris_time(job.cron.next(now_seconds(), paris_clock()))));
  const auto open = open_files(settings);
  for (const std::string& fault : open) wrong(fault);
  bool reachable = check_store(settings);
  bool rest = check_word_lists() && open.empty();
  rest = check_mail(settings) && rest;
  rest = check_folder(settings, settings.report_directory, "report.directory") && rest;
  rest = check_metrics(settings) && rest;
  rest = check_listening(settings) && rest;
  rest = check_folders(settings) && rest;
  for (const SourceSettings& source : settings.sources) {
    Checked checked = check_drop(settings, source);
    if (checked != Checked::kUnreachable) checked = std::max(checked, check_statements(settings, source));
    reachable = reachable && checked != Checked::kUnreachable;
    rest = rest && checked == Checked::kGood;
  }
  if (settings.compliance_mails.empty()) {
    wrong("compliance.mail is not set: nobody would hear of refusals and holds; write compliance.mail = ADDRESS");
    rest = false;
  }
  if (!reachable) return exit_code::kUnreachable;
  return rest ? exit_code::kDone : exit_code::kUsage;
}

}  // namespace vigie
