#include <array>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "rules/judges/functional_name.h"
#include "rules/judges/lexicon.h"
#include "rules/judges/mailbox.h"
#include "rules/judges/profession.h"
#include "rules/judges/reading.h"

namespace vigie::judges {
namespace {

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Lexicon load_lexicon() {
  std::vector<std::pair<std::string, std::string>> lists;
  for (const auto& entry : std::filesystem::directory_iterator(VIGIE_TEST_DATA "/../config/words")) {
    lists.emplace_back(entry.path().filename(), text_of(entry.path()));
  }
  std::vector<WordFile> files;
  for (const auto& [name, text] : lists) files.push_back({name, text});
  return Lexicon::parse(files);
}

const Lexicon& lexicon() {
  static const Lexicon loaded = load_lexicon();
  return loaded;
}

bool is_shared(std::string_view local_part, std::string_view last_name, std::string_view first_name) {
  return shared_mailbox(lexicon(), std::string(local_part) + "@ville.example", last_name, first_name).has_value();
}

bool is_functional(std::string_view last_name, std::string_view first_name) {
  return functional_name(lexicon(), last_name, first_name).has_value();
}

bool gives_t1(std::string_view profession) { return judge_t1(lexicon(), profession).allowed; }

bool gives_t9(std::string_view profession) { return judge_t9(lexicon(), profession).allowed; }

// ---------------------------------------------------------------------------------------------------- labelled texts

using Row = std::vector<std::string>;

std::vector<Row> read_rows(const std::string& name) {
  std::ifstream file(std::string(VIGIE_TEST_DATA "/judges/") + name);
  std::vector<Row> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    Row row;
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, '\t');) row.push_back(cell);
    row.resize(4);
    rows.push_back(std::move(row));
  }
  return rows;
}

// Counts how often a judgement is right; prints the lines that it gets wrong.
class Score {
 public:
  void count(const Row& row, bool judged) {
    const bool expected = row[0] == "yes";
    ++counts_[expected ? 1 : 0][judged ? 1 : 0];
    if (expected != judged)
      std::cout << "wrong: " << row[0] << ' ' << row[1] << " | " << row[2] << " | " << row[3] << '\n';
  }

  void expect_enough(std::string_view judgement, std::size_t lines) const {
    const double recall = ratio(counts_[1][1], counts_[1][0]);
    const double specificity = ratio(counts_[0][0], counts_[0][1]);
    std::cout << judgement << ": precision " << ratio(counts_[1][1], counts_[0][1]) << ", recall " << recall
              << ", specificity " << specificity << '\n';
    EXPECT_GE(recall, kEnough);
    EXPECT_GE(specificity, kEnough);
    EXPECT_GE(counts_[0][0] + counts_[0][1] + counts_[1][0] + counts_[1][1], lines);
  }

 private:
  static constexpr double kEnough = 0.998;

  static double ratio(std::size_t right, std::size_t wrong) {
    return static_cast<double>(right) / static_cast<double>(right + wrong);
  }

  std::array<std::array<std::size_t, 2>, 2> counts_{};  // by what is expected, by what is judged
};

TEST(LabelledTexts, SharedMailboxes) {
  Score score;
  for (const Row& row : read_rows("mailbox.tsv")) {
    score.count(row, shared_mailbox(lexicon(), row[1], row[2], row[3]).has_value());
  }
  score.expect_enough("shared mailbox", 6000);
}

TEST(LabelledTexts, FunctionalNames) {
  Score score;
  for (const Row& row : read_rows("functional_name.tsv")) score.count(row, is_functional(row[1], row[2]));
  score.expect_enough("functional name", 2000);
}

TEST(LabelledTexts, Professions) {
  Score t1;
  Score t9;
  for (const Row& row : read_rows("profession.tsv")) {
    if (row[1] == "T1") t1.count(row, gives_t1(row[2]));
    if (row[1] == "T9") t9.count(row, gives_t9(row[2]));
  }
  t1.expect_enough("profession T1", 1600);
  t9.expect_enough("profession T9", 1200);
}

// ----------------------------------------------------------------------------------------------------------- the mail

TEST(WellFormedMail, TakesEverySignThatIsAllowed) {
  EXPECT_TRUE(well_formed_mail("a@b.fr"));
  EXPECT_TRUE(well_formed_mail("A.b!#$%&'*+/=?^_`{|}~-9@sous-domaine.9ville.fr"));
  EXPECT_TRUE(well_formed_mail(std::string(64, 'x') + "@ville.museum"));
}

TEST(WellFormedMail, RefusesTheRest) {
  for (const std::string_view mail : {"",
                                      "@",
                                      "a",
                                      "a@",
                                      "@ville.fr",
                                      "a@b@ville.fr",
                                      ".a@ville.fr",
                                      "a.@ville.fr",
                                      "a..b@ville.fr",
                                      "a b@ville.fr",
                                      "é@ville.fr",
                                      "a@vïlle.fr",
                                      "a(b)@ville.fr",
                                      "a@ville",
                                      "a@ville.f",
                                      "a@ville.f1",
                                      "a@.ville.fr",
                                      "a@ville..fr",
                                      "a@ville.fr.",
                                      "a@-ville.fr",
                                      "a@ville-.fr",
                                      "a@vi_lle.fr",
                                      "a@ville.fr ",
                                      "a,b@ville.fr"}) {
    EXPECT_FALSE(well_formed_mail(mail)) << mail;
  }
  EXPECT_FALSE(well_formed_mail(std::string(65, 'x') + "@ville.fr"));
}

TEST(Mail, HasALocalPartAndADomain) {
  EXPECT_EQ(mail_local_part("marie.durand@ville.fr"), "marie.durand");
  EXPECT_EQ(mail_domain("marie.durand@ville.fr"), "ville.fr");
  EXPECT_EQ(mail_domain("marie.durand"), "");
}

TEST(DisposableDomain, IsOnTheListOrBelowOneThatIs) {
  for (const std::string_view domain :
       {"yopmail.com", "yopmail.fr", "yopmail.net", "jetable.org", "mailinator.com", "guerrillamail.com",
        "10minutemail.com", "trashmail.com", "temp-mail.org", "throwawaymail.com", "YOPMAIL.com", "mail.yopmail.com"}) {
    EXPECT_TRUE(disposable_domain(lexicon(), domain)) << domain;
  }
  for (const std::string_view domain : {"gmail.com", "orange.fr", "laposte.net", "notyopmail.com", "yopmail.com.fr",
                                        "com", "", "free.fr", "proton.me"}) {
    EXPECT_FALSE(disposable_domain(lexicon(), domain)) << domain;
  }
}

// -------------------------------------------------------------------------------------------------- the shared mailbox

TEST(SharedMailbox, IsNotTheHoldersWhateverElseStandsThere) {
  EXPECT_FALSE(is_shared("marie.dupont.ccas", "DUPONT", "Marie"));
  EXPECT_FALSE(is_shared("sophie.mairie", "BERNARD", "Sophie"));
  EXPECT_FALSE(is_shared("service.social.mdupont", "DUPONT", "Marie"));
  EXPECT_FALSE(is_shared("ccasmariedupont", "DUPONT", "Marie"));
  EXPECT_FALSE(is_shared("mdupontrh", "DUPONT", "Marie"));
}

TEST(SharedMailbox, KnowsTheSurnameWithAProfessionOrATitle) {
  EXPECT_FALSE(is_shared("mjpm.renaudin", "RENAUDIN", "Luc"));
  EXPECT_FALSE(is_shared("dr.renaudin", "RENAUDIN", "Luc"));
  EXPECT_TRUE(is_shared("mjpm.renaudin", "MARTIN", "Luc"));
  EXPECT_TRUE(is_shared("mjpm", "RENAUDIN", "Luc"));
  EXPECT_FALSE(is_shared("assistante-sociale.moulin", "MOULIN", "Perrine"));
  EXPECT_FALSE(is_shared("orthophoniste.samson", "SAMSON", "Dalila"));  // no Saint Samson
  EXPECT_TRUE(is_shared("orthophoniste.samson", "MARTIN", "Dalila"));
  for (const std::string_view profession : {"podologue", "sage-femme", "kine", "aesh", "tisf", "huissier", "notaire",
                                            "architecte", "comptable", "moniteur", "veto"}) {
    EXPECT_FALSE(is_shared(std::string(profession) + ".valence", "VALENCE", "Perrine")) << profession;
  }
}

TEST(SharedMailbox, KnowsTheUsualWaysOfWritingAName) {
  for (const std::string_view local : {"jeanpierre.durand.ccas", "jp.durand.ccas", "jpdurand.ccas", "durandjp.ccas",
                                       "durand.jp.ccas", "jean-pierre.ccas", "jpd.ccas", "jdurand2.ccas"}) {
    EXPECT_FALSE(is_shared(local, "DURAND", "Jean-Pierre")) << local;
  }
  EXPECT_FALSE(is_shared("a.delacroix.pmi", "DE LA CROIX", "Anne"));
  EXPECT_FALSE(is_shared("edangelo.pmi", "D’ANGELO", "Éric"));
  EXPECT_FALSE(is_shared("haddad.s.ccas", "BENALI épouse HADDAD", "Samira"));
  EXPECT_FALSE(is_shared("m.leroy.mairie", "DURAND-LEROY", "Marie"));
}

TEST(SharedMailbox, KnowsThatPeopleAreCalledLikeServices) {
  EXPECT_FALSE(is_shared("mairie", "MAIRIE", "Sophie"));
  EXPECT_FALSE(is_shared("p.service", "SERVICE", "Paul"));
  EXPECT_FALSE(is_shared("ramdani.k", "RAMDANI", "Karim"));
  EXPECT_FALSE(is_shared("pole.julie", "POLE", "Julie"));
  EXPECT_FALSE(is_shared("anne.direction", "DIRECTION", "Anne"));
  EXPECT_FALSE(is_shared("smairie", "MAIRIE", "Sophie"));
  EXPECT_FALSE(is_shared("mairies", "MAIRIE", "Sophie"));
  EXPECT_FALSE(is_shared("crous", "ROUS", "Chloé"));
}

TEST(SharedMailbox, IsAServiceAFunctionAnInstitutionASchemeOrARole) {
  for (const std::string_view local : {"creche-les-lilas",
                                       "service.social",
                                       "ram-nord",
                                       "serviceenfance",
                                       "directrice",
                                       "maire",
                                       "dgs",
                                       "udaf59",
                                       "stagiaire.ccas",
                                       "association.lesamis",
                                       "rsa",
                                       "cdap",
                                       "contact",
                                       "info",
                                       "rh",
                                       "nepasrepondre",
                                       "bal.creche",
                                       "noreply",
                                       "pmiNord",
                                       "accueilmairie",
                                       "la-creche",
                                       "2.creche",
                                       "crecherosny",
                                       "bureaurh",
                                       "istresccas"}) {
    EXPECT_TRUE(is_shared(local, "DUPONT", "Marie")) << local;
  }
}

TEST(SharedMailbox, ForgivesUsualMisspellings) {
  EXPECT_TRUE(is_shared("acceuil", "DUPONT", "Marie"));
  EXPECT_TRUE(is_shared("secretaria.mairie", "DUPONT", "Marie"));
  EXPECT_TRUE(is_shared("assitante.sociale", "DUPONT", "Marie"));
  EXPECT_TRUE(is_shared("cordinatrice", "DUPONT", "Marie"));
  EXPECT_TRUE(is_shared("mairrie.etain", "DUPONT", "Marie"));
  EXPECT_TRUE(is_shared("animatrisse", "DUPONT", "Marie"));
  EXPECT_TRUE(is_shared("ressouces.humaines", "DUPONT", "Marie"));
  EXPECT_TRUE(is_shared("mairei.drancy", "DUPONT", "Marie"));
  EXPECT_TRUE(is_shared("servce.social", "DUPONT", "Marie"));
  EXPECT_FALSE(is_shared("j.marie", "DUPONT", "Lise"));
}

TEST(SharedMailbox, KnowsShortenedAndGluedWords) {
  for (const std::string_view local : {"mlocale-cambresis", "relaispe", "ramsud", "mlauch", "imelens", "lesadjoints",
                                       "affgenerales", "ce.0590123a", "mamlesminimoys", "rpelespetits"}) {
    EXPECT_TRUE(is_shared(local, "DUPONT", "Marie")) << local;
  }
  for (const std::string_view local : {"pmichelet", "ccassin", "mairieux59", "associe", "sportiello", "martinp"}) {
    EXPECT_FALSE(is_shared(local, "DUPONT", "Marie")) << local;
  }
}

TEST(SharedMailbox, IsAServiceWithSomebodyElsesName) {
  EXPECT_TRUE(is_shared("ccas.julie.morin", "DUPONT", "Marie"));
  EXPECT_TRUE(is_shared("mairie.durand", "DUPONT", "Marie"));
}

TEST(SharedMailbox, DoesNotTakeANamesakeForTheHolder) {
  EXPECT_TRUE(is_shared("ecole-jean-jaures", "MARTIN", "Jean"));
  EXPECT_TRUE(is_shared("ecolejeanjaures", "MARTIN", "Jean"));
  EXPECT_TRUE(is_shared("mairie.stdenis", "LAMBERT", "Denis"));
  EXPECT_TRUE(is_shared("mairie.saint-denis", "LAMBERT", "Denis"));
  EXPECT_TRUE(is_shared("francetravail", "DURAND", "France"));
  EXPECT_TRUE(is_shared("mairie.fontaine-les-dijon", "FONTAINE", "Aline"));
  EXPECT_TRUE(is_shared("ccas-fontaine-sur-loup", "FONTAINE", "Aline"));
  EXPECT_FALSE(is_shared("ecole.jean.jaures", "JAURES", "Jean"));
  EXPECT_TRUE(is_shared("alsh.jacques-prevert", "HUET", "Jacques"));
  EXPECT_TRUE(is_shared("ecole.jacques-brunet", "HUET", "Jacques"));
  EXPECT_TRUE(is_shared("foyer.paul-bardou", "HUET", "Paul"));
  EXPECT_TRUE(is_shared("centre.social.paul-bardou", "HUET", "Paul"));
  EXPECT_TRUE(is_shared("mecs-jean-marie-vianney", "HUET", "Jean-Marie"));
  EXPECT_FALSE(is_shared("ecole.paul", "HUET", "Paul"));
  EXPECT_FALSE(is_shared("foyer.paul", "HUET", "Marie"));
}

TEST(SharedMailbox, KnowsInitialsWithANumberThatAreAnAcronymToo) {
  EXPECT_FALSE(is_shared("lp75", "PERROT", "Luc"));
  EXPECT_TRUE(is_shared("lp75", "DUPONT", "Marie"));
  EXPECT_TRUE(is_shared("lp.chartres", "PERROT", "Luc"));
}

TEST(SharedMailbox, DoesNotLetFunctionalNamesVouch) {
  EXPECT_TRUE(is_shared("accueil.mairie", "ACCUEIL", "Mairie"));
  EXPECT_TRUE(is_shared("ccas.istres", "CCAS", "Istres"));
}

TEST(SharedMailbox, IsNoPlaceNoFancyNameAndNobodyElse) {
  for (const std::string_view local : {"lafarandole", "lilas75", "montreuil", "saint-denis", "julie.morin", "p.lemaire",
                                       "lapetiterepublique", "calinours.et.cie"}) {
    EXPECT_FALSE(is_shared(local, "DUPONT", "Marie")) << local;
  }
}

TEST(SharedMailbox, TakesAnUnknownWordByAFirstNameForASurname) {
  EXPECT_FALSE(is_shared("julie.trimabonne", "DUPONT", "Marie"));
  EXPECT_FALSE(is_shared("v.secretariet", "DUPONT", "Marie"));
  EXPECT_TRUE(is_shared("trimabonne.nord", "DUPONT", "Marie"));
  EXPECT_TRUE(is_shared("julie.crechelilas", "DUPONT", "Marie"));
  EXPECT_TRUE(is_shared("julie.serviceenfance", "DUPONT", "Marie"));
}

TEST(SharedMailbox, TakesNoOrdinalForAWord) {
  for (const std::string_view local : {"paris15eme", "lyon3e", "marseille.1er"}) {
    EXPECT_FALSE(is_shared(local, "DUPONT", "Marie")) << local;
  }
  for (const std::string_view local : {"mairie15eme", "paris15e.mairie"}) {
    EXPECT_TRUE(is_shared(local, "DUPONT", "Marie")) << local;
  }
}

TEST(SharedMailbox, SaysWhatDecided) {
  EXPECT_EQ(shared_mailbox(lexicon(), "creche@ville.fr", "DURAND", "Marie"),
            "« creche » désigne un service, et l'adresse n'est pas au nom de Marie DURAND");
  EXPECT_EQ(shared_mailbox(lexicon(), "directrice@ville.fr", "ACCUEIL", "Mairie"),
            "« directrice » désigne une fonction, et « Mairie ACCUEIL » n'est pas une personne");
}

TEST(SharedMailbox, QuotesWhatDecidedAsItStandsInTheAddress) {
  const auto quoted = [](std::string_view mail) {
    const auto reason = shared_mailbox(lexicon(), mail, "DURAND", "Marie");
    return reason ? reason->substr(0, reason->find(" désigne")) : "not shared";
  };
  EXPECT_EQ(quoted("petite.enfance@ville.fr"), "« petite.enfance »");
  EXPECT_EQ(quoted("75-Petite_Enfance-rosny@ville.fr"), "« Petite_Enfance »");
  EXPECT_EQ(quoted("rosny-CRECHE@ville.fr"), "« CRECHE »");
  EXPECT_EQ(quoted("0590123a@ville.fr"), "« 0590123a »");
}

// ------------------------------------------------------------------------------------------------- the functional name

TEST(FunctionalName, IsAFunctionAServiceAnInstitutionOrAPlaceholder) {
  const std::pair<std::string_view, std::string_view> names[] = {{"RESPONSABLE", "Petite Enfance"},
                                                                 {"ACCUEIL", "Mairie"},
                                                                 {"Direction", "-"},
                                                                 {"CCAS", "Istres"},
                                                                 {"TEST", "Test"},
                                                                 {"USER", "01"},
                                                                 {"AGENT", "1"},
                                                                 {"apert1", "apert1"},
                                                                 {"ÉCOLE", "Jean Jaurès"},
                                                                 {"POLE", "Emploi"},
                                                                 {"ACCEUIL", "Mairie"},
                                                                 {"MAIRIE", "Trifouillac"},
                                                                 {"N/A", "N/A"},
                                                                 {"SAISONNIER", "Juillet"},
                                                                 {"RELAIS", "Petite enfance"},
                                                                 {"CRECHE", "Dolto"},
                                                                 {"PERISCOLAIRE", "Jaurès"},
                                                                 {"CCASISTRES", "Accueil"},
                                                                 {"XXX", "XXX"}};
  for (const auto& [last, first] : names) EXPECT_TRUE(is_functional(last, first)) << last << " / " << first;
}

TEST(FunctionalName, IsNotAPerson) {
  const std::pair<std::string_view, std::string_view> names[] = {
      {"DUPONT (CCAS)", "Marie"}, {"MARTIN", "Mme"},       {"BERGER", "Marie"},   {"MAIRE", "Paul"},
      {"DIRECTEUR", "Rose"},      {"LE GALL", "Yann"},     {"DUPONT", "-"},       {"SAINT-MARTIN", "Julie"},
      {"RAMDANI", "Karim"},       {"NGUYEN", "Thi Lan"},   {"MAIRE", "Xyloud"},   {"DE LA CROIX", "A.-S."},
      {"MAC CARTHY", "Deirdre"},  {"RELAIS", "Xyloud"},    {"CANTINE", "Nguyen"}, {"ALSHAMI", "Bassel"},
      {"VACANT", "Urbain"},       {"KABILA", "Bienvenue"}, {"LI", "Na"}};
  for (const auto& [last, first] : names) EXPECT_FALSE(is_functional(last, first)) << last << " / " << first;
}

TEST(FunctionalName, SaysWhatDecided) {
  EXPECT_EQ(functional_name(lexicon(), "RESPONSABLE", "Petite Enfance"),
            "« RESPONSABLE / Petite Enfance » désigne une fonction, pas une personne");
  EXPECT_EQ(functional_name(lexicon(), "XXX", "XXX"), "« XXX / XXX » ne nomme personne");
}

// ------------------------------------------------------------------------------------------------------ the profession

TEST(Profession, IsReadOnceHoweverOftenItIsNamed) {
  std::string text;
  for (int i = 0; i < 40'000; ++i) text += "assistante sociale du travail ";
  EXPECT_FALSE(gives_t1(text));
}

TEST(ProfessionT1, IsForTheSocialAssistantAndTheCounsellor) {
  for (const std::string_view text :
       {"Assistante sociale", "ASS", "A.S.", "AS de secteur", "assistant·e de service social (DEASS)",
        "assistante sociale scolaire", "CESF", "C.E.S.F.", "conseillère ESF", "ASE – spécialité CESF",
        "assitante sociale", "Conseiller(ère) en économie sociale et familiale",
        "assistante sociale ESAT (aide par le travail)", "Assistante sociale (pôle Travail Social)"}) {
    EXPECT_TRUE(gives_t1(text)) << text;
  }
}

TEST(ProfessionT1, IsNotForNeighbouringProfessions) {
  for (const std::string_view text :
       {"", "-", "Travailleur social", "intervenant social", "assistant socio-éducatif", "ASE", "conseillère sociale",
        "Assistante administrative", "Aide-soignante (AS)", "Secrétaire des assistantes sociales", "CESF stagiaire"}) {
    EXPECT_FALSE(gives_t1(text)) << text;
  }
}

TEST(ProfessionT1, IsNeverForTheWorkplaceSocialWorker) {
  for (const std::string_view text :
       {"assistante sociale du travail", "assistante sociale du personnel", "assistante sociale en entreprise",
        "assistante sociale inter-entreprises", "assistante sociale, santé au travail", "DRH - assistante sociale",
        "CESF du travail"}) {
    EXPECT_FALSE(gives_t1(text)) << text;
  }
}

TEST(ProfessionT1, TakesOneOfTwoProfessions) {
  EXPECT_TRUE(gives_t1("assistante sociale du travail / CESF"));
  EXPECT_TRUE(gives_t1("Éducatrice spécialisée et assistante sociale"));
}

TEST(ProfessionT1, KnowsDottedAbbreviations) {
  for (const std::string_view text :
       {"Conseiller E.S.F.", "Conseillère en E.S.F", "C. E. S. F.", "A.S.S. polyvalente"}) {
    EXPECT_TRUE(gives_t1(text)) << text;
  }
  EXPECT_FALSE(gives_t1("A.S.E."));
}

TEST(Profession, IsReadWithoutBlanks) {
  for (const std::string_view text : {"assistantesociale", "Assistantedeservicesocial", "conseillereesf"}) {
    EXPECT_TRUE(gives_t1(text)) << text;
  }
  for (const std::string_view text : {"assistantesocialedutravail", "assistantsocioeducatif", "assistantesocialex"}) {
    EXPECT_FALSE(gives_t1(text)) << text;
  }
  EXPECT_TRUE(gives_t9("Mandatairejudiciaire"));
  EXPECT_TRUE(gives_t9("délégueeàlatutelle"));
  EXPECT_FALSE(gives_t9("secretairemjpm"));
  EXPECT_FALSE(gives_t9(std::string(200, 'a')));
}

TEST(ProfessionT9, IsForTheMandatedTheTutorAndTheCurator) {
  for (const std::string_view text :
       {"mandataire judiciaire à la protection des majeurs", "MJPM", "délégué mandataire", "délégué à la tutelle",
        "Déléguée à la curatelle", "préposé d'établissement", "Tutrice", "curateur", "Assistante sociale et MJPM",
        "Mandataire J.P.M.", "Tuteur et infirmier"}) {
    EXPECT_TRUE(gives_t9(text)) << text;
  }
}

TEST(ProfessionT9, IsNotForWhoHelpsThemNorForTheirNamesakes) {
  for (const std::string_view text :
       {"", "secrétaire MJPM", "assistante tutélaire", "tuteur de stage", "mandataire immobilier",
        "délégué du personnel", "Assistante du délégué à la tutelle", "MJPM stagiaire",
        "Mandataire judiciaire (liquidation)", "Service MJPM", "Tuteur e-learning", "Tuteur informatique",
        "Tutrice de français", "Technicienne prestations MJPM", "Informatrice tuteurs familiaux",
        "Tuteur de contrats aidés"}) {
    EXPECT_FALSE(gives_t9(text)) << text;
  }
}

TEST(Profession, SaysWhatDecided) {
  EXPECT_EQ(judge_t1(lexicon(), "Assistante sociale").reason,
            "« Assistante sociale » est lu comme assistant de service social");
  EXPECT_EQ(judge_t1(lexicon(), "Assistante sociale du Travail").reason,
            "« Assistante sociale du Travail » est exclu par « Travail »");
  EXPECT_EQ(judge_t9(lexicon(), "Secrétaire MJPM").reason, "« Secrétaire MJPM » est exclu par « Secrétaire »");
  EXPECT_EQ(judge_t9(lexicon(), "Comptable").reason,
            "« Comptable » ne dit ni mandataire judiciaire à la protection des majeurs, ni tuteur, ni curateur");
}

// --------------------------------------------------------------------------------------------------------- the lists

std::string parse_error(std::string_view text) {
  const WordFile file{"list.txt", text};
  try {
    Lexicon::parse({&file, 1});
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "";
}

TEST(WordLists, SayWhereTheyAreMalformed) {
  EXPECT_EQ(parse_error("# comment\n\nmairie\n"), "list.txt:3: an entry before any section: mairie");
  EXPECT_EQ(parse_error("[service]\nmairie\n[service hed]\n"), "list.txt:3: unknown trait: hed");
  EXPECT_EQ(parse_error("[T1 giants x]\n"), "list.txt:1: unknown section: giants x");
  EXPECT_EQ(parse_error("[service\n"), "list.txt:1: a section that is not closed: [service");
  EXPECT_EQ(parse_error("[service]\n--\n"), "list.txt:2: an entry without a letter or digit: --");
  EXPECT_EQ(parse_error("[service]\nmairie # town hall\n"), "");
}

TEST(WordLists, AreFoldedAndJoined) {
  const WordFile files[] = {{"a.txt", "[service head]\nCrèche\nmaison de l'Enfance\n"},
                            {"b.txt", "[surname]\ncreche\n"}};
  const Lexicon lists = Lexicon::parse(files);
  EXPECT_EQ(lists.find("creche").kind, WordKind::kService);
  EXPECT_TRUE(lists.find("creche").has(Trait::kHead));
  EXPECT_TRUE(lists.find("creche").has(Trait::kSurname));
  EXPECT_TRUE(lists.find("creches").decides());
  EXPECT_TRUE(lists.find("maisondelenfance").decides());
  EXPECT_TRUE(lists.find("maisonenfance").decides());
  EXPECT_FALSE(lists.find("maison").known());
  EXPECT_FALSE(lists.find("crech").known());
}

TEST(WordLists, ForgiveOneSlipInALongWord) {
  EXPECT_TRUE(is_one_slip_away("secretaria", "secretariat"));
  EXPECT_TRUE(is_one_slip_away("secertariat", "secretariat"));
  EXPECT_TRUE(is_one_slip_away("secrretariat", "secretariat"));
  EXPECT_TRUE(is_one_slip_away("secrotariat", "secretariat"));
  EXPECT_FALSE(is_one_slip_away("secretariat", "secretariat"));
  EXPECT_FALSE(is_one_slip_away("secritaria", "secretariat"));
  EXPECT_FALSE(is_one_slip_away("lecretariat", "secretariat"));
}

TEST(WordLists, ForgiveADoubledOrSwappedLetterInAShorterWord) {
  EXPECT_TRUE(is_small_slip_away("mairrie", "mairie"));
  EXPECT_TRUE(is_small_slip_away("colege", "college"));
  EXPECT_TRUE(is_small_slip_away("soical", "social"));
  EXPECT_FALSE(is_small_slip_away("marie", "mairie"));
  EXPECT_FALSE(is_small_slip_away("mairiee", "mairies"));
  EXPECT_FALSE(is_small_slip_away("mairis", "mairie"));
  EXPECT_TRUE(is_small_slip_away("mairei", "mairie"));
}

TEST(WordLists, KnowWhatSoundsTheSame) {
  EXPECT_EQ(sound_of("animatrisse"), sound_of("animatrice"));
  EXPECT_EQ(sound_of("sekretarriat"), sound_of("secretariat"));
  EXPECT_EQ(sound_of("assistence"), sound_of("assistance"));
  EXPECT_NE(sound_of("hassocies"), sound_of("associe"));
  EXPECT_NE(sound_of("directeur"), sound_of("directrice"));
}

TEST(WordLists, KnowTwoWordsByAnInitialAndTheSecond) {
  const WordFile file{"list.txt", "[institution]\nmission locale\n[function]\nagent social\n[service]\naide foo\n"};
  const Lexicon lists = Lexicon::parse({&file, 1});
  EXPECT_TRUE(lists.find("mlocale").decides());
  EXPECT_FALSE(lists.find("asocial").known());
  EXPECT_FALSE(lists.find("afoo").known());
  EXPECT_FALSE(lists.find_misspelt("mloccale").decides());
}

TEST(Reading, CutsAMailWhereItsWordsBegin) {
  const Reading reading = Reading::of_mail("Jean-Pierre.pmiNord75");
  ASSERT_EQ(reading.size(), 5U);
  EXPECT_EQ(reading.joined(), "jeanpierrepminord75");
  EXPECT_EQ(reading.word(2), "pmi");
  EXPECT_EQ(reading.word(4), "75");
  EXPECT_EQ(reading.words(0, 2), "jeanpierre");
  EXPECT_TRUE(reading.is_boundary(4));
  EXPECT_FALSE(reading.is_boundary(5));
  EXPECT_EQ(reading.word_at(5), 1U);
  EXPECT_EQ(reading.word_at(reading.joined().size()), reading.size());
}

TEST(Reading, FoldsANameAndKeepsManyWordsInTheLast) {
  EXPECT_EQ(Reading::of_name("D’Angélo-Œuvré").joined(), "dangelooeuvre");
  EXPECT_TRUE(Reading::of_name(" - ").empty());
  std::string many;
  for (std::size_t word = 0; word < 2 * Reading::kMaxWords; ++word) many += "ab ";
  const Reading reading = Reading::of_name(many);
  EXPECT_EQ(reading.size(), Reading::kMaxWords);
  EXPECT_EQ(reading.end(reading.size() - 1), reading.joined().size());
}

TEST(Judges, BearTextsOfAnyLengthAndScript) {
  const std::string long_text(5000, 'x');
  std::string many_words;
  for (int word = 0; word < 500; ++word) many_words += "mairie ";
  for (const std::string& text :
       {std::string(), long_text, many_words, std::string("\xFF\xFE"), std::string("Иванов 中文")}) {
    EXPECT_FALSE(gives_t1(text));
    is_functional(text, text);
    is_shared("marie.dupont", text, text);
    is_shared("mairie", text, text);
  }
  EXPECT_FALSE(is_functional("Иванов", "Анна"));
}

}  // namespace
}  // namespace vigie::judges
