#include "settings_values.h"

#include <algorithm>
#include <charconv>
#include <fstream>

#include "domain/text.h"
#include "private_files.h"
#include "rules/judges/mailbox.h"

namespace vigie {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestReason = 200;
constexpr std::size_t kLongestPath = 4095;
constexpr std::size_t kLongestName = 255;
constexpr const char* kCommentAside = "a comment needs a line of its own";

// What else to say of a value that is wrong.
std::string comment_aside(const Entry& entry) {
  return entry.value.find('#') == std::string::npos ? "" : std::string("; ") + kCommentAside;
}

}  // namespace

std::vector<std::string> split_list(std::string_view text) {
  const auto items = comma_items(text);
  return {items.begin(), items.end()};
}

std::string shown(std::string_view value) {
  constexpr std::size_t kLongest = 60;
  const std::string text = printable(value, kLongest);
  return text.empty() ? "empty" : text;
}

std::string connection_advice(std::string_view database) {
  return "write ODBC's connection string, such as Driver=PostgreSQL ANSI;Server=127.0.0.1;Database=" +
         std::string(database) + ";UID=vigie";
}

Values::Apply Values::yes_or_no(bool& target) { return one_of<bool>(target, {{"true", true}, {"false", false}}); }

Values::Apply Values::only(const std::string& word) {
  return [this, word](const Entry& entry) {
    if (entry.value != word) wrong(entry, word);
  };
}

Values::Apply Values::path(fs::path& target) {
  return [this, &target](const Entry& entry) {
    if (entry.value.empty()) return problem(entry, "must be a path");
    if (entry.value.front() == '~') return problem(entry, "~ is not filled in; write the whole path");
    if (entry.value.find(" #") != std::string::npos) return problem(entry, kCommentAside);
    target = folder_ / entry.value;
    if (target.native().size() > kLongestPath ||
        std::ranges::any_of(target, [](const fs::path& name) { return name.native().size() > kLongestName; }))
      problem(entry, "no file has so long a path; shorten it");
  };
}

Values::Apply Values::integer(int& target, int least, int most) {
  return [this, &target, least, most](const Entry& entry) {
    int value = 0;
    const char* end = entry.value.data() + entry.value.size();
    const auto [stop, error] = std::from_chars(entry.value.data(), end, value);
    if (error != std::errc() || stop != end || value < least || value > most)
      return wrong(entry, "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    target = value;
  };
}

Values::Apply Values::cron(const std::string& job, std::vector<schedule::Job>& jobs) {
  return [this, job, &jobs](const Entry& entry) {
    auto [cron, wrong] = schedule::Cron::parse(entry.value);
    if (!cron)
      return problem(entry,
                     "must be five fields of a crontab, such as 15 2 * * *; " +
                         (entry.from_environment ? "it is " + entry.shown
                                                 : "it is " + entry.shown + ": " + printable(wrong, kLongestReason)) +
                         comment_aside(entry));
    jobs.push_back({job, std::move(*cron)});
  };
}

Values::Apply Values::one_mail(std::string& target) {
  return [this, &target](const Entry& entry) {
    const auto given = mails(entry);
    if (given.size() > 1) return problem(entry, "must be one mail address");
    if (!given.empty()) target = given.front();
  };
}

Values::Apply Values::filled(std::string& target) {
  return [this, &target](const Entry& entry) {
    if (entry.value.empty()) return problem(entry, "is empty; give a value, or leave the key out");
    target = entry.value;
  };
}

std::vector<std::string> Values::mails(const Entry& entry) {
  auto given = split_list(entry.value);
  if (given.empty()) problem(entry, "must be a mail address");
  for (const std::string& mail : given)
    if (!judges::well_formed_mail(mail))
      problem(entry, part(entry, mail) + " is no well-formed mail address; write NAME@DOMAIN" + comment_aside(entry));
  return given;
}

std::string Values::secret(const Entry& entry) {
  fs::path file;
  path(file)(entry);
  if (const std::string fault = fault_of_secret(file); !fault.empty()) problem(entry, fault);
  std::ifstream input(file);
  std::string line;
  std::getline(input, line);
  if (line.ends_with('\r')) line.pop_back();
  if (line.empty()) problem(entry, "no password in " + file.string());
  return line;
}

void Values::wrong(const Entry& entry, const std::string& wanted) {
  problem(entry, "must be " + wanted + "; it is " + entry.shown + comment_aside(entry));
}

void Values::problem(const Entry& entry, const std::string& message) {
  problem(entry.where, entry.key + ": " + message);
}

void Values::problem(const std::string& where, const std::string& message) {
  problems_.push_back(where + ": " + message);
}

}  // namespace vigie
