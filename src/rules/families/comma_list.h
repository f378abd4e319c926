#pragma once
// Fields that hold a list: `domaines_mail` of a convention, `profils` of a bulletin.

#include <string_view>
#include <vector>

namespace vigie {

// The items, trimmed; blank ones are left out, so that a list of commas and blanks is empty. Views into `list`.
std::vector<std::string_view> comma_items(std::string_view list);

}  // namespace vigie
