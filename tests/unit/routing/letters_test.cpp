#include "routing/letters.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "rules/builder.h"

namespace vigie {
namespace {

using test::kDay;
using test::kLongAgo;

using Texts = std::vector<std::string>;

constexpr std::string_view kCaf = "mcp@caf.example";
constexpr std::string_view kCompliance = "conformite@caf.example";
constexpr std::string_view kHere = "19_214";

// Rules by who is told of them.
constexpr std::string_view kToAdministrators = "group-manager-missing";
constexpr std::string_view kToManagersToo = "account-inactive";
constexpr std::string_view kToCaf = "convention-not-validated";

judges::Lexicon small_lexicon() {
  const std::array files = {judges::WordFile{"words", "[service]\ncreche\n[disposable-domain]\nyopmail.com\n"}};
  return judges::Lexicon::parse(files);
}

Texts subjects(const std::vector<const Finding*>& findings) {
  Texts texts;
  for (const Finding* finding : findings) texts.push_back(finding->subject);
  return texts;
}

// A night in the Caf's data. There is one convention to begin with, nobody is told of anything yet, and nobody has a
// letter.
class LettersTest : public testing::Test {
 protected:
  Index person(std::string_view id, std::string_view mail, Index convention = 0, Period period = {}) {
    return b_.account({.id = id,
                       .last_name = "MARTIN",
                       .first_name = "Claire",
                       .mail = mail,
                       .convention = convention,
                       .period = period});
  }
  Index administrator(std::string_view id, std::string_view mail) {
    const Index account = person(id, mail);
    b_.designation({.account = account});
    return account;
  }
  Index group(std::string_view code, std::string_view manager = {}, std::string_view parent = {}) {
    return b_.group({.code = code, .parent_code = parent, .manager_id = manager});
  }

  Finding& finding(std::string_view rule, std::string_view subject, std::string_view convention = kHere) {
    Finding finding{.id = next_id_++,
                    .rule = std::string(rule),
                    .convention = std::string(convention),
                    .subject = std::string(subject),
                    .severity = Severity::kMajor,
                    .first_seen = kDay,
                    .last_seen = kDay};
    return findings_.emplace_back(std::move(finding));
  }
  Finding& about_group(std::string_view rule, std::string_view code) {
    Finding& found = finding(rule, code);
    found.group = code;
    return found;
  }
  Finding& about_account(std::string_view rule, std::string_view id) {
    Finding& found = finding(rule, id);
    found.account = id;
    return found;
  }

  Recipient recipient(std::string_view address, std::string_view convention) {
    return {std::string(address), std::string(convention)};
  }
  // All findings so far were told, in a mail of that day.
  void told(std::string_view address, std::string_view convention, Day on) {
    for (const Finding& finding : findings_) told_[recipient(address, convention)][finding.id] = finding.returns;
    last_[recipient(address, convention)] = {on, "first"};
  }

  RoutingInput input() {
    snapshot_ = b_.build();
    facts_ = Facts::on(snapshot_, kDay);
    return {.snapshot = snapshot_,
            .facts = facts_,
            .lexicon = lexicon_,
            .day = kDay,
            .source = "caf931",
            .source_label = "Caf de la Seine-Saint-Denis",
            .caf_mail = caf_mail_,
            .compliance_mails = compliance_mails_,
            .findings = findings_,
            .actions = actions_,
            .told = told_,
            .last = last_,
            .events = events_,
            .settings = {}};
  }
  const std::vector<Letter>& write() { return letters_ = letters(input()); }

  // nullptr: none goes there.
  const Letter* letter(std::string_view address, std::string_view convention = kHere) const {
    const Letter* found = nullptr;
    for (const Letter& letter : letters_) {
      if (letter.address != address || letter.convention != convention) continue;
      EXPECT_EQ(found, nullptr) << "two letters to " << address;
      found = &letter;
    }
    return found;
  }
  Texts fresh(std::string_view address, std::string_view convention = kHere) const {
    const Letter* const found = letter(address, convention);
    return found == nullptr ? Texts{"no letter"} : subjects(found->fresh);
  }
  Texts notices(std::string_view address, std::string_view convention = kHere) const {
    const Letter* const found = letter(address, convention);
    return found == nullptr ? Texts{"no letter"} : found->notices;
  }

  test::SnapshotBuilder b_;
  std::vector<Finding> findings_ = [] {
    std::vector<Finding> findings;
    findings.reserve(500);  // references to findings stay good
    return findings;
  }();
  std::vector<Action> actions_;
  Told told_;
  LastMails last_;
  Texts events_;
  std::string caf_mail_{kCaf};
  Texts compliance_mails_{std::string(kCompliance)};
  judges::Lexicon lexicon_ = small_lexicon();
  Snapshot snapshot_;
  Facts facts_;
  std::vector<Letter> letters_;
  std::int64_t next_id_ = 1;
};

const Texts kNoLetter = {"no letter"};

// ------------------------------------------------------------------------------------------------------------ audiences

TEST_F(LettersTest, EachHearsWhatTheRuleIsFor) {
  administrator("A1", "claire.martin@ville.example");
  group("T1AS", "M1");
  person("M1", "paul.durand@ville.example");
  about_group(kToAdministrators, "T1AS");
  about_group("group-empty", "T1AS").subject = "T1AS empty";
  finding(kToCaf, "19_214");
  write();
  EXPECT_EQ(fresh("claire.martin@ville.example"), Texts({"T1AS", "T1AS empty"}));
  EXPECT_EQ(fresh("paul.durand@ville.example"), Texts({"T1AS empty"}));
  EXPECT_EQ(fresh(kCaf, ""), Texts({"19_214"}));
  EXPECT_EQ(fresh(kCompliance, ""), Texts({"19_214", "T1AS", "T1AS empty"}) = Texts({"19_214", "T1AS empty", "T1AS"}));
}
