#include "rules/families/administrator.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "builder.h"

namespace vigie {
namespace {

using test::judged;
using test::kDay;
using test::kLongAgo;
using test::kVeryMany;
using test::numbered;
using test::SnapshotBuilder;

TEST(AdministratorTooMany, NamesAFewOfVeryManyEachOnce) {
  SnapshotBuilder b;
  const std::vector<std::string> ids = numbered("A", kVeryMany);
  for (const std::string& id : ids) {
    const Index account = b.account({.id = id, .last_name = "DUPONT", .first_name = "Marie"});
    b.designation({.account = account});
    b.designation({.account = account, .period = {kLongAgo, kDay + 1}});
  }
  const auto found = judged("administrator-too-many", b.build());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NE(found[0].detail.find(" a 100 000 administrateurs partenaires (deux au plus) : A0 (Marie DUPONT), A1 (Marie "
                                 "DUPONT), A2 (Marie DUPONT), A3 (Marie DUPONT), A4 (Marie DUPONT) et 99 995 autres."),
            std::string::npos)
      << found[0].detail.substr(0, 1000);
}

}  // namespace
}  // namespace vigie
