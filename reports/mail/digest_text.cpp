#include "mail/digest_text.h"

#include <algorithm>
#include <stdexcept>
#include <string_view>

#include <kainjow/mustache.hpp>

#include "domain/text.h"
#include "mail/digest_view.h"
#include "mail/one_line.h"

namespace vigie {
namespace {

namespace mustache = kainjow::mustache;

constexpr std::size_t kTextColumns = 74;

template <typename Escape>
std::string render(const Digest& digest, const std::string& text, Escape escape) {
  mustache::mustache parsed(text);
  if (!parsed.is_valid())
    throw std::invalid_argument("the mail template is not valid Mustache: " + parsed.error_message());
  parsed.set_custom_escape(escape);
  return parsed.render(digest_view(digest));
}

std::size_t columns(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) next_code_point(text);
  return count;
}

// What follows stands under the line's text, not under its dash.
std::size_t hanging_indent(std::string_view line) {
  const std::size_t indent = line.find_first_not_of(' ');
  return line.substr(indent).starts_with("- ") ? indent + 2 : indent;
}

// Breaks at blanks; no-break spaces and words that are too long by themselves stay whole.
void append_wrapped(std::string& out, std::string_view line) {
  if (line.find_first_not_of(' ') == std::string_view::npos) {
    out += '\n';
    return;
  }
  const std::size_t indent = hanging_indent(line);
  out += line.substr(0, indent);
  std::size_t column = indent;
  for (std::size_t begin = indent; begin < line.size();) {
    const std::size_t end = std::min(line.find(' ', begin), line.size());
    const std::string_view word = line.substr(begin, end - begin);
    begin = end + 1;
    if (word.empty()) continue;
    const std::size_t width = columns(word);
    if (column > indent && column + 1 + width > kTextColumns) {
      out.append("\n").append(indent, ' ');
      column = indent;
    } else if (column > indent) {
      out += ' ';
      ++column;
    }
    out += word;
    column += width;
  }
  out += '\n';
}

std::string wrapped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    append_wrapped(out, text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace

std::string digest_text(const Digest& digest, const MailTemplates& templates) {
  return wrapped(render(digest, templates.text, &one_line));
}

std::string digest_html(const Digest& digest, const MailTemplates& templates) {
  return render(digest, templates.html, [](const std::string& text) { return mustache::html_escape(one_line(text)); });
}

}  // namespace vigie
