#pragma once
// A mail as it goes over the wire: RFC 5322 headers, multipart/alternative of plain text and HTML, both UTF-8 in
// quoted-printable, lines ended by CR LF. Vigie builds its messages itself, since what a header holds comes from the
// data, and no character of it may become a header of its own.
//
//   Message message;
//   message.from = "vigie@caf.example";
//   message.to_address = "c.martin@ville.example";
//   message.to_name = "Claire Martin";
//   message.subject = "CDAP 19_214 VILLE DE SAINT-ÉTIENNE - 1 anomalie";
//   message.message_id = "2026-11-20.4f1c@vigie.caf.example";
//   …
//   connection.send(to_rfc5322(message));
//
// The same message gives the same bytes, its MIME boundary included.

#include <cstdint>
#include <string>

namespace vigie {

// Texts are UTF-8; what is not valid UTF-8 in a header becomes U+FFFD.
// Header values: line breaks and control characters become blanks, blanks at both ends are dropped. A name may hold
// anything: quotes, commas, 300 characters, Arabic, emoji.
// Addresses and identifiers are ASCII without blanks; what cannot stand in one becomes '?', so that it stays one
// address that no server takes for another, and what is longer than an address may be (320) is cut.
struct Message {
  std::string from;       // address
  std::string from_name;  // empty: the address alone
  std::string to_address;
  std::string to_name;  // empty: the address alone
  std::string subject;
  std::string text;  // lines end in LF
  std::string html;
  std::string message_id;   // with or without its angle brackets
  std::string in_reply_to;  // empty: the first of its thread
  std::string references;   // oldest first, separated by blanks
  std::int64_t date = 0;    // seconds since the epoch
};

// Header lines of at most 76 characters, where an address or an identifier is not longer than that by itself.
// Encoded words hold whole characters and stand outside of quotes. Body lines of at most 76; none begins with a dot or
// with "From ", which careless servers change.
std::string to_rfc5322(const Message& message);

// A file that goes with a mail.
struct Attachment {
  std::string name;  // of the file: ASCII letters, digits, '.', '-' and '_'; what else is in it becomes '_'
  std::string type;  // "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
  std::string bytes;
};

// A message as to_rfc5322() makes it, with a file attached: the same headers, the same texts, in multipart/mixed.
std::string with_attachment(const std::string& message, const Attachment& attachment);

}  // namespace vigie
