#pragma once
// The word lists of `config/words`, folded once, as the judges of mailboxes, names and professions read them.
//
// A list is UTF-8 text: one entry a line, `#` begins a comment, `[...]` a section that says what its entries are.
// Sections may be spread over files in any order; what several sections say of one word adds up.
//
//   [service head tail]     a kind (service, institution, scheme, function, role) and traits
//   multi accueil           an entry of several words is known joined, with and without its articles: "multiaccueil"
//   [first-name]            traits alone: these words decide nothing by themselves
//   [disposable-domain]     mail domains
//   [form assistant]        spellings of a word of professions
//   [T1 grants CESF]        what a profession's text is read with; see ProfessionPatterns

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace vigie::judges {

struct WordFile {
  std::string_view name;  // for messages
  std::string_view text;
};

// What a word denotes when it is no part of somebody's name; kNone for a word that decides nothing.
enum class WordKind : std::uint8_t { kNone, kService, kInstitution, kScheme, kFunction, kRole };

enum class Trait : std::uint8_t {
  kHead,           // seen at the beginning of a longer word, whatever the rest
  kTail,           // seen at the end of one
  kEstablishment,  // is often named after a person
  kNamelike,       // is an ordinary name or place too
  kAcronym,        // is nobody's name
  kArticle,
  kFiller,
  kPlace,
  kDirection,  // of a place: "sud"
  kFancy,
  kTitle,
  kParticle,
  kSaint,
  kHonoree,
  kFirstName,
  kSurname,
  kPlaceholder,
};

struct WordClass {
  WordKind kind = WordKind::kNone;
  std::uint32_t traits = 0;

  [[nodiscard]] bool known() const { return kind != WordKind::kNone || traits != 0; }
  [[nodiscard]] bool decides() const { return kind != WordKind::kNone; }
  [[nodiscard]] bool has(Trait trait) const { return (traits & bit(trait)) != 0; }
  [[nodiscard]] bool has_any(std::initializer_list<Trait> wanted) const {
    for (const Trait trait : wanted) {
      if (has(trait)) return true;
    }
    return false;
  }
  static constexpr std::uint32_t bit(Trait trait) { return std::uint32_t{1} << static_cast<unsigned>(trait); }
};

struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

using Phrase = std::vector<std::string>;

// How one Cdap profile reads a profession. All phrases are of words' canonical forms, articles aside.
struct ProfessionPatterns {
  struct Grant {
    Phrase phrase;
    std::string profession;  // phrases of one profession name the same thing
  };
  std::vector<Grant> grants;
  std::vector<Phrase> others;   // longer phrases that hold a granting one and mean something else
  std::vector<Phrase> forbids;  // take the right away from the profession they stand by
  std::vector<Phrase> helpers;  // before a granting phrase: who helps one, or is not one yet
  std::vector<Phrase> heads;    // before "des", "du" and a granting phrase: who leads one
  std::vector<Phrase> pupils;   // after a granting phrase: who is not one yet
};

class Lexicon {
 public:
  // Throws std::invalid_argument, with file and line, for an unknown section, an entry before any section or an entry
  // without a letter or digit.
  static Lexicon parse(std::span<const WordFile> files);

  // `word` is folded, letters and digits only.
  [[nodiscard]] WordClass find(std::string_view word) const;

  // The word that decides and that `word` is a misspelling of. Of eight letters or more: one slip (a letter missing,
  // added, changed, or two swapped) away, with the first letter and the last right, for surnames differ there; of seven
  // or more: it sounds the same ("animatrisse") or lacks a letter ("servce"); of six or more: a letter is doubled, or
  // two are swapped ("mairrie").
  // Nothing of more than 40 letters is looked for.
  [[nodiscard]] WordClass find_misspelt(std::string_view word) const;

  // Calls visit(length, word_class) for each known word that `text` begins with, shortest first.
  template <typename Visit>
  void for_each_prefix(std::string_view text, Visit visit) const {
    std::uint32_t node = 0;
    for (std::size_t length = 1; length <= text.size(); ++length) {
      node = child(node, text[length - 1]);
      if (node == 0) return;
      if (nodes_[node].word.known()) visit(length, nodes_[node].word);
    }
  }

  [[nodiscard]] bool has_disposable_domain(std::string_view domain) const { return disposable_.contains(domain); }

  // The canonical form of a folded word of a profession; empty for a word that the lists do not know.
  [[nodiscard]] std::string_view find_form(std::string_view word) const;

  // The canonical form of a word of six letters or more that is one slip away from `word`; else empty.
  [[nodiscard]] std::string_view find_misspelt_form(std::string_view word) const;

  [[nodiscard]] const ProfessionPatterns& t1() const { return professions_[0]; }
  [[nodiscard]] const ProfessionPatterns& t9() const { return professions_[1]; }

 private:
  friend class LexiconBuilder;

  static constexpr std::size_t kSymbols = 36;  // a to z, 0 to 9

  struct Node {
    std::array<std::uint32_t, kSymbols> children{};
    WordClass word;
  };

  // A word that may be misspelt, or what is left of it without one of its letters.
  struct Slip {
    std::size_t hash;
    std::size_t word;  // in long_words_
  };

  static int symbol(char c);
  [[nodiscard]] std::uint32_t child(std::uint32_t node, char c) const {
    const int index = symbol(c);
    return index < 0 ? 0 : nodes_[node].children[static_cast<std::size_t>(index)];
  }
  void insert(std::string_view word, WordClass word_class);
  void index_misspellings();

  std::vector<Node> nodes_{1};
  std::vector<std::string> long_words_;  // that decide and may be misspelt
  std::vector<Slip> slips_;              // by hash
  std::unordered_map<std::string, WordClass, StringHash, std::equal_to<>> sounds_;
  std::unordered_set<std::string, StringHash, std::equal_to<>> disposable_;
  std::unordered_map<std::string, std::string, StringHash, std::equal_to<>> forms_;
  std::array<ProfessionPatterns, 2> professions_;
};

inline int Lexicon::symbol(char c) {
  if (c >= 'a' && c <= 'z') return c - 'a';
  if (c >= '0' && c <= '9') return c - '0' + 26;
  return -1;
}

// Whether `text` is `word` but for one letter missing, added or changed, or two neighbours swapped; the first letter
// must be right.
bool is_one_slip_away(std::string_view text, std::string_view word);

// Whether `text` is `word` but for a letter that is doubled or no longer is, or for two neighbours swapped; the first
// letter must be right, and the last too, unless it is swapped.
bool is_small_slip_away(std::string_view text, std::string_view word);

// How a French word sounds, roughly: the same for "animatrice", "animatrisse".
std::string sound_of(std::string_view word);

}  // namespace vigie::judges
