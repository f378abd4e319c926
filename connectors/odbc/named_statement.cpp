#include "odbc/named_statement.h"

#include <algorithm>

namespace vigie::odbc {
namespace {

bool is_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

// How long what begins here is taken as it stands; 0: nothing special does.
std::size_t literal_size(std::string_view rest) {
  const auto until = [&](std::string_view end, std::size_t from) {
    const std::size_t at = rest.find(end, from);
    return at == std::string_view::npos ? rest.size() : at + end.size();
  };
  if (rest.front() == '\'' || rest.front() == '"' || rest.front() == '`') return until(rest.substr(0, 1), 1);
  if (rest.starts_with("--")) return until("\n", 2);
  if (rest.starts_with("/*")) return until("*/", 2);
  return rest.starts_with("::") ? 2 : 0;
}

}  // namespace

NamedStatement parse_named(std::string_view text) {
  NamedStatement statement;
  while (!text.empty()) {
    std::size_t size = literal_size(text);
    if (size == 0 && text.front() == ':') {
      const auto* const end = std::find_if_not(text.begin() + 1, text.end(), is_name);
      size = static_cast<std::size_t>(end - text.begin());
      if (size > 1) {
        statement.parameters.emplace_back(text.substr(1, size - 1));
        statement.sql += '?';
        text.remove_prefix(size);
        continue;
      }
    }
    size = std::max<std::size_t>(size, 1);
    statement.sql += text.substr(0, size);
    text.remove_prefix(size);
  }
  return statement;
}

}  // namespace vigie::odbc
