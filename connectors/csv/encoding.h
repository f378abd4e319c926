#pragma once
// How the bytes of a file become text: UTF-8, with or without a byte-order mark, or Windows-1252.

#include <string>
#include <string_view>

namespace vigie::csv {

std::string_view without_byte_order_mark(std::string_view bytes);

// UTF-8, of any bytes.
std::string from_windows_1252(std::string_view bytes);

// Throws CsvError, with what to do, for what office programs save in place of a CSV file: UTF-16 text, a workbook.
void refuse_other_forms(std::string_view bytes);

}  // namespace vigie::csv
