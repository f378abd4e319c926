// mail_samples TEMPLATES FOLDER: writes sample mails as files, and beside each what it must say when it is read again
// (.subject, .name, .text, .html), for tests/e2e/check_mail.py.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>

#include "../unit/reports/sample_digests.h"
#include "domain/text.h"
#include "mail/mail_files.h"
#include "mail/message.h"

namespace vigie {
namespace {

Message message_of(const Digest& digest, const MailTemplates& templates, std::string_view id) {
  Message message;
  message.from = "vigie@caf.example";
  message.from_name = "Vigie, contrôle des habilitations";
  message.to_address = digest.address;
  message.to_name = digest.recipient;
  message.subject = subject_of(digest);
  DigestTexts texts(templates);
  message.text = texts.text(digest);
  message.html = texts.html(digest);
  message.message_id = std::string(id) + "@vigie.caf.example";
  message.in_reply_to = "<first@vigie.caf.example>";
  message.references = "<first@vigie.caf.example> <second@vigie.caf.example>";
  message.date = 1795137300;  // 2026-11-20 01:15 UTC
  return message;
}

void write_sample(const std::filesystem::path& folder, const std::string& name, const Message& message) {
  auto file = MailFiles(folder).write({.day = name}, to_rfc5322(message));
  file.replace_extension();
  const auto expect = [&](const char* extension, const std::string& value) {
    std::ofstream(file.string() + extension, std::ios::binary) << value;
  };
  expect(".subject", one_line(message.subject));
  expect(".name", one_line(message.to_name));
  expect(".text", message.text);
  expect(".html", message.html);
}

void write_names(const std::filesystem::path& folder, const Message& base) {
  const std::string accents = "É";
  std::string long_accents;
  for (int i = 0; i < 300; ++i) long_accents += accents;
  const std::string names[] = {"Claire Martin",
                               "Martin, Claire",
                               "Claire \"Cléo\" Martin",
                               "O'Brien \\ \"quoted\"",
                               "=?UTF-8?Q?Injected?=",
                               "Claire  deux  blancs",
                               "عائشة بن علي",
                               "Zoë 👩‍🚒 Œuvré",
                               "a\r\nBcc: eve@evil.example",
                               "\xC3 cut",
                               long_accents,
                               std::string(300, 'x'),
                               "Jean (CCAS) <jean@evil.example>",
                               ""};
  int number = 0;
  for (const std::string& name : names) {
    Message message = base;
    message.to_name = name;
    message.subject = "CDAP 19_214 " + name + " - 1 anomalie";
    write_sample(folder, "name-" + std::to_string(++number), message);
  }
}

}  // namespace
}  // namespace vigie

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: mail_samples TEMPLATES FOLDER\n";
    return EXIT_FAILURE;
  }
  using namespace vigie;
  const MailTemplates templates = samples::templates_in(argv[1]);
  const std::filesystem::path folder = argv[2];
  write_sample(folder, "administrator", message_of(samples::administrator(), templates, "administrator"));
  write_sample(folder, "manager", message_of(samples::manager(), templates, "manager"));
  write_sample(folder, "caf", message_of(samples::caf(), templates, "caf"));
  write_sample(folder, "compliance", message_of(samples::compliance(), templates, "compliance"));
  write_sample(folder, "hostile", message_of(samples::hostile(), templates, "hostile"));
  write_names(folder, message_of(samples::administrator(), templates, "names"));
  return EXIT_SUCCESS;
}
