#include "nearest.h"

#include <algorithm>

#include "domain/text.h"

namespace vigie {
namespace {

constexpr std::size_t kLongestWord = 100;
constexpr std::size_t kMostProposed = 3;

// Levenshtein's distance.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

// A word that is not finished is as near as one with two letters wrong.
std::size_t changes_to(std::string_view word, std::string_view known) {
  constexpr std::size_t kFewestLetters = 4;
  constexpr std::size_t kUnfinished = 2;
  const std::size_t changes = distance(word, known);
  return word.size() >= kFewestLetters && known.starts_with(word) ? std::min(changes, kUnfinished) : changes;
}

}  // namespace

std::vector<std::string> nearest(std::string_view word, const std::vector<std::string>& known) {
  std::vector<std::string> found;
  if (word.size() > kLongestWord) return found;
  const std::string folded = fold(word);
  std::size_t best = folded.size() / 2;
  for (const std::string& each : known) {
    if (each.size() > 2 * kLongestWord) continue;
    const std::size_t changes = changes_to(folded, fold(each));
    if (changes > best || (changes == best && found.size() == kMostProposed)) continue;
    if (changes < best) found.clear();
    best = changes;
    found.push_back(each);
  }
  return found;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
  std::string text;
  const auto words = nearest(word, known);
  for (std::size_t i = 0; i < words.size(); ++i)
    text.append(i == 0 ? "; did you mean " : i + 1 == words.size() ? " or " : ", ").append(words[i]);
  return text.empty() ? text : text + "?";
}

}  // namespace vigie
