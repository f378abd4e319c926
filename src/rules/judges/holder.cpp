#include "rules/judges/holder.h"

#include <algorithm>
#include <array>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace vigie::judges {
namespace {

constexpr std::size_t kShortestInside = 3;  // of what is recognised within a longer word
constexpr std::size_t kLongestInitials = 6;

// What may stand for a name in an address: runs of its words, and initials.
class NameForms {
 public:
  NameForms(const Lexicon& lexicon, const Reading& name) : name_(name) {
    for (std::size_t index = 0; index < name.size(); ++index) classes_[index] = lexicon.find(name.word(index));
    apart_ = has_core();
    particles_alone_ = !has_core();
    for (std::size_t first = 0; first < name.size(); ++first) add_runs_from(first);
    std::ranges::sort(std::span(forms_).first(count_), std::ranges::greater(), &std::string_view::size);
    for (std::size_t index = 0; index < name.size(); ++index) add_initial(index);
  }

  [[nodiscard]] std::span<const std::string_view> forms() const { return {forms_.data(), count_}; }
  [[nodiscard]] bool is_form(std::string_view word) const { return std::ranges::find(forms(), word) != forms().end(); }
  [[nodiscard]] std::string_view initials() const { return initials_; }
  [[nodiscard]] std::string_view core_initials() const { return core_initials_; }
  [[nodiscard]] bool has_saint() const { return has_saint_; }

  [[nodiscard]] bool is_initial(char c) const { return initials_.find(c) != std::string::npos; }

  [[nodiscard]] bool is_initials(std::string_view text) const {
    return !text.empty() && (initials_.starts_with(text) || core_initials_.starts_with(text) ||
                             (text.size() == 1 && is_initial(text[0])));
  }

 private:
  [[nodiscard]] bool has_core() const {
    for (std::size_t index = 0; index < name_.size(); ++index) {
      if (is_core(index)) return true;
    }
    return false;
  }

  // "DUPONT (CCAS)", "Mme DUPONT": the service and the title are no part of the name. "M'BAYE" and "LE MAITRE" are
  // whole.
  [[nodiscard]] bool is_apart(std::size_t index) const {
    const WordClass& word = classes_[index];
    const bool service = word.has(Trait::kAcronym) && !word.has(Trait::kNamelike);
    return apart_ && name_.word(index).size() > 1 && (service || word.has(Trait::kTitle));
  }

  [[nodiscard]] bool is_core(std::size_t index) const {
    return !is_apart(index) && !classes_[index].has_any({Trait::kParticle, Trait::kSaint});
  }

  void add_runs_from(std::size_t first) {
    bool core = particles_alone_;
    for (std::size_t last = first; last < name_.size() && !is_apart(last); ++last) {
      const std::string_view run = name_.words(first, last + 1);
      core = core || is_core(last);
      if (core && run.size() > 1 && count_ < forms_.size()) forms_[count_++] = run;
    }
  }

  void add_initial(std::size_t index) {
    if (is_apart(index)) return;
    const char initial = name_.word(index).front();
    initials_ += initial;
    if (is_core(index) || particles_alone_) core_initials_ += initial;
    has_saint_ = has_saint_ || classes_[index].has(Trait::kSaint);
  }

  const Reading& name_;
  std::array<WordClass, Reading::kMaxWords> classes_{};
  std::array<std::string_view, 24> forms_{};
  std::size_t count_ = 0;
  std::string initials_;       // "dlc" of de la Croix
  std::string core_initials_;  // "c"
  bool has_saint_ = false;
  bool apart_ = true;             // there is a name without the words that may be apart from it
  bool particles_alone_ = false;  // there is nothing else: "LE", "BEN"
};

// Where the holder's names stand in an address, and whether they say that it is the holder's.
class HolderSearch {
 public:
  HolderSearch(const Lexicon& lexicon, const Reading& local, const NameForms& last, const NameForms& first)
      : lexicon_(lexicon), local_(local), text_(local.joined()), last_(last), first_(first) {}

  [[nodiscard]] bool found() {
    if (has_full_name() || has_first_name() || has_last_name() || has_initials()) return true;
    return open_inner_edges() && (has_full_name() || has_first_name() || has_last_name());
  }

 private:
  struct Span {
    std::size_t begin;
    std::size_t end;
  };

  // Calls visit(span) for each place where `form` stands, until it says true.
  template <typename Visit>
  [[nodiscard]] bool any_place(std::string_view form, Visit visit) const {
    for (std::size_t at = text_.find(form); at != std::string_view::npos; at = text_.find(form, at + 1)) {
      if (visit(Span{at, at + form.size()})) return true;
    }
    return false;
  }

  [[nodiscard]] bool begins_at(std::size_t position) const { return begins_[position]; }
  [[nodiscard]] bool ends_at(std::size_t position) const { return ends_[position]; }
  [[nodiscard]] bool stands_free(Span span) const { return begins_at(span.begin) && ends_at(span.end); }

  [[nodiscard]] bool has_full_name() const {
    return std::ranges::any_of(last_.forms(), [this](std::string_view form) {
      return any_place(form, [this](Span span) {
        if (is_inside_known_word(span) && !is_name_and_initial(span)) return false;
        return (ends_at(span.end) && has_first_before(span.begin)) ||
               (begins_at(span.begin) && has_first_after(span.end));
      });
    });
  }

  // "marie|dupont", "m|dupont", "jp|dupont".
  [[nodiscard]] bool has_first_before(std::size_t position) const {
    return any_first([&](std::string_view form) {
      return text_.substr(0, position).ends_with(form) && begins_at(position - form.size());
    });
  }

  [[nodiscard]] bool has_first_after(std::size_t position) const {
    return any_first([&](std::string_view form) {
      return text_.substr(position).starts_with(form) && ends_at(position + form.size());
    });
  }

  // Whether a way of writing the first name, or initials of it, is as `stands` says.
  template <typename Predicate>
  [[nodiscard]] bool any_first(Predicate stands) const {
    const std::string_view initials = first_.initials();
    if (std::ranges::any_of(first_.forms(), stands)) return true;
    if (!initials.empty() && (stands(initials) || stands(first_.core_initials()))) return true;
    for (std::size_t index = 0; index < initials.size(); ++index) {
      if (stands(initials.substr(index, 1))) return true;
    }
    return false;
  }

  [[nodiscard]] bool has_first_name() const {
    return std::ranges::any_of(first_.forms(), [this](std::string_view form) {
      return any_place(form, [this](Span span) {
        if (span.end < text_.size() && last_.is_initial(text_[span.end]) && ends_at(span.end + 1)) ++span.end;
        if (span.begin > 0 && last_.is_initial(text_[span.begin - 1]) && begins_at(span.begin - 1)) --span.begin;
        return stands_free(span) && !is_inside_known_word(span) && !is_namesake(span, first_) &&
               !names_establishment(span);
      });
    });
  }

  // The surname without the first name: the holder's, unless it is a place, somebody else's, or a word of its own among
  // others.
  [[nodiscard]] bool has_last_name() const {
    return std::ranges::any_of(last_.forms(), [this](std::string_view form) {
      return any_place(form, [this, form](Span span) {
        if (!stands_free(span) || is_inside_known_word(span) || is_namesake(span, last_)) return false;
        if (begins_place(span)) return false;
        const WordClass word = lexicon_.find(form);
        if (word.decides() || word.has(Trait::kArticle)) return is_alone(span);
        if (word.has_any({Trait::kPlace, Trait::kFancy, Trait::kHonoree}) && !is_by_function(span))
          return is_alone(span);
        return !follows_other_first_name(span);
      });
    });
  }

  [[nodiscard]] bool has_initials() const {
    for (std::size_t index = 0; index < local_.size(); ++index) {
      const std::string_view word = local_.word(index);
      if (word.size() < 2 || word.size() > kLongestInitials) continue;
      if (!is_alone({local_.start(index), local_.end(index)}) && lexicon_.find(word).known()) continue;
      for (std::size_t cut = 1; cut < word.size(); ++cut) {
        const std::string_view left = word.substr(0, cut);
        const std::string_view right = word.substr(cut);
        if ((first_.is_initials(left) && last_.is_initials(right)) ||
            (last_.is_initials(left) && first_.is_initials(right))) {
          return true;
        }
      }
    }
    return false;
  }

  // Digits aside, nothing but the name.
  [[nodiscard]] bool is_alone(Span span) const {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return std::ranges::all_of(text_.substr(0, span.begin), is_digit) &&
           std::ranges::all_of(text_.substr(span.end), is_digit);
  }

  // "smairie" and "mairies" of Sophie MAIRIE, "crous" of Chloé ROUS: words of the lists, but first of all the holder's
  // name.
  [[nodiscard]] bool is_name_and_initial(Span span) const {
    const std::size_t index = local_.word_at(span.begin);
    const std::size_t before = span.begin - local_.start(index);
    const std::size_t after = local_.end(index) - std::min(span.end, local_.end(index));
    if (span.end - span.begin < kShortestInside || before + after != 1) return false;
    return first_.is_initial(before == 1 ? text_[span.begin - 1] : text_[span.end]);
  }

  [[nodiscard]] bool is_inside_known_word(Span span) const {
    const std::size_t index = local_.word_at(span.begin);
    const bool whole = local_.start(index) == span.begin && local_.end(index) == span.end;
    return !whole && span.end <= local_.end(index) && lexicon_.find(local_.word(index)).decides();
  }

  [[nodiscard]] bool is_namesake(Span span, const NameForms& name) const {
    return follows_article(span) || (!name.has_saint() && follows_saint(span)) || is_part_of_known_phrase(span);
  }

  [[nodiscard]] bool follows_article(Span span) const {
    constexpr std::string_view kArticles[] = {"la", "le", "les", "l", "aux", "des"};
    if (span.begin == 0 || !local_.is_boundary(span.begin)) return false;
    const std::string_view before = local_.word(local_.word_at(span.begin) - 1);
    return std::ranges::find(kArticles, before) != std::end(kArticles);
  }

  // "orthophoniste.samson" does not: what ends there is a word of its own.
  [[nodiscard]] bool follows_saint(Span span) const {
    const std::string_view before = text_.substr(0, span.begin);
    return !follows_known_word(span) &&
           std::ranges::any_of(std::array<std::string_view, 4>{"saint", "sainte", "st", "ste"},
                               [&](std::string_view saint) { return before.ends_with(saint); });
  }

  [[nodiscard]] bool follows_known_word(Span span) const {
    if (span.begin == 0) return false;
    const std::size_t begin = local_.start(local_.word_at(span.begin - 1));
    bool known = false;
    lexicon_.for_each_prefix(text_.substr(begin, span.begin - begin), [&](std::size_t length, WordClass word) {
      known = known || (begin + length == span.begin && word.decides() && !word.has(Trait::kSaint));
    });
    return known;
  }

  // "mairie.fontaine-les-dijon" of FONTAINE
  [[nodiscard]] bool begins_place(Span span) const {
    constexpr std::string_view kJoints[] = {"sur", "sous", "les", "lez", "la", "le", "en", "aux"};
    if (!local_.is_boundary(span.end)) return false;
    const std::size_t next = local_.word_at(span.end);
    return next + 1 < local_.size() && std::ranges::find(kJoints, local_.word(next)) != std::end(kJoints);
  }

  // "saint denis", "jean jaures", "france services": known as a whole, from the beginning of a word to the end of one.
  [[nodiscard]] bool is_part_of_known_phrase(Span span) const {
    for (std::size_t index = 0; index <= local_.word_at(span.begin); ++index) {
      if (index == local_.size()) break;
      const std::size_t begin = local_.start(index);
      bool covered = false;
      lexicon_.for_each_prefix(text_.substr(begin), [&](std::size_t length, WordClass word) {
        const bool phrase = word.decides() || word.has_any({Trait::kHonoree, Trait::kPlace});
        covered = covered || (phrase && begin + length >= span.end && length > span.end - span.begin &&
                              begin <= span.begin && local_.is_boundary(begin + length));
      });
      if (covered) return true;
    }
    return false;
  }

  // "ecole-jean-lecoeur" of Jean MARTIN: an establishment, the first name, a surname or a word that nobody knows.
  [[nodiscard]] bool names_establishment(Span span) const {
    if (!local_.is_boundary(span.begin) || !local_.is_boundary(span.end)) return false;
    const auto is_first = [&](std::size_t index) { return first_.is_form(local_.word(index)); };
    const auto is_small = [&](std::size_t index) { return lexicon_.find(local_.word(index)).has(Trait::kArticle); };
    std::size_t begin = local_.word_at(span.begin);
    std::size_t end = local_.word_at(span.end);
    while (begin > 0 && (is_small(begin - 1) || is_first(begin - 1))) --begin;
    while (end < local_.size() && is_first(end)) ++end;
    if (end == local_.size() || !ends_establishment(begin)) return false;
    const std::string_view next = local_.word(end);
    const WordClass known = lexicon_.find(next);
    const bool surname = known.has_any({Trait::kSurname, Trait::kFirstName}) && !known.decides() &&
                         !known.has_any({Trait::kPlace, Trait::kFancy});
    return next.size() >= kShortestInside && (surname || !known.known()) && (next[0] < '0' || next[0] > '9');
  }

  // "ecole", "maison.de.quartier": whether one to three words, up to and without `index`, denote an establishment.
  [[nodiscard]] bool ends_establishment(std::size_t index) const {
    constexpr std::size_t kMostWords = 3;
    for (std::size_t first = index - std::min(index, kMostWords); first < index; ++first) {
      if (lexicon_.find(local_.words(first, index)).has(Trait::kEstablishment)) return true;
    }
    return false;
  }

  [[nodiscard]] bool is_by_function(Span span) const {
    const std::size_t index = local_.word_at(span.begin);
    const bool before = follows_function(index);
    const bool after = span.end < text_.size() && is_function(local_.word(local_.word_at(span.end)));
    return before || after;
  }

  // "assistante-sociale.moulin", "dr.moulin"
  [[nodiscard]] bool follows_function(std::size_t index) const {
    constexpr std::size_t kLongest = 4;
    for (std::size_t first = index - std::min(index, kLongest); first < index; ++first) {
      if (is_function(local_.words(first, index))) return true;
    }
    return false;
  }

  [[nodiscard]] bool is_function(std::string_view word) const {
    const WordClass word_class = lexicon_.find(word);
    return word_class.kind == WordKind::kFunction || word_class.has(Trait::kTitle);
  }

  [[nodiscard]] bool follows_other_first_name(Span span) const {
    if (span.begin == 0 || !local_.is_boundary(span.begin)) return false;
    const WordClass before = lexicon_.find(local_.word(local_.word_at(span.begin) - 1));
    return before.has(Trait::kFirstName) && !before.decides();
  }

  // Edges within words that are no entry themselves, where what is left of the word is known: "ccas|mdupont",
  // "marie|creche". False when there are none.
  bool open_inner_edges() {
    for (std::size_t index = 0; index < local_.size(); ++index) {
      if (!lexicon_.find(local_.word(index)).decides()) open_edges_of(local_.start(index), local_.end(index));
    }
    return begins_ != word_edges() || ends_ != begins_;
  }

  void open_edges_of(std::size_t begin, std::size_t end) {
    for (std::size_t at = begin; at < end; ++at) {
      if (begins_[at]) for_each_piece(at, end, [&](std::size_t next) { begins_[next] = true; });
    }
    for (std::size_t at = end; at-- > begin;) {
      for_each_piece(at, end, [&](std::size_t next) { ends_[at] = ends_[at] || ends_[next]; });
    }
  }

  template <typename Visit>
  void for_each_piece(std::size_t at, std::size_t end, Visit visit) const {
    const std::string_view rest = text_.substr(at, end - at);
    lexicon_.for_each_prefix(rest, [&](std::size_t length, WordClass word) {
      const bool small = word.has_any({Trait::kArticle, Trait::kTitle}) && length >= 2;
      const bool tail = word.decides() && word.has(Trait::kTail) && length == rest.size();
      if (small || tail || (length >= kShortestInside && (word.decides() || word.has(Trait::kFiller))))
        visit(at + length);
    });
    for (const NameForms* name : {&last_, &first_}) {
      for (const std::string_view form : name->forms()) {
        if (form.size() >= kShortestInside && rest.starts_with(form)) visit(at + form.size());
      }
    }
  }

  using Edges = std::array<bool, kMaxLocalPart + 1>;

  [[nodiscard]] Edges word_edges() const {
    Edges edges{};
    for (std::size_t index = 0; index < local_.size(); ++index) edges[local_.start(index)] = true;
    edges[text_.size()] = true;
    return edges;
  }

  const Lexicon& lexicon_;
  const Reading& local_;
  std::string_view text_;
  const NameForms& last_;
  const NameForms& first_;
  Edges begins_ = word_edges();  // where a name may begin
  Edges ends_ = begins_;         // where one may end
};

}  // namespace

bool bears_name(const Lexicon& lexicon, const Reading& local_part, const Reading& last_name,
                const Reading& first_name) {
  return HolderSearch(lexicon, local_part, NameForms(lexicon, last_name), NameForms(lexicon, first_name)).found();
}

}  // namespace vigie::judges
