#pragma once
// Records as tests make and read them.

#include <string>
#include <string_view>

#include "intake/record.h"

namespace vigie::test {

// As a row without any value is read.
inline intake::Record empty_record(FileId file) {
  intake::Record record;
  const auto fields = spec(file).fields;
  for (std::size_t i = 0; i < fields.size(); ++i) record[i] = intake::empty_value(fields[i].kind);
  return record;
}

// The key in words, of its bytes alone.
inline std::string words_of_key(FileId file, std::string_view key) {
  Arena arena;
  const intake::Encoded empty = intake::encode(file, empty_record(file), arena);
  const std::string bytes = std::string(key).append(empty.bytes().substr(empty.key_size));
  return intake::key_text(file, intake::decode(file, bytes));
}

}  // namespace vigie::test
