#include "rules/judges/service_words.h"

#include <vector>

namespace vigie::judges {
namespace {

constexpr std::size_t kShortestInside = 3;
constexpr std::size_t kLongPiece = 4;

WordClass find_head(const Lexicon& lexicon, std::string_view word) {
  WordClass head;
  lexicon.for_each_prefix(word, [&](std::size_t length, WordClass known) {
    if (known.decides() && known.has(Trait::kHead) && length + 2 <= word.size()) head = known;
  });
  return head;
}

WordClass find_tail(const Lexicon& lexicon, std::string_view word) {
  for (std::size_t at = 1; at + kShortestInside <= word.size(); ++at) {
    const WordClass tail = lexicon.find(word.substr(at));
    if (tail.decides() && tail.has(Trait::kTail)) return tail;
  }
  return {};
}

// Of two letters, articles and what cannot be spoken ("rh", "cd"): names are full of the others.
bool may_cover(WordClass word, std::string_view text) {
  constexpr std::string_view kVowels = "aeiouy";
  if (text.size() < kShortestInside && text.find_first_of(kVowels) != std::string_view::npos) return word.has(Trait::kArticle);
  return word.decides() || word.has_any({Trait::kArticle, Trait::kFiller, Trait::kPlace, Trait::kFancy});
}

// How the first letters of a word are made of known ones.
struct Cover {
  bool reached = false;
  int weight = 0;  // two for a long piece, one for a piece of three letters, none for an article
  WordClass decisive;

  [[nodiscard]] bool better_than(const Cover& other) const {
    if (!other.reached) return true;
    if (decisive.decides() != other.decisive.decides()) return decisive.decides();
    return weight > other.weight;
  }

  [[nodiscard]] Cover with(std::size_t length, WordClass piece) const {
    Cover longer = *this;
    if (!piece.has(Trait::kArticle)) longer.weight += length >= kLongPiece ? 2 : 1;
    if (piece.decides() && !decisive.decides()) longer.decisive = piece;
    return longer;
  }
};

// A long piece and another one are needed, so that "lemaire" and "ramadan" are not taken apart.
WordClass find_covering(const Lexicon& lexicon, std::string_view word) {
  constexpr int kEnough = 3;
  std::vector<Cover> covers(word.size() + 1);
  covers[0].reached = true;
  for (std::size_t at = 0; at < word.size(); ++at) {
    if (!covers[at].reached) continue;
    lexicon.for_each_prefix(word.substr(at), [&](std::size_t length, WordClass known) {
      if (length < 2 || !may_cover(known, word.substr(at, length))) return;
      const Cover longer = covers[at].with(length, known);
      if (Cover& old = covers[at + length]; longer.better_than(old)) old = longer;
    });
  }
  return covers.back().reached && covers.back().weight >= kEnough ? covers.back().decisive : WordClass{};
}

// "le maire" is not the surname "lemaire".
bool may_be_several_words(WordClass word) {
  return word.decides() || word.has_any({Trait::kPlace, Trait::kFancy, Trait::kHonoree, Trait::kSaint, Trait::kPlaceholder});
}

}  // namespace

Piece longest_piece(const Lexicon& lexicon, const Reading& reading, std::size_t index) {
  Piece piece{index + 1, {}};
  const std::size_t begin = reading.start(index);
  lexicon.for_each_prefix(reading.joined().substr(begin), [&](std::size_t length, WordClass word) {
    if (!reading.is_boundary(begin + length)) return;
    const std::size_t next = reading.word_at(begin + length);
    if (next == index + 1 || may_be_several_words(word)) piece = {next, word};
  });
  return piece;
}

WordClass find_inside(const Lexicon& lexicon, std::string_view word) {
  if (word.size() <= kShortestInside) return {};
  for (const auto find : {find_head, find_tail, find_covering}) {
    if (const WordClass found = find(lexicon, word); found.decides()) return found;
  }
  return lexicon.find_misspelt(word);
}

std::string_view denoted(WordKind kind) {
  switch (kind) {
    case WordKind::kInstitution:
      return "une institution";
    case WordKind::kScheme:
      return "un dispositif";
    case WordKind::kFunction:
      return "une fonction";
    case WordKind::kRole:
      return "une boîte partagée";
    default:
      return "un service";
  }
}

}  // namespace vigie::judges
