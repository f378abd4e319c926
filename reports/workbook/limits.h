#pragma once
// What the format, and our memory, can hold. Tests take smaller ones.

#include <cstddef>
#include <cstdint>

namespace vigie::workbook {

struct Limits {
  std::uint32_t rows_per_sheet = 1'048'575;  // below the header; at least 1
  std::uint32_t links_per_sheet = 65'530;
  std::size_t rows_in_memory = 20'000;  // where one list has more, no sheet is kept in memory
};

}  // namespace vigie::workbook
