#include "store/sql.h"

#include <vector>

#include "domain/text.h"

namespace vigie::store {

Statement& Statement::bind(int parameter, std::int64_t value) {
  prepared_->bind(parameter, value);
  return *this;
}

Statement& Statement::bind(int parameter, std::string_view text) {
  prepared_->bind(parameter, text);
  return *this;
}

Statement& Statement::bind(int parameter, Day day) {
  return day.given() ? bind(parameter, std::int64_t{day.count()}) : bind_null(parameter);
}

Statement& Statement::bind_blob(int parameter, std::string_view bytes) {
  prepared_->bind_blob(parameter, bytes);
  return *this;
}

Statement& Statement::bind_null(int parameter) {
  prepared_->bind_null(parameter);
  return *this;
}

void Statement::run() {
  while (step()) {
  }
  reset();
}

Day Statement::day(int column) const {
  return is_null(column) ? Day::never() : Day(static_cast<std::int32_t>(integer(column)));
}

std::string parameters(int first, std::size_t count) {
  std::vector<std::string> marks(count);
  for (std::string& mark : marks) mark = '?' + std::to_string(first++);
  return joined(marks);
}

}  // namespace vigie::store
