#pragma once
// The keys of mails: `mail.…`.

#include <map>
#include <string>

#include "settings.h"
#include "settings_values.h"

namespace vigie {

class MailKeys {
 public:
  MailKeys(Values& values, MailSettings& mail) : values_(values), mail_(mail) {}
  MailKeys(const MailKeys&) = delete;
  MailKeys& operator=(const MailKeys&) = delete;

  void define(std::map<std::string, Values::Apply>& keys);

  // What single keys cannot tell of each other, once all are taken in.
  void check(const Settings& settings);

 private:
  void define_server(std::map<std::string, Values::Apply>& keys);
  void apply_host(const Entry& entry);
  void apply_waits(const Entry& entry);

  Values& values_;
  MailSettings& mail_;
  int port_ = 0;  // 0: that of mail.security
};

}  // namespace vigie
