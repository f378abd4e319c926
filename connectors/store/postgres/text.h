#pragma once
// Texts on their way into PostgreSQL and out of it.
//
// Its texts cannot hold a NUL byte, which a drop may bring: U+10FFFE, a code point that stands for no character, begins
// two pairs, one for NUL, one for itself. Everything else goes as it is.

#include <string>
#include <string_view>

namespace vigie::store {

// Whether a text goes as it is, and whether one came as it was.
bool is_plain(std::string_view text);
bool is_plain_stored(std::string_view stored);

std::string to_stored(std::string_view text);
std::string from_stored(std::string_view stored);

// Appends an element to an array literal: `{"a","b\"c"`.
void append_text(std::string& literal, std::string_view text);

}  // namespace vigie::store
