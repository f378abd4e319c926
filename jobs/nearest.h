#pragma once
// What was probably meant by a mistyped word.
//
//   did_you_mean("complience.mail", keys) == "; did you mean compliance.mail?"     did_you_mean("zzz", keys).empty()

#include <string>
#include <string_view>
#include <vector>

namespace vigie {

// The known words that the fewest changed letters make, case and accents aside, or that the word is the beginning of;
// at most three, in their order. None where more than half of the word would change, or where it is longer than 100
// bytes.
std::vector<std::string> nearest(std::string_view word, const std::vector<std::string>& known);

// As the end of a message; empty where nothing is near.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& known);

}  // namespace vigie
