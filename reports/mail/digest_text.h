#pragma once
// The two bodies of a digest's mail, in French: plain text that reads well by itself, and HTML for Outlook,
// Thunderbird, webmails and telephones, in light and in dark.
//
// Words and layout are data: Mustache templates, config/templates/digest.text.mustache and digest.html.mustache, whose
// first lines list what a template may use. What comes from the data stands on one line each, and is escaped in HTML.
//
//   const MailTemplates templates{.text = …, .html = …};
//   DigestTexts texts(templates);  // read once, for all mails of a run
//   message.text = texts.text(digest);
//   message.html = texts.html(digest);
//
// Both show the same: notices first, then what is new, open for long, open, and resolved, each from the gravest to the
// least grave, then the closings in the order given. At most 50 findings in all are shown, the gravest first, of
// equally grave ones the newest section first, resolved ones last; and at most 50 closings. What is left out is
// counted.
//
// Errors: std::invalid_argument, with the place of the fault, where a template is none.

#include <memory>
#include <string>

#include "routing/digest.h"

namespace vigie {

struct MailTemplates {
  std::string text;
  std::string html;
};

class DigestTexts {
 public:
  explicit DigestTexts(const MailTemplates& templates);
  ~DigestTexts();
  DigestTexts(DigestTexts&&) noexcept;
  DigestTexts& operator=(DigestTexts&&) noexcept;

  // Lines end in LF and have at most 74 characters, where a single word is not longer.
  std::string text(const Digest& digest);
  std::string html(const Digest& digest);

 private:
  struct Parsed;
  std::unique_ptr<Parsed> parsed_;
};

}  // namespace vigie
