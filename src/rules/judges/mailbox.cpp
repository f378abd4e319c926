#include "rules/judges/mailbox.h"

#include <algorithm>

#include "domain/french.h"
#include "domain/text.h"
#include "rules/judges/functional_name.h"
#include "rules/judges/holder.h"
#include "rules/judges/reading.h"
#include "rules/judges/service_words.h"

namespace vigie::judges {
namespace {

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_ascii_alnum(char c) { return is_ascii_letter(c) || is_digit(c); }

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

// "paris15eme", "2e": no word of its own.
bool is_ordinal_ending(const Reading& local, std::size_t index) {
  constexpr std::string_view kEndings[] = {"e", "em", "eme", "er", "ere", "ieme", "iem", "nd", "nde"};
  return index > 0 && is_digit(local.word(index - 1).front()) &&
         std::ranges::find(kEndings, local.word(index)) != std::end(kEndings);
}

// A first name or an initial, and no part of something longer ("josephine.baker").
bool is_first_name(const Lexicon& lexicon, const Reading& local, std::size_t index) {
  const std::string_view word = local.word(index);
  if (is_ordinal_ending(local, index)) return false;
  if (word.size() == 1) return word[0] >= 'a' && word[0] <= 'z' && word != "l" && word != "d";
  const Piece piece = longest_piece(lexicon, local, index);
  return piece.next == index + 1 && piece.word.has(Trait::kFirstName) && !piece.word.decides() &&
         !piece.word.has_any({Trait::kPlace, Trait::kFancy, Trait::kFiller, Trait::kArticle});
}

// "foyer.paul-bardou": the establishment is named after somebody.
bool is_named_after(const Reading& local, const Piece& piece) {
  constexpr std::size_t kShortestName = 3;
  const std::size_t last = piece.next + 1;
  return piece.word.has(Trait::kEstablishment) && local.word(piece.next).size() >= kShortestName &&
         last < local.size() && local.word(last).size() >= kShortestName && !is_digit(local.word(last).front());
}

// "p.maire", "julie.page": by a first name or an initial, a word that is a surname too is one.
bool is_in_a_name(const Lexicon& lexicon, const Reading& local, std::size_t index, const Piece& piece) {
  if (!piece.word.has(Trait::kNamelike)) return false;
  if (index > 0 && is_first_name(lexicon, local, index - 1)) return true;
  return piece.next < local.size() && is_first_name(lexicon, local, piece.next) && !is_named_after(local, piece);
}

// "julie.cazabonne", "v.giraudeau": nothing but a first name or an initial beside a word that nobody knows.
bool may_be_surname(const Lexicon& lexicon, const Reading& local, std::size_t index) {
  return local.size() == 2 && is_first_name(lexicon, local, 1 - index);
}

struct Service {
  std::string_view word;
  WordKind kind = WordKind::kNone;
};

// "ce.0590123a": the number of a school, of seven digits and a letter.
bool is_school_number(const Reading& local, std::size_t index) {
  constexpr std::size_t kDigits = 7;
  const bool is_number = is_digit(local.word(index).front()) && local.word(index).size() == kDigits;
  return is_number && index + 1 < local.size() && local.word(index + 1).size() == 1;
}

// "drsm", "mlj.valence": what cannot be spoken is an acronym; of three letters, which may be somebody's initials, by a
// place only.
bool is_unknown_acronym(const Lexicon& lexicon, const Reading& local, std::size_t index) {
  constexpr std::string_view kVowels = "aeiouy";
  constexpr std::size_t kInitials = 3;
  constexpr std::size_t kLongest = 5;
  const std::string_view word = local.word(index);
  if (word.size() < kInitials || word.size() > kLongest || word.find_first_of(kVowels) != std::string_view::npos ||
      !std::ranges::all_of(word, is_ascii_letter)) {
    return false;
  }
  if (word.size() > kInitials) return true;
  const auto is_place = [&](std::size_t at) { return longest_piece(lexicon, local, at).word.has(Trait::kPlace); };
  return (index > 0 && is_place(index - 1)) || (index + 1 < local.size() && is_place(index + 1));
}

// What in an address denotes a service, wherever it stands.
std::optional<Service> find_service(const Lexicon& lexicon, const Reading& local) {
  for (std::size_t index = 0; index < local.size();) {
    if (is_school_number(local, index)) return Service{local.words(index, index + 2), WordKind::kInstitution};
    if (is_ordinal_ending(local, index)) {
      ++index;
      continue;
    }
    const Piece piece = longest_piece(lexicon, local, index);
    if (piece.word.decides() && !is_in_a_name(lexicon, local, index, piece)) {
      return Service{local.words(index, piece.next), piece.word.kind};
    }
    if (!piece.word.known()) {
      if (is_unknown_acronym(lexicon, local, index)) return Service{local.word(index), WordKind::kService};
      const Evidence evidence = may_be_surname(lexicon, local, index) ? Evidence::kStrong : Evidence::kAny;
      const WordClass inside = find_inside(lexicon, local.word(index), evidence);
      if (inside.decides()) return Service{local.word(index), inside.kind};
      const WordClass phrase = find_misspelt_phrase(lexicon, local, index);
      if (phrase.decides() && evidence == Evidence::kAny) return Service{local.word(index), phrase.kind};
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
  constexpr std::size_t kLongestName = 253;  // that the Internet has: no longer one is listed
  const std::string folded = fold(domain);
  for (std::string_view parent = folded; !parent.empty();) {
    if (parent.size() <= kLongestName && lexicon.has_disposable_domain(parent)) return true;
    parent.remove_prefix(std::min(std::min(parent.find('.'), parent.size() - 1) + 1, parent.size()));
  }
  return false;
}

bool is_in_the_name_of(const Lexicon& lexicon, std::string_view mail, std::string_view last_name,
                       std::string_view first_name) {
  return bears_name(lexicon, Reading::of_mail(mail_local_part(mail).substr(0, kMaxLocalPart)),
                    Reading::of_name(last_name), Reading::of_name(first_name));
}

std::optional<std::string> shared_mailbox(const Lexicon& lexicon, std::string_view mail, std::string_view last_name,
                                          std::string_view first_name) {
  const std::string_view local_part = mail_local_part(mail).substr(0, kMaxLocalPart);
  const Reading local = Reading::of_mail(local_part);
  const Reading last = Reading::of_name(last_name);
  const Reading first = Reading::of_name(first_name);
  const bool is_person = !denotes_function(lexicon, last, first);
  if (is_person && bears_name(lexicon, local, last, first)) {
    return std::nullopt;
  }
  const auto service = find_service(lexicon, local);
  if (!service) return std::nullopt;
  const std::string names = std::string(trim(first_name)) + " " + std::string(trim(last_name));
  const std::string holder = excerpt(trim(names));
  return "« " + std::string(local.as_written(local_part, service->word)) + " » désigne " +
         std::string(denoted(service->kind)) +
         (is_person ? ", et l'adresse n'est pas au nom " + french::of(holder)
                    : ", et « " + holder + " » n'est pas une personne");
}

}  // namespace vigie::judges
