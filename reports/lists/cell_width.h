#pragma once
// How many cells of a terminal a text takes (Unicode 15, UAX #11).

#include <cstddef>
#include <string_view>

namespace vigie::lists {

// An accent that stands apart, a joiner and a variation selector take none; an ideograph, a full-width form and an
// emoji take two; everything else takes one.
std::size_t cell_width(char32_t code_point);
std::size_t cell_width(std::string_view text);

}  // namespace vigie::lists
