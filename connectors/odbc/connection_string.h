#pragma once
// ODBC's connection strings: KEY=VALUE pairs with ';' between them, keys in any case, a value that needs it in braces
// with '}' doubled: "Driver=PostgreSQL ANSI;Server=db.example;PWD={a;b}}c}".

#include <string>
#include <string_view>

namespace vigie::odbc {

// Of the first pair of that key; empty: there is none.
std::string value_of(std::string_view connection_string, std::string_view key);

// Appends a pair. A string that has the key already keeps its own value first.
void append(std::string& connection_string, std::string_view key, std::string_view value);

// As messages name the database, without user and password: "vigie at db.example:5432".
std::string name_of(std::string_view connection_string);

// What is wrong with its form; empty: nothing. Never repeats a value.
std::string flaw_of(std::string_view connection_string);

}  // namespace vigie::odbc
