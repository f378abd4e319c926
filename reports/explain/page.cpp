#include "explain/page.h"

#include <algorithm>
#include <ostream>

#include "domain/text.h"

namespace vigie::explain {
namespace {

void write_answer(std::ostream& out, const Answer& answer) {
  constexpr std::string_view kSigns[] = {"+", "-", "·"};
  out << "  " << kSigns[static_cast<std::size_t>(answer.verdict)] << ' ' << one_line(answer.detail) << '\n';
  if (!answer.recommendation.empty()) out << "    → " << one_line(answer.recommendation) << '\n';
}

bool is_usable(const std::vector<Answer>& answers, Service service) {
  return std::ranges::any_of(
      answers, [&](const Answer& answer) { return answer.verdict == Verdict::kUsable && answer.service == service; });
}

}  // namespace

void write_page(std::ostream& out, const Page& page) {
  out << "Compte " << one_line(page.account) << ", convention " << one_line(page.convention) << '\n'
      << "Au " << to_french(page.day) << ", d'après l'export de la source " << page.source << " du "
      << to_french(page.imported_on) << '\n';
  std::optional<Service> shown;
  bool advises = false;
  for (const Answer& answer : page.answers) {
    const bool is_advice = answer.verdict == Verdict::kAdvice;
    if (is_advice && !advises) out << "\nBon à savoir\n";
    if (!is_advice && answer.service && answer.service != shown)
      out << '\n'
          << name(*answer.service) << " : " << (is_usable(page.answers, *answer.service) ? "oui" : "non") << '\n';
    if (!is_advice && !answer.service && &answer == &page.answers.front()) out << "\nAucun service\n";
    advises = advises || is_advice;
    if (!is_advice) shown = answer.service;
    write_answer(out, answer);
  }
}

}  // namespace vigie::explain
