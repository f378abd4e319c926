#pragma once
// Prepared statements on the store's connection: bind, step, read.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "domain/day.h"
#include "store/database.h"

namespace vigie::store {

class Statement {
 public:
  explicit Statement(std::unique_ptr<PreparedStatement> prepared) : prepared_(std::move(prepared)) {}

  // Parameters count from 1. Texts must stay valid until the next reset.
  Statement& bind(int parameter, std::int64_t value);
  Statement& bind(int parameter, int value) { return bind(parameter, std::int64_t{value}); }
  Statement& bind(int parameter, std::string_view text);
  Statement& bind(int parameter, const char* text) { return bind(parameter, std::string_view(text)); }
  Statement& bind(int parameter, Day day);  // never: NULL
  Statement& bind_blob(int parameter, std::string_view bytes);
  Statement& bind_null(int parameter);

  // Binds the values to the parameters 1, 2, …, after a reset.
  template <typename... Values>
  Statement& with(const Values&... values) {
    reset();
    int parameter = 0;
    (bind(++parameter, values), ...);
    return *this;
  }

  bool step() { return prepared_->step(); }  // true: a row is there
  void run();                                // steps to the end, resets
  void reset() { prepared_->reset(); }

  // Columns count from 0. Views live until the next step or reset.
  [[nodiscard]] std::int64_t integer(int column) const { return prepared_->integer(column); }
  [[nodiscard]] int small(int column) const { return static_cast<int>(integer(column)); }
  [[nodiscard]] std::string_view view(int column) const { return prepared_->view(column); }
  [[nodiscard]] std::string text(int column) const { return std::string(view(column)); }
  [[nodiscard]] Day day(int column) const;  // NULL: never
  [[nodiscard]] std::string_view blob(int column) const { return prepared_->blob(column); }
  [[nodiscard]] bool is_null(int column) const { return prepared_->is_null(column); }

 private:
  std::unique_ptr<PreparedStatement> prepared_;
};

// "?2, ?3, ?4": so many parameters, counted from the first of them, for a list of values.
std::string parameters(int first, std::size_t count);

}  // namespace vigie::store
