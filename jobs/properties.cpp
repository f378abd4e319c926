#include "properties.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>
#include <sstream>

#include <Poco/AutoPtr.h>
#include <Poco/Exception.h>
#include <Poco/Util/PropertyFileConfiguration.h>

#include "domain/text.h"
#include "errors.h"

namespace vigie {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestFile = std::size_t{1} << 20;
constexpr std::size_t kLongestKey = 200;

bool is_key_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
}

[[noreturn]] void refuse(const fs::path& file, const std::string& why) {
  throw UsageError("the configuration " + file.string() + " cannot be read: " + why);
}

std::string text_of(const fs::path& file, const fs::path& stands_in) {
  std::error_code ignored;
  if (fs::is_directory(file, ignored)) refuse(file, "it is a folder; name the file in it");
  std::ifstream in(stands_in, std::ios::binary);
  if (!in) refuse(file, std::string(std::strerror(errno)) + "; check its path and its owner");
  std::string text(kLargestFile + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad()) refuse(file, "the disk does not give it back");
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > kLargestFile) refuse(file, "it is larger than 1 MiB, as no configuration is; check its name");
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) refuse(file, "it is UTF-16; save it as UTF-8");
  if (text.find('\0') != std::string::npos) refuse(file, "it is no text; check its name");
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  return text;
}

class Reader {
 public:
  Reader(const fs::path& file, const fs::path& text) : file_(file), text_(text_of(file, text)) {}

  Properties read() {
    read_lines();
    std::istringstream in(text_);
    try {
      const Poco::AutoPtr<Poco::Util::PropertyFileConfiguration> values(new Poco::Util::PropertyFileConfiguration(in));
      for (Property& property : found_.given) property.value = trim(values->getRawString(property.key, ""));
    } catch (const Poco::Exception& error) {
      refuse(file_, error.displayText());
    }
    return std::move(found_);
  }

 private:
  void read_lines() {
    std::istringstream lines(text_);
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
      ++number;
      if (line.ends_with('\r')) line.pop_back();
      const std::string_view text = trim(line);
      if (!text.empty() && text.front() != '#' && text.front() != '!') read_line(text, number);
    }
  }

  void read_line(std::string_view text, int number) {
    if (const std::string wrong = wrong_characters(text); !wrong.empty()) return problem(number, wrong);
    if (text.find('\\') != std::string_view::npos)
      return problem(number, "a backslash; a value stands on one line, and folders are written with /");
    const std::size_t separator = text.find_first_of("=:");
    if (separator == std::string_view::npos)
      return problem(number, "no = in this line; write SECTION.NAME = VALUE, or # before a comment");
    const std::string key(trim(text.substr(0, separator)));
    if (!is_sound_key(key))
      return problem(number,
                     "this is no key; write SECTION.NAME = VALUE: letters without accents, digits, - and _, joined by "
                     "dots, a source's name too");
    const auto [before, is_first] = lines_.emplace(key, number);
    if (!is_first)
      return problem(number,
                     key + ": given twice, in line " + std::to_string(before->second) + " and here; keep one of them");
    found_.given.push_back({key, "", number});
  }

  void problem(int line, const std::string& message) {
    found_.problems.push_back(file_.string() + ", line " + std::to_string(line) + ": " + message);
  }

  const fs::path& file_;
  std::string text_;
  std::map<std::string, int> lines_;
  Properties found_;
};

}  // namespace

Properties read_properties(const fs::path& file, const fs::path& text) { return Reader(file, text).read(); }

bool is_sound_key(std::string_view key) {
  return !key.empty() && key.size() <= kLongestKey && key.front() != '.' && key.back() != '.' &&
         key.find("..") == std::string_view::npos && std::ranges::all_of(key, is_key_character);
}

std::string wrong_characters(std::string_view value) {
  if (!is_valid_utf8(value)) return "this is not UTF-8: an accent as Windows-1252 writes it? Save the file as UTF-8";
  const bool has_control =
      std::ranges::any_of(value, [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == '\x7F'; });
  return has_control ? "a control character; take it out" : "";
}

}  // namespace vigie
