#pragma once
// A record of the data contract as canonical values, and its compact form.
//
// The compact form is what is kept in memory, compared and digested: the key's fields first, then the others, each in
// the order of the contract: texts as length and bytes, days and levels as four bytes, enumerations as one. Equal bytes
// mean equal records, and a reference's fields have the bytes of the key that they refer to.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "domain/arena.h"
#include "domain/contract.h"
#include "domain/day.h"

namespace vigie::intake {

// Texts, services and roles use `text`; a day, a level (0: none) or an enumeration's code uses `number`.
struct Value {
  std::string_view text;
  std::int32_t number = 0;
};

using Record = std::array<Value, kMaxFields>;

constexpr bool is_text(FieldKind kind) {
  return kind == FieldKind::kText || kind == FieldKind::kService || kind == FieldKind::kRole;
}

// What a column that the drop does not have, or an empty value, reads as.
Value empty_value(FieldKind kind);
Record empty_record(FileId file);

// What people read: catalogue names, ISO days, canonical words; the key's fields joined by `:`.
std::string to_text(FieldKind kind, const Value& value);
std::string key_text(FileId file, const Record& record);

// An enumeration's code by its word, or the word by its code; the word must be canonical ("Ouvert", "delegue").
std::string_view enumeration_word(FieldKind kind, std::int32_t code);
std::int32_t enumeration_code(FieldKind kind, std::string_view word);

struct Encoded {
  const char* data = nullptr;
  std::uint32_t size = 0;
  std::uint32_t key_size = 0;  // the first bytes, that name the record

  [[nodiscard]] std::string_view bytes() const { return {data, size}; }
  [[nodiscard]] std::string_view key() const { return {data, key_size}; }
};

Encoded encode(FileId file, const Record& record, Arena& arena);
// Only the key: for a row that is rejected although its key can be read.
Encoded encode_key(FileId file, const Record& record, Arena& arena);

// Views into `bytes`.
Record decode(FileId file, std::string_view bytes);
// The same; the fields after the key are left empty.
Record decode_key(FileId file, std::string_view bytes);

// Appends the bytes that a text has in the compact form: what a reference looks up.
void append_encoded_text(std::string& bytes, std::string_view text);

// Not cryptographic; the seed is the store's own, so that nobody can prepare two records with one digest.
std::uint64_t digest(std::string_view bytes, std::uint64_t seed);

}  // namespace vigie::intake
