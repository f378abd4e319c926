#include "rules/judges/lexicon.h"

#include <algorithm>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>

#include "domain/text.h"

namespace vigie::judges {
namespace {

constexpr std::size_t kShortestMisspelt = 6;  // by a small slip
constexpr std::size_t kShortestLetterLess = 7;
constexpr std::size_t kShortestOneSlip = 8;
constexpr std::size_t kShortestSound = 7;
constexpr std::size_t kLongestMisspelt = 40;
constexpr std::size_t kShortestMisspeltForm = 6;
constexpr std::size_t kShortestPlural = 4;

constexpr std::pair<std::string_view, WordKind> kKinds[] = {
    {"service", WordKind::kService}, {"institution", WordKind::kInstitution},
    {"scheme", WordKind::kScheme},   {"function", WordKind::kFunction},
    {"role", WordKind::kRole},
};

constexpr std::pair<std::string_view, Trait> kTraits[] = {
    {"head", Trait::kHead},
    {"tail", Trait::kTail},
    {"establishment", Trait::kEstablishment},
    {"namelike", Trait::kNamelike},
    {"acronym", Trait::kAcronym},
    {"article", Trait::kArticle},
    {"filler", Trait::kFiller},
    {"place", Trait::kPlace},
    {"direction", Trait::kDirection},
    {"fancy", Trait::kFancy},
    {"title", Trait::kTitle},
    {"particle", Trait::kParticle},
    {"saint", Trait::kSaint},
    {"honoree", Trait::kHonoree},
    {"first-name", Trait::kFirstName},
    {"surname", Trait::kSurname},
    {"placeholder", Trait::kPlaceholder},
};

template <typename Value, std::size_t size>
std::optional<Value> look_up(const std::pair<std::string_view, Value> (&table)[size], std::string_view name) {
  for (const auto& [known, value] : table) {
    if (known == name) return value;
  }
  return std::nullopt;
}

bool is_word_char(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

std::vector<std::string> split_words(std::string_view folded) {
  std::vector<std::string> words;
  bool within = false;
  for (const char c : folded) {
    if (is_word_char(c)) {
      if (!within) words.emplace_back();
      words.back() += c;
    }
    within = is_word_char(c);
  }
  return words;
}

std::string join(const std::vector<std::string>& words) {
  std::string joined;
  for (const std::string& word : words) joined += word;
  return joined;
}

bool is_article(std::string_view word) {
  constexpr std::string_view kArticles[] = {"a",  "au", "aux", "d",  "de", "des", "du",
                                            "en", "et", "l",   "la", "le", "les"};
  return std::ranges::find(kArticles, word) != std::end(kArticles);
}

std::vector<std::string> without_articles(std::vector<std::string> words) {
  std::erase_if(words, [](const std::string& word) { return is_article(word); });
  return words;
}

// Calls visit(text) for the word less one letter, each but the first.
template <typename Visit>
void for_each_shortened(std::string_view word, Visit visit) {
  std::string shortened(word.substr(0, word.size() - 1));
  visit(std::string_view(shortened));
  for (std::size_t at = word.size() - 1; at > 1; --at) {
    shortened[at - 1] = word[at];
    visit(std::string_view(shortened));
  }
}

}  // namespace

// Reads the lists line by line; a section decides what becomes of the entries that follow.
class LexiconBuilder {
 public:
  void read(const WordFile& file) {
    section_ = Section::kNone;
    std::size_t line_number = 0;
    for (std::string_view rest = file.text; !rest.empty();) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      place_ = std::string(file.name) + ":" + std::to_string(++line_number);
      read_line(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }

  // Once every word is known: misspellings of what is a name too are those of a name.
  Lexicon take() {
    for (const std::string& word : misspellable_) {
      const WordClass known = lexicon_.find(word);
      const bool trade = known.kind == WordKind::kFunction && known.has(Trait::kSurname);
      if (trade && word.size() < kShortestOneSlip) continue;
      if (!known.has_any({Trait::kNamelike, Trait::kFirstName})) lexicon_.long_words_.push_back(word);
    }
    lexicon_.index_misspellings();
    return std::move(lexicon_);
  }

 private:
  enum class Section { kNone, kWords, kDomains, kForms, kPhrases, kGrants };

  [[noreturn]] void fail(const std::string& what) const { throw std::invalid_argument(place_ + ": " + what); }

  void read_line(std::string_view line) {
    const std::string_view entry = trim(line.substr(0, line.find('#')));
    if (entry.empty()) return;
    if (entry.front() != '[') return read_entry(entry);
    if (entry.back() != ']') fail("a section that is not closed: " + std::string(entry));
    open_section(trim(entry.substr(1, entry.size() - 2)));
  }

  void open_section(std::string_view title) {
    const std::size_t blank = std::min(title.find(' '), title.size());
    const std::string_view first = title.substr(0, blank);
    const std::string_view rest = trim(title.substr(blank));
    if (title == "disposable-domain") {
      section_ = Section::kDomains;
    } else if (first == "form" && !rest.empty()) {
      section_ = Section::kForms;
      form_ = fold(rest);
      lexicon_.forms_[form_] = form_;
    } else if (first == "T1" || first == "T9") {
      open_profession(lexicon_.professions_[first == "T1" ? 0 : 1], rest);
    } else {
      open_words(title);
    }
  }

  void open_profession(ProfessionPatterns& patterns, std::string_view title) {
    constexpr std::string_view kGrants = "grants ";
    constexpr std::pair<std::string_view, std::vector<Phrase> ProfessionPatterns::*> kLists[] = {
        {"others", &ProfessionPatterns::others},   {"forbids", &ProfessionPatterns::forbids},
        {"helpers", &ProfessionPatterns::helpers}, {"heads", &ProfessionPatterns::heads},
        {"pupils", &ProfessionPatterns::pupils},
    };
    patterns_ = &patterns;
    if (title.starts_with(kGrants)) {
      section_ = Section::kGrants;
      profession_ = title.substr(kGrants.size());
      return;
    }
    const auto list = look_up(kLists, title);
    if (!list) fail("unknown section: " + std::string(title));
    section_ = Section::kPhrases;
    phrases_ = &(patterns.**list);
  }

  void open_words(std::string_view title) {
    section_ = Section::kWords;
    word_class_ = {};
    while (!title.empty()) {
      const std::size_t end = std::min(title.find(' '), title.size());
      const std::string_view name = title.substr(0, end);
      const auto kind = look_up(kKinds, name);
      const auto trait = look_up(kTraits, name);
      if (!kind && !trait) fail("unknown trait: " + std::string(name));
      if (kind) word_class_.kind = *kind;
      if (trait) word_class_.traits |= WordClass::bit(*trait);
      title = trim(title.substr(end));
    }
  }

  void read_entry(std::string_view entry) {
    const std::string folded = fold(entry);
    if (section_ == Section::kDomains) {
      lexicon_.disposable_.insert(folded);
      return;
    }
    const std::vector<std::string> words = split_words(folded);
    if (words.empty()) fail("an entry without a letter or digit: " + std::string(entry));
    switch (section_) {
      case Section::kWords:
        return add_word(words);
      case Section::kForms:
        lexicon_.forms_[join(words)] = form_;
        return;
      case Section::kGrants:
        patterns_->grants.push_back({canonical(words), std::string(profession_)});
        return;
      case Section::kPhrases:
        phrases_->push_back(canonical(words));
        return;
      default:
        fail("an entry before any section: " + std::string(entry));
    }
  }

  // Forms come first in the lists, as phrases are kept in canonical words.
  [[nodiscard]] Phrase canonical(const std::vector<std::string>& words) const {
    Phrase phrase;
    for (const std::string& word : words.size() == 1 ? words : without_articles(words)) {
      const std::string_view form = lexicon_.find_form(word);
      phrase.emplace_back(form.empty() ? std::string_view(word) : form);
    }
    return phrase;
  }

  void add_word(std::vector<std::string> words) {
    add_spelling(words);
    if (words.size() == 1) return;
    const auto bare = without_articles(words);
    if (bare.size() > 1 && bare != words) add_spelling(bare);
    if (may_be_abbreviated(bare)) add_abbreviation(bare);
    for (std::string& word : words) {
      if (word == "saint" || word == "sainte") word.erase(1, word.find('t') - 1);
    }
    add_spelling(words);
  }

  // "mlocale", "gscolaire": of what two long words name, the first is often left to its initial.
  [[nodiscard]] bool may_be_abbreviated(const std::vector<std::string>& words) const {
    constexpr std::size_t kShortestFirst = 4;
    constexpr std::size_t kShortestSecond = 6;
    const bool kind = word_class_.kind == WordKind::kService || word_class_.kind == WordKind::kInstitution;
    return kind && words.size() == 2 && words[0].size() >= kShortestFirst && words[1].size() >= kShortestSecond;
  }

  // Neither misspelt nor at the end of something longer: "epublique" ends "republique".
  void add_abbreviation(const std::vector<std::string>& words) {
    WordClass abbreviation = word_class_;
    abbreviation.traits &= ~WordClass::bit(Trait::kTail);
    lexicon_.insert(words[0].substr(0, 1) + words[1], abbreviation);
  }

  void add_spelling(const std::vector<std::string>& words) {
    const std::string joined = join(words);
    lexicon_.insert(joined, word_class_);
    if (word_class_.decides() && joined.size() >= kShortestMisspelt) misspellable_.insert(joined);
    const bool has_plural = word_class_.decides() && !word_class_.has(Trait::kAcronym) &&
                            joined.size() >= kShortestPlural &&
                            std::string_view("sxz").find(joined.back()) == std::string_view::npos;
    if (has_plural) lexicon_.insert(joined + 's', word_class_);
  }

  Lexicon lexicon_;
  std::set<std::string> misspellable_;
  Section section_ = Section::kNone;
  std::string place_;
  WordClass word_class_;
  std::string form_;
  std::string profession_;
  ProfessionPatterns* patterns_ = nullptr;
  std::vector<Phrase>* phrases_ = nullptr;
};

Lexicon Lexicon::parse(std::span<const WordFile> files) {
  LexiconBuilder builder;
  for (const WordFile& file : files) builder.read(file);
  return builder.take();
}

void Lexicon::insert(std::string_view word, WordClass word_class) {
  std::uint32_t node = 0;
  for (const char c : word) {
    const auto index = static_cast<std::size_t>(symbol(c));
    if (nodes_[node].children[index] == 0) {
      nodes_[node].children[index] = static_cast<std::uint32_t>(nodes_.size());
      nodes_.emplace_back();
    }
    node = nodes_[node].children[index];
  }
  WordClass& known = nodes_[node].word;
  if (!known.decides()) known.kind = word_class.kind;
  known.traits |= word_class.traits;
}

WordClass Lexicon::find(std::string_view word) const {
  std::uint32_t node = 0;
  for (const char c : word) {
    node = child(node, c);
    if (node == 0) return {};
  }
  return nodes_[node].word;
}

void Lexicon::index_misspellings() {
  for (std::size_t index = 0; index < long_words_.size(); ++index) {
    const std::string& word = long_words_[index];
    slips_.push_back({StringHash{}(word), index});
    for_each_shortened(word, [&](std::string_view shortened) { slips_.push_back({StringHash{}(shortened), index}); });
    if (word.size() >= kShortestSound) sounds_.emplace(sound_of(word), find(word));
  }
  std::ranges::stable_sort(slips_, {}, &Slip::hash);
}

WordClass Lexicon::find_misspelt(std::string_view word) const {
  if (word.size() + 1 < kShortestMisspelt || word.size() > kLongestMisspelt) return {};
  WordClass found;
  const auto look_up = [&](std::string_view shortened) {
    for (const Slip& slip : std::ranges::equal_range(slips_, StringHash{}(shortened), {}, &Slip::hash)) {
      if (found.decides()) return;
      const std::string& candidate = long_words_[slip.word];
      const bool long_and_less = candidate.size() >= kShortestOneSlip && word.size() < candidate.size();
      const bool same_end = word.back() == candidate.back() || long_and_less;
      const bool letter_less = candidate.size() >= kShortestLetterLess && word.size() < candidate.size();
      const bool may_slip = candidate.size() >= kShortestOneSlip || letter_less;
      const bool one_slip = may_slip && same_end && is_one_slip_away(word, candidate);
      if (one_slip || is_small_slip_away(word, candidate)) found = find(candidate);
    }
  };
  look_up(word);
  for_each_shortened(word, look_up);
  if (found.decides() || word.size() < kShortestSound) return found;
  const auto sound = sounds_.find(sound_of(word));
  return sound == sounds_.end() ? WordClass{} : sound->second;
}

std::string_view Lexicon::find_form(std::string_view word) const {
  const auto form = forms_.find(word);
  return form == forms_.end() ? std::string_view() : std::string_view(form->second);
}

std::string_view Lexicon::find_misspelt_form(std::string_view word) const {
  for (const auto& [spelling, form] : forms_) {
    if (spelling.size() >= kShortestMisspeltForm && is_one_slip_away(word, spelling)) return form;
  }
  return {};
}

bool is_small_slip_away(std::string_view text, std::string_view word) {
  if (text.size() < 2 || word.size() < 2 || !is_one_slip_away(text, word)) return false;
  if (text.size() == word.size()) return std::ranges::is_permutation(text, word);
  if (text.back() != word.back()) return false;
  const std::string_view longer = text.size() > word.size() ? text : word;
  const std::string_view shorter = text.size() > word.size() ? word : text;
  const auto extra = std::ranges::mismatch(longer, shorter).in1;
  return extra != longer.begin() && *extra == *(extra - 1);
}

std::string sound_of(std::string_view word) {
  constexpr std::pair<std::string_view, std::string_view> kSounds[] = {
      {"ph", "f"},  {"th", "t"},  {"qu", "k"},  {"ch", "x"},  {"ce", "se"}, {"ci", "si"}, {"cy", "si"}, {"ge", "je"},
      {"gi", "ji"}, {"en", "an"}, {"em", "an"}, {"am", "an"}, {"ai", "e"},  {"ei", "e"},  {"eau", "o"}, {"au", "o"},
  };
  constexpr std::pair<char, char> kLetters[] = {{'c', 'k'}, {'y', 'i'}, {'z', 's'}};
  std::string sound;
  const auto append = [&](char c) {
    if (sound.empty() || sound.back() != c) sound += c;
  };
  for (std::string_view rest = word; !rest.empty();) {
    const auto* known = std::ranges::find_if(kSounds, [&](const auto& pair) { return rest.starts_with(pair.first); });
    if (known != std::end(kSounds)) {
      for (const char c : known->second) append(c);
      rest.remove_prefix(known->first.size());
      continue;
    }
    const auto* letter = std::ranges::find(kLetters, rest[0], &std::pair<char, char>::first);
    if (rest[0] != 'h' || sound.empty()) append(letter != std::end(kLetters) ? letter->second : rest[0]);
    rest.remove_prefix(1);
  }
  while (sound.size() > 1 && (sound.back() == 's' || sound.back() == 'e')) sound.pop_back();
  return sound;
}

bool is_one_slip_away(std::string_view text, std::string_view word) {
  if (text.empty() || word.empty() || text.front() != word.front()) return false;
  const auto [in_text, in_word] = std::ranges::mismatch(text, word);
  const std::string_view left = text.substr(static_cast<std::size_t>(in_text - text.begin()));
  const std::string_view right = word.substr(static_cast<std::size_t>(in_word - word.begin()));
  if (left.size() == right.size()) {
    if (left.size() < 2) return left.size() == 1;
    const bool swapped = left[0] == right[1] && left[1] == right[0] && left.substr(2) == right.substr(2);
    return swapped || left.substr(1) == right.substr(1);
  }
  if (left.size() + 1 == right.size()) return left == right.substr(1);
  return left.size() == right.size() + 1 && left.substr(1) == right;
}

}  // namespace vigie::judges
