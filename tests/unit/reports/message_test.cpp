#include "mail/message.h"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace vigie {
namespace {

Message sample() {
  Message message;
  message.from = "vigie@caf.example";
  message.to_address = "c.martin@ville.example";
  message.to_name = "Claire Martin";
  message.subject = "CDAP 19_214 VILLE DE NICE - 4 anomalies (dont 1 critique)";
  message.text = "Bonjour,\n";
  message.html = "<p>Bonjour,</p>\n";
  message.message_id = "abc@vigie.caf.example";
  message.date = 1795137300;
  return message;
}

std::string header_of(const std::string& mail, std::string_view name) {
  const std::string head = "\r\n" + mail.substr(0, mail.find("\r\n\r\n")) + "\r\n";
  const std::size_t begin = head.find("\r\n" + std::string(name) + ':');
  if (begin == std::string::npos) return "(missing)";
  std::size_t end = head.find("\r\n", begin + 2);
  while (end + 2 < head.size() && head[end + 2] == ' ') end = head.find("\r\n", end + 2);
  const std::size_t value = begin + 2 + name.size() + 1;
  return head.substr(value, end - value);
}

std::vector<std::string> lines_of(std::string_view mail) {
  std::vector<std::string> lines;
  for (std::size_t end = mail.find("\r\n"); end != std::string_view::npos; end = mail.find("\r\n")) {
    lines.emplace_back(mail.substr(0, end));
    mail.remove_prefix(end + 2);
  }
  return lines;
}

std::string subject_as(const std::string& subject) {
  Message message = sample();
  message.subject = subject;
  return header_of(to_rfc5322(message), "Subject");
}

std::string to_as(const std::string& name) {
  Message message = sample();
  message.to_name = name;
  return header_of(to_rfc5322(message), "To");
}

std::string text_as(const std::string& text) {
  Message message = sample();
  message.text = text;
  const std::string mail = to_rfc5322(message);
  const std::size_t begin = mail.find("\r\n\r\n", mail.find("text/plain")) + 4;
  return mail.substr(begin, mail.find("\r\n--=_vigie_", begin) - begin);
}

TEST(MessageHeaders, AreThoseOfAnAutomaticMail) {
  const std::string mail = to_rfc5322(sample());
  EXPECT_EQ(header_of(mail, "Date"), " Fri, 20 Nov 2026 01:15:00 +0000");
  EXPECT_EQ(header_of(mail, "From"), " vigie@caf.example");
  EXPECT_EQ(header_of(mail, "To"), " Claire Martin <c.martin@ville.example>");
  EXPECT_EQ(header_of(mail, "Message-ID"), " <abc@vigie.caf.example>");
  EXPECT_EQ(header_of(mail, "Auto-Submitted"), " auto-generated");
  EXPECT_EQ(header_of(mail, "MIME-Version"), " 1.0");
  EXPECT_EQ(header_of(mail, "In-Reply-To"), "(missing)");
  EXPECT_EQ(header_of(mail, "References"), "(missing)");
}

TEST(MessageHeaders, DateKnowsLeapDaysAndTheEpoch) {
  Message message = sample();
  message.date = 1709251199;
  EXPECT_EQ(header_of(to_rfc5322(message), "Date"), " Thu, 29 Feb 2024 23:59:59 +0000");
  message.date = 0;
  EXPECT_EQ(header_of(to_rfc5322(message), "Date"), " Thu, 01 Jan 1970 00:00:00 +0000");
}

TEST(MessageHeaders, ThreadTakesIdentifiersWithOrWithoutBrackets) {
  Message message = sample();
  message.in_reply_to = "first@x.example";
  message.references = "<first@x.example>  second@x.example";
  const std::string mail = to_rfc5322(message);
  EXPECT_EQ(header_of(mail, "In-Reply-To"), " <first@x.example>");
  EXPECT_EQ(header_of(mail, "References"), " <first@x.example> <second@x.example>");
}

TEST(MessageHeaders, AreTheSameBytesForTheSameMessageAndTheBoundaryIsTheIdentifiers) {
  EXPECT_EQ(to_rfc5322(sample()), to_rfc5322(sample()));
  EXPECT_EQ(header_of(to_rfc5322(sample()), "Content-Type"),
            " multipart/alternative; boundary=\"=_vigie_abcvigiecafexample\"");
  Message message = sample();
  message.message_id = std::string(300, 'a') + "@x.example";
  EXPECT_EQ(header_of(to_rfc5322(message), "Content-Type"),
            " multipart/alternative;\r\n boundary=\"=_vigie_" + std::string(62, 'a') + '"');
}

TEST(MessageSubject, PlainAsciiStaysReadableAndIsFoldedAtBlanks) {
  EXPECT_EQ(subject_as("CDAP 19_214 VILLE DE NICE - 1 anomalie"), " CDAP 19_214 VILLE DE NICE - 1 anomalie");
  EXPECT_EQ(subject_as("CDAP/AFAS 19_214 VILLE DE ROSNY-SOUS-BOIS - 4 anomalies (dont 2 critiques)"),
            " CDAP/AFAS 19_214 VILLE DE ROSNY-SOUS-BOIS - 4 anomalies (dont 2\r\n critiques)");
}

TEST(MessageSubject, EncodesOnlyFromTheFirstToTheLastWordThatNeedsIt) {
  EXPECT_EQ(subject_as("CDAP 19_214 VILLE DE SAINT-ÉTIENNE - 1 anomalie"),
            " CDAP 19_214 VILLE DE =?UTF-8?Q?SAINT-=C3=89TIENNE?= - 1 anomalie");
  EXPECT_EQ(subject_as("a é b é c"), " a =?UTF-8?Q?=C3=A9_b_=C3=A9?= c");
}

TEST(MessageSubject, EncodesWhatWouldReadAsAnEncodedWord) {
  EXPECT_EQ(subject_as("=?UTF-8?Q?a?= b"), " =?UTF-8?Q?=3D=3FUTF-8=3FQ=3Fa=3F=3D?= b");
}

TEST(MessageSubject, KeepsBlanksInARow) { EXPECT_EQ(subject_as("x a  b y"), " x =?UTF-8?Q?a__b?= y"); }

TEST(MessageSubject, NeverCutsACharacter) {
  std::string emoji;
  for (int i = 0; i < 10; ++i) emoji += "👩";
  // Nine of four bytes are 48 digits; a tenth does not fit.
  EXPECT_EQ(subject_as(emoji),
            " =?UTF-8?B?8J+RqfCfkanwn5Gp8J+RqfCfkanwn5Gp8J+RqfCfkanwn5Gp?=\r\n =?UTF-8?Q?=F0=9F=91=A9?=");
  // "é" would end at the 67th column.
  EXPECT_EQ(subject_as(std::string(50, 'x') + "éé"),
            " =?UTF-8?Q?" + std::string(50, 'x') + "?=\r\n =?UTF-8?Q?=C3=A9=C3=A9?=");
}

TEST(MessageSubject, MakesLineBreaksAndControlCharactersBlanks) {
  EXPECT_EQ(subject_as("a\r\nBcc: eve@evil.example"), " =?UTF-8?Q?a__Bcc=3A?= eve@evil.example");
  EXPECT_EQ(subject_as("a\nb\tc\x1B"
                       "d\x7F"),
            " a b c d");
  EXPECT_EQ(subject_as("a\u0085b\u2028c"), " a b c");
  EXPECT_EQ(subject_as(" \r\n "), "");
}

TEST(MessageSubject, ReplacesBytesThatAreNoCharacter) { EXPECT_EQ(subject_as("\xC3"), " =?UTF-8?B?77+9?="); }

TEST(MessageRecipient, QuotesSpecialsAndEncodesOutsideOfQuotes) {
  EXPECT_EQ(to_as(""), " c.martin@ville.example");
  EXPECT_EQ(to_as("Martin, Claire"), " \"Martin, Claire\" <c.martin@ville.example>");
  EXPECT_EQ(to_as("Claire \"Cléo\" Martin"), " =?UTF-8?Q?Claire_=22Cl=C3=A9o=22_Martin?= <c.martin@ville.example>");
  EXPECT_EQ(to_as("O\"Brien\\"), " \"O\\\"Brien\\\\\" <c.martin@ville.example>");
  EXPECT_EQ(to_as("Eve <eve@evil.example>"), " \"Eve <eve@evil.example>\" <c.martin@ville.example>");
}

TEST(MessageRecipient, PartsALongNameAtItsBlanks) {
  EXPECT_EQ(to_as("Éléonore-Marguerite de La Rochefoucauld-Montbéliard"),
            " =?UTF-8?Q?=C3=89l=C3=A9onore-Marguerite_de_La_?=\r\n"
            " =?UTF-8?Q?Rochefoucauld-Montb=C3=A9liard?= <c.martin@ville.example>");
}

TEST(MessageRecipient, StaysOneAddressWhateverItHolds) {
  Message message = sample();
  message.to_name.clear();
  message.to_address = "a@b.example>, <c@d.example\r\nBcc: e@f.example";
  EXPECT_EQ(header_of(to_rfc5322(message), "To"), " a@b.example????c@d.example??Bcc??e@f.example");
  message.to_address = std::string(5000, 'a');
  EXPECT_EQ(header_of(to_rfc5322(message), "To"), "\r\n " + std::string(320, 'a'));
}

TEST(MessageHeaders, AreNotInjectedThroughAnyField) {
  const std::string evil = "x\r\nX-Evil: 1\r\n\r\nbody\n\nX-Evil: 2\r";
  Message message = sample();
  for (std::string* field : {&message.from, &message.from_name, &message.to_address, &message.to_name, &message.subject,
                             &message.message_id, &message.in_reply_to, &message.references})
    *field += evil;
  const std::string mail = to_rfc5322(message);
  EXPECT_EQ(header_of(mail, "X-Evil"), "(missing)");
  EXPECT_NE(header_of(mail, "Content-Type"), "(missing)");
}

TEST(MessageLines, EndInCrLfAndAreShort) {
  Message message = sample();
  message.to_name = message.subject = std::string(3000, 'n') + "é";
  message.text = std::string(5000, 't') + "\r" + std::string(300, ' ');
  message.html = std::string(5000, '=');
  const std::string mail = to_rfc5322(message);
  std::size_t length = 0;
  for (const std::string& line : lines_of(mail)) {
    EXPECT_LE(line.size(), 76U) << line;
    EXPECT_EQ(line.find_first_of("\r\n"), std::string::npos);
    length += line.size() + 2;
  }
  EXPECT_EQ(length, mail.size());
}

TEST(MessageBody, IsQuotedPrintable) {
  EXPECT_EQ(text_as("é = 1\n"), "=C3=A9 =3D 1\r\n");
  EXPECT_EQ(text_as("a\nb\r\nc"), "a\r\nb\r\nc");
  EXPECT_EQ(text_as("a \nb\t\r\nc "), "a=20\r\nb=09\r\nc=20");
  EXPECT_EQ(text_as("a\rb"), "a=0Db");
  EXPECT_EQ(text_as(std::string(75, 'a')), std::string(75, 'a'));
  EXPECT_EQ(text_as(std::string(76, 'a')), std::string(75, 'a') + "=\r\na");
}

TEST(MessageBody, HasNoLineThatServersChange) {
  EXPECT_EQ(text_as(".\n..\nFrom me\nFromage\n"), "=2E\r\n=2E.\r\n=46rom me\r\nFromage\r\n");
  EXPECT_EQ(text_as(std::string(75, 'a') + "."), std::string(75, 'a') + "=\r\n=2E");
}

TEST(MessageBody, CannotHoldTheBoundary) {
  Message message = sample();
  message.text = "--=_vigie_abcvigiecafexample--\n";
  const std::string mail = to_rfc5322(message);
  EXPECT_NE(mail.find("\r\n--=3D_vigie_abcvigiecafexample--\r\n"), std::string::npos);
}

TEST(MessageBody, HasPlainTextFirst) {
  const std::string mail = to_rfc5322(sample());
  EXPECT_LT(mail.find("Content-Type: text/plain; charset=utf-8"), mail.find("Content-Type: text/html; charset=utf-8"));
  EXPECT_TRUE(mail.ends_with("\r\n--=_vigie_abcvigiecafexample--\r\n"));
}

TEST(MessageWithAttachment, KeepsHeadersAndTextsAndHasTheFileBehindThem) {
  const std::string message = to_rfc5322(sample());
  const std::string mail =
      with_attachment(message, {.name = "conformité\r\n-1.xlsx", .type = "application/x", .bytes = "abc"});
  const std::size_t content = message.find("Content-Type:");
  EXPECT_EQ(mail.substr(0, content), message.substr(0, content));
  EXPECT_EQ(header_of(mail, "Content-Type"), " multipart/mixed; boundary=\"=_mixed_vigie\"");
  EXPECT_NE(mail.find("\r\n--=_mixed_vigie\r\n" + message.substr(content)), std::string::npos);
  EXPECT_TRUE(
      mail.ends_with("Content-Type: application/x; name=\"conformit____-1.xlsx\"\r\n"
                     "Content-Disposition: attachment; filename=\"conformit____-1.xlsx\"\r\n"
                     "Content-Transfer-Encoding: base64\r\n\r\nYWJj\r\n--=_mixed_vigie--\r\n"));
}

TEST(MessageWithAttachment, HasShortLines) {
  const std::string mail =
      with_attachment(to_rfc5322(sample()),
                      {.name = std::string(70, 'n'), .type = "application/x", .bytes = std::string(1000, '\xFF')});
  for (const std::string& line : lines_of(mail)) EXPECT_LE(line.size(), 90U) << line;
  EXPECT_NE(mail.find("\r\n" + std::string(76, '/') + "\r\n"), std::string::npos);
}

}  // namespace
}  // namespace vigie
