#pragma once
// A configuration file, key by key as it is written: `key = value`, `#` begins a comment line.
//
// Poco::Util reads the values. What it would take in silence is a problem here: a line without `=`, a key that is given
// twice or has other characters than letters, digits, `.`, `-` and `_`, a backslash (it would join the next line to
// this one), a control character, a line that is not UTF-8. A byte-order mark and CR LF are taken.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

struct Property {
  std::string key;
  std::string value;  // no `${…}` is filled in
  int line = 0;
};

struct Properties {
  std::vector<Property> given;        // in the file's order
  std::vector<std::string> problems;  // "FILE, line 3: …"
};

// Throws UsageError where the file as a whole is no configuration: it cannot be opened, is larger than 1 MiB, or is no
// text.
// `text`: where the file's content stands, when not in the file itself; messages name `file`.
Properties read_properties(const std::filesystem::path& file, const std::filesystem::path& text);

// Words of letters, digits, `-` and `_` joined by single dots; at most 200 characters.
bool is_sound_key(std::string_view key);

// What is wrong with a value's characters; empty: nothing.
std::string wrong_characters(std::string_view value);

}  // namespace vigie
