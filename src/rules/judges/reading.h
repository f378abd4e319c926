#pragma once
// A short text (a mail's local part, a name) read as words: folded, letters and digits only, joined, with the places
// where words begin. Digits and letters are never one word.
//
//   Reading::of_mail("Jean-Pierre.pmiNord75"): words jean pierre pmi nord 75, joined "jeanpierrepminord75"
//
// A text of more than kMaxWords words has the remaining ones in the last.

#include <array>
#include <string>
#include <string_view>

namespace vigie::judges {

class Reading {
 public:
  static constexpr std::size_t kMaxWords = 24;

  // A small letter before a capital ends a word, too.
  static Reading of_mail(std::string_view local_part);
  static Reading of_name(std::string_view name);

  [[nodiscard]] std::string_view joined() const { return joined_; }
  [[nodiscard]] std::size_t size() const { return count_; }
  [[nodiscard]] bool empty() const { return count_ == 0; }
  [[nodiscard]] std::size_t start(std::size_t index) const { return starts_[index]; }
  [[nodiscard]] std::size_t end(std::size_t index) const { return starts_[index + 1]; }
  [[nodiscard]] std::string_view word(std::size_t index) const {
    return joined().substr(start(index), end(index) - start(index));
  }
  // The words from `first` up to and without `last`, joined.
  [[nodiscard]] std::string_view words(std::size_t first, std::size_t last) const {
    return joined().substr(start(first), starts_[last] - start(first));
  }
  // What stands in the local part that was read where `part` of joined() comes from: "accueil.mairie" of
  // "accueilmairie".
  [[nodiscard]] std::string_view as_written(std::string_view local_part, std::string_view part) const;
  // Whether a word begins or ends there.
  [[nodiscard]] bool is_boundary(std::size_t position) const;
  // The word that the position lies in; size() for the end of the text.
  [[nodiscard]] std::size_t word_at(std::size_t position) const;

 private:
  void append(char c, bool begins_word);

  std::string joined_;
  std::array<std::size_t, kMaxWords + 1> starts_{};  // starts_[count_] is the end of the text
  std::size_t count_ = 0;
};

}  // namespace vigie::judges
