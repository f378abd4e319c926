#pragma once
// The number of an agent who prepares RSA files: department, a letter, five digits, five zeros.

#include <string>
#include <string_view>

namespace vigie {

// What is wrong with it, as the end of a French sentence (« est vide »); empty: nothing. Blanks and case do not count.
std::string instructor_number_fault(std::string_view written);

}  // namespace vigie
