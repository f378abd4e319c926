#pragma once
// Mails as files, one each, for `mail.transport = files`: to look at them before a server is trusted with them, or for
// a relay that picks them up.
//
//   MailFiles files("out/mail");
//   files.write({.day = "2026-11-20", .recipient = "c.martin@ville.example", .convention = "19_214"}, message);
//   // out/mail/2026-11-20-c.martin@ville.example-19_214.eml
//   files.flush();
//
// A file is written beside, flushed to the disk and renamed: whoever reads the folder sees it whole or not at all, and
// writing again under the same name replaces it. After flush() the names outlive a crash too. Files are readable by
// their owner and group (0640), and so is the folder (0750), which is made when missing; one that is there keeps its
// mode.

#include <filesystem>
#include <string>
#include <string_view>

namespace vigie {

struct MailFileName {
  std::string_view day;         // "2026-11-20"
  std::string_view recipient;   // a mail address
  std::string_view convention;  // its number; empty: the mail is about the whole source
  std::string_view source;      // its name
  bool names_source = false;    // a convention's mail, where another mail of the day bears the name without the source
};

// "DAY-RECIPIENT-CONVENTION.eml", "DAY-RECIPIENT-CONVENTION~SOURCE.eml" or "DAY-RECIPIENT-SOURCE.eml", at most 200
// bytes of ASCII. Letters, digits and any of "._@+=-" stay, but for a '-' in a convention's number, which could be read
// as the address's end; every other byte becomes %XX. What would be longer is cut and ends in '~' and a hash of the
// whole. So distinct mails have distinct names, where addresses are well formed.
//
//   {.day = "2026-11-20", .recipient = "x@y.example", .convention = "../1-9"}: 2026-11-20-x@y.example-..%2F1%2D9.eml
std::string safe_file_name(const MailFileName& name);

class MailFiles {
 public:
  explicit MailFiles(std::filesystem::path folder);

  // The file that was written. Throws MailError where the folder or the file cannot be written; no half of a file
  // stays.
  std::filesystem::path write(const MailFileName& name, std::string_view message);

  // Makes the names of all that was written outlive a crash. Throws MailError where the disk refuses.
  void flush();

 private:
  std::filesystem::path folder_;
  bool is_written_to_ = false;  // since the last flush()
};

}  // namespace vigie
