#pragma once
// The parts of subjects (docs/spec/3-rules.md, docs/spec/4-reconciliation.md), in the words of people. Codes may hold
// the signs that part them: what cannot be told apart is left as it is written.

#include <optional>
#include <string>
#include <string_view>

#include "domain/day.h"

namespace vigie::subject {

struct Dated {
  std::string_view what;
  std::optional<Day> day;
};

// "Cdap@2016-04-21" is "Cdap" and that day; without a day, all is `what`.
Dated dated(std::string_view text);

// "Cdap:T2" is "Cdap T2"; "Adonis:Adonis", a service and its only role, is "Adonis".
std::string role(std::string_view text);

// "FDA:ALSH-01/Site annexe" is "FDA sur ALSH-01/Site annexe".
std::string profile(std::string_view text);

}  // namespace vigie::subject
