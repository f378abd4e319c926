#include "rules/judges/mailbox.h"

#include <algorithm>
#include <array>
#include <span>

#include "domain/text.h"
#include "rules/judges/functional_name.h"
#include "rules/judges/reading.h"
#include "rules/judges/service_words.h"

namespace vigie::judges {
namespace {

constexpr std::size_t kMaxLocalPart = 64;
constexpr std::size_t kShortestInside = 3;  // of what is recognised within a longer word

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_ascii_alnum(char c) { return is_ascii_letter(c) || (c >= '0' && c <= '9'); }

bool is_well_formed_local_part(std::string_view local) {
  constexpr std::string_view kSigns = ".!#$%&'*+/=?^_`{|}~-";
  if (local.empty() || local.size() > kMaxLocalPart || local.front() == '.' || local.back() == '.') return false;
  return local.find("..") == std::string_view::npos && std::ranges::all_of(local, [&](char c) {
           return is_ascii_alnum(c) || kSigns.find(c) != std::string_view::npos;
         });
}

bool is_well_formed_label(std::string_view label) {
  return !label.empty() && label.front() != '-' && label.back() != '-' &&
         std::ranges::all_of(label, [](char c) { return is_ascii_alnum(c) || c == '-'; });
}

bool is_well_formed_domain(std::string_view domain) {
  const std::size_t last_dot = domain.rfind('.');
  if (last_dot == std::string_view::npos) return false;
  const std::string_view top = domain.substr(last_dot + 1);
  if (top.size() < 2 || !std::ranges::all_of(top, is_ascii_letter)) return false;
  for (std::string_view rest = domain; !rest.empty();) {
    const std::size_t end = std::min(rest.find('.'), rest.size());
    if (!is_well_formed_label(rest.substr(0, end))) return false;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return true;
}

// What may stand for a name in an address: runs of its words, and initials.
class NameForms {
 public:
  NameForms(const Lexicon& lexicon, const Reading& name) : name_(name) {
    for (std::size_t index = 0; index < name.size(); ++index) classes_[index] = lexicon.find(name.word(index));
    const bool particles_alone = !has_word([this](std::size_t index) { return is_core(index); });
    for (std::size_t first = 0; first < name.size(); ++first) {
      bool core = particles_alone;
      for (std::size_t last = first; last < name.size() && !is_apart(last); ++last) {
        core = core || is_core(last);
        if (core) add(name.words(first, last + 1));
      }
    }
    std::ranges::stable_sort(std::span(forms_).first(count_), std::ranges::greater(), &std::string_view::size);
    for (std::size_t index = 0; index < name.size(); ++index) {
      if (is_apart(index)) continue;
      initials_ += name.word(index).front();
      if (is_core(index) || particles_alone) core_initials_ += name.word(index).front();
      has_saint_ = has_saint_ || classes_[index].has(Trait::kSaint);
    }
  }

  [[nodiscard]] std::span<const std::string_view> forms() const { return {forms_.data(), count_}; }
  [[nodiscard]] std::string_view initials() const { return initials_; }
  [[nodiscard]] std::string_view core_initials() const { return core_initials_; }
  [[nodiscard]] bool has_saint() const { return has_saint_; }

  [[nodiscard]] bool is_initial(char c) const { return initials_.find(c) != std::string::npos; }

  [[nodiscard]] bool is_initials(std::string_view text) const {
    return !text.empty() && (text == initials_ || text == core_initials_ || (text.size() == 1 && is_initial(text[0])));
  }

 private:
  template <typename Predicate>
  [[nodiscard]] bool has_word(Predicate predicate) const {
    for (std::size_t index = 0; index < name_.size(); ++index) {
      if (predicate(index)) return true;
    }
    return false;
  }

  // "DUPONT (CCAS)", "Mme DUPONT": the service and the title are no part of the name.
  [[nodiscard]] bool is_apart(std::size_t index) const {
    return classes_[index].has_any({Trait::kTitle, Trait::kAcronym}) && name_.size() > 1;
  }

  [[nodiscard]] bool is_core(std::size_t index) const {
    return !is_apart(index) && !classes_[index].has_any({Trait::kParticle, Trait::kSaint});
  }

  void add(std::string_view form) {
    if (count_ < forms_.size() && form.size() > 1) forms_[count_++] = form;
  }

  const Reading& name_;
  std::array<WordClass, Reading::kMaxWords> classes_{};
  std::array<std::string_view, 24> forms_{};
  std::size_t count_ = 0;
  std::string initials_;       // "dlc" of de la Croix
  std::string core_initials_;  // "c"
  bool has_saint_ = false;
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
        return !is_inside_known_word(span) &&
               ((ends_at(span.end) && has_first_before(span.begin)) || (begins_at(span.begin) && has_first_after(span.end)));
      });
    });
  }

  // The first name or initials of it right before `position`: "marie|dupont", "m|dupont", "jp|dupont".
  [[nodiscard]] bool has_first_before(std::size_t position) const {
    const auto stands = [&](std::string_view form) {
      return !form.empty() && text_.substr(0, position).ends_with(form) && begins_at(position - form.size());
    };
    return std::ranges::any_of(first_.forms(), stands) || stands(first_.initials()) || stands(first_.core_initials()) ||
           std::ranges::any_of(first_.initials(), [&](char c) { return stands({&c, 1}); });
  }

  [[nodiscard]] bool has_first_after(std::size_t position) const {
    const auto stands = [&](std::string_view form) {
      return !form.empty() && text_.substr(position).starts_with(form) && ends_at(position + form.size());
    };
    return std::ranges::any_of(first_.forms(), stands) || stands(first_.initials()) || stands(first_.core_initials()) ||
           std::ranges::any_of(first_.initials(), [&](char c) { return stands({&c, 1}); });
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
        const WordClass word = lexicon_.find(form);
        if (word.decides() || word.has(Trait::kArticle)) return is_alone(span);
        if (word.has_any({Trait::kPlace, Trait::kFancy, Trait::kHonoree}) && !is_by_function(span)) return is_alone(span);
        return !follows_other_first_name(span);
      });
    });
  }

  [[nodiscard]] bool has_initials() const {
    for (std::size_t index = 0; index < local_.size(); ++index) {
      const std::string_view word = local_.word(index);
      if (word.size() < 2 || word.size() > 6) continue;
      if (local_.size() > 1 && lexicon_.find(word).known()) continue;
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

  [[nodiscard]] bool follows_saint(Span span) const {
    const std::string_view before = text_.substr(0, span.begin);
    return std::ranges::any_of(std::array<std::string_view, 4>{"saint", "sainte", "st", "ste"},
                               [&](std::string_view saint) { return before.ends_with(saint); });
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

  // "ecole-jean-lecoeur" of Jean MARTIN: an establishment, the first name, a word that nobody knows.
  [[nodiscard]] bool names_establishment(Span span) const {
    if (!local_.is_boundary(span.begin) || !local_.is_boundary(span.end) || span.end == text_.size()) return false;
    std::size_t index = local_.word_at(span.begin);
    while (index > 0 && lexicon_.find(local_.word(index - 1)).has(Trait::kArticle)) --index;
    if (index == 0 || !lexicon_.find(local_.word(index - 1)).has(Trait::kEstablishment)) return false;
    const std::string_view next = local_.word(local_.word_at(span.end));
    return next.size() >= kShortestInside && !lexicon_.find(next).known() && !(next[0] >= '0' && next[0] <= '9');
  }

  [[nodiscard]] bool is_by_function(Span span) const {
    const std::size_t index = local_.word_at(span.begin);
    const bool before = index > 0 && is_function(local_.word(index - 1));
    const bool after = span.end < text_.size() && is_function(local_.word(local_.word_at(span.end)));
    return before || after;
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

  // Edges within words, where what is left of the word is known: "ccas|mdupont", "marie|creche". False when there are none.
  bool open_inner_edges() {
    for (std::size_t index = 0; index < local_.size(); ++index) open_edges_of(local_.start(index), local_.end(index));
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
      if (small || (length >= kShortestInside && (word.decides() || word.has(Trait::kFiller)))) visit(at + length);
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

// "p.maire", "julie.page": after a first name or an initial, a word that is a surname too is one.
bool is_first_name(const Lexicon& lexicon, std::string_view word) {
  if (word.size() == 1) return word[0] >= 'a' && word[0] <= 'z' && word != "l" && word != "d";
  const WordClass word_class = lexicon.find(word);
  return word_class.has(Trait::kFirstName) && !word_class.decides() &&
         !word_class.has_any({Trait::kPlace, Trait::kFancy, Trait::kFiller, Trait::kArticle});
}

bool is_in_a_name(const Lexicon& lexicon, const Reading& local, std::size_t index, const Piece& piece) {
  return piece.word.has(Trait::kNamelike) &&
         ((index > 0 && is_first_name(lexicon, local.word(index - 1))) ||
          (piece.next < local.size() && is_first_name(lexicon, local.word(piece.next))));
}

struct Service {
  std::string_view word;
  WordKind kind = WordKind::kNone;
};

// What in an address denotes a service, wherever it stands.
std::optional<Service> find_service(const Lexicon& lexicon, const Reading& local) {
  for (std::size_t index = 0; index < local.size();) {
    const Piece piece = longest_piece(lexicon, local, index);
    if (piece.word.decides() && !is_in_a_name(lexicon, local, index, piece)) {
      return Service{local.words(index, piece.next), piece.word.kind};
    }
    if (!piece.word.known()) {
      const WordClass inside = find_inside(lexicon, local.word(index));
      if (inside.decides()) return Service{local.word(index), inside.kind};
    }
    index = piece.next;
  }
  return std::nullopt;
}

}  // namespace

bool well_formed_mail(std::string_view mail) {
  const std::size_t at = mail.find('@');
  return at != std::string_view::npos && is_well_formed_local_part(mail.substr(0, at)) &&
         is_well_formed_domain(mail.substr(at + 1));
}

std::string_view mail_local_part(std::string_view mail) { return mail.substr(0, mail.rfind('@')); }

std::string_view mail_domain(std::string_view mail) {
  const std::size_t at = mail.rfind('@');
  return at == std::string_view::npos ? std::string_view() : mail.substr(at + 1);
}

bool disposable_domain(const Lexicon& lexicon, std::string_view domain) {
  const std::string folded = fold(domain);
  for (std::string_view parent = folded; !parent.empty();) {
    if (lexicon.has_disposable_domain(parent)) return true;
    parent.remove_prefix(std::min(std::min(parent.find('.'), parent.size() - 1) + 1, parent.size()));
  }
  return false;
}

std::optional<std::string> shared_mailbox(const Lexicon& lexicon, std::string_view mail, std::string_view last_name,
                                          std::string_view first_name) {
  const Reading local = Reading::of_mail(mail_local_part(mail).substr(0, kMaxLocalPart));
  const Reading last = Reading::of_name(last_name);
  const Reading first = Reading::of_name(first_name);
  const bool is_person = !denotes_function(lexicon, last, first);
  if (is_person && HolderSearch(lexicon, local, NameForms(lexicon, last), NameForms(lexicon, first)).found()) {
    return std::nullopt;
  }
  const auto service = find_service(lexicon, local);
  if (!service) return std::nullopt;
  const std::string names = std::string(trim(first_name)) + " " + std::string(trim(last_name));
  const std::string holder(trim(names));
  return "« " + std::string(service->word) + " » désigne " + std::string(denoted(service->kind)) +
         (is_person ? ", et l'adresse n'est pas au nom de " + holder : ", et « " + holder + " » n'est pas une personne");
}

}  // namespace vigie::judges
