#include "mail/digest_text.h"

#include <algorithm>
#include <stdexcept>
#include <string_view>

#include <kainjow/mustache.hpp>

#include "domain/french.h"
#include "domain/text.h"
#include "mail/digest_view.h"

namespace vigie {
namespace {

namespace mustache = kainjow::mustache;

constexpr std::size_t kTextColumns = 74;

template <typename Escape>
mustache::mustache parsed(const std::string& text, Escape escape) {
  mustache::mustache parsed(text);
  if (!parsed.is_valid())
    throw std::invalid_argument("the mail template is not valid Mustache: " + parsed.error_message());
  parsed.set_custom_escape(escape);
  return parsed;
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

// The first word of `rest`, taken off together with the blank behind. A no-break space parts no words.
std::string_view take_word(std::string_view& rest) {
  const std::size_t end = std::min(rest.find(' '), rest.size());
  const std::string_view word = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return word;
}

void append_wrapped(std::string& out, std::string_view line) {
  const std::size_t indent = hanging_indent(line);
  out += line.substr(0, indent);
  std::size_t column = indent;
  for (std::string_view rest = line.substr(indent); !rest.empty();) {
    const std::string_view word = take_word(rest);
    if (word.empty()) continue;
    const std::size_t width = columns(word);
    const bool first = column == indent;
    if (!first && column + 1 + width > kTextColumns) {
      out.append("\n").append(indent, ' ');
      column = indent;
    } else if (!first) {
      out += ' ';
      ++column;
    }
    out += word;
    column += width;
  }
  out += '\n';
}

// Sections that are left out leave their empty lines behind: one is enough.
std::string wrapped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.find_first_not_of(' ') != std::string_view::npos)
      append_wrapped(out, french::spaced(line));
    else if (!out.ends_with("\n\n"))
      out += '\n';
  }
  return out;
}

std::string escaped_for_html(const std::string& text) { return mustache::html_escape(french::spaced(one_line(text))); }

}  // namespace

struct DigestTexts::Parsed {
  mustache::mustache text;
  mustache::mustache html;
};

DigestTexts::DigestTexts(const MailTemplates& templates)
    : parsed_(std::make_unique<Parsed>(
          Parsed{parsed(templates.text, &one_line), parsed(templates.html, &escaped_for_html)})) {}

DigestTexts::~DigestTexts() = default;
DigestTexts::DigestTexts(DigestTexts&&) noexcept = default;
DigestTexts& DigestTexts::operator=(DigestTexts&&) noexcept = default;

std::string DigestTexts::text(const Digest& digest) { return wrapped(parsed_->text.render(digest_view(digest))); }

std::string DigestTexts::html(const Digest& digest) { return parsed_->html.render(digest_view(digest)); }

}  // namespace vigie
