#include "rules/judges/functional_name.h"

#include <algorithm>
#include <array>

#include "domain/text.h"
#include "rules/judges/service_words.h"

namespace vigie::judges {
namespace {

// What a word of a name is, once its neighbours are known.
enum class Role {
  kUnknown,
  kFirstName,
  kSurname,
  kInitial,
  kTitle,
  kService,
  kPlace,        // or the name of an establishment
  kPlaceholder,  // or a number
  kSmall,        // articles, fillers, particles
};

// One of the two fields of a name, word by word.
class Field {
 public:
  // `looks_inside` words that nobody knows, for "ACCUEILMAIRIE" and misspellings.
  Field(const Lexicon& lexicon, const Reading& reading, bool looks_inside = true)
      : lexicon_(lexicon), reading_(reading), looks_inside_(looks_inside) {
    for (std::size_t index = 0; index < reading.size();) index = take(index);
  }

  [[nodiscard]] bool has(Role role) const { return std::ranges::find(begin(), end(), role) != end(); }
  [[nodiscard]] bool has_only(std::initializer_list<Role> roles) const {
    return std::all_of(begin(), end(), [&](Role role) { return std::ranges::find(roles, role) != roles.end(); });
  }
  [[nodiscard]] bool empty() const { return count_ == 0; }

  // Titles and articles aside: "CCAS Istres", "M. le Maire".
  [[nodiscard]] bool begins_with_service() const {
    const Role* first =
        std::find_if(begin(), end(), [](Role role) { return role != Role::kTitle && role != Role::kSmall; });
    return first != end() && *first == Role::kService;
  }
  [[nodiscard]] bool begins_with_article() const {
    return !reading_.empty() && lexicon_.find(reading_.word(0)).has(Trait::kArticle);
  }
  // "A.-S.": not an acronym
  [[nodiscard]] bool is_initials() const { return reading_.size() > 1 && reading_.size() == reading_.joined().size(); }
  [[nodiscard]] bool names_establishment() const { return establishment_; }
  [[nodiscard]] bool has_number() const { return number_; }
  [[nodiscard]] WordClass service() const { return service_; }
  [[nodiscard]] const Reading& reading() const { return reading_; }

  // RELAIS, and not CCAS or "RELAIS PETITE ENFANCE": with a first name that nobody knows, a surname.
  [[nodiscard]] bool is_everyday_word() const {
    return count_ == 1 && reading_.size() == 1 && service_.has(Trait::kNamelike) && !service_.has(Trait::kAcronym);
  }
  [[nodiscard]] bool is_one_unknown_word() const { return count_ == 1 && roles_[0] == Role::kUnknown; }

  // "Urbain", "Greta": a word of the lists, too.
  [[nodiscard]] bool may_be_first_name() const {
    return count_ == 1 && lexicon_.find(reading_.joined()).has(Trait::kFirstName);
  }

  // ALSHAMI: an acronym begins or ends it, as letters of a surname may.
  [[nodiscard]] bool holds_acronym() const {
    return count_ == 1 && service_.has(Trait::kAcronym) && !lexicon_.find(reading_.joined()).known();
  }

  // A first name that is a town, too ("Nancy", "Florence").
  [[nodiscard]] bool may_be_place() const { return count_ == 1 && lexicon_.find(reading_.joined()).has(Trait::kPlace); }

  // "ROSNY-SOUS-BOIS", "LES LILAS": no surname is made so.
  [[nodiscard]] bool is_shaped_like_place() const {
    constexpr std::array<std::string_view, 6> kJoints = {"sur", "sous", "les", "lez", "en", "aux"};
    if (reading_.size() > 1 && reading_.word(0) == "les") return true;
    for (std::size_t index = 1; index + 1 < reading_.size(); ++index) {
      if (std::ranges::find(kJoints, reading_.word(index)) != kJoints.end()) return true;
    }
    return false;
  }

 private:
  [[nodiscard]] const Role* begin() const { return roles_.data(); }
  [[nodiscard]] const Role* end() const { return roles_.data() + count_; }

  std::size_t take(std::size_t index) {
    const Piece piece = longest_piece(lexicon_, reading_, index);
    const std::string_view word = reading_.words(index, piece.next);
    const Role role = role_of(index, piece, word);
    if (role == Role::kService && !service_.decides()) service_ = decisive_class(piece.word, word);
    establishment_ = establishment_ || piece.word.has(Trait::kEstablishment);
    number_ = number_ || is_number(word);
    roles_[count_++] = role;
    return piece.next;
  }

  [[nodiscard]] WordClass decisive_class(WordClass known, std::string_view word) const {
    return known.decides() ? known : find_inside(lexicon_, word);
  }

  [[nodiscard]] Role role_of(std::size_t index, const Piece& piece, std::string_view word) const {
    const WordClass known = piece.word;
    if (is_number(word) || is_one_letter_repeated(word)) return Role::kPlaceholder;
    if (known.has(Trait::kParticle) && known.has(Trait::kNamelike) && piece.next < reading_.size()) return Role::kSmall;
    if (known.has(Trait::kSaint) && piece.next < reading_.size()) return Role::kPlace;
    if (index > 0 && lexicon_.find(reading_.word(index - 1)).has(Trait::kSaint)) return Role::kPlace;
    if (known.has(Trait::kHonoree) && !known.has(Trait::kFirstName)) return Role::kPlace;
    if (known.has(Trait::kPlaceholder) && piece.next > index + 1) return Role::kPlaceholder;  // "N/A", not "Na"
    if (known.has(Trait::kFirstName) && !known.decides()) return establishment_ ? Role::kPlace : Role::kFirstName;
    if (known.decides()) return Role::kService;
    if (known.has(Trait::kPlaceholder)) return Role::kPlaceholder;
    if (known.has(Trait::kTitle)) return Role::kTitle;
    if (known.has_any({Trait::kPlace, Trait::kFancy})) return Role::kPlace;
    if (known.has(Trait::kSurname)) return Role::kSurname;
    if (known.has_any({Trait::kArticle, Trait::kFiller, Trait::kParticle})) return Role::kSmall;
    if (word.size() == 1) return Role::kInitial;
    return looks_inside_ && find_inside(lexicon_, word).decides() ? Role::kService : Role::kUnknown;
  }

  static bool is_number(std::string_view word) { return word[0] >= '0' && word[0] <= '9'; }

  static bool is_one_letter_repeated(std::string_view word) {
    return word.size() > 1 && word.find_first_not_of(word[0]) == std::string_view::npos;
  }

  const Lexicon& lexicon_;
  const Reading& reading_;
  bool looks_inside_;
  std::array<Role, Reading::kMaxWords> roles_{};
  std::size_t count_ = 0;
  WordClass service_;
  bool establishment_ = false;
  bool number_ = false;
};

constexpr std::initializer_list<Role> kImpersonal = {Role::kService, Role::kPlace, Role::kPlaceholder, Role::kSmall};

// The two fields make one entry of the lists: POLE / Emploi, FRANCE / Services.
WordClass one_entry(const Lexicon& lexicon, const Reading& last, const Reading& first) {
  if (last.empty() || first.empty()) return {};
  const WordClass entry = lexicon.find(std::string(last.joined()) + std::string(first.joined()));
  return entry.decides() ? entry : lexicon.find(std::string(first.joined()) + std::string(last.joined()));
}

// CCAS / Nancy, ÉCOLE / Jean Lecoeur: the first name is the place's or the establishment's.
bool has_first_name_of_place(const Field& last, const Field& first) {
  if (!last.has(Role::kService) || !last.has_only(kImpersonal)) return false;
  if (last.names_establishment()) return !first.has_only({Role::kFirstName, Role::kService, Role::kSmall});
  return last.service().has(Trait::kAcronym) && first.may_be_place();
}

// MAIRE and PLACE, and not MAIRIE, with a first name that nobody knows.
bool is_usual_surname(WordClass service) {
  return service.has(Trait::kSurname) && (service.kind == WordKind::kFunction || service.has(Trait::kNamelike));
}

bool service_as_last_name(const Field& last, const Field& first) {
  if (last.has(Role::kTitle) && last.has(Role::kSurname)) return false;
  if (!last.has_only(kImpersonal)) {
    const bool person_first = !last.begins_with_service();
    return !person_first && !(last.has(Role::kSurname) && first.has_only({Role::kInitial, Role::kTitle}));
  }
  if (first.has_only(kImpersonal) || first.has(Role::kPlace) || first.begins_with_article()) return true;
  if (last.begins_with_article()) return true;
  if (last.names_establishment()) return !first.has_only({Role::kSurname});
  if (first.has(Role::kSurname) || is_usual_surname(last.service())) return false;
  return !(first.is_one_unknown_word() && (last.is_everyday_word() || last.holds_acronym()));
}

bool service_as_first_name(const Field& last, const Field& first) {
  if (first.may_be_first_name() && !last.has(Role::kPlace)) return false;
  return last.has_only({Role::kPlace, Role::kPlaceholder, Role::kSmall, Role::kTitle}) || last.is_shaped_like_place() ||
         (last.has(Role::kPlace) && !last.has(Role::kSurname));
}

bool placeholders(const Field& last, const Field& first) {
  if (last.has_only({Role::kPlaceholder, Role::kInitial}) &&
      first.has_only({Role::kPlaceholder, Role::kInitial, Role::kSmall}))
    return true;
  if (last.has(Role::kSurname)) return false;
  const bool numbered = last.has_number() || first.has_number();
  const bool same = last.reading().joined() == first.reading().joined();
  return numbered || same || (!last.empty() && last.has_only({Role::kPlaceholder}));
}

// FLORENCE / Mairie: of a town's name as last name and a service, the town is meant.
bool is_town_with_service(const Field& last, const Field& first) {
  return last.may_be_place() && first.has(Role::kService) && first.has_only(kImpersonal);
}

bool denotes_function(const Lexicon& lexicon, const Field& last, const Field& first) {
  if (first.has(Role::kFirstName)) {
    return has_first_name_of_place(last, first) || one_entry(lexicon, last.reading(), first.reading()).decides();
  }
  if (last.has(Role::kFirstName)) {
    return is_town_with_service(last, first) || one_entry(lexicon, last.reading(), first.reading()).decides();
  }
  if (one_entry(lexicon, last.reading(), first.reading()).decides()) return true;
  if (last.has(Role::kService)) return service_as_last_name(last, first);
  if (first.has(Role::kService) && !first.is_initials()) return service_as_first_name(last, first);
  return placeholders(last, first);
}

// What decided: both fields as one entry, the last name, or the first name.
WordClass service_of(const Lexicon& lexicon, const Reading& last_name, const Reading& first_name) {
  if (const WordClass entry = one_entry(lexicon, last_name, first_name); entry.decides()) return entry;
  const WordClass last = Field(lexicon, last_name).service();
  return last.decides() ? last : Field(lexicon, first_name).service();
}

}  // namespace

bool denotes_function(const Lexicon& lexicon, const Reading& last_name, const Reading& first_name) {
  const Field first(lexicon, first_name);
  const Field last(lexicon, last_name, !first.has(Role::kFirstName));
  return denotes_function(lexicon, last, first);
}

std::optional<std::string> functional_name(const Lexicon& lexicon, std::string_view last_name,
                                           std::string_view first_name) {
  const Reading last_reading = Reading::of_name(last_name);
  const Reading first_reading = Reading::of_name(first_name);
  if (!denotes_function(lexicon, last_reading, first_reading)) return std::nullopt;
  const WordClass service = service_of(lexicon, last_reading, first_reading);
  const std::string names = "« " + excerpt(trim(last_name)) + " / " + excerpt(trim(first_name)) + " » ";
  if (!service.decides()) return names + "ne nomme personne";
  return names + "désigne " + std::string(denoted(service.kind)) + ", pas une personne";
}

}  // namespace vigie::judges
