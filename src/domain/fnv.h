#pragma once
// FNV-1a of 64 bits: names what is too long to be a name, and protects nothing. It never changes between versions:
// plans that wait and files that are there are found by it again.

#include <cstdint>
#include <string>
#include <string_view>

namespace vigie {

constexpr std::uint64_t fnv1a(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash;
}

// 16 digits: "00000000000004d2".
inline std::string hexadecimal(std::uint64_t number) {
  std::string digits(16, '0');
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, number >>= 4)
    *digit = "0123456789abcdef"[number & 0xF];
  return digits;
}

}  // namespace vigie
