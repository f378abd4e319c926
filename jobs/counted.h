#pragma once
// "1 mail", "2 mails": for the log and what a person is told at the end.

#include <concepts>
#include <string>
#include <string_view>

namespace vigie {

template <std::integral Count>
std::string counted(Count count, std::string_view thing) {
  return std::to_string(count).append(" ").append(thing).append(count == 1 ? "" : "s");
}

}  // namespace vigie
