#include "odbc/connection_string.h"

#include <gtest/gtest.h>

namespace vigie::odbc {
namespace {

TEST(ConnectionString, IsLookedIntoByKeysInAnyCase) {
  const std::string text = " Driver = PostgreSQL ANSI ;server=db;PWD={a;b}}c=d} ; uid=v;uid=w";
  EXPECT_EQ(value_of(text, "DRIVER"), "PostgreSQL ANSI");
  EXPECT_EQ(value_of(text, "Server"), "db");
  EXPECT_EQ(value_of(text, "pwd"), "a;b}c=d");
  EXPECT_EQ(value_of(text, "UID"), "v") << "the first one";
  EXPECT_EQ(value_of(text, "Port"), "");
}

TEST(ConnectionString, TakesWhateverIsAppended) {
  for (const char* value : {"plain", "", "a;b", "{", "}}", "x;UID=root", " blank ", "o'p;q}r é"}) {
    std::string text = "DSN=x";
    append(text, "PWD", value);
    append(text, "Port", "5432");
    EXPECT_EQ(value_of(text, "PWD"), value) << text;
    EXPECT_EQ(value_of(text, "UID"), "") << text;
    EXPECT_EQ(value_of(text, "Port"), "5432") << text;
  }
}

TEST(ConnectionString, HasAFormAndADriver) {
  EXPECT_EQ(flaw_of("DSN=x"), "");
  EXPECT_EQ(flaw_of("Driver={PostgreSQL ANSI};Server=a;"), "");
  for (const char* text : {"vigie.db", "DSN=x;y", "DSN={x", "DSN={x}y", "=x", "DSN=x;;"})
    EXPECT_NE(flaw_of(text), "") << text;
  for (const char* text : {"", "Server=x", "DSN="}) EXPECT_NE(flaw_of(text), "") << text;
}

}  // namespace
}  // namespace vigie::odbc
