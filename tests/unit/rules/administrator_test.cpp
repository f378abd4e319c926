#include "rules/families/administrator.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "builder.h"

namespace vigie {
namespace {

using namespace test;

TEST(AdministratorMissing, SaysWhetherThereEverWasOne) {
  SnapshotBuilder b;
  EXPECT_NE(only_finding("administrator-missing", b.build()).detail.find("n'a aucun administrateur partenaire désigné"),
            std::string::npos);
  Account closed = marie("A1");
  closed.period = {kLongAgo, kDay - 1};
  b.designation({.account = b.account(closed)});
  EXPECT_NE(only_finding("administrator-missing", b.build()).detail.find("n'a plus d'administrateur partenaire"),
            std::string::npos);
}

TEST(AdministratorTooMany, NamesAFewOfVeryManyEachOnce) {
  SnapshotBuilder b;
  const std::vector<std::string> ids = numbered("A", kVeryMany);
  for (const std::string& id : ids) {
    const Index account = b.account(marie(id));
    b.designation({.account = account});
    b.designation({.account = account, .period = {kLongAgo, kDay + 1}});
  }
  const Finding found = only_finding("administrator-too-many", b.build());
  EXPECT_NE(found.detail.find(" a 100 000 administrateurs partenaires (deux au plus) : A0 (Marie DUPONT), A1 (Marie "
                              "DUPONT), A2 (Marie DUPONT), A3 (Marie DUPONT), A4 (Marie DUPONT) et 99 995 autres."),
            std::string::npos)
      << found.detail.substr(0, 1000);
}

}  // namespace
}  // namespace vigie
