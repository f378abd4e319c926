#include "mail/digest_text.h"

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "domain/french.h"
#include "domain/text.h"
#include "sample_digests.h"

namespace vigie {
namespace {

const MailTemplates& templates() {
  static const MailTemplates loaded = samples::templates_in(std::filesystem::path(VIGIE_ROOT) / "config" / "templates");
  return loaded;
}

std::string raw_text_of(const Digest& digest) { return DigestTexts(templates()).text(digest); }
std::string raw_html_of(const Digest& digest) { return DigestTexts(templates()).html(digest); }

// With blanks that may break a line in the place of those that may not.
std::string with_plain_blanks(std::string text) {
  replace_all(text, {{"\u00a0", " "}, {"&nbsp;", " "}});
  return text;
}
std::string text_of(const Digest& digest) { return with_plain_blanks(raw_text_of(digest)); }
std::string html_of(const Digest& digest) { return with_plain_blanks(raw_html_of(digest)); }

// What a page shows: without its style sheet and tags.
std::string shown(const std::string& html) {
  std::string text;
  bool is_tag = false;
  for (const char c : html.substr(html.find("<body"))) {
    if (c == '<') is_tag = true;
    if (!is_tag) text += c;
    if (c == '>') is_tag = false;
  }
  return text;
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

int occurrences(std::string_view text, std::string_view part) {
  int count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

std::size_t columns(std::string_view line) {
  std::size_t count = 0;
  for (const char c : line) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

// All the parts, each behind the one before.
void expect_in_order(std::string_view text, std::initializer_list<std::string_view> parts) {
  std::size_t at = 0;
  for (const std::string_view part : parts) {
    const std::size_t found = text.find(part, at);
    ASSERT_NE(found, std::string_view::npos) << '"' << part << "\" is missing or too early in:\n" << text;
    at = found;
  }
}

Digest with_open(int minor, int critical) {
  Digest digest = samples::administrator();
  digest.fresh.clear();
  digest.open.clear();
  digest.resolved.clear();
  for (int i = 0; i < minor; ++i)
    digest.open.push_back(samples::line(Severity::kMinor, "Mineur", "m" + std::to_string(i)));
  for (int i = 0; i < critical; ++i)
    digest.open.push_back(samples::line(Severity::kCritical, "Critique", "c" + std::to_string(i)));
  return digest;
}

TEST(DigestText, SaysAllInOrder) {
  expect_in_order(text_of(samples::administrator()), {"Bonjour Claire Martin,",
                                                      "20/11/2026",
                                                      "19_214 (Ville de Rosny-sous-Bois)",
                                                      "En cours : 4 anomalies (dont 2 critiques)",
                                                      "NOUVELLES ANOMALIES (2)",
                                                      "Gravité : Critique",
                                                      "Groupe sans responsable d'habilitations",
                                                      "- T2PE",
                                                      "Constatée le 20/11/2026.",
                                                      "À faire : ",
                                                      "- ENF01302SM (Stéphane Bruet)",
                                                      "DÉJÀ SIGNALÉES, TOUJOURS OUVERTES (2)",
                                                      "Gravité : Majeure",
                                                      "Ouverte depuis le 12/10/2026 (39 jours).",
                                                      "ANOMALIES RÉSOLUES (1)",
                                                      "T4CCAS",
                                                      "Était ouverte depuis le 02/10/2026.",
                                                      "CLÔTURES À EFFECTUER (3)",
                                                      "Clôturer l'appartenance",
                                                      "T9TUT, ouverte le",
                                                      "à clôturer au 20/11/2026.",
                                                      "Clôturer le compte",
                                                      "- SOC00455PR",
                                                      "(mcp@caf.example)",
                                                      "CDAP/AFAS 19_214 VILLE DE ROSNY-SOUS-BOIS",
                                                      "envoyé automatiquement"});
}

TEST(DigestHtml, SaysAllInOrder) {
  expect_in_order(
      html_of(samples::administrator()),
      {"Ville de Rosny-sous-Bois", "Bonjour Claire Martin,", "4 anomalies (dont 2 critiques)", "Nouvelles anomalies",
       "Critique", "Groupe sans responsable", "T2PE", "À faire", "toujours ouvertes", "Majeure",
       "Ouverte depuis le 12/10/2026 (39 jours)", "Anomalies résolues", "T4CCAS", "Clôtures à effectuer",
       "Clôturer le compte", "SOC00455PR", "mcp@caf.example", "CDAP/AFAS 19_214 VILLE DE ROSNY-SOUS-BOIS"});
}

TEST(DigestText, PutsNoticesFirst) {
  expect_in_order(text_of(samples::manager()), {"Bonjour Stéphane Bruet,", "À noter", "L'adresse de l'administrateur",
                                                "Ceci est un rappel", "Voici ce que", "En cours"});
  expect_in_order(html_of(samples::compliance()), {"Bonjour,", "612 clôtures", "La livraison", "Voici ce que"});
}

TEST(DigestText, GroupsBySeverityGravestFirst) {
  Digest digest = with_open(1, 1);
  digest.open.push_back(samples::line(Severity::kInfo, "Info", "i0"));
  digest.open.push_back(samples::line(Severity::kMajor, "Majeur", "j0"));
  expect_in_order(text_of(digest), {"Gravité : Critique", "- c0", "Gravité : Majeure", "- j0", "Gravité : Mineure",
                                    "- m0", "Gravité : Information", "- i0"});
}

TEST(DigestText, SaysARemedyOnceForFindingsThatShareIt) {
  EXPECT_EQ(occurrences(text_of(samples::administrator()), "À faire : "), 3);
  EXPECT_EQ(occurrences(html_of(samples::administrator()), "À faire"), 3);
}

TEST(DigestText, BringsFindingsOfOneRuleTogether) {
  Digest digest = with_open(0, 0);
  digest.open = {samples::line(Severity::kMinor, "Un", "a"), samples::line(Severity::kMinor, "Deux", "b"),
                 samples::line(Severity::kMinor, "Un", "c")};
  const std::string text = text_of(digest);
  expect_in_order(text, {"  Un\n", "- a", "- c", "  Deux\n", "- b"});
  EXPECT_EQ(occurrences(text, "  Un\n"), 1);
}

TEST(DigestText, ShowsFiftyFindingsAndCountsTheRest) {
  EXPECT_FALSE(has(text_of(with_open(50, 0)), "... et"));
  EXPECT_TRUE(has(text_of(with_open(51, 0)), "... et 1 autre anomalie : demandez-en la liste à la Caf."));
  const Digest digest = with_open(60, 2);
  const std::string text = text_of(digest);
  EXPECT_TRUE(has(text, "OUVERTES (62)"));
  EXPECT_TRUE(has(text, "... et 12 autres anomalies : "));
  EXPECT_EQ(occurrences(text, "\n  - "), 50 + 3);  // and three closings
  EXPECT_TRUE(has(text, "- c1\n"));                // the gravest are never those left out
  EXPECT_TRUE(has(text, "- m47\n"));
  EXPECT_FALSE(has(text, "- m48\n"));
  EXPECT_TRUE(has(html_of(digest), "<strong>12 autres anomalies</strong>"));
}

TEST(DigestText, CutsOverAllSectionsAndResolvedOnesFirst) {
  Digest digest = with_open(45, 0);
  digest.fresh = {samples::line(Severity::kInfo, "Info", "i0")};
  for (int i = 0; i < 7; ++i)
    digest.resolved.push_back(samples::line(Severity::kCritical, "Résolu", "r" + std::to_string(i)));
  const std::string text = text_of(digest);
  EXPECT_TRUE(has(text, "- i0\n"));
  EXPECT_TRUE(has(text, "- m44\n"));
  EXPECT_TRUE(has(text, "RÉSOLUES (7)"));
  EXPECT_TRUE(has(text, "- r3\n"));
  EXPECT_TRUE(has(text, "... et 3 autres anomalies résolues."));
  EXPECT_FALSE(has(text, "autres anomalies :"));
}

TEST(DigestText, CountsWhatItsListsDoNotHold) {
  Digest digest = samples::administrator();
  digest.fresh.resize(1);
  digest.open.clear();
  digest.actions.resize(1);
  digest.beyond = {.fresh = 1'000'000, .resolved = 7, .actions = 20};
  const std::string text = text_of(digest);
  EXPECT_TRUE(has(text, "NOUVELLES ANOMALIES (" + french::figures(1'000'001) + ")")) << text;
  EXPECT_TRUE(has(text, french::figures(1'000'000) + " autres anomalies")) << text;
  EXPECT_TRUE(has(text, "EFFECTUER (21)")) << text;
  EXPECT_TRUE(has(text, "... et 20 autres clôtures")) << text;
  EXPECT_TRUE(has(text, "... et 7 autres anomalies résolues.")) << text;
}

TEST(DigestText, ShowsFiftyClosingsInTheOrderGiven) {
  Digest digest = samples::administrator();
  digest.actions.clear();
  for (int i = 0; i < 57; ++i)
    digest.actions.push_back(samples::closing(i % 2 == 0 ? "Paire" : "Impaire", "s" + std::to_string(i), "", ""));
  const std::string text = text_of(digest);
  expect_in_order(text, {"EFFECTUER (57)", "Paire", "- s0\n", "Impaire", "- s1\n", "Paire", "- s2\n", "- s49\n",
                         "... et 7 autres clôtures : demandez-en la liste à la Caf."});
  EXPECT_FALSE(has(text, "- s50\n"));
}

TEST(DigestText, SaysThatNothingIsVerifiedInsteadOfZero) {
  Digest digest = samples::compliance();
  digest.fresh = digest.open = digest.escalated = digest.resolved = {};
  digest.total = digest.critical = 0;
  digest.is_verified = false;
  for (const std::string& body : {text_of(digest), html_of(digest)}) {
    EXPECT_TRUE(has(body, "n'est vérifié") || has(body, "n&apos;est vérifié")) << body;
    EXPECT_FALSE(has(body, "0 anomalie")) << body;
    EXPECT_FALSE(has(body, "Nouvelles")) << body;
    EXPECT_FALSE(has(body, "nouvelles")) << body;
  }
}

TEST(DigestText, GroupsTheDigitsOfItsFigures) {
  Digest digest = samples::administrator();
  digest.fresh.resize(1234, digest.fresh.front());
  EXPECT_TRUE(has(text_of(digest), "Nouvelles : 1\u202f234"));
  EXPECT_TRUE(has(text_of(digest), "NOUVELLES ANOMALIES (1\u202f234)"));
}

TEST(DigestText, TellsOnlyAdministratorsToWriteToTheCaf) {
  for (const std::string& body : {text_of(samples::manager()), html_of(samples::manager())}) {
    EXPECT_TRUE(has(body, "Adressez-vous à votre administrateur partenaire"));
    EXPECT_FALSE(has(body, "mcp@caf.example"));
    EXPECT_FALSE(has(body, "Indiquez en objet"));
    EXPECT_FALSE(has(body, "Vous pouvez"));
  }
  for (const std::string& body : {text_of(samples::administrator()), html_of(samples::administrator())})
    EXPECT_TRUE(has(body, "Vous pouvez écrire") || has(body, "Vous pouvez\nécrire")) << body;
  for (const std::string& body : {text_of(samples::caf()), text_of(samples::compliance())}) {
    EXPECT_TRUE(has(body, "classeur de conformité du"));
    EXPECT_FALSE(has(body, "Indiquez en objet"));
  }
}

TEST(DigestTemplates, TellComplianceWhereTheWorkbookStands) {
  Digest digest = samples::compliance();
  digest.workbook = "/var/lib/vigie/reports/conformite-caf931-2026-11-20.xlsx";
  for (const std::string& mail : {text_of(digest), html_of(digest)}) {
    EXPECT_TRUE(has(mail, digest.workbook)) << mail;
    EXPECT_FALSE(has(mail, "joint")) << mail;
  }
  digest.workbook_attached = true;
  for (const std::string& mail : {text_of(digest), html_of(digest)}) EXPECT_TRUE(has(mail, "joint à ce")) << mail;
}

TEST(DigestTemplates, SendAnAdministratorToTheWorkbookThatIsAttached) {
  Digest digest = with_open(60, 0);
  for (const std::string& mail : {text_of(digest), html_of(digest)}) EXPECT_FALSE(has(mail, "joint")) << mail;
  digest.workbook_attached = true;
  for (const std::string& mail : {text_of(digest), html_of(digest)}) {
    EXPECT_TRUE(has(mail, "voyez le classeur joint")) << mail;
    EXPECT_TRUE(has(mail, "Le classeur joint donne")) << mail;
  }
}

TEST(DigestText, AboutASourceShowsConventionAndPartner) {
  expect_in_order(text_of(samples::caf()),
                  {"Bonjour,\n", "la source caf931 (Caf de la Seine-Saint-Denis)",
                   "- 19_214, Ville de Rosny-sous-Bois – T2PE", "OUVERTES DEPUIS LONGTEMPS (1)", "ENF01303LB"});
  EXPECT_TRUE(has(html_of(samples::caf()), "19_214, Ville de Rosny-sous-Bois – "));
  EXPECT_FALSE(has(text_of(samples::administrator()), "19_214, Ville"));
}

TEST(DigestText, SaysWhatCameBack) {
  EXPECT_TRUE(has(text_of(samples::administrator()), "Revenue après avoir été résolue, constatée le 20/11/2026."));
  Digest digest = with_open(1, 0);
  digest.open.front().returned = true;
  digest.open.front().age_days = 1;
  EXPECT_TRUE(has(text_of(digest), "Revenue après avoir été résolue, ouverte depuis le 20/11/2026 (1\n    jour)."));
}

TEST(DigestText, IsWrappedUnderItsBeginningAndHasNoTwoEmptyLines) {
  for (const Digest& digest : {samples::administrator(), samples::manager(), samples::caf(), samples::compliance()}) {
    const std::string text = text_of(digest);
    EXPECT_FALSE(has(text, "\n\n\n"));
    EXPECT_TRUE(text.ends_with("agir.\n"));
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = text.find('\n', begin);
      const std::string_view line = std::string_view(text).substr(begin, end - begin);
      EXPECT_LE(columns(line), 74U) << line;
      EXPECT_FALSE(line.ends_with(' ') || line.ends_with("«")) << line;
      begin = end + 1;
    }
  }
  EXPECT_TRUE(has(text_of(samples::administrator()),
                  "    À faire : « Gestion des habilitations » > « Mes groupes » : sur la\n"
                  "    ligne du groupe T2PE, cliquez sur le crayon, désignez un responsable\n"));
}

TEST(DigestText, KeepsWholeAWordThatIsTooLong) {
  Digest digest = with_open(1, 0);
  digest.open.front().detail = "avant " + std::string(300, 'x') + " après";
  EXPECT_TRUE(has(text_of(digest), "    avant\n    " + std::string(300, 'x') + "\n    après\n"));
}

TEST(DigestHtml, EscapesWhatComesFromTheData) {
  const std::string html = html_of(samples::hostile());
  EXPECT_FALSE(has(html, "<img"));
  EXPECT_TRUE(has(html, "&quot;&gt;&lt;img src=x onerror=alert(1)&gt; &amp; {{tally}}"));
}

TEST(DigestText, LetsNoDataMakeALineOrATagOfTheTemplate) {
  const std::string text = text_of(samples::hostile());
  EXPECT_TRUE(has(text, "{{tally}} Bcc: eve@evil.example . From\n"));
  EXPECT_EQ(text.find_first_of(std::string("\0\r\t", 3)), std::string::npos);
}

TEST(DigestHtml, HasThePluralFromTwoOn) {
  Digest digest = samples::administrator();
  digest.fresh.resize(1);
  digest.resolved.resize(2, digest.resolved.front());
  digest.actions.resize(1);
  const std::string html = html_of(digest);
  EXPECT_TRUE(has(html, ">nouvelle<"));
  EXPECT_TRUE(has(html, ">résolues<"));
  EXPECT_TRUE(has(html, ">clôture à effectuer<"));
}

TEST(DigestTemplates, PartNoMarkFromItsWord) {
  Digest digest = samples::administrator();
  digest.notices = {"Une « note » : lire ; puis ?"};
  for (const std::string& text : {raw_text_of(digest), raw_html_of(digest)})
    EXPECT_TRUE(has(text, "Une «\u00a0note\u00a0»\u00a0: lire\u00a0; puis\u00a0?")) << text;
  for (const Digest& each : {samples::administrator(), samples::manager(), samples::caf(), samples::compliance()})
    for (const std::string& text : {raw_text_of(each), shown(raw_html_of(each))})
      for (const std::string_view parted : {" :", " ;", " ?", " !", " »", "« "})
        EXPECT_FALSE(has(text, parted)) << text;
}

TEST(DigestHtml, FetchesNothing) {
  const std::string html = html_of(samples::administrator());
  for (const std::string_view remote : {"http", "src=", "href=", "url(", "<link", "<script", "@import"})
    EXPECT_FALSE(has(html, remote)) << remote;
}

TEST(DigestTemplates, ThatAreNotValidAreRefused) {
  EXPECT_THROW(DigestTexts({.text = "{{#name}}", .html = ""}), std::invalid_argument);
  EXPECT_THROW(DigestTexts({.text = "", .html = "{{#name}}x{{/other}}"}), std::invalid_argument);
}

TEST(DigestTemplates, AreTheSameForEveryMail) {
  DigestTexts texts(templates());
  for (const Digest& digest : {samples::administrator(), samples::compliance(), samples::administrator()}) {
    EXPECT_EQ(texts.text(digest), raw_text_of(digest));
    EXPECT_EQ(texts.html(digest), raw_html_of(digest));
  }
}

}  // namespace
}  // namespace vigie
