#include "settings_mail.h"

#include <algorithm>
#include <array>

namespace vigie {

void MailKeys::define(std::map<std::string, Values::Apply>& keys) {
  keys["mail.transport"] =
      values_.one_of(mail_.transport, {{"files", MailTransport::kFiles}, {"smtp", MailTransport::kSmtp}});
  define_server(keys);
  keys["mail.directory"] = values_.path(mail_.directory);
  keys["mail.from"] = values_.one_mail(mail_.from);
  keys["mail.reminder-days"] = values_.integer(mail_.routing.reminder_days, 1);
  keys["mail.escalation-days"] = values_.integer(mail_.routing.escalation_days, 0);
  keys["mail.redirect-to"] = values_.one_mail(mail_.redirect_to);
  keys["mail.days"] = [this](const Entry& entry) {
    if (const auto days = OpenDays::parse(entry.value))
      mail_.days = *days;
    else
      values_.wrong(entry, "all, or days and ranges such as mon-fri or mon, wed-fri");
  };
  keys["mail.attach-report"] = values_.yes_or_no(mail_.attach_report);
  keys["mail.max-per-run"] = values_.integer(mail_.max_per_run, 0);
}

void MailKeys::define_server(std::map<std::string, Values::Apply>& keys) {
  SmtpServer& server = mail_.server;
  keys["mail.host"] = [this](const Entry& entry) { apply_host(entry); };
  keys["mail.port"] = values_.integer(port_, 1, 65535);
  keys["mail.security"] = values_.one_of(
      server.security,
      {{"starttls", SmtpSecurity::kStartTls}, {"tls", SmtpSecurity::kTls}, {"none", SmtpSecurity::kClear}});
  keys["mail.ca-file"] = values_.path(server.ca_file);
  keys["mail.user"] = values_.filled(server.user);
  keys["mail.password"] = values_.filled(server.password);
  keys["mail.password-file"] = values_.path(mail_.password_file);
  keys["mail.timeout-seconds"] = values_.integer(server.timeout_seconds, 1, 3600);
  keys["mail.per-minute"] = values_.integer(mail_.per_minute, 0);
  keys["mail.retry-seconds"] = [this](const Entry& entry) { apply_waits(entry); };
}

void MailKeys::apply_host(const Entry& entry) {
  const bool sound = std::ranges::all_of(entry.value, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' ||
           c == ':';
  });
  if (entry.value.empty() || !sound) return values_.wrong(entry, "the name of a mail server, or its address");
  if (std::ranges::count(entry.value, ':') == 1)
    return values_.wrong(entry, "the name of a mail server, without its port: that is mail.port's");
  mail_.server.host = entry.value;
}

void MailKeys::apply_waits(const Entry& entry) {
  mail_.retry_seconds.clear();
  if (entry.value == "none") return;
  const auto waits = split_list(entry.value);
  if (waits.empty() || waits.size() > 10) return values_.wrong(entry, "none, or up to ten waits such as 10, 60");
  for (const std::string& wait : waits) {
    Entry one = entry;
    one.value = wait;
    values_.integer(mail_.retry_seconds.emplace_back(), 0, 3600)(one);
  }
}

void MailKeys::check(const Settings& settings) {
  SmtpServer& server = mail_.server;
  constexpr std::array kPorts = {587, 465, 25};
  server.port = static_cast<std::uint16_t>(port_ != 0 ? port_ : kPorts.at(static_cast<std::size_t>(server.security)));
  const auto say = [&](const std::string& key, const std::string& what) { values_.problem(settings.place(key), what); };
  const bool has_password = !server.password.empty() || !mail_.password_file.empty();
  if (has_password && server.user.empty())
    say(server.password.empty() ? "mail.password-file" : "mail.password",
        "mail.user is missing, beside its password; write mail.user = LOGIN, or take the password out");
  if (!server.user.empty() && !has_password)
    say("mail.user", "mail.password-file is missing, beside mail.user; write it, or take mail.user out");
  if (mail_.transport != MailTransport::kSmtp) return;
  if (server.host.empty())
    say("mail.transport", "mail.host is missing; mail.transport = smtp needs it: write mail.host = SERVER");
  if (!settings.places.contains("mail.from"))
    say("mail.transport",
        "mail.from is missing; a server takes no mail without a sender of its own: write mail.from = ADDRESS");
  if (server.security == SmtpSecurity::kClear && has_password && !is_loopback(server.host))
    say("mail.security",
        "mail.security = none would send the password in the clear to another machine; write starttls or tls, or "
        "leave out mail.user");
}

}  // namespace vigie
