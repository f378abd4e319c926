#pragma once
// What is wrong with a drop: as a value where all of it is said at once, as an exception where one file cannot go on.

#include <stdexcept>
#include <string>
#include <utility>

namespace vigie::drops {

// Why a drop is refused whole; says what to do.
struct Refusal {
  std::string file;     // "utilisateurs.csv", "SHA256SUMS", or empty: the drop as such
  std::string message;  // for the log
  std::string french;   // for officers
};

// A file that cannot be read to its end. `what()` is for the log; `french()` for officers.
class Unreadable : public std::runtime_error {
 public:
  Unreadable(const std::string& english, std::string french)
      : std::runtime_error(english), french_(std::move(french)) {}
  [[nodiscard]] const std::string& french() const { return french_; }

 private:
  std::string french_;
};

}  // namespace vigie::drops
