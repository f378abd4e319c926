#pragma once
// What to do about a finding, in French and in the portal's own words. A remedy has marks where the values stand:
// {convention}, {groupe}, {identifiant} and {sujet} (of a grant "Cdap T2", of a bulletin "Cdap du 21/04/2016"). It is
// kept as it is written, once for all findings of a rule, and filled in where it is read.

#include <string>
#include <string_view>

#include "findings/finding.h"
#include "rules/rule.h"

namespace vigie {

// What the marks stand for: the finding's own.
struct RemedyValues {
  std::string_view rule;
  std::string_view convention;
  std::string_view subject;
  std::string_view group;
  std::string_view account;
};

// No mark is read in a value; long ones are shortened.
std::string filled_in(std::string_view remedy, const RemedyValues& values);

std::string recommendation(const Finding& finding);

// As it reads without a finding: « … » stands in the place of the values.
std::string general_remedy(const Rule& rule);

}  // namespace vigie
