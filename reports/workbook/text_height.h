#pragma once
// How many lines a wrapped text takes. Rows are given their height: LibreOffice does not work it out for a file that
// says it is Excel's, and Excel does not for merged cells.
//
// Measured in Calibri 10, a little on the safe side. Lines break at blanks and after hyphens; a word longer than the
// line goes on in the next.
//
//   lines_of("Ville de Rosny-sous-Bois", 40) == 1   lines_of("Ville de Rosny-sous-Bois", 14) == 2

#include <string_view>

namespace vigie::workbook {

// `width`: of the column, in characters as spreadsheets count them. At least 1 line, even of nothing.
int lines_of(std::string_view text, double width);

double height_of(int lines);  // points, bounded by what a row may have

}  // namespace vigie::workbook
