#include "domain/arena.h"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace vigie {
namespace {

TEST(Arena, KeepsEveryTextWhereItIs) {
  Arena arena;
  std::vector<std::string_view> copies;
  for (int i = 0; i < 40'000; ++i) copies.push_back(arena.copy("a text of some length, number " + std::to_string(i)));
  for (int i = 0; i < 40'000; ++i)
    ASSERT_EQ(copies[static_cast<std::size_t>(i)], "a text of some length, number " + std::to_string(i));
}

TEST(Arena, TakesTextsLargerThanABlock) {
  Arena arena;
  const std::string_view before = arena.copy("before");
  const std::string large(std::size_t{3} << 20, 'x');
  EXPECT_EQ(arena.copy(large), large);
  EXPECT_EQ(arena.copy("after"), "after");
  EXPECT_EQ(before, "before");
  EXPECT_TRUE(arena.copy("").empty());
}

}  // namespace
}  // namespace vigie
