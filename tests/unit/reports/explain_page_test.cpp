#include <sstream>

#include <gtest/gtest.h>

#include "explain/page.h"

namespace vigie::explain {
namespace {

std::string page(std::vector<Answer> answers) {
  std::ostringstream out;
  write_page(out, {.source = "caf931",
                   .account = "A1 (Léa MARTIN)",
                   .convention = "19_214, Ville",
                   .day = Day::from_ymd(2026, 11, 20),
                   .imported_on = Day::from_ymd(2026, 11, 19),
                   .answers = std::move(answers)});
  return out.str();
}

TEST(ExplainPage, GoesServiceByServiceThenAdvises) {
  EXPECT_EQ(page({{.verdict = Verdict::kUsable, .service = Service::kCdap, .detail = "T2 oui."},
                  {.service = Service::kCdap, .detail = "T1 non.", .recommendation = "Faire."},
                  {.service = Service::kAfas, .detail = "Rien."},
                  {.verdict = Verdict::kAdvice, .service = Service::kCdap, .detail = "Sachez."},
                  {.verdict = Verdict::kAdvice, .detail = "Et aussi.", .recommendation = "Lire."}}),
            "Compte A1 (Léa MARTIN), convention 19_214, Ville\n"
            "Au 20/11/2026, d'après l'export de la source caf931 du 19/11/2026\n"
            "\nCdap : oui\n  + T2 oui.\n  - T1 non.\n    → Faire.\n"
            "\nAfas : non\n  - Rien.\n"
            "\nBon à savoir\n  · Sachez.\n  · Et aussi.\n    → Lire.\n");
}

TEST(ExplainPage, SaysOnceWhatHoldsForAllServices) {
  const std::string text = page({{.detail = "Clôturé."}, {.detail = "Convention aussi."}});
  EXPECT_NE(text.find("\n\nAucun service\n  - Clôturé.\n  - Convention aussi.\n"), std::string::npos) << text;
}

TEST(ExplainPage, HasNoControlCharacterOfTheData) {
  EXPECT_EQ(page({{.detail = "\x1b[31m"}}).find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace vigie::explain
