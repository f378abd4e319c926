#pragma once
// Mails as files, one each, for `mail.transport = files`: to look at them before a server is trusted with them, or for
// a relay that picks them up.
//
//   MailFiles files("out/mail");
//   files.write("2026-11-20-c.martin@ville.example-19_214", message);
//   // out/mail/2026-11-20-c.martin@ville.example-19_214.eml
//
// A file is written beside, flushed to the disk and renamed: whoever reads the folder sees it whole or not at all, and
// writing again under the same name replaces it. Files are readable by their owner and group (0640), and so is the
// folder (0750), which is made when missing; one that is there keeps its mode.

#include <filesystem>
#include <string>
#include <string_view>

namespace vigie {

// `wanted` and ".eml", at most 200 bytes of ASCII. Letters, digits and any of "._@+=-" stay; every other byte becomes
// %XX, and so does a '.' or '-' that would come first. What would be longer is cut and ends in '~' and a hash of the
// whole. Distinct wishes give distinct names; the empty one is "~.eml".
//
//   safe_file_name("2026-11-20-x@y.example-../19") == "2026-11-20-x@y.example-..%2F19.eml"
std::string safe_file_name(std::string_view wanted);

class MailFiles {
 public:
  explicit MailFiles(std::filesystem::path folder);

  // The file that was written. Throws MailError where the folder or the file cannot be written; no half of a file
  // stays.
  std::filesystem::path write(std::string_view file_name, std::string_view message);

 private:
  std::filesystem::path folder_;
};

}  // namespace vigie
