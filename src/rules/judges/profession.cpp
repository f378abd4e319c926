#include "rules/judges/profession.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "domain/text.h"

namespace vigie::judges {
namespace {

// What parts two words, weakest first.
enum class Break {
  kNone,
  kAnd,   // "et", "ou", "&": a phrase may go over it
  kSoft,  // brackets, dashes, "au": a phrase may not, but what stands before still tells of what follows
  kHard,  // comma, slash: another profession follows
};

struct Word {
  std::string_view shown;  // as it is written
  std::string text;        // folded
  std::string_view form;   // canonical
  Break before = Break::kNone;
  bool possessed = false;  // "des", "d'", "du" stand before it
  bool taken = false;      // belongs to a phrase that means something else
};

bool contains(std::span<const std::string_view> words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

bool contains_any(std::string_view text, std::span<const std::string_view> signs) {
  return std::ranges::any_of(signs, [&](std::string_view sign) { return text.find(sign) != std::string_view::npos; });
}

Break break_of(std::string_view gap) {
  constexpr std::array<std::string_view, 6> kHardSigns = {",", ";", "/", "+", "|", "\n"};
  constexpr std::array<std::string_view, 7> kSoftSigns = {"(", ")", "[", "]", ":", "–", "—"};
  if (contains_any(gap, kHardSigns)) return Break::kHard;
  const bool dash = gap != "-" && gap.find('-') != std::string_view::npos;
  if (dash || contains_any(gap, kSoftSigns)) return Break::kSoft;
  return gap.find('&') != std::string_view::npos ? Break::kAnd : Break::kNone;
}

// Cuts a text at what is neither letter nor digit. The endings of inclusive writing are left out.
class WordSplitter {
 public:
  static std::vector<Word> split(std::string_view text) {
    WordSplitter splitter;
    std::size_t word_begin = 0;
    std::size_t gap_begin = 0;
    bool within = false;
    for (std::string_view rest = text; !rest.empty();) {
      const std::size_t at = text.size() - rest.size();
      const bool is_part = is_part_of_word(next_code_point(rest));
      if (is_part && !within) word_begin = at;
      if (!is_part && within) {
        splitter.add(text.substr(gap_begin, word_begin - gap_begin), text.substr(word_begin, at - word_begin));
        gap_begin = at;
      }
      within = is_part;
    }
    if (within) splitter.add(text.substr(gap_begin, word_begin - gap_begin), text.substr(word_begin));
    return std::move(splitter.words_);
  }

 private:
  static bool is_part_of_word(char32_t code_point) {
    const bool combining = code_point >= 0x300 && code_point < 0x370;
    return combining || is_letter_or_digit(code_point);
  }

  void add(std::string_view gap, std::string_view shown) {
    const std::string text = fold(shown);
    if (after_ending_ && gap.starts_with(')')) gap.remove_prefix(1);
    after_ending_ = is_inclusive_ending(gap, text);
    if (after_ending_) return;
    words_.push_back(
        {.shown = shown, .text = text, .form = {}, .before = words_.empty() ? Break::kNone : break_of(gap)});
  }

  [[nodiscard]] bool is_inclusive_ending(std::string_view gap, std::string_view text) const {
    constexpr std::array<std::string_view, 9> kSigns = {".", "(", " (", "/", "-", "·", "•", "‧", "⋅"};
    constexpr std::array<std::string_view, 14> kEndings = {"e",   "es",   "s",    "ne",    "nes",  "trice", "trices",
                                                           "ere", "eres", "euse", "euses", "rice", "ice",   "iere"};
    constexpr std::size_t kShortestStem = 4;
    return !words_.empty() && words_.back().text.size() >= kShortestStem && contains(kSigns, gap) &&
           contains(kEndings, text);
  }

  std::vector<Word> words_;
  bool after_ending_ = false;
};

// Whether the letter at `next` is no ending of the word at `at`, but the first of several: "Conseiller E.S.F.".
bool begins_abbreviation(std::span<const Word> words, std::size_t at, std::size_t next) {
  return words[at].text.size() > 1 && words[next].text.size() == 1 && next + 1 < words.size() &&
         words[next + 1].text.size() == 1;
}

constexpr std::array<std::string_view, 16> kSmallWords = {"a",  "au", "aux", "d",  "de",  "des", "du", "en",
                                                          "et", "l",  "la",  "le", "les", "ou",  "un", "une"};

// The known words and small ones that `text` is made of ("assistantesociale"); none where it is not.
std::vector<std::string_view> glued_words(const Lexicon& lexicon, std::string_view text) {
  constexpr std::size_t kLongestText = 80;
  constexpr std::size_t kShortestWord = 3;
  constexpr std::size_t kLongestWord = 16;
  if (text.size() > kLongestText) return {};
  const auto is_word = [&](std::string_view word) {
    return contains(kSmallWords, word) || (word.size() >= kShortestWord && !lexicon.find_form(word).empty());
  };
  std::array<std::size_t, kLongestText> sizes{};  // of the word there with which all to the end is made of words
  for (std::size_t at = text.size(); at-- > 0;) {
    for (std::size_t size = std::min(kLongestWord, text.size() - at); size > 0 && sizes[at] == 0; --size) {
      const bool leads_to_end = at + size == text.size() || sizes[at + size] > 0;
      if (leads_to_end && is_word(text.substr(at, size))) sizes[at] = size;
    }
  }
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size() && sizes[at] > 0; at += sizes[at]) {
    words.push_back(text.substr(at, sizes[at]));
  }
  return words;
}

// Parts the words that the lists do not know and that are several ones.
std::vector<Word> apart(const Lexicon& lexicon, std::vector<Word> words) {
  constexpr std::size_t kShortestGlued = 9;
  std::vector<Word> kept;
  for (Word& word : words) {
    const bool may_be_glued = word.text.size() >= kShortestGlued && lexicon.find_form(word.text).empty();
    const auto parts = may_be_glued ? glued_words(lexicon, word.text) : std::vector<std::string_view>{};
    for (const std::string_view part : parts) {
      const Break before = part.data() == word.text.data() ? word.before : Break::kNone;
      kept.push_back({.shown = word.shown, .text = std::string(part), .form = {}, .before = before});
    }
    if (parts.empty()) kept.push_back(std::move(word));
  }
  return kept;
}

// Takes articles out, and puts the words that the lists know, several at once too, into their canonical form.
std::vector<Word> canonical_words(const Lexicon& lexicon, std::vector<Word> words) {
  constexpr std::array<std::string_view, 4> kPossessive = {"d", "de", "des", "du"};
  constexpr std::size_t kLongestForm = 5;
  std::vector<Word> kept;
  Break before = Break::kNone;
  bool possessed = false;
  for (std::size_t at = 0; at < words.size();) {
    std::string joined;
    std::size_t taken = 0;
    std::string_view form;
    for (std::size_t next = at; next < std::min(at + kLongestForm, words.size()); ++next) {
      if (next > at && words[next].before != Break::kNone) break;
      if (begins_abbreviation(words, at, next)) break;
      joined += words[next].text;
      if (const std::string_view found = lexicon.find_form(joined); !found.empty()) {
        form = found;
        taken = next + 1 - at;
      }
    }
    Word& word = words[at];
    before = std::max(before, word.before);
    if (taken == 0 && contains(kSmallWords, word.text)) {
      if (word.text == "et" || word.text == "ou") before = std::max(before, Break::kAnd);
      if (word.text == "au") before = std::max(before, Break::kSoft);
      possessed = contains(kPossessive, word.text) || (possessed && word.text.size() <= 3);
      ++at;
      continue;
    }
    word.form = !form.empty() ? form : lexicon.find_misspelt_form(word.text);
    word.before = std::exchange(before, Break::kNone);
    word.possessed = std::exchange(possessed, false);
    kept.push_back(std::move(word));
    at += std::max<std::size_t>(taken, 1);
  }
  for (Word& word : kept) {
    if (word.form.empty()) word.form = word.text;
  }
  return kept;
}

// A profession that gives the right, found in the text.
struct Granting {
  std::size_t begin;
  std::size_t end;
  std::string_view profession;
};

class Judge {
 public:
  Judge(const Lexicon& lexicon, const ProfessionPatterns& patterns, std::string_view text)
      : patterns_(patterns), words_(canonical_words(lexicon, apart(lexicon, WordSplitter::split(text)))) {
    for (std::size_t at = 0; at < words_.size(); ++at) {
      const std::size_t size = longest(patterns_.others, at);
      for (std::size_t index = at; index < at + size; ++index) words_[index].taken = true;
    }
    for (std::size_t at = 0; at < words_.size();) at = take_granting(at);
  }

  [[nodiscard]] bool found_none() const { return found_.empty(); }

  // The profession that gives the right, if nothing takes it away.
  [[nodiscard]] std::optional<std::string_view> granting() const {
    std::map<std::string_view, bool> excluded;  // by profession
    for (const Granting& granting : found_) {
      const auto [known, is_new] = excluded.try_emplace(granting.profession);
      if (is_new) known->second = excluder_of(granting.profession).has_value();
      if (!known->second && !helper_before(granting)) return granting.profession;
    }
    return std::nullopt;
  }

  // What takes the right away from the first profession that would give it.
  [[nodiscard]] std::string_view excluder() const {
    const auto excluder = excluder_of(found_.front().profession);
    return words_[excluder ? *excluder : helper_before(found_.front()).value_or(0)].shown;
  }

 private:
  [[nodiscard]] bool matches(const Phrase& phrase, std::size_t at) const {
    if (at + phrase.size() > words_.size()) return false;
    for (std::size_t index = 0; index < phrase.size(); ++index) {
      const Word& word = words_[at + index];
      if (word.taken || word.form != phrase[index] || (index > 0 && word.before > Break::kAnd)) return false;
    }
    return true;
  }

  [[nodiscard]] std::size_t longest(const std::vector<Phrase>& phrases, std::size_t at) const {
    std::size_t size = 0;
    for (const Phrase& phrase : phrases) {
      if (phrase.size() > size && matches(phrase, at)) size = phrase.size();
    }
    return size;
  }

  std::size_t take_granting(std::size_t at) {
    Granting best{at, at, {}};
    for (const auto& grant : patterns_.grants) {
      if (at + grant.phrase.size() > best.end && matches(grant.phrase, at)) {
        best = {at, at + grant.phrase.size(), grant.profession};
      }
    }
    if (best.end == at) return at + 1;
    found_.push_back(best);
    return best.end;
  }

  // The word that excludes a profession: one that forbids it or makes a pupil of it, wherever it stands. It speaks of
  // the profession before it; with none before it, of the first.
  [[nodiscard]] std::optional<std::size_t> excluder_of(std::string_view profession) const {
    auto spoken_of = found_.begin();
    for (std::size_t at = 0; at < words_.size(); ++at) {
      while (std::next(spoken_of) != found_.end() && std::next(spoken_of)->end <= at) ++spoken_of;
      if (spoken_of->profession != profession) continue;
      const bool pupil = spoken_of->end <= at && longest(patterns_.pupils, at) > 0;
      if (pupil || longest(patterns_.forbids, at) > 0) return at;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<std::size_t> helper_before(const Granting& granting) const {
    const bool possessed = words_[granting.begin].possessed;
    for (std::size_t at = granting.begin; at > 0; --at) {
      const Break gap = words_[at].before;
      if (gap == Break::kAnd || gap == Break::kHard) break;
      if (longest(patterns_.helpers, at - 1) > 0 || (possessed && longest(patterns_.heads, at - 1) > 0)) return at - 1;
    }
    return std::nullopt;
  }

  const ProfessionPatterns& patterns_;
  std::vector<Word> words_;
  std::vector<Granting> found_;
};

ProfessionVerdict judge(const Lexicon& lexicon, const ProfessionPatterns& patterns, std::string_view profession,
                        std::string_view nothing) {
  const std::string text = "« " + excerpt(trim(profession)) + " » ";
  const Judge judge(lexicon, patterns, profession);
  if (judge.found_none()) return {false, text + std::string(nothing)};
  if (const auto granting = judge.granting()) return {true, text + "est lu comme " + excerpt(*granting)};
  return {false, text + "est exclu par « " + excerpt(judge.excluder()) + " »"};
}

}  // namespace

ProfessionVerdict judge_t1(const Lexicon& lexicon, std::string_view profession) {
  return judge(lexicon, lexicon.t1(), profession,
               "ne dit ni assistant de service social, ni conseiller en économie sociale et familiale");
}

ProfessionVerdict judge_t9(const Lexicon& lexicon, std::string_view profession) {
  return judge(lexicon, lexicon.t9(), profession,
               "ne dit ni mandataire judiciaire à la protection des majeurs, ni tuteur, ni curateur");
}

}  // namespace vigie::judges
