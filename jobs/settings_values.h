#pragma once
// The kinds of values that keys of the configuration have, each as a function that takes one in or says what is wrong
// with it.

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schedule/agenda.h"

namespace vigie {

// One key of the configuration, as it was found.
struct Entry {
  std::string key;
  std::string value;
  std::string where;  // "vigie.properties, line 12", or "--set"
  std::string shown;  // the value as a message may show it: what comes from the environment may be a secret
  bool from_environment = false;
};

std::vector<std::string> split_list(std::string_view text);

// Of a value that may be long and hold anything.
std::string shown(std::string_view value);

// What to do where a connection string of ODBC is missing or bad; `database`: such as the example names.
std::string connection_advice(std::string_view database);

class Values {
 public:
  using Apply = std::function<void(const Entry&)>;

  // Paths are relative to the folder.
  explicit Values(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // One of a few words, each with what it means.
  template <typename Value>
  Apply one_of(Value& target, std::vector<std::pair<std::string, Value>> words) {
    return [this, &target, words = std::move(words)](const Entry& entry) {
      std::string allowed;
      for (std::size_t i = 0; i < words.size(); ++i) {
        const auto& [word, value] = words[i];
        if (word == entry.value) {
          target = value;
          return;
        }
        allowed += (i == 0 ? "" : i + 1 < words.size() ? ", " : " or ") + word;
      }
      wrong(entry, allowed);
    };
  }
  Apply yes_or_no(bool& target);
  Apply only(const std::string& word);  // the one word that there is so far
  Apply path(std::filesystem::path& target);
  Apply integer(int& target, int least, int most = 1'000'000'000);
  Apply cron(const std::string& job, std::vector<schedule::Job>& jobs);
  Apply one_mail(std::string& target);
  Apply filled(std::string& target);  // of a value that no message may show

  std::vector<std::string> mails(const Entry& entry);
  std::string secret(const Entry& entry);  // the first line of a file

  // One of the values of a list, as a message may show it.
  static std::string part(const Entry& entry, const std::string& value) {
    return entry.from_environment ? entry.shown : vigie::shown(value);
  }

  void wrong(const Entry& entry, const std::string& wanted);
  void problem(const Entry& entry, const std::string& message);
  void problem(const std::string& where, const std::string& message);
  void add_problem(const std::string& text) { problems_.push_back(text); }  // that names its place

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] const std::vector<std::string>& problems() const { return problems_; }

 private:
  std::filesystem::path folder_;
  std::vector<std::string> problems_;
};

}  // namespace vigie
