#include "odbc/connection_string.h"

#include <algorithm>
#include <optional>

namespace vigie::odbc {
namespace {

struct Pair {
  std::string key;
  std::string value;
};

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_key(std::string_view a, std::string_view b) { return std::ranges::equal(a, b, {}, lower, lower); }

// A value in braces, its closing one included; nothing where that is missing.
std::optional<std::string> take_braced(std::string_view& rest) {
  std::string value;
  for (std::size_t i = 1; i < rest.size(); ++i) {
    if (rest[i] == '}') {
      if (i + 1 == rest.size() || rest[i + 1] != '}') {
        rest.remove_prefix(i + 1);
        return value;
      }
      ++i;
    }
    value += rest[i];
  }
  return std::nullopt;
}

// Takes a pair off; nothing: the string is none from there on.
std::optional<Pair> take_pair(std::string_view& rest) {
  const std::size_t equals = rest.find('=');
  if (equals == std::string_view::npos || rest.substr(0, equals).find(';') != std::string_view::npos)
    return std::nullopt;
  Pair pair{.key = std::string(trimmed(rest.substr(0, equals))), .value = {}};
  if (pair.key.empty()) return std::nullopt;
  rest.remove_prefix(equals + 1);
  while (!rest.empty() && is_blank(rest.front())) rest.remove_prefix(1);
  if (!rest.empty() && rest.front() == '{') {
    auto braced = take_braced(rest);
    rest = trimmed(rest);
    if (!braced || (!rest.empty() && rest.front() != ';')) return std::nullopt;
    pair.value = std::move(*braced);
  } else {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    pair.value = trimmed(rest.substr(0, end));
    rest.remove_prefix(end);
  }
  if (!rest.empty()) rest.remove_prefix(1);
  return pair;
}

}  // namespace

std::string value_of(std::string_view connection_string, std::string_view key) {
  for (std::string_view rest = connection_string; !trimmed(rest).empty();) {
    auto pair = take_pair(rest);
    if (!pair) return {};
    if (same_key(pair->key, key)) return std::move(pair->value);
  }
  return {};
}

void append(std::string& connection_string, std::string_view key, std::string_view value) {
  if (!connection_string.empty() && connection_string.back() != ';') connection_string += ';';
  connection_string.append(key).append("=");
  if (value.find_first_of(";{}") == std::string_view::npos && value == trimmed(value)) {
    connection_string.append(value);
    return;
  }
  connection_string += '{';
  for (const char c : value) connection_string.append(c == '}' ? 2 : 1, c);
  connection_string += '}';
}

std::string name_of(std::string_view connection_string) {
  const auto first_of = [&](std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys)
      if (std::string value = value_of(connection_string, key); !value.empty()) return value;
    return std::string();
  };
  std::string text = first_of({"Database", "DSN", "Driver"});
  if (const std::string server = first_of({"Server", "Servername"}); !server.empty()) text += " at " + server;
  if (const std::string port = first_of({"Port"}); !port.empty()) text += ":" + port;
  return text;
}

std::string flaw_of(std::string_view connection_string) {
  for (std::string_view rest = connection_string; !trimmed(rest).empty();)
    if (!take_pair(rest)) return "must be KEY=VALUE pairs with ';' between them";
  if (value_of(connection_string, "Driver").empty() && value_of(connection_string, "DSN").empty())
    return "names neither Driver nor DSN";
  return {};
}

}  // namespace vigie::odbc
