#pragma once
// The PostgreSQL server that ctest starts for the tests (tests/postgres/server.py).

#include <fstream>
#include <random>
#include <stdexcept>
#include <string>

#include <nlohmann/json.hpp>

#include "store/location.h"

namespace vigie::test {

inline std::string postgres_connection() {
  std::ifstream file(VIGIE_POSTGRES_STATE);
  if (!file) throw std::runtime_error("no PostgreSQL server is there: run the tests with ctest, which starts one");
  return nlohmann::json::parse(file).at("connection");
}

// A schema that is not there yet.
inline store::Location postgres_location() {
  store::Location location;
  location.connection = postgres_connection();
  location.schema = "t" + std::to_string(std::random_device{}()) + "_" + std::to_string(std::random_device{}());
  location.session = "process 1 on test since 1";
  return location;
}

}  // namespace vigie::test
