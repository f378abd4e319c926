#pragma once
// A digest as the mail's templates see it: cut and grouped as digest_text.h says, counts and dates in French words.
// The names are listed at the head of config/templates/digest.text.mustache. What is not there is false, so that a
// template can leave it out; nothing is escaped yet.

#include <kainjow/mustache.hpp>

#include "routing/digest.h"

namespace vigie {

kainjow::mustache::data digest_view(const Digest& digest);

}  // namespace vigie
