#include "rules/judges/reading.h"

#include <algorithm>

#include "domain/text.h"

namespace vigie::judges {
namespace {

enum class CharClass { kOther, kDigit, kLetter };

// Bytes of other scripts are letters: they match no word, and part none.
CharClass class_of(char c) {
  if (c >= '0' && c <= '9') return CharClass::kDigit;
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
  return letter ? CharClass::kLetter : CharClass::kOther;
}

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

bool is_small(char c) { return c >= 'a' && c <= 'z'; }

}  // namespace

void Reading::append(char c, bool begins_word) {
  if ((begins_word && count_ < kMaxWords) || count_ == 0) starts_[count_++] = joined_.size();
  joined_ += c;
  starts_[count_] = joined_.size();
}

Reading Reading::of_mail(std::string_view local_part) {
  Reading reading;
  reading.joined_.reserve(local_part.size());
  char before = '.';
  for (const char c : local_part) {
    if (class_of(c) != CharClass::kOther) {
      const bool camel = is_small(before) && is_capital(c);
      reading.append(is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c, camel || class_of(c) != class_of(before));
    }
    before = c;
  }
  return reading;
}

Reading Reading::of_name(std::string_view name) {
  const std::string folded = fold(name);
  Reading reading;
  reading.joined_.reserve(folded.size());
  CharClass before = CharClass::kOther;
  for (const char c : folded) {
    const CharClass now = class_of(c);
    if (now != CharClass::kOther) reading.append(c, now != before);
    before = now;
  }
  return reading;
}

std::string_view Reading::as_written(std::string_view local_part, std::string_view part) const {
  const auto first = static_cast<std::size_t>(part.data() - joined_.data());
  std::size_t begin = 0;
  std::size_t end = 0;
  for (std::size_t i = 0, read = 0; i < local_part.size() && read < first + part.size(); ++i) {
    if (class_of(local_part[i]) == CharClass::kOther) continue;
    if (read == first) begin = i;
    ++read;
    end = i + 1;
  }
  return local_part.substr(begin, end - begin);
}

bool Reading::is_boundary(std::size_t position) const {
  return std::binary_search(starts_.begin(), starts_.begin() + static_cast<std::ptrdiff_t>(count_ + 1), position);
}

std::size_t Reading::word_at(std::size_t position) const {
  const auto last = starts_.begin() + static_cast<std::ptrdiff_t>(count_);
  return static_cast<std::size_t>(std::upper_bound(starts_.begin(), last, position) - starts_.begin()) -
         (position < joined_.size() ? 1 : 0);
}

}  // namespace vigie::judges
