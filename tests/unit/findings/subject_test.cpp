#include "findings/subject.h"

#include <gtest/gtest.h>

namespace vigie {
namespace {

Finding about(std::string rule, std::string subject, std::string group = {}, std::string account = {}) {
  return {
      .rule = std::move(rule), .subject = std::move(subject), .group = std::move(group), .account = std::move(account)};
}

TEST(SubjectInWords, SaysWhatEachSortOfSubjectIs) {
  EXPECT_EQ(subject_in_words(about("group-empty", "T2PE", "T2PE")), "Groupe T2PE");
  EXPECT_EQ(subject_in_words(about("bulletin-missing", "T2PE:Cdap:T2", "T2PE")), "Groupe T2PE, rôle Cdap T2");
  EXPECT_EQ(subject_in_words(about("membership-overlap", "T2PE/A1", "T2PE", "A1")), "Groupe T2PE, compte A1");
  EXPECT_EQ(subject_in_words(about("account-inactive", "A1", "", "A1")), "Compte A1");
  EXPECT_EQ(subject_in_words(about("administrator-account-closed", "A1", "", "A1")), "Compte A1");
  EXPECT_EQ(subject_in_words(about("afas-scope-invalid", "A1:FDF:ALSH-01/Site", "", "A1")),
            "Profil FDF sur ALSH-01/Site, compte A1");
  EXPECT_EQ(subject_in_words(about("afas-approver-pending", "A1:ALSH-01", "", "A1")), "Activité ALSH-01, compte A1");
  EXPECT_EQ(subject_in_words(about("afas-approver-absent", "ALSH-01")), "Activité ALSH-01");
  EXPECT_EQ(subject_in_words(about("afas-provider-absent", "ALSH-01:FDF")), "Activité ALSH-01, FDF");
  EXPECT_EQ(subject_in_words(about("bulletin-unsigned", "Cdap@2016-04-21")), "Bulletin d'adhésion Cdap du 21/04/2016");
  EXPECT_EQ(subject_in_words(about("convention-expiring", "19_214")), "Convention 19_214");
  EXPECT_EQ(subject_in_words(about("administrator-missing", "19_214")), "Convention 19_214");
}

TEST(SubjectInWords, IsNotMisledByTheSignsOfACode) {
  EXPECT_EQ(subject_in_words(about("bulletin-missing", "A:B:Adonis:Adonis", "A:B")), "Groupe A:B, rôle Adonis");
  EXPECT_EQ(subject_in_words(about("membership-overlap", "A/B/C/D", "A/B", "C/D")), "Groupe A/B, compte C/D");
  EXPECT_EQ(subject_in_words(about("afas-approver-pending", "A:1:FDA:x", "", "A:1")), "Activité FDA:x, compte A:1");
  EXPECT_EQ(subject_in_words(about("bulletin-unsigned", "a@b@2016-04-21")), "Bulletin d'adhésion a@b du 21/04/2016");
}

TEST(SubjectInWords, LeavesWhatItCannotRead) {
  EXPECT_EQ(subject_in_words(about("rule-of-long-ago", "x:y@z")), "x:y@z");
  EXPECT_EQ(subject_in_words(about("bulletin-unsigned", "Cdap@2016-04-31")), "Bulletin d'adhésion Cdap@2016-04-31");
}

TEST(RoleOrBulletinInWords, StandsInARemedy) {
  EXPECT_EQ(role_or_bulletin_in_words("group-role-unknown", "G", "G:Dgfip:T2"), "Dgfip T2");
  EXPECT_EQ(role_or_bulletin_in_words("bulletin-unsigned", "", "Cdap@2016-04-21"), "Cdap du 21/04/2016");
  EXPECT_EQ(role_or_bulletin_in_words("group-empty", "G", "G"), "G");
}

}  // namespace
}  // namespace vigie
