#include "rules/judges/service_words.h"

#include <algorithm>
#include <vector>

namespace vigie::judges {
namespace {

constexpr std::size_t kShortestPiece = 3;
constexpr std::size_t kLongPiece = 4;

// A head of `shortest` letters or more, with more than an ending after it ("mairieux"), and after one of four letters
// more than those of a name ("ccassin"). "mairied.auch": a single letter is that of "d'".
WordClass find_head(const Lexicon& lexicon, std::string_view word, std::size_t shortest) {
  WordClass head;
  lexicon.for_each_prefix(word, [&](std::size_t length, WordClass known) {
    const std::string_view rest = word.substr(length);
    const std::size_t shortest_rest = length > kLongPiece ? 3 : 4;
    const bool short_tail = rest.size() == 2 && lexicon.find(rest).has(Trait::kTail);
    const bool short_word = rest.size() == 3 && lexicon.find(rest).known();
    const bool followed = rest.size() >= shortest_rest || short_tail || short_word || rest == "d";
    if (known.decides() && known.has(Trait::kHead) && followed && length >= shortest) head = known;
  });
  return head;
}

// "crechelilas", "lacrechelilas".
WordClass find_first_part(const Lexicon& lexicon, std::string_view word) {
  constexpr std::size_t kShortestAfterArticle = 5;
  if (const WordClass head = find_head(lexicon, word, kShortestPiece); head.decides()) return head;
  for (const std::string_view article : {"les", "la", "le", "l"}) {
    if (!word.starts_with(article)) continue;
    const WordClass head = find_head(lexicon, word.substr(article.size()), kShortestAfterArticle);
    if (head.decides()) return head;
  }
  return {};
}

// "mamlesminimoys": an acronym, an article of several, a fancy name.
WordClass find_acronym_before_article(const Lexicon& lexicon, std::string_view word) {
  constexpr std::size_t kShortestName = 4;
  WordClass found;
  lexicon.for_each_prefix(word, [&](std::size_t length, WordClass known) {
    if (length < kShortestPiece || !known.decides() || !known.has(Trait::kAcronym)) return;
    const std::string_view rest = word.substr(length);
    const bool article = rest.starts_with("les") || rest.starts_with("aux");
    if (article && rest.size() >= 3 + kShortestName) found = known;
  });
  return found;
}

WordClass find_last_part(const Lexicon& lexicon, std::string_view word) {
  for (std::size_t at = 1; at + kShortestPiece <= word.size(); ++at) {
    const WordClass tail = lexicon.find(word.substr(at));
    if (tail.decides() && tail.has(Trait::kTail)) return tail;
  }
  return {};
}

// Of two letters, articles, tails at the end ("relaispe") and what cannot be spoken at the beginning ("rhmairie"):
// names are full of the others, and of short words that are like names.
bool may_cover(WordClass word, std::string_view text, bool begins, bool ends) {
  constexpr std::string_view kVowels = "aeiouy";
  if (word.has(Trait::kArticle)) return true;
  if (text.size() < kShortestPiece) {
    return word.decides() &&
           ((ends && word.has(Trait::kTail)) || (begins && text.find_first_of(kVowels) == std::string_view::npos));
  }
  if (text.size() == kShortestPiece && word.has(Trait::kNamelike) && !begins) return false;
  return word.decides() || word.has_any({Trait::kFiller, Trait::kPlace, Trait::kFancy, Trait::kHonoree});
}

bool is_name(const Lexicon& lexicon, std::string_view word) {
  const WordClass known = lexicon.find(word);
  return known.has_any({Trait::kFirstName, Trait::kSurname}) && !known.decides() && !known.has(Trait::kPlace);
}

// "pmichel", "mjclement", "michelp": a name with one or two initials before it or one after it, and not an acronym with
// something by it.
bool is_initials_and_name(const Lexicon& lexicon, std::string_view word) {
  constexpr std::size_t kShortestName = 4;
  for (std::size_t initials = 1; initials <= 2 && initials + kShortestName <= word.size(); ++initials) {
    if (is_name(lexicon, word.substr(initials))) return true;
  }
  return word.size() > kShortestName && is_name(lexicon, word.substr(0, word.size() - 1));
}

// How the first letters of a word are made of known ones.
struct Cover {
  bool reached = false;
  int weight = 0;        // two for a long piece, one for a short one, none for an article
  int unlike_names = 0;  // pieces that decide and are no ordinary names
  WordClass decisive;

  [[nodiscard]] bool better_than(const Cover& other) const {
    if (!other.reached) return true;
    if (decisive.decides() != other.decisive.decides()) return decisive.decides();
    return weight > other.weight;
  }

  [[nodiscard]] Cover with(std::size_t length, WordClass piece) const {
    Cover longer = *this;
    if (!piece.has(Trait::kArticle)) longer.weight += length >= kLongPiece || piece.has(Trait::kDirection) ? 2 : 1;
    if (piece.decides() && !decisive.decides()) longer.decisive = piece;
    if (piece.decides() && !piece.has(Trait::kNamelike)) ++longer.unlike_names;
    return longer;
  }
};

// A long piece and another one are needed, or two that are no ordinary names, so that "lemaire" and "ramadan" are not
// taken apart.
WordClass find_covering(const Lexicon& lexicon, std::string_view word) {
  constexpr int kEnough = 3;
  constexpr int kEnoughUnlikeNames = 2;
  std::vector<Cover> covers(word.size() + 1);
  covers[0].reached = true;
  for (std::size_t at = 0; at < word.size(); ++at) {
    if (!covers[at].reached) continue;
    lexicon.for_each_prefix(word.substr(at), [&](std::size_t length, WordClass known) {
      if (length < 2 || !may_cover(known, word.substr(at, length), at == 0, at + length == word.size())) return;
      const Cover longer = covers[at].with(length, known);
      if (Cover& old = covers[at + length]; longer.better_than(old)) old = longer;
    });
  }
  const Cover& whole = covers.back();
  const bool enough = whole.weight >= kEnough || whole.unlike_names >= kEnoughUnlikeNames;
  return whole.reached && enough ? whole.decisive : WordClass{};
}

// "le maire" is not the surname "lemaire".
bool may_be_several_words(WordClass word) {
  return word.decides() || word.has_any({Trait::kPlace, Trait::kFancy, Trait::kHonoree, Trait::kSaint,
                                         Trait::kPlaceholder, Trait::kFirstName});
}

// "foyersaintleger", "lecesfdesaintjean": what stands before a saint, small words aside.
WordClass find_before_saint(const Lexicon& lexicon, std::string_view word) {
  const std::size_t saint = word.find("saint");
  if (saint == std::string_view::npos) return {};
  std::string_view before = word.substr(0, saint);
  if (before.ends_with("de")) before.remove_suffix(2);
  for (const std::string_view article : {"", "les", "la", "le"}) {
    if (!before.starts_with(article)) continue;
    const WordClass known = lexicon.find(before.substr(article.size()));
    if (known.decides()) return known;
  }
  return {};
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

WordClass find_inside(const Lexicon& lexicon, std::string_view word, Evidence evidence) {
  if (word.size() <= kShortestPiece || is_initials_and_name(lexicon, word)) return {};
  for (const auto find : {find_first_part, find_acronym_before_article, find_covering, find_before_saint}) {
    if (const WordClass found = find(lexicon, word); found.decides()) return found;
  }
  if (evidence == Evidence::kStrong) return {};
  if (const WordClass tail = find_last_part(lexicon, word); tail.decides()) return tail;
  return lexicon.find_misspelt(word);
}

WordClass find_misspelt_phrase(const Lexicon& lexicon, const Reading& reading, std::size_t index) {
  constexpr std::size_t kMostWords = 3;
  constexpr std::size_t kShortestPhrase = 10;
  for (std::size_t first = index - std::min<std::size_t>(index, 1); first <= index; ++first) {
    for (std::size_t last = std::max(index + 1, first + 2); last <= std::min(first + kMostWords, reading.size());
         ++last) {
      const std::string_view phrase = reading.words(first, last);
      if (phrase.size() < kShortestPhrase) continue;
      if (const WordClass found = lexicon.find_misspelt(phrase); found.decides()) return found;
    }
  }
  return {};
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
