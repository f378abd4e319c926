#pragma once
// What the command line says, as the commands read it.

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace vigie {

struct Options {
  // Of every command.
  std::string config;
  std::string config_text;  // where its content stands, for jobs of the service
  std::vector<std::string> set;
  std::string as_of;
  std::vector<std::string> sources;
  bool dry_run = false;
  bool quiet = false;
  bool verbose = false;
  std::string log_format = "text";

  // Of steps.
  bool accept_shrink = false;
  bool share = false;
  long sources_at_once = 0;  // 0: as the configuration says
  std::string fail_on;
  std::string report_format = "xlsx";  // of report

  // Of lists.
  std::string format = "table";
  std::string language = "en";  // of rules
  bool all = false;
  bool jobs = false;  // of status
  std::string convention;
  std::string rule;
  std::string severity;
  std::string status;
  std::string kind;
  std::string state;
  std::string file;
  std::string reason;
  std::string account;
  std::string since;
  std::string service;  // of explain
  long limit = -1;

  // Of waive and waivers.
  std::string subject;
  std::string until;
  long end = -1;

  // Of mails.
  long show = -1;
  std::vector<long> resend;
  bool resend_all = false;

  // Of backup: the file to make.
  std::string backup;

  // Of approve, waive, plans and demo.
  std::string plan;
  std::string by;
  std::string because;
  std::string folder;
};

}  // namespace vigie
